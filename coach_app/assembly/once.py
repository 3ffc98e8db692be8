"""The coach without a window: opens what one command needs, and closes it at the end."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from pathlib import Path

from coach_app.advisor.advisor import advise_at_level
from coach_app.advisor.japanese import in_japanese, open_translator, readable
from coach_app.advisor.remote import RemoteAdvisor
from coach_app.advisor.servers import chosen_server, is_server
from coach_app.advisor.text import TextAnswer
from coach_app.assembly.engine_room import Coach, EngineRoom, chosen_coach, open_text
from coach_app.capture.picture import load_picture
from coach_app.domain.advice import Advice, Level
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.situation import Situation
from coach_app.domain.words import question_of
from coach_app.games import profiles
from coach_app.host.client import EngineClient
from coach_app.host.life import EngineState
from coach_app.knowledge.library import default_game
from coach_app.knowledge.prompt import build_prompt
from coach_app.models.catalogue import resolve
from coach_app.settings.schema import Settings
from coach_app.translation.sentences import holds_japanese
from coach_app.translation.translator import NOT_TRANSLATED


@contextlib.asynccontextmanager
async def opened_room(
    coach: Coach,
    engine: bool = False,
    on_note: Callable[[str], None] = lambda sentence: None,
    on_state: Callable[[EngineState], None] = lambda state: None,
) -> AsyncIterator[EngineRoom]:
    """Open an engine room with a coach; it is closed at the end of the block.

    Args:
        coach: the coach, whose model is loaded unless a server answers.
        engine: whether the engine is needed for anything but advice, and so has to be started even if a server answers.
        on_note: see `EngineRoom`.
        on_state: called with every change of the engine's state.

    Raises:
        CoachError: the model cannot be loaded.
    """
    client = EngineClient(on_state)
    room = EngineRoom(client, coach, on_note)
    try:
        if engine or coach.server is None:
            await client.start()
        await room.use(coach)
        yield room
    finally:
        await room.close()
        await client.stop()


async def advise_once(
    settings: Settings,
    image: Path,
    game: str,
    question: str,
    japanese: bool,
    model: str,
    on_words: Callable[[str], None],
    on_problem: Callable[[CoachError], None],
    on_state: Callable[[EngineState], None] = lambda state: None,
    level: Level = "answer",
) -> Advice:
    """Advice about a picture in a file.

    Args:
        settings: the user's settings.
        image: the file.
        game: id of a profile.
        question: asked instead of the profile's prompt; may be empty.
        japanese: whether it is translated too; the answer to a question in Japanese is in any case.
        model: name, folder or server; empty is what the settings say.
        on_words: called with each further piece of the English text.
        on_problem: told why there is English only, where nothing can translate it, and what keeps whom from it.
        on_state: called with every change of the engine's state.
        level: how much is given away, unless there is a question.

    Raises:
        CoachError: the picture, the game or the model is not usable.
    """
    profile, question = profiles.find(game), question_of(question)
    picture = await asyncio.to_thread(load_picture, image)
    japanese = japanese or holds_japanese(question)
    async with (
        opened_room(
            chosen_coach(settings, model).at(profile.id),
            japanese,
            lambda sentence: on_problem(CoachError(sentence)),
            on_state,
        ) as room,
        contextlib.AsyncExitStack() as stack,
    ):
        advisor = room.advisor()
        stack.push_async_callback(advisor.close)
        translator = None
        if japanese:
            try:
                translator = await room.open_translator(settings.allowed_translation)
                stack.push_async_callback(translator.close)
            except CoachError as error:
                if holds_japanese(question):
                    raise
                on_problem(error)
        asked = await readable(question, advisor, translator)
        situation = Situation(Frame(picture), profile, asked, "answer" if asked else level)
        advice, _ = await advise_at_level(advisor, situation, on_words)
        if situation.level != "answer":
            on_words(advice.text)
        advice = replace(advice, question=question)
        if translator is None:
            return advice
        translated = await in_japanese(advice, translator)
        if translated is None:
            on_problem(NOT_TRANSLATED)
        return replace(advice, text_ja=translated)


async def ask_once(
    settings: Settings,
    question: str,
    adapter: str,
    game: str,
    japanese: bool,
    on_words: Callable[[str], None],
    on_note: Callable[[str], None],
    on_state: Callable[[EngineState], None] = lambda state: None,
) -> TextAnswer:
    """The answer to a game question.

    Args:
        settings: the user's settings.
        question: English or Japanese.
        adapter: name or folder of an adapter, or of a text model that answers by itself; or a server's, NAME@URL.
        game: whose guides are searched; empty is the adapter's.
        japanese: whether the answer is translated too; it is in any case where the question is Japanese.
        on_words: called with each further piece of the English text.
        on_note: told what the user should know: that another base is used, or why there is English only.
        on_state: called with every change of the engine's state.

    Raises:
        CoachError: the adapter or the guides are not usable, or the question could not be translated.
    """
    question = question_of(question)
    async with EngineClient(on_state) as client, contextlib.AsyncExitStack() as stack:
        translator = None
        if japanese or holds_japanese(question):
            try:
                translator = await open_translator(
                    client, settings.allowed_translation, on_fault=lambda fault: on_note(str(fault))
                )
                stack.push_async_callback(translator.close)
            except CoachError as error:
                on_note(str(error))
        asked = await readable(question, None, translator, game or await asyncio.to_thread(default_game))
        advisor = await stack.enter_async_context(open_text(client, settings, adapter, game))
        if advisor.note:
            on_note(advisor.note)
        answer = await advisor.answer(asked, on_words)
        if translator is None or holds_japanese(answer.text):
            return answer
        translated = await translator.translate(answer.text)
        if translated is None:
            on_note(str(NOT_TRANSLATED))
        return replace(answer, text_ja=translated)


@contextlib.asynccontextmanager
async def opened_text_model(settings: Settings, model: str) -> AsyncIterator[Callable[[str], Awaitable[str]]]:
    """Open a text model that answers without guides; it is closed at the end of the block.

    Args:
        settings: the user's settings.
        model: name or folder of a text model, or a server's, NAME@URL.

    Yields:
        A function that returns the answer to a question.

    Raises:
        CoachError: the model cannot be loaded, or the server does not answer.
    """
    if server := chosen_server(settings, model) if is_server(model) else None:
        remote = RemoteAdvisor(server)

        async def ask_server(question: str) -> str:
            return (await remote.go_on(build_prompt(question), lambda words: None)).text

        try:
            yield ask_server
        finally:
            await remote.close()
        return
    entry, client = resolve(model, "text"), EngineClient(lambda state: None)

    async def ask_engine(question: str) -> str:
        return (await client.ask_text(build_prompt(question))).text

    try:
        await client.start()
        await client.load(entry.path(), role="text", title=entry.title)
        yield ask_engine
    finally:
        await client.stop()

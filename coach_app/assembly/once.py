"""The coach without a window: an engine and an advisor for one command."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from coach_app.advisor.advisor import Advisor
from coach_app.advisor.japanese import open_translator, readable
from coach_app.advisor.local import LocalAdvisor
from coach_app.advisor.remote import RemoteAdvisor, chosen_server, is_server
from coach_app.advisor.scope import out_of_scope_sentence
from coach_app.advisor.text import TextAnswer, open_remote_text, open_text_advisor
from coach_app.advisor.values import LocalQReader
from coach_app.capture.picture import load_picture
from coach_app.desktop.folders import config_dir
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.domain.situation import Situation
from coach_app.evaluation.agents import AGENTS, Agent, make_agent
from coach_app.evaluation.play import PlayReport, Progress, Step, play
from coach_app.evaluation.recording import Recording
from coach_app.games import profiles
from coach_app.games.catalogue import to_play
from coach_app.games.game import Game, Size
from coach_app.host.client import EngineClient
from coach_app.models.catalogue import qnet_folder, resolve
from coach_app.settings import store
from coach_app.settings.schema import Settings
from coach_app.translation.sentences import holds_japanese


def user_settings() -> Settings:
    """The user's settings, or the defaults where there are none that can be read."""
    return store.load(config_dir() / "settings.toml")[0]


@contextlib.asynccontextmanager
async def opened_advisor(model: str) -> AsyncIterator[tuple[EngineClient, Advisor]]:
    """An engine with a model loaded, and the advisor that asks it; both end with the block.

    Where a server gives the advice, the engine is not started; who needs it for something else does that.

    Args:
        model: name, folder or server (``URL`` or ``NAME@URL``); empty is what the settings say.

    Raises:
        CoachError: there is no such model, it cannot be loaded, or the server must not be asked.
    """
    settings = user_settings()
    if server := chosen_server(settings, model):
        client, advisor = EngineClient(), RemoteAdvisor(server)
        try:
            yield client, advisor
        finally:
            await advisor.close()
            await client.stop()
        return
    entry = resolve(model or settings.general.model)
    folder = entry.path()
    async with EngineClient() as client:
        await client.load(folder, four_bit=_four_bit(settings))
        yield client, LocalAdvisor(client, entry, settings.general.detail)


def _four_bit(settings: Settings) -> bool | None:
    """None: the engine decides, by card and size."""
    return None if settings.general.four_bit else False


def _games_of(settings: Settings, model: str) -> tuple[str, ...]:
    """The games that the coach is made for; none for a server's, or one for any game."""
    return () if chosen_server(settings, model) else resolve(model or settings.general.model).games


async def advise_once(
    image: Path,
    game: str,
    question: str,
    japanese: bool,
    model: str,
    on_words: Callable[[str], None],
    on_problem: Callable[[CoachError], None],
) -> Advice:
    """Advice about a picture in a file.

    Args:
        image: the file.
        game: id of a profile.
        question: asked instead of the profile's prompt; may be empty.
        japanese: whether it is translated too; the answer to a question in Japanese is in any case.
        model: name or folder; empty is what the settings say.
        on_words: called with each further piece of the English text.
        on_problem: told why there is English only, where nothing can translate it.

    Raises:
        CoachError: the picture, the game or the model is not usable.
    """
    profile = profiles.find(game)
    picture = await asyncio.to_thread(load_picture, image)
    async with opened_advisor(model) as (client, advisor), contextlib.AsyncExitStack() as stack:
        translator = None
        if japanese or holds_japanese(question):
            await client.start()
            settings = user_settings()
            try:
                translator = await open_translator(client, settings.allowed_translation, _games_of(settings, model))
                stack.push_async_callback(translator.close)
            except CoachError as error:
                if holds_japanese(question):
                    raise
                on_problem(error)
        asked = await readable(question, advisor, translator)
        advice = replace(await advisor.advise(Situation(Frame(picture), profile, asked), on_words), question=question)
        if translator is None:
            return advice
        told = advice.text if holds_japanese(advice.text) else await translator.translate(advice.text)
        return replace(advice, text_ja=told)


async def ask_once(
    question: str, adapter: str, game: str, japanese: bool, on_words: Callable[[str], None]
) -> TextAnswer:
    """The answer to a question about a game in general.

    Args:
        question: English or Japanese.
        adapter: name or folder of an adapter, or of a text model that answers by itself; or a server's, NAME@URL.
        game: whose guides are searched; empty is the adapter's.
        japanese: whether the answer is translated too; it is in any case where the question is Japanese.
        on_words: called with each further piece of the English text.

    Raises:
        CoachError: the adapter or the guides are not usable, or nobody could translate the question.
    """
    japanese = japanese or holds_japanese(question)
    async with EngineClient() as client, contextlib.AsyncExitStack() as stack:
        translator = None
        if japanese:
            translator = await open_translator(client, user_settings().allowed_translation)
            stack.push_async_callback(translator.close)
        server = chosen_server(user_settings(), adapter) if is_server(adapter) else None
        if server:
            advisor, remote = await open_remote_text(server, game)
            stack.push_async_callback(remote.close)
        else:
            advisor = await open_text_advisor(client, game, adapter, _four_bit(user_settings()))
        answer = await advisor.answer(await readable(question, advisor, translator), on_words)
        return replace(answer, text_ja=await translator.translate(answer.text)) if translator else answer


@dataclass(frozen=True)
class OpenedAgent:
    """An agent that can play, and the engine that it asks; None where it asks none."""

    agent: Agent
    client: EngineClient | None = None


@contextlib.asynccontextmanager
async def opened_agent(name: str, game: str, model: str, checkpoint: str = "") -> AsyncIterator[OpenedAgent]:
    """An agent that can play; its engine ends with the block.

    Args:
        name: of ``coach_app.evaluation.agents.AGENTS``.
        game: as ``coach_app.games.catalogue.to_play`` takes it.
        model: of the coach: name, folder or server; empty is what the settings say.
        checkpoint: the Q-network: name or folder; empty is what the game's profile says.

    Raises:
        CoachError: the agent cannot play.
    """
    played = to_play(game)
    if name not in AGENTS or name in ("teacher", "random"):
        yield OpenedAgent(make_agent(name, played))
        return
    profile = _profile_to_play(played)
    settings = user_settings()
    server = chosen_server(settings, model)
    entry = resolve(settings.general.model if server or not model else model)
    if "coach" in name and not server and (sentence := out_of_scope_sentence(entry, profile)):
        raise CoachError(sentence, "Name it with --model.")
    qnet = _qnet_of(checkpoint or profile.qnet, game) if "dqn" in name else None
    async with opened_advisor(model) as (client, advisor):
        reader = None
        if qnet:
            if server:  # the network sees the features of the model on this computer all the same
                await client.start()
                await client.load(entry.path())
            await client.load(qnet, role="qvalues")
            reader = LocalQReader(client, entry.input_side_px)
        yield OpenedAgent(make_agent(name, played, advisor, profile, reader), client)


def _profile_to_play(game: Game) -> GameProfile:
    """The profile of a game; where it names no moves, advice may name any action."""
    from coach_app.games.images import action_names

    env = game.make()
    names = action_names(env)
    env.close()
    profile = profiles.profile_of(game.id)
    return profile if profile.moves else profile.model_copy(update={"moves": names})


def _qnet_of(name: str, game: str) -> Path:
    if not name:
        raise CoachError(
            f"There is no Q-network for {game} yet.", f"Train one with: coach train dqn --game {game}; name it then."
        )
    return qnet_folder(name)


@dataclass(frozen=True)
class PlayPlan:
    """What is played, and by whom.

    Attributes:
        game: as ``coach_app.games.catalogue.to_play`` takes it.
        agent: a name of ``coach_app.evaluation.agents.AGENTS``.
        episodes: how many.
        seed: of the first one.
        size: of the maps; None is the game's default.
        most_steps: an episode is broken off after so many; None plays it to its end.
        gif: where to record it, if at all.
        model: of the coach: name, folder or server; empty is what the settings say.
        checkpoint: the Q-network: name or folder; empty is what the game's profile says.
        language: of the advice; None is what the settings say.
    """

    game: str
    agent: str
    episodes: int
    seed: int
    size: Size | None = None
    most_steps: int | None = None
    gif: Path | None = None
    model: str = ""
    checkpoint: str = ""
    language: Literal["en", "ja"] | None = None


async def play_game(
    plan: PlayPlan, on_progress: Progress | None = None, on_step: Callable[[Step], None] | None = None
) -> tuple[PlayReport, str]:
    """Let an agent play.

    Args:
        plan: what is played.
        on_progress: called after each episode.
        on_step: called after each decision; its Japanese is there only where somebody sees it.

    Returns:
        What came of it, and a sentence on the recording, if there is one.

    Raises:
        CoachError: the agent cannot play, or the recording cannot be written.
    """
    settings = user_settings()
    spoken = "coach" in plan.agent and (plan.language or settings.general.language) == "ja"
    japanese = spoken and (plan.gif is not None or on_step is not None)
    recording = Recording(japanese=japanese) if plan.gif else None
    async with contextlib.AsyncExitStack() as stack:
        opened = await stack.enter_async_context(opened_agent(plan.agent, plan.game, plan.model, plan.checkpoint))
        translate = None
        if japanese and opened.client:
            await opened.client.start()
            games = _games_of(settings, plan.model)
            translator = await open_translator(opened.client, settings.allowed_translation, games)
            stack.push_async_callback(translator.close)
            translate = translator.translate
        report = await play(
            to_play(plan.game),
            opened.agent,
            plan.episodes,
            plan.seed,
            plan.size,
            on_progress=on_progress,
            recording=recording,
            most_steps=plan.most_steps,
            on_step=on_step,
            translate=translate,
        )
    return report, recording.save(plan.gif) if recording and plan.gif else ""

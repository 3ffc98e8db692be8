"""Answers game questions from the guides with a text model and an adapter, and names its sources."""

import asyncio
import contextlib
import functools
import logging
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from coach_app.advisor.remote import RemoteAdvisor
from coach_app.advisor.servers import Server
from coach_app.domain.elapsed import ms_since
from coach_app.domain.errors import CoachError
from coach_app.domain.markdown import from_markdown
from coach_app.domain.sampling import Sampling
from coach_app.host.client import EngineClient
from coach_app.host.messages import Answered
from coach_app.knowledge import search
from coach_app.knowledge.excerpts import excerpts
from coach_app.knowledge.grounding import Grounding
from coach_app.knowledge.japanese import is_unspaced
from coach_app.knowledge.library import Library
from coach_app.knowledge.prompt import UNANSWERED, build_chat, build_prompt
from coach_app.knowledge.question import Question, understand
from coach_app.knowledge.sections import Section
from coach_app.models.bases import base_note, base_of, can_replace
from coach_app.models.catalogue import ModelEntry, catalogue, resolve
from coach_app.models.checkpoint import chats, read_json
from coach_app.models.wheels import unpacked

_log = logging.getLogger(__name__)

MAX_NEW_TOKENS = 200
_MIN_WORDS = 3
_SURE = 0.9
"""Share of a question's words that a passage has if the search is sure of it."""
_CLEAR = 0.5
"""By so much, in units of BM25, the first passage has to be ahead of the second to be the only one that a model is
given, since it may take up the other one. So it is in 97 % of the held-out questions; in 99 % of these it is right.
"""
_FOLLOWS_UP = re.compile(r"(?:and|then|also|next|ok|okay|so|what about|how about)\b", re.IGNORECASE)
_ASKS_WHY = re.compile(r"why\b", re.IGNORECASE)
_REFERS = re.compile(r"\b(?:it|that|this|these|those|he|she|they|him|her|them|then)\b", re.IGNORECASE)


@dataclass(frozen=True)
class TextAnswer:
    """The answer to a game question.

    Attributes:
        text: plain English text.
        sources: sections of the guides, best first; empty if the question was declined.
        model: name of the text model.
        adapter: name of the adapter; empty if the model answered without one.
        quoted: whether the text is quoted from the best section, as the model's answer could not be trusted.
        tokens: number of generated tokens.
        first_word_ms: time from the question to the first word.
        latency_ms: time from the question to the last word.
        text_ja: Japanese translation, if there is one.
    """

    text: str
    sources: tuple[Section, ...]
    model: str
    adapter: str
    quoted: bool = False
    tokens: int = 0
    first_word_ms: float = 0.0
    latency_ms: float = 0.0
    text_ja: str | None = None


class TextModel(Protocol):
    """Continues a prompt; see ``EngineClient.ask_text``, without the adapter."""

    async def __call__(self, prompt: str, on_words: Callable[[str], None]) -> Answered: ...


class TextAdvisor:
    """Answers questions about one game.

    Args:
        game: id of the game, whose guides are searched.
        model: the text model with its adapter; None quotes the guides.
        names: names of the model and its adapter.
        passage_characters: maximum total length of passages in a prompt; the first is always included.
        note: a note for the user about the model; may be empty.
        chats: whether the model is asked as in a chat, instead of going on with a text.
        insisting: the same model, which does not decline to answer; asked where the search is sure of a passage, since
            a small model declines too often. None where it cannot be kept from that.
    """

    def __init__(
        self,
        game: str,
        model: TextModel | None,
        names: tuple[str, str],
        passage_characters: int = 6_000,
        note: str = "",
        chats: bool = False,
        insisting: TextModel | None = None,
    ) -> None:
        self.reads_japanese = False
        self.note = note
        self.chats = chats
        self._before = ""
        self._game, self._model, self._names = game, model, names
        self._insisting = insisting
        self._passage_characters = passage_characters

    @property
    def only_quotes(self) -> bool:
        """Whether there is no model."""
        return self._model is None

    async def answer(self, question: str, on_words: Callable[[str], None] | None = None) -> TextAnswer:
        """Answer a question, in English; cancelling the awaiting task stops the model.

        Args:
            question: a player's question in English.
            on_words: called with each new piece of text that can be shown; together they begin the answer's text,
                unless the answer is quoted, or a sentence that had begun turned out to be about what no source tells.

        Raises:
            CoachError: there are no guides for the game, or the engine fails.
        """
        began = time.perf_counter()
        guides, declined, found, before = await asyncio.to_thread(self._look_up, question)
        if declined:
            return TextAnswer(declined, (), *self._names, latency_ms=ms_since(began))
        self._before = question
        passages = tuple(passage.section for passage in found)
        in_their_language = is_unspaced(passages[0].text)  # the user's guide needs no rewording
        if self._model is None or in_their_language:
            text = from_markdown(passages[0].text)
            return TextAnswer(text, passages, *self._names, quoted=True, latency_ms=ms_since(began))
        clear = len(found) < 2 or found[0].score - found[1].score >= _CLEAR
        used = fitting(passages[:1] if clear else passages, self._passage_characters)
        known = "\n".join([before, question, *(f"{section.title}. {section.text}" for section in used)])
        grounding = Grounding(guides, known)
        checked = _Checked(grounding, on_words)
        if self.chats:
            prompt = build_chat(question, await asyncio.to_thread(excerpts, guides, question, used), before)
        else:
            prompt = build_prompt(question, used)
        answered = await self._model(prompt, checked)
        checked.finish(answered.text)
        if checked.declines and self._insisting and found[0].covered >= _SURE:
            checked = _Checked(grounding, on_words)
            answered = await self._insisting(prompt, checked)
            checked.finish(answered.text)
        quoted = checked.declines or len(checked.text.split()) < _MIN_WORDS
        text = from_markdown(passages[0].text) if quoted else checked.text
        took_ms = ms_since(began)
        first_ms = took_ms if quoted or checked.first_at is None else (checked.first_at - began) * 1000
        return TextAnswer(text, passages, *self._names, quoted, answered.tokens, first_ms, took_ms)

    def _look_up(self, question: str) -> tuple[Library, str, list[search.Passage], str]:
        """The guides, why the question is declined, its passages, and the question that it follows up, if any."""
        guides = search.loaded(self._game)
        before, wanted = "", question
        if self._before and _follows_up(question, understand(question, guides)):
            before, wanted = self._before, f"{question} {_about(understand(self._before, guides))}"
        if search.is_off_topic(guides, wanted):
            title = guides.lexicon.title or self._game
            subjects = ", ".join(guides.subjects())
            return guides, f"I can only answer questions about {title}. My guides are about: {subjects}.", [], ""
        return guides, "", search.find(guides, wanted), before


def _follows_up(question: str, asked: Question) -> bool:
    """Whether a question goes on from the one before; one that asks why, and says of what, does not."""
    if asked.subjects:
        return False
    if _ASKS_WHY.match(question):
        return not (asked.specific or len(asked.words) > 1) or bool(_REFERS.search(question))
    return bool(_FOLLOWS_UP.match(question))


def _about(asked: Question) -> str:
    """Who is played against whom in a question, to be said of the one that follows it up."""
    player, opponent = asked.sides
    if player and opponent:
        return f"as {player} against {opponent}"
    return f"as {player}" if player else f"against {opponent}" if opponent else " ".join(asked.subjects)


def fitting(passages: Sequence[Section], characters: int) -> tuple[Section, ...]:
    """The first passages up to a total length; always includes the very first."""
    chosen: list[Section] = []
    for section in passages:
        characters -= len(section.title) + len(section.text)
        if chosen and characters < 0:
            break
        chosen.append(section)
    return tuple(chosen)


class _Checked:
    """Passes on what its sources bear out of an answer, word by word; no more once a sentence has to be taken back."""

    def __init__(self, grounding: Grounding, on_words: Callable[[str], None] | None) -> None:
        self._grounding, self._on_words = grounding, on_words
        self._raw, self._shown = "", ""
        self.text = ""
        self.first_at: float | None = None
        self.declines = False

    def __call__(self, words: str) -> None:
        self._raw += words
        self._take(self._raw.lstrip(), whole=False)

    def finish(self, text: str) -> None:
        """Process the complete answer."""
        self._take(text.strip(), whole=True)

    def _take(self, answer: str, whole: bool) -> None:
        self.declines = answer.startswith(UNANSWERED)
        if self.declines or UNANSWERED.startswith(answer):
            return
        self.text = self._grounding.kept(answer, whole)
        more = self.text.removeprefix(self._shown) if self.text.startswith(self._shown) else ""
        if more and (whole or len(self.text.split()) >= _MIN_WORDS):
            self.first_at = self.first_at or time.perf_counter()
            if self._on_words:
                self._on_words(more)
            self._shown = self.text


async def open_text_advisor(client: EngineClient, game: str, adapter: str, four_bit: bool | None = None) -> TextAdvisor:
    """Load an adapter's base model into an engine, and combine both with the guides of a game.

    Adapters made for other games are not used, as they know nothing of this one; the guides are quoted instead.

    A LLaVA that can replace the base does so if the engine has already loaded it for pictures, so that one model in
    memory serves both; or if it is on this computer and the base is not.

    Args:
        client: a started client; its owner stops it.
        game: id of the game; empty for the adapter's own.
        adapter: its name or folder; or a text model to use without an adapter.
        four_bit: see the engine's loader.

    Where the base is not on this computer, the guides are quoted, and the advisor's note says what is missing.

    Raises:
        CoachError: the adapter is not here, or its base is unknown or does not fit; the remedy says what to do.
    """
    entry = await asyncio.to_thread(resolve_adapter, adapter)
    folder = await asyncio.to_thread(entry.path) if entry.role == "adapter" else None
    base = await asyncio.to_thread(base_of, entry) if entry.role == "adapter" else entry
    if not (game := game or next(iter(entry.games), "")):
        raise CoachError(f"It is not known which game {entry.title} is for.", "Name it with --game.")
    if entry.games and game not in entry.games:
        return TextAdvisor(game, None, (base.name, entry.name if folder else ""))
    await client.settled()  # a model being loaded may turn out not to fit
    try:
        await unpacked(base)
        ground = await asyncio.to_thread(
            _ground, base, folder, four_bit, loaded=client.wanted("text"), sees=client.wanted("vision")
        )
    except CoachError as error:
        if base.is_here():
            raise
        return TextAdvisor(game, None, ("", ""), note=f"{error} Until then, the guides are quoted.")

    async def ready() -> None:
        if not client.has(ground.folder, "text", ground.four_bit):  # another adapter may already use it
            await client.load(ground.folder, role="text", four_bit=ground.four_bit, title=base.title)

    await ready()

    chat = await asyncio.to_thread(_was_taught_to_chat, folder, ground.folder)

    async def model(prompt: str, on_words: Callable[[str], None], avoided: str = "") -> Answered:
        await ready()  # it may have been unloaded together with the coach's model
        way = Sampling(avoided_beginning=avoided) if chat else None
        return await client.ask_text(prompt, folder, on_words, MAX_NEW_TOKENS, way)

    insisting = functools.partial(model, avoided=UNANSWERED) if chat else None

    names = ground.name, entry.name if folder else ""
    if note := await asyncio.to_thread(base_note, base, entry) if folder else "":
        _log.info("%s", note)
    return TextAdvisor(game, model, names, base.passage_characters, note, chat, insisting)


def _was_taught_to_chat(adapter: Path | None, base: Path) -> bool:
    """Whether a base is asked by its chat template: as its adapter was trained, or else if it has one."""
    with contextlib.suppress(CoachError):
        if adapter and (chat := read_json(adapter, "args.json").get("chat")) is not None:
            return bool(chat)
    return chats(base)


@dataclass(frozen=True)
class _Ground:
    """The base of an adapter: the model's name, and what the engine has to load."""

    name: str
    folder: Path
    four_bit: bool | None


def _ground(
    base: ModelEntry,
    adapter: Path | None,
    four_bit: bool | None,
    loaded: tuple[Path, bool | None] | None,
    sees: tuple[Path, bool | None] | None,
) -> _Ground:
    """Choose the base of an adapter so that the engine needs as little memory as possible.

    Args:
        base: the base that the adapter names.
        adapter: its folder; None to use the base without one.
        four_bit: for models not loaded yet.
        loaded: the engine's text model, if any.
        sees: the engine's vision model, if any.

    Raises:
        CoachError: there is no suitable model on this computer; the remedy says how to get the base.
    """
    here = base.path() if base.is_here() else None
    if adapter is None or (here and loaded == (here, four_bit)):
        return _Ground(base.name, base.path(), four_bit)
    if sees and ((here and here.resolve() == sees[0].resolve()) or can_replace(sees[0], here, adapter)):
        return _Ground(_name_of(sees[0]), *sees)
    if here:
        return _Ground(base.name, here, four_bit)
    for entry in catalogue():
        if entry.role == "vision" and entry.is_here() and can_replace(entry.path(), None, adapter):
            return _Ground(entry.name, entry.path(), four_bit)
    return _Ground(base.name, base.path(), four_bit)


def _name_of(folder: Path) -> str:
    return next((entry.name for entry in catalogue() if entry.is_here() and entry.path() == folder), folder.name)


async def open_remote_text(server: Server, game: str) -> tuple[TextAdvisor, RemoteAdvisor]:
    """Combine a server's model or adapter with the guides of a game.

    Args:
        server: a server with a text model.
        game: id of the game; empty for that of the catalogue's adapter with the model's name.

    Returns:
        The text advisor, and its connection, which the caller has to close.

    Raises:
        CoachError: the game is unknown.
    """
    known = next((entry for entry in await asyncio.to_thread(catalogue) if entry.name == server.model), None)
    if not (game := game or next(iter(known.games if known else ()), "")):
        raise CoachError(f"It is not known which game {server.model or server.url} is for.", "Name it with --game.")
    remote = RemoteAdvisor(server)
    return TextAdvisor(game, remote.go_on, (server.model, "")), remote


def resolve_adapter(name_or_folder: str) -> ModelEntry:
    """The adapter or text model that the user names.

    Raises:
        CoachError: there is none; the remedy says how to get one.
    """
    try:
        entry = resolve(name_or_folder, role="adapter")
    except CoachError as error:
        raise CoachError(
            f"There is no text adapter {name_or_folder!r}.",
            "Add one with: coach models add ID-OR-FOLDER, or train one with: coach train tips",
        ) from error
    if entry.role not in ("adapter", "text"):
        raise CoachError(f"{entry.title} is not a text adapter.", "Known adapters are listed by: coach models list")
    return entry

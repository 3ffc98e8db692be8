"""Opens the translator that the settings ask for, and translates questions for advisors, and advice for players."""

import asyncio
import logging
from collections.abc import Callable, Collection
from typing import Protocol

from coach_app.desktop.folders import data_dir
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.phrases import phrases
from coach_app.domain.sent import OnSent, unseen
from coach_app.host.client import EngineClient
from coach_app.knowledge.search import in_a_language_of_the_guides
from coach_app.models.catalogue import ModelEntry, catalogue, resolve
from coach_app.settings.schema import TranslationSettings
from coach_app.translation.chain import ChainTranslator, choose
from coach_app.translation.memory import TranslationMemory
from coach_app.translation.questions import in_english
from coach_app.translation.sentences import holds_japanese
from coach_app.translation.translator import Translator

_log = logging.getLogger(__name__)


async def open_translator(
    client: EngineClient,
    rules: TranslationSettings,
    games: Collection[str] = (),
    on_fault: Callable[[CoachError], None] = lambda fault: None,
    on_sent: OnSent = unseen,
) -> ChainTranslator:
    """Load the local translator into the engine, and combine it with the others that the user allows.

    Args:
        client: a started client; its owner stops it.
        rules: the user's settings.
        games: ids of the games that the coach is made for; empty for a general coach.
        on_fault: called once with an error that keeps an online translator from being asked.
        on_sent: told what an online translator is given.

    Raises:
        CoachError: there is no local model, and online translation is not allowed.
    """
    local, name = None, ""
    try:
        entry = await asyncio.to_thread(local_translator, games, rules.model)
        folder = entry.path()
        await client.load(folder, role="translator", title=entry.title)
        # Translations by another version of the model are not reused.
        local, name = client.translate, f"{entry.name} {int(folder.stat().st_mtime)}"
    except CoachError as error:
        if not rules.online:
            raise
        _log.warning("no local translator: %s", error)
    memory = await asyncio.to_thread(TranslationMemory, data_dir() / "translations.sqlite")
    return choose(rules, memory, local, name, on_fault, on_sent)


def local_translator(games: Collection[str] = (), chosen: str = "auto") -> ModelEntry:
    """The translator for a coach: the chosen one, or a local one made for its games, or else a local general one.

    Args:
        games: see `open_translator`.
        chosen: name or folder of a model; "auto" chooses by the games.

    Raises:
        CoachError: the chosen one is unknown or not a translator.
    """
    if chosen != "auto":
        entry = resolve(chosen, "translator")
        if entry.role != "translator":
            raise CoachError(f"{entry.title} does not translate.", "Choose another translation model in the settings.")
        return entry
    known = [entry for entry in catalogue() if entry.role == "translator"]
    made_for = [entry for entry in known if games and entry.games and set(games) <= set(entry.games)]
    for_any = [entry for entry in reversed(known) if not entry.games]  # models added by the user come last, and win
    return next((entry for entry in [*made_for, *for_any] if entry.is_here()), known[0])


async def in_japanese(advice: Advice, translator: Translator | None) -> str | None:
    """The Japanese of a piece of advice; None if it could not be translated."""
    if holds_japanese(advice.text):
        return advice.text
    if not advice.tokens and (own := phrases("ja").translated(advice.text)) != advice.text:
        return own  # a sentence of the coach, not of a model
    return await translator.translate(advice.text) if translator else None


class Reader(Protocol):
    """Anyone who can be asked, such as an ``Advisor``."""

    @property
    def reads_japanese(self) -> bool:
        """Whether it accepts questions in Japanese; otherwise only in English."""


async def readable(question: str, advisor: Reader | None, translator: Translator | None, about_game: str = "") -> str:
    """A question in a language that an advisor reads: translated into English if necessary.

    Args:
        question: a player's question.
        advisor: the advisor; None reads only English.
        translator: used if the advisor does not read Japanese.
        about_game: the game whose guides are asked; their vocabulary may be enough.

    Raises:
        CoachError: it is Japanese, the advisor does not read that, and it could not be translated.
    """
    if not holds_japanese(question):
        return question
    if about_game and (known := await asyncio.to_thread(in_a_language_of_the_guides, about_game, question)):
        return known
    if advisor and advisor.reads_japanese:
        return in_english(question) or question  # a model for a few games may read only English
    english = await translator.to_english(question) if translator else None
    if english is None:
        raise CoachError(
            "The coach reads English only, and your question could not be translated.",
            "Ask in other words, or allow online translation in the settings.",
        )
    return english

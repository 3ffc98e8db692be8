"""Chooses the translation to show: the coach's own, a remembered one, a local one, or an online one if allowed.

The user may put the online translator first.
"""

import asyncio
from collections.abc import Callable, Mapping

from coach_app.domain.errors import CoachError
from coach_app.domain.phrases import phrases
from coach_app.domain.sent import OnSent, unseen
from coach_app.settings.schema import TranslationSettings
from coach_app.translation.google import GoogleTranslator
from coach_app.translation.local import LocalTranslator, TranslateLocally
from coach_app.translation.memory import TranslationMemory
from coach_app.translation.questions import in_english
from coach_app.translation.sentences import Line, holds_japanese, holds_latin, join, looks_japanese, split
from coach_app.translation.translator import Translator

GOOGLE = "google"


class ChainTranslator:
    """Translates sentence by sentence; each goes down the chain until a translator returns Japanese that looks right.

    Whatever was shown is remembered under the name of its translator. Google's translations stay valid, even if a local
    model has been added or the service was switched off: they cost nothing, nothing is sent again, and the same English
    always reads the same. Those of a local model are valid while that model is the first choice; another model, or
    Google put first, replaces them.

    Use from one event loop. Owns the translators and the memory.

    Args:
        memory: past translations.
        translators: translators by name, in the order in which they are asked.
    """

    def __init__(self, memory: TranslationMemory, translators: Mapping[str, Translator]) -> None:
        self._memory = memory
        self._translators = dict(translators)
        self._trusted = {GOOGLE, *list(translators)[:1]}
        self._online: dict[tuple[str, str], asyncio.Task[str | None]] = {}

    @property
    def sends_text_away(self) -> bool:
        """Whether one of the translators is online."""
        return any(translator.sends_text_away for translator in self._translators.values())

    async def translate(self, text: str) -> str | None:
        """Japanese for the whole text, or None if any sentence has none: half-translated advice reads worse."""
        lines = split(text)
        sentences = list(dict.fromkeys(sentence for line in lines for sentence in line.sentences))
        if not sentences:
            return None
        async with asyncio.TaskGroup() as group:
            tasks = {sentence: group.create_task(self._sentence(sentence)) for sentence in sentences}
        japanese = {sentence: found for sentence, task in tasks.items() if (found := task.result()) is not None}
        if len(japanese) < len(tasks):
            return None
        return join([Line(line.marker, [japanese[sentence] for sentence in line.sentences]) for line in lines])

    async def to_english(self, question: str) -> str | None:
        """English for a question: remembered, from the phrase book, or from the first translator that can."""
        question = question.strip()
        if known := await asyncio.to_thread(self._memory.recall_english, question, self._trusted):
            return known
        if read := in_english(question):
            return read
        for name, translator in self._translators.items():
            english = await translator.to_english(question)
            if english and not holds_japanese(english):
                await asyncio.to_thread(self._memory.remember, english.strip(), question, name)
                return english.strip()
        return None

    async def close(self) -> None:
        """Cancel pending requests and close the translators and the memory; may be called twice."""
        for task in self._online.values():
            task.cancel()
        await asyncio.gather(*self._online.values(), return_exceptions=True)
        for translator in self._translators.values():
            await translator.close()
        await asyncio.to_thread(self._memory.close)

    async def _sentence(self, english: str) -> str | None:
        if own := _own_words(english):
            return own
        if (known := await asyncio.to_thread(self._memory.recall, english, self._trusted)) is not None:
            return known
        for name, translator in self._translators.items():
            if translator.sends_text_away:
                found = await self._ask_online(name, english)
            else:
                found = await self._ask(name, english)
            if found is not None:
                return found
        return None

    async def _ask(self, name: str, english: str) -> str | None:
        japanese = await self._translators[name].translate(english)
        if japanese is None or not looks_japanese(english, japanese):
            return None
        await asyncio.to_thread(self._memory.remember, english, japanese.strip(), name)
        return japanese.strip()

    async def _ask_online(self, name: str, english: str) -> str | None:
        """Ask for a sentence, or wait for a pending request for it. The request is finished even if the advice is
        dropped meanwhile, so that a sentence is sent only once."""
        key = (name, english)
        task = self._online.get(key)
        if task is None:
            task = self._online[key] = asyncio.create_task(self._ask(name, english))
            task.add_done_callback(lambda _: self._online.pop(key, None))
        return await asyncio.shield(task)


def _own_words(english: str) -> str | None:
    """The Japanese of a sentence that the phrases of the coach, or of a game, know as a whole."""
    japanese = phrases("ja").translated(english)
    return japanese if holds_japanese(japanese) and not holds_latin(japanese) else None


def choose(
    settings: TranslationSettings,
    memory: TranslationMemory,
    local: TranslateLocally | None = None,
    local_name: str = "",
    on_fault: Callable[[CoachError], None] = lambda fault: None,
    on_sent: OnSent = unseen,
) -> ChainTranslator:
    """The translator that the settings ask for; includes Google only if the user has allowed it.

    Args:
        settings: which translator comes first, and whether text may leave this computer.
        memory: past translations; closed with the translator.
        local: translates one English sentence by a model on this computer; None without one.
        local_name: name of that model.
        on_fault: called once with an error that keeps Google from being asked.
        on_sent: told what Google is given.
    """
    translators: dict[str, Translator] = {}
    if local is not None:
        translators[f"local {local_name}"] = LocalTranslator(local)
    if settings.online:
        google = {GOOGLE: GoogleTranslator(settings.timeout_s, on_fault=on_fault, on_sent=on_sent)}
        translators = google | translators if settings.provider == "google" else translators | google
    return ChainTranslator(memory, translators)

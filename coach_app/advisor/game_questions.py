"""Answers game questions with the text adapter that the game's profile names."""

import asyncio
import time
from collections.abc import Callable, Hashable

from coach_app.advisor.text import TextAdvisor, open_text_advisor, resolve_adapter
from coach_app.domain.advice import Advice, Source
from coach_app.domain.errors import CoachError
from coach_app.domain.markdown import from_markdown
from coach_app.domain.profile import GameProfile
from coach_app.host.client import EngineClient
from coach_app.knowledge import library


class GameQuestionAdvisor:
    """Answers from guides. The text model is loaded for the first question, and kept for later ones.

    Args:
        client: a started client; its owner stops it.
        four_bit: returns the current setting, as the engine's loader expects it.
        on_note: called with a note for the user about a model once it is loaded.
    """

    def __init__(
        self,
        client: EngineClient,
        four_bit: Callable[[], bool | None] = lambda: None,
        on_note: Callable[[str], None] = lambda sentence: None,
    ) -> None:
        self.reads_japanese = False
        self._client = client
        self._four_bit = four_bit
        self._on_note = on_note
        self._opened: tuple[Hashable, asyncio.Task[TextAdvisor]] | None = None
        self._tasks: set[asyncio.Task[TextAdvisor]] = set()
        self._told: set[str] = set()

    async def answer(self, question: str, profile: GameProfile, on_words: Callable[[str], None]) -> Advice:
        """Answer a question about a profile's game; cancelling the awaiting task stops the model.

        Args:
            question: English.
            profile: a profile with an adapter.
            on_words: called with each new piece of text. They may differ from the answer's text in the end, mostly if
                it is ``quoted``.

        Raises:
            CoachError: the adapter or its base is not here, there are no guides for the game, or the engine fails.
        """
        asked_at = time.time()
        advisor = await self._advisor_for(profile)
        try:
            answer = await advisor.answer(question, on_words)
        except CoachError:
            self._opened = None  # the next question loads it again
            raise
        return Advice(
            text=answer.text,
            move=None,
            model=" + ".join(filter(None, (answer.model, answer.adapter))),
            captured_at=asked_at,
            latency_ms=answer.latency_ms,
            first_word_ms=answer.first_word_ms,
            tokens=answer.tokens,
            question=question,
            sources=tuple(Source(section.title, from_markdown(section.text)) for section in answer.sources),
            quoted=answer.quoted,
        )

    async def close(self) -> None:
        """Cancel loading; may be called twice."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _advisor_for(self, profile: GameProfile) -> TextAdvisor:
        # Another vision model may answer texts, too, or no longer.
        wanted = (profile.adapter, profile.id, self._four_bit(), self._client.wanted("vision"))
        if self._opened is None or self._opened[0] != wanted:
            task = asyncio.create_task(self._open(profile))
            self._tasks.add(task)
            task.add_done_callback(self._let_go)
            self._opened = wanted, task
        # Withdrawing the question does not cancel the loading: the next question needs it, too.
        return await asyncio.shield(self._opened[1])

    async def _open(self, profile: GameProfile) -> TextAdvisor:
        entry = await asyncio.to_thread(resolve_adapter, profile.adapter)
        game = "" if entry.games and profile.id not in await asyncio.to_thread(library.games) else profile.id
        advisor = await open_text_advisor(self._client, game, profile.adapter, self._four_bit())
        if advisor.note and advisor.note not in self._told:
            self._told.add(advisor.note)
            self._on_note(advisor.note)
        return advisor

    def _let_go(self, task: "asyncio.Task[TextAdvisor]") -> None:
        self._tasks.discard(task)
        failed = task.cancelled() or task.exception() is not None or task.result().only_quotes  # it may have come
        if failed and self._opened and self._opened[1] is task:
            self._opened = None

"""Handles finished answers: translation and history."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any

from coach_app.advisor.japanese import in_japanese
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.policy import Turn
from coach_app.domain.profile import GameProfile
from coach_app.session.events import AnswerTranslated, Event, Notice, NoticeAbout
from coach_app.translation.translator import NOT_TRANSLATED, Translator

_log = logging.getLogger(__name__)

Remember = Callable[[Advice, GameProfile, Frame | None], Awaitable[None]]
"""Takes a finished answer, its profile and its frame (None where it is about no picture); may raise a CoachError."""


class Delivery:
    """Translates and remembers finished answers in the background. Use from the event loop's thread only.

    Args:
        translator: translates into Japanese; None keeps the English. May be replaced.
        remember: called once for each answer, after its translation arrived or failed.
        emit: called with AnswerTranslated, and with notices of failures.
    """

    def __init__(self, translator: Translator | None, remember: Remember | None, emit: Callable[[Event], None]) -> None:
        self.translator = translator
        self._remember = remember
        self._emit = emit
        self._told_by: Translator | None = None  # that it lacks an answer's Japanese: once is enough
        self._last: tuple[int, Advice] | None = None
        self._tasks: set[asyncio.Task[object]] = set()

    def deliver(self, turn: Turn, advice: Advice, japanese: bool) -> None:
        """Remember an answer, after translating it if Japanese is wanted."""
        self._last = (turn.id, advice)
        self._hold(self._deliver(turn, advice, japanese))

    def keep_situation(self, profile: GameProfile, frame: Frame) -> None:
        """Remember a situation in which nothing was said, for the review."""
        nothing = Advice("", None, "", frame.captured_at, 0.0, 0.0, 0)
        self._hold(self._keep(nothing, profile, frame))

    def translate_last(self) -> None:
        """Translate the last answer, unless already done."""
        if self.translator and self._last and self._last[1].text_ja is None:
            self._hold(self._translate(*self._last))

    async def close(self) -> None:
        """Cancel pending work."""
        tasks = [*self._tasks]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _deliver(self, turn: Turn, advice: Advice, japanese: bool) -> None:
        if japanese:
            advice = await self._translate(turn.id, advice)
            if turn.asked and advice.text_ja is None:
                self._tell_untranslated()
        await self._keep(advice, turn.profile, turn.frame)

    async def _keep(self, advice: Advice, profile: GameProfile, frame: Frame | None) -> None:
        if self._remember:
            await self._remember(advice, profile, frame)

    def _tell_untranslated(self) -> None:
        """Say what helps; what keeps an online translator from its work is told elsewhere."""
        translator = self.translator
        if translator and not translator.sends_text_away and translator is not self._told_by:
            self._told_by = translator
            self._emit(Notice(NoticeAbout.TROUBLE, NOT_TRANSLATED.message, NOT_TRANSLATED.remedy))

    async def _translate(self, answer_id: int, advice: Advice) -> Advice:
        advice = replace(advice, text_ja=await in_japanese(advice, self.translator))
        if self._last and self._last[0] == answer_id:
            self._last = (answer_id, advice)
        self._emit(AnswerTranslated(answer_id, advice))
        return advice

    def _hold(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._let_go)

    def _let_go(self, task: asyncio.Task[object]) -> None:
        self._tasks.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, CoachError):
            self._emit(Notice(NoticeAbout.TROUBLE, error.message, error.remedy))
        elif error:
            _log.error("after an answer", exc_info=error)
            self._emit(Notice(NoticeAbout.TROUBLE, "The answer could not be translated or kept.", "The log says more."))

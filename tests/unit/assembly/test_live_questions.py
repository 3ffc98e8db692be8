"""What the question box offers again."""

from time import time

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from coach_app.assembly.overlay_app import opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.capture.mailbox import CaptureThread
from coach_app.capture.source import Loss, SourceLost
from coach_app.domain.advice import Advice
from coach_app.ui.question_box import QuestionBox
from tests.fakes.quiet import Happened


@pytest.mark.parametrize(
    ("answered", "failed", "offered"),
    [
        (["Where?", "Is it safe?"], [], ["Where?", "Is it safe?"]),
        (["Where?"], ["Why?"], ["Where?", "Why?"]),
        (["Where?", "Why?"], ["Where?"], ["Why?", "Where?"]),
        ([], ["Why?", "How?", "Why?"], ["How?", "Why?"]),
    ],
)
async def test_the_latest_question_comes_first_whether_it_was_answered_or_not(
    happened: Happened, monkeypatch: pytest.MonkeyPatch, answered: list[str], failed: list[str], offered: list[str]
) -> None:
    shown: list[list[str]] = []

    def open_for(self: QuestionBox, picture: QImage, history: list[str], near: QRect, **_: object) -> None:
        shown.append(history)

    async def snapshot(self: CaptureThread) -> SourceLost:
        return SourceLost(Loss.CLOSED, "No game is open.")

    monkeypatch.setattr(QuestionBox, "open_for", open_for)
    monkeypatch.setattr(CaptureThread, "snapshot", snapshot)
    async with opened_app(AppPlan()) as app:
        # GIVEN questions that were answered before, and others that were asked since, whatever became of them
        for at, question in enumerate(answered):
            app.history.add(Advice("Left.", "left", "grid-coach", time() + at, 1.0, 1.0, 1, question), "grid", None)
        for question in failed:
            await app.questions._ask(question, "screen")
        # WHEN the box is opened THEN the last one is the first that the up key brings
        await app.questions.open()
        assert shown == [offered]

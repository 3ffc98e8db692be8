"""Pointing in the app: when, where, and until when."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QRect

from coach_app.assembly.live_pointer import LivePointer
from coach_app.assembly.overlay_app import opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.capture.windows import WindowInfo
from coach_app.domain.advice import Advice
from coach_app.domain.frame import Frame, Place
from coach_app.domain.pointing import Mark
from coach_app.session.events import AnswerDropped, AnswerFinished, AnswerStarted, Event, PauseChanged, SourceGone
from coach_app.ui.pointer import Pointer
from tests.fakes.quiet import Happened

MARK = Mark((0.5, 0.25, 0.5, 0.25), "the crate")
ADVICE = Advice("Move the cat up.", "up", "llava", 0.0, 100.0, 50.0, 12, marks=(MARK,))


class NotedPointer:
    """What would be shown: the marks and where, or nothing."""

    def __init__(self) -> None:
        self.shown: tuple[list[Mark], QRect] | None = None
        self.excluded: bool | None = None

    def exclude(self, excluded: bool) -> None:
        self.excluded = excluded

    def point(self, marks: tuple[Mark, ...], area: QRect) -> None:
        self.shown = list(marks), area

    def hide(self) -> None:
        self.shown = None

    def deleteLater(self) -> None:
        pass


class OneWindow:
    """A desktop with one window."""

    def __init__(self) -> None:
        self.window = WindowInfo(7, "game", "game", 1, 100, 50, 640, 480, False)
        self.closed = False

    def windows(self) -> list[WindowInfo]:
        return [self.window]

    def capture(self, window_id: int) -> Frame:
        raise NotImplementedError

    def close(self) -> None:
        self.closed = True


async def test_marks_follow_their_window(happened: Happened) -> None:
    async with opened_app(AppPlan()) as app:
        # GIVEN advice that points into a window WHEN it is shown THEN the mark is above that window
        pointer, desktop = NotedPointer(), OneWindow()
        live = LivePointer(app.settings, lambda: pointer, lambda: desktop)  # type: ignore[arg-type, return-value]
        live.on_event(AnswerFinished(1, ADVICE, place=Place(7)))
        assert pointer.shown == ([MARK], QRect(100, 50, 640, 480))
        # WHEN the window moves, is minimised, and comes back THEN the mark goes with it
        desktop.window = replace(desktop.window, left=300, width=800)
        live._follow()
        assert pointer.shown == ([MARK], QRect(300, 50, 800, 480))
        desktop.window = replace(desktop.window, minimised=True)
        live._follow()
        assert pointer.shown is None
        desktop.window = replace(desktop.window, minimised=False)
        live._follow()
        assert pointer.shown is not None
        # WHEN it is a fixed part of the screen THEN it stays there
        live.on_event(AnswerFinished(2, ADVICE, place=Place(box=(0, 0, 1920, 1080))))
        assert pointer.shown == ([MARK], QRect(0, 0, 1920, 1080))
        live.close()
        assert desktop.closed


@pytest.mark.parametrize(
    ("event", "goes"),
    [
        (AnswerFinished(2, ADVICE), True),
        (AnswerStarted(2, "Where?", 0.0), True),
        (AnswerStarted(2, "", 0.0), False),
        (AnswerDropped(2, "changed"), False),
        (SourceGone(), True),
        (PauseChanged(True), True),
    ],
)
async def test_marks_go_with_their_advice(happened: Happened, event: Event, goes: bool) -> None:
    async with opened_app(AppPlan()) as app:
        # GIVEN a mark WHEN something happens THEN it goes where its advice no longer counts
        pointer = NotedPointer()
        live = LivePointer(app.settings, lambda: pointer, OneWindow)  # type: ignore[arg-type, return-value]
        live.on_event(AnswerFinished(1, ADVICE, place=Place(7)))
        live.on_event(event)
        assert (pointer.shown is None) is goes
        # WHEN the overlay is hidden, or pointing is switched off THEN it goes in any case
        live.on_event(AnswerFinished(3, ADVICE, place=Place(7)))
        live.show_or_hide(False)
        assert pointer.shown is None
        live.on_event(AnswerFinished(4, ADVICE, place=Place(7)))
        app.settings.set("overlay", "pointing", "always")
        assert pointer.shown is None
        live.close()


async def test_the_app_points_at_the_screen(happened: Happened, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN the app WHEN advice comes that points THEN it is shown, and goes when the overlay is hidden
    shown: list[QRect] = []
    monkeypatch.setattr(Pointer, "point", lambda self, marks, area: shown.append(area))
    monkeypatch.setattr(Pointer, "hide", lambda self: shown.clear())
    async with opened_app(AppPlan()) as app:
        app.events(AnswerFinished(1, ADVICE, place=Place(box=(0, 0, 640, 480))))
        assert shown == [QRect(0, 0, 640, 480)]
        app.interface.actions["show_hide"].setChecked(False)
        assert shown == []

"""Points at what the advice of the running app is about, for as long as the advice counts."""

import logging
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer

from coach_app.assembly.settings_in_use import Reaction, SettingsInUse
from coach_app.capture.windows import Desktop, open_desktop
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Place
from coach_app.domain.pointing import Mark
from coach_app.session.events import AnswerFinished, AnswerStarted, Event, PauseChanged, SourceGone
from coach_app.ui.language import translated
from coach_app.ui.pointer import Pointer, window_rect

_log = logging.getLogger(__name__)
_FOLLOW_MS = 100


class LivePointer:
    """Shows the marks of the newest advice above its window, follows that, and removes them with the advice.

    Args:
        settings: the settings in use.
        make_pointer: creates what shows marks, when there are some.
        open_desktop: tells where windows are; replaced in tests.
    """

    def __init__(
        self,
        settings: SettingsInUse,
        make_pointer: Callable[[], Pointer] = Pointer,
        open_desktop: Callable[[], Desktop] = open_desktop,
    ) -> None:
        self._settings, self._make_pointer, self._open = settings, make_pointer, open_desktop
        self._pointer: Pointer | None = None
        self._desktop: Desktop | None = None
        self._marks: tuple[Mark, ...] = ()
        self._place = Place()
        self._following = QTimer(interval=_FOLLOW_MS)
        self._following.timeout.connect(self._follow)
        self._stale = QTimer(singleShot=True)
        self._stale.timeout.connect(self.hide)
        settings.when(Reaction.SESSION, lambda *_: self.hide())
        settings.when(Reaction.HIDING, lambda *_: self._exclude())

    def on_event(self, event: Event) -> None:
        """Something happened in the session."""
        match event:
            case AnswerFinished(place=None):
                self.hide()
            case AnswerFinished(advice=advice, place=Place() as place):
                self._marks = tuple(replace(mark, label=translated(mark.label)) for mark in advice.marks)
                self._place = place
                self._stale.start(round(self._settings.current.overlay.stale_after_s * 1000))
                self._following.start()
                self._follow()
            case AnswerStarted(question=question) if question:
                self.hide()
            case SourceGone() | PauseChanged(paused=True):
                self.hide()

    def show_or_hide(self, overlay_wanted: bool) -> None:
        """The user hid or showed the overlay, with which the marks go."""
        if not overlay_wanted:
            self.hide()

    def hide(self) -> None:
        """Remove the marks."""
        self._marks = ()
        self._following.stop()
        self._stale.stop()
        if self._pointer:
            self._pointer.hide()
        if self._desktop:
            self._desktop.close()
            self._desktop = None

    def close(self) -> None:
        """Remove the marks for good."""
        self.hide()
        if self._pointer:
            self._pointer.deleteLater()
            self._pointer = None

    def _follow(self) -> None:
        """Show the marks where the window is now; hide them while it is minimised."""
        try:
            box = self._box()
        except CoachError as error:
            _log.info("cannot point: %s", error)
            box = None
        if box:
            if self._pointer is None:
                self._pointer = self._make_pointer()
                self._exclude()
            self._pointer.point(self._marks, window_rect(*box))
        elif self._pointer:
            self._pointer.hide()

    def _exclude(self) -> None:
        if self._pointer:
            self._pointer.exclude(self._settings.current.overlay.hidden)

    def _box(self) -> tuple[int, int, int, int] | None:
        """Where the advice's picture is on the desktop now; None if it is not shown."""
        if self._place.window is None:
            return self._place.box
        self._desktop = self._desktop or self._open()
        found = [window for window in self._desktop.windows() if window.id == self._place.window]
        if not found or found[0].minimised:
            return None
        window = found[0]
        return window.left, window.top, window.left + window.width, window.top + window.height

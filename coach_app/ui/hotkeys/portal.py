"""Hotkeys on Wayland through the portal GlobalShortcuts: the desktop asks the user, and decides about the keys."""

import contextlib
import logging
from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from coach_app.desktop.portal import Dismissed, Portal, Steps, finished
from coach_app.domain.actions import HOTKEYS
from coach_app.domain.compositor_keys import portal_trigger
from coach_app.domain.errors import CoachError
from coach_app.domain.hotkeys import Chord
from coach_app.ui.hotkeys.grabber import OnKey
from coach_app.ui.language import translated

_log = logging.getLogger(__name__)

_LOOK_S: Final = 2.0
_SLOW_MS: Final = 1000


class PortalGrabber(QObject):
    """See ``Grabber``. The desktop is asked once for all keys, and again only when they change.

    Args:
        on_pressed, on_released: see ``OnKey``.
        on_decided: see `portal_grabber`.
        connect: connects to the portal.

    Raises:
        NotOffered: this desktop has no such portal.
        CoachError: it does not answer.
    """

    def __init__(
        self,
        on_pressed: OnKey,
        on_released: OnKey,
        on_decided: Callable[[Mapping[str, str] | CoachError], None],
        connect: Callable[[], Portal] = Portal,
    ) -> None:
        super().__init__()
        self._told: Final = {"GlobalShortcuts.Activated": on_pressed, "GlobalShortcuts.Deactivated": on_released}
        self._on_decided = on_decided
        self._portal: Portal | None = connect()
        try:
            finished(self._portal.property("GlobalShortcuts", "version"), _LOOK_S)
        except CoachError:
            self._portal.close()
            raise
        self._wanted: dict[str, Chord] = {}
        self._asked: dict[str, Chord] = {}
        self._held: set[str] = set()
        self._session = ""
        self._steps: Steps[Mapping[str, str]] | None = None
        self._notifier = QSocketNotifier(self._portal.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._go_on)
        self._soon = QTimer(self, singleShot=True, interval=0)  # all keys are grabbed one after the other: ask once
        self._soon.timeout.connect(self._ask)
        self._late = QTimer(self, interval=_SLOW_MS)  # a desktop that never answers is given up by its steps
        self._late.timeout.connect(self._go_on)

    def grab(self, action: str, chord: Chord) -> None:
        """See ``Grabber.grab``; what the desktop thinks of it is told later."""
        self._wanted[action] = chord
        self._soon.start()

    def release_all(self) -> None:
        """See ``Grabber.release_all``. The desktop keeps the keys, as it would ask again; they do nothing."""
        self._wanted.clear()
        self._held.clear()

    def close(self) -> None:
        """See ``Grabber.close``."""
        if self._portal:
            self._stop()
            self._portal.close()
            self._portal = None

    def _stop(self) -> None:
        for part in (self._soon, self._late):
            part.stop()
        self._notifier.setEnabled(False)
        self._steps = None

    def _ask(self) -> None:
        if self._steps or not self._wanted or self._wanted == self._asked:
            return
        self._asked = dict(self._wanted)
        self._steps = self._bind(self._asked)
        self._late.start()
        self._go_on()

    def _go_on(self, *_: object) -> None:
        if self._portal is None:
            return
        try:
            if self._steps:
                next(self._steps)
            else:
                self._portal.receive()
        except StopIteration as end:
            self._finish(end.value)
        except Dismissed:
            again = "Choose another key in the settings to be asked again."
            self._finish(CoachError("Your desktop gave the coach no keys.", again))
        except CoachError as error:
            _log.info("The desktop's keys: %s", error)
            if self._steps is None:  # the connection is gone
                self._stop()
                error = CoachError(error.message, "Start the coach again.")
            self._finish(error)
        while self._portal and self._portal.signals:
            signal = self._portal.signals.popleft()
            if tell := self._told.get(signal.name):
                session, action = signal.body[:2]
                if session != self._session or action not in self._wanted:
                    continue
                held, pressed = action in self._held, signal.name.endswith(".Activated")
                if held != pressed:  # Plasma presses a held key again and again
                    self._held ^= {action}
                    tell(action)

    def _finish(self, answer: Mapping[str, str] | CoachError) -> None:
        self._steps = None
        self._late.stop()
        self._on_decided(answer)
        self._soon.start()  # the keys may have changed in the meantime

    def _bind(self, chords: Mapping[str, Chord]) -> Steps[Mapping[str, str]]:
        portal = self._portal
        assert portal
        if self._session:  # a session's keys are asked for once
            with contextlib.suppress(CoachError):  # the desktop has ended it
                yield from portal.call("Session", "Close", path=self._session)
        wanted: list[tuple[str, dict[str, tuple[str, Any]]]] = [
            (
                action,
                {
                    "description": ("s", translated(HOTKEYS[action].title)),
                    "preferred_trigger": ("s", portal_trigger(chord)),
                },
            )
            for action, chord in chords.items()
        ]
        # Plasma 5 knows only the keys that it hears of when the session begins; others overlook that.
        self._session = yield from portal.session("GlobalShortcuts", shortcuts=("a(sa{sv})", wanted))
        bound = yield from portal.request("GlobalShortcuts", "BindShortcuts", "oa(sa{sv})s", self._session, wanted, "")
        given = {action: about.get("trigger_description", ("s", ""))[1] for action, about in bound.get("shortcuts", [])}
        return {action: str(trigger) for action, trigger in given.items()}

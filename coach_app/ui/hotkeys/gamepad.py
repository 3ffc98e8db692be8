"""Hotkeys on a gamepad, as one Qt object."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from coach_app.domain.gamepad import Buttons, completed, parse_buttons, spelled
from coach_app.ui.hotkeys.pads import Pads, SdlPads

_POLL_MS = 25
_LOOK_MS = 1500
"""How often it is looked for a gamepad while there is none."""


class Gamepad(QObject):
    """Reports the actions of pressed buttons, and records buttons for the settings. Interface thread only.

    SDL is loaded only when it is first needed, and nothing wakes the processor while no gamepad is wanted.

    Attributes:
        pressed: emitted with the action, once for each press.
        released: emitted with it when its buttons are no longer all held.
        recorded: emitted with buttons in words when they were released; see `record`.

    Args:
        make_pads: opens the gamepads; may raise a CoachError.
        parent: owner.
    """

    pressed = Signal(str)
    released = Signal(str)
    recorded = Signal(str)

    def __init__(self, make_pads: Callable[[], Pads] = SdlPads, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make_pads = make_pads
        self._pads: Pads | None = None
        self._chords: dict[str, Buttons] = {}
        self._wanted = self._recording = False
        self._held: Buttons = frozenset()
        self._acting = ""
        self._recorded: Buttons = frozenset()
        self._timer = QTimer(self, timerType=Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self._poll)

    @property
    def connected(self) -> bool:
        """Whether there is a gamepad."""
        return self._pads is not None and self._pads.count > 0

    def follow(self, on: bool, chords: Mapping[str, str]) -> None:
        """Listen for these buttons, by action, or stop listening.

        Raises:
            CoachError: gamepads cannot be used here.
        """
        self._wanted = on and bool(chords)
        self._let_go()
        self._chords = {action: parse_buttons(chord) for action, chord in chords.items()}
        self._settle()

    def record(self, recording: bool) -> None:
        """Record the next buttons instead of carrying out actions, or stop recording.

        Raises:
            CoachError: gamepads cannot be used here.
        """
        self._recording, self._recorded = recording, frozenset()
        self._settle()

    def close(self) -> None:
        """Let go of all gamepads; may be called twice."""
        self._wanted = self._recording = False
        self._settle()

    def _settle(self) -> None:
        """Open the gamepads if they are needed, and close them otherwise."""
        if not (self._wanted or self._recording):
            self._let_go()
            self._timer.stop()
            if self._pads:
                self._pads.close()
                self._pads = None
            return
        if self._pads is None:
            self._pads = self._make_pads()
            self._held = self._pads.held()  # what is held already counts from its next press on
        self._timer.start(_POLL_MS if self.connected else _LOOK_MS)

    def _poll(self) -> None:
        assert self._pads
        before, self._held = self._held, self._pads.held()
        interval = _POLL_MS if self.connected else _LOOK_MS
        if interval != self._timer.interval():
            self._timer.setInterval(interval)
        if not self._chords.get(self._acting, frozenset()) <= self._held:
            self._let_go()
        if self._recording:
            self._take(self._held)
        elif action := completed(self._chords, self._held, before):
            self._let_go()
            self._acting = action
            self.pressed.emit(action)

    def _let_go(self) -> None:
        if self._acting:
            action, self._acting = self._acting, ""
            self.released.emit(action)

    def _take(self, held: Buttons) -> None:
        """Record buttons: all that were held together until all are released."""
        self._recorded |= held
        if self._recorded and not held:
            buttons = self._recorded
            self.record(False)
            self.recorded.emit(spelled(buttons))

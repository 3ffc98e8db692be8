"""The hotkeys of the app, as one Qt object."""

import logging
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from coach_app.desktop.screens import is_wayland
from coach_app.domain.errors import CoachError
from coach_app.domain.hotkeys import HotkeyFailure, parse_hotkey
from coach_app.ui.hotkeys.grabber import Grabber, choose_grabber, portal_grabber

log = logging.getLogger(__name__)


class Hotkeys(QObject):
    """Registers bindings individually, and reports the actions of keys.

    Attributes:
        pressed: emitted in the interface thread with the action, once for each press.

        released: emitted with it when its key is released; also when the coach lets go of a key that is held.

        decided: emitted where the desktop itself decides about the keys: with those that it has given, in its own
            words, by action; or with a CoachError that says why it gives none.

    Args:
        parent: Qt parent.
        listen: only listen to the keyboard, for games that grab it; the game then gets the keys, too.
    """

    pressed = Signal(str)
    released = Signal(str)
    decided = Signal(object)

    def __init__(self, parent: QObject | None = None, *, listen: bool = False) -> None:
        super().__init__(parent)
        self._listen = listen
        self._grabber: Grabber | None = None
        self._bindings: dict[str, str] = {}
        self._resting = self._by_desktop = False
        self._held: set[str] = set()
        self.pressed.connect(self._held.add)
        self.released.connect(self._held.discard)

    @property
    def everywhere(self) -> bool:
        """Whether the keys work whatever window has the keyboard."""
        return self._by_desktop or not is_wayland()

    def rest(self, resting: bool) -> None:
        """Suspend all hotkeys while one is being entered, or resume them."""
        if resting != self._resting:
            self._resting = resting
            self.set_bindings(self._bindings)

    def set_bindings(self, bindings: Mapping[str, str]) -> list[HotkeyFailure]:
        """Replace all hotkeys; actions with an empty sequence get none.

        Returns:
            The bindings that could not be registered; all others work.
        """
        self._bindings = dict(bindings)
        wanted = {action: sequence for action, sequence in bindings.items() if sequence.strip()}
        if self._grabber is not None:
            self._let_go(self._grabber)
        elif wanted:
            try:
                told = self.pressed.emit, self.released.emit
                grabber = None if self._listen else portal_grabber(*told, self.decided.emit)
                self._by_desktop = grabber is not None
                self._grabber = grabber or choose_grabber(*told, listen=self._listen)
            except CoachError as error:
                return [HotkeyFailure(action, sequence, str(error)) for action, sequence in wanted.items()]
        failures = []
        for action, sequence in wanted.items():
            try:
                self._grab(action, sequence)
            except CoachError as error:
                log.info("No hotkey for %s: %s", action, error)
                failures.append(HotkeyFailure(action, sequence, str(error)))
        if self._resting and self._grabber is not None:
            self._let_go(self._grabber)
        return failures

    def close(self) -> None:
        """Release all hotkeys; may be called twice."""
        if self._grabber is not None:
            self._let_go(self._grabber)
            self._grabber.close()
            self._grabber = None

    def _let_go(self, grabber: Grabber) -> None:
        grabber.release_all()
        for action in list(self._held):
            self.released.emit(action)

    def _grab(self, action: str, sequence: str) -> None:
        assert self._grabber is not None
        self._grabber.grab(action, parse_hotkey(sequence))

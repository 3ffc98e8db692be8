"""Hotkeys on Windows by RegisterHotKey. Untested on this platform."""

import ctypes
import sys
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QTimer

from coach_app.domain.hotkeys import Chord
from coach_app.ui.hotkeys.grabber import OnKey, ignored, not_on_this_keyboard, taken

_WM_HOTKEY = 0x0312
_MOD_NOREPEAT = 0x4000
_HELD = 0x8000
_LOOK_MS = 25
_MODIFIERS = {"Alt": 0x1, "Ctrl": 0x2, "Shift": 0x4, "Meta": 0x8}
_VIRTUAL_KEYS = {
    **{"Backspace": 0x08, "Tab": 0x09, "Return": 0x0D, "Pause": 0x13, "Space": 0x20, "PgUp": 0x21, "PgDown": 0x22},
    **{"End": 0x23, "Home": 0x24, "Left": 0x25, "Up": 0x26, "Right": 0x27, "Down": 0x28, "Print": 0x2C},
    **{"Insert": 0x2D, "Delete": 0x2E, "ScrollLock": 0x91},
    **{f"F{number}": 0x6F + number for number in range(1, 25)},
    **{character: ord(character) for character in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"},
}


def virtual_key(key: str) -> int | None:
    """The virtual-key code of a key in ``domain.hotkeys.KEYS``; None for a character that depends on the layout."""
    return _VIRTUAL_KEYS.get(key)


def modifier_bits(chord: Chord) -> int:
    """The ``fsModifiers`` of RegisterHotKey; auto-repeat is disabled."""
    return _MOD_NOREPEAT | sum(_MODIFIERS[name] for name in chord.modifiers)


class WindowsGrabber(QAbstractNativeEventFilter):
    """See ``Grabber``. Untested on this platform: only its bookkeeping is, with a stand-in for user32.

    Args:
        on_pressed, on_released: see ``OnKey``. Windows tells nobody of the release, so the key is looked at while it is
            held.
        user32: the library; None for the real one.
    """

    def __init__(self, on_pressed: OnKey, on_released: OnKey = ignored, user32: Any = None) -> None:
        super().__init__()
        if user32 is None and sys.platform == "win32":
            user32 = ctypes.WinDLL("user32", use_last_error=True)
        self._user32 = user32
        self._on_pressed, self._on_released = on_pressed, on_released
        self._actions: dict[int, str] = {}
        self._keys: dict[str, int] = {}
        self._down: set[str] = set()
        self._look = QTimer(interval=_LOOK_MS)
        self._look.timeout.connect(self._look_at_keys)
        if (app := QCoreApplication.instance()) is not None:
            app.installNativeEventFilter(self)

    def grab(self, action: str, chord: Chord) -> None:
        """See ``Grabber.grab``."""
        key = virtual_key(chord.key)
        if key is None:
            # The low byte is the key, the high one its modifiers; both are 255 if the layout lacks the character.
            found = self._user32.VkKeyScanW(ord(chord.key))
            if found & 0xFF == 0xFF:
                raise not_on_this_keyboard(chord)
            key = found & 0xFF
        number = len(self._actions) + 1
        if not self._user32.RegisterHotKey(None, number, modifier_bits(chord), key):
            raise taken(chord)
        self._actions[number], self._keys[action] = action, key

    def release_all(self) -> None:
        """See ``Grabber.release_all``."""
        for number in self._actions:
            self._user32.UnregisterHotKey(None, number)
        self._actions.clear()
        self._down.clear()
        self._look.stop()

    def close(self) -> None:
        """See ``Grabber.close``."""
        self.release_all()
        if (app := QCoreApplication.instance()) is not None:
            app.removeNativeEventFilter(self)

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Takes WM_HOTKEY out of Qt's message queue."""
        if event_type == b"windows_generic_MSG":
            from ctypes import wintypes

            received = wintypes.MSG.from_address(int(message))
            if received.message == _WM_HOTKEY and (action := self._actions.get(received.wParam)):
                self._down.add(action)
                self._look.start()
                self._on_pressed(action)
                return True, 0
        return False, 0

    def _look_at_keys(self) -> None:
        for action in [held for held in self._down if not self._user32.GetAsyncKeyState(self._keys[held]) & _HELD]:
            self._down.remove(action)
            self._on_released(action)
        if not self._down:
            self._look.stop()

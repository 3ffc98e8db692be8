"""Hotkeys by listening to the keyboard with pynput: always works, but the game gets the keys, too."""

import logging
import sys
from typing import Any

from PySide6.QtCore import QCoreApplication

from coach_app.domain.errors import CoachError
from coach_app.domain.hotkeys import Chord
from coach_app.ui.hotkeys.grabber import OnKey, ignored, not_on_this_keyboard

log = logging.getLogger(__name__)

_MODIFIERS = {"Ctrl": "<ctrl>", "Alt": "<alt>", "Shift": "<shift>", "Meta": "<cmd>"}
_KEYS = {
    **{"Space": "<space>", "Tab": "<tab>", "Return": "<enter>", "Backspace": "<backspace>", "Insert": "<insert>"},
    **{"Delete": "<delete>", "Home": "<home>", "End": "<end>", "PgUp": "<page_up>", "PgDown": "<page_down>"},
    **{"Left": "<left>", "Right": "<right>", "Up": "<up>", "Down": "<down>"},
    **{"Pause": "<pause>", "ScrollLock": "<scroll_lock>", "Print": "<print_screen>"},
    **{f"F{number}": f"<f{number}>" for number in range(1, 21)},
}


def pynput_spelling(chord: Chord) -> str:
    """The chord as pynput writes it, for instance ``<ctrl>+<alt>+p``."""
    key = _KEYS.get(chord.key, chord.key.lower())
    return "+".join([*(_MODIFIERS[name] for name in _MODIFIERS if name in chord.modifiers), key])


def _numbers_of(key: str) -> list[int]:
    """Key codes of pynput for a character key, regardless of the layout and of Shift."""
    if sys.platform == "win32":
        from coach_app.ui.hotkeys.win32 import virtual_key

        code = virtual_key(key)
        return [] if code is None else [code]
    if sys.platform == "darwin":
        from coach_app.ui.hotkeys.macos import KEY_CODES

        return [KEY_CODES[key]] if key in KEY_CODES else []
    from coach_app.ui.hotkeys.x11 import keysyms_of

    return keysyms_of(key)


class _Held:
    """A hotkey, of which pynput's own tells only that it was pressed.

    Args:
        keys: pynput's keys that are to be held together.
        action: its action.
        on_pressed, on_released: see ``OnKey``.
    """

    def __init__(self, keys: set[Any], action: str, on_pressed: OnKey, on_released: OnKey) -> None:
        self._keys, self._action = keys, action
        self._on_pressed, self._on_released = on_pressed, on_released
        self._down: set[Any] = set()

    def press(self, key: Any) -> None:
        """A key was pressed, or repeated itself."""
        if key in self._keys and key not in self._down:
            self._down.add(key)
            if self._down == self._keys:
                self._on_pressed(self._action)

    def release(self, key: Any) -> None:
        """A key was released."""
        if key in self._down:
            if self._down == self._keys:
                self._on_released(self._action)
            self._down.remove(key)


class ListeningGrabber:
    """See ``Grabber``. Both functions are called from a thread of pynput's.

    Raises:
        CoachError: pynput cannot listen here.
    """

    def __init__(self, on_pressed: OnKey, on_released: OnKey = ignored) -> None:
        try:
            from pynput import keyboard
        except Exception as error:  # pynput raises all kinds of exceptions if the desktop lacks something
            log.info("pynput cannot be used here: %s", error)
            raise CoachError(
                QCoreApplication.translate("Hotkeys", "This desktop does not allow global hotkeys."),
                QCoreApplication.translate("Hotkeys", "Use the tray menu or the coach's window instead."),
            ) from error
        self._keyboard: Any = keyboard
        self._told = on_pressed, on_released
        # Replaced, never modified: pynput's thread reads them.
        self._hotkeys: tuple[_Held, ...] = ()
        self._signs: dict[int | None, Any] = {}
        self._listener: Any = keyboard.Listener(on_press=self._press, on_release=self._release)
        self._listener.start()
        self._listener.wait()

    def grab(self, action: str, chord: Chord) -> None:
        """See ``Grabber.grab``."""
        try:
            keys = self._keyboard.HotKey.parse(pynput_spelling(chord))
        except ValueError as error:
            raise not_on_this_keyboard(chord) from error
        if len(chord.key) == 1:
            sign = self._keyboard.KeyCode.from_char(chord.key.lower())
            self._signs = dict.fromkeys(_numbers_of(chord.key), sign) | self._signs
        self._hotkeys = (*self._hotkeys, _Held(set(keys), action, *self._told))

    def release_all(self) -> None:
        """See ``Grabber.release_all``."""
        self._hotkeys, self._signs = (), {}

    def close(self) -> None:
        """See ``Grabber.close``. On X11 the listening thread, a daemon, ends only at the next key press."""
        self.release_all()
        self._listener.stop()

    def _press(self, key: Any) -> None:
        for hotkey in self._hotkeys:
            hotkey.press(self._meant(key))

    def _release(self, key: Any) -> None:
        for hotkey in self._hotkeys:
            hotkey.release(self._meant(key))

    def _meant(self, key: Any) -> Any:
        """A key by its position, regardless of layout and Shift."""
        return self._signs.get(getattr(key, "vk", None)) or self._listener.canonical(key)

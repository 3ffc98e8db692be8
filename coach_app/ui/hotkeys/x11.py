"""Hotkeys on X11 by XGrabKey: the server gives the key to us and not to the game."""

import contextlib
import logging
from typing import Any

from Xlib import XK, X
from Xlib.display import Display
from Xlib.error import BadAccess, CatchError

from coach_app.domain.compositor_keys import keysym_name
from coach_app.domain.errors import CoachError
from coach_app.domain.hotkeys import Chord
from coach_app.ui.hotkeys.grabber import OnKey, ignored, not_on_this_keyboard, taken
from coach_app.ui.x11 import X11Connection

log = logging.getLogger(__name__)

_MASKS = {"Ctrl": X.ControlMask, "Shift": X.ShiftMask, "Alt": X.Mod1Mask, "Meta": X.Mod4Mask}
_USED_MASKS = X.ControlMask | X.ShiftMask | X.Mod1Mask | X.Mod4Mask
# Caps Lock and Num Lock are modifiers for the server: a grab without them would not work while they are on.
_LOCKS = (0, X.LockMask, X.Mod2Mask, X.LockMask | X.Mod2Mask)
# Key positions on an English keyboard (evdev's codes, used by every X server on Linux).
_ROWS = {10: "1234567890-=", 24: "QWERTYUIOP[]", 38: "ASDFGHJKL;'`", 51: "\\ZXCVBNM,./"}
_ENGLISH_PLACES = {key: first + offset for first, row in _ROWS.items() for offset, key in enumerate(row)}
# An auto-repeat is a release immediately followed by a press; no finger is that fast.
_REPEAT_GAP_MS = 2


def _keysym(key: str) -> int:
    return int(XK.string_to_keysym(keysym_name(key)))


def keycode_of(display: Any, key: str) -> int | None:
    """The keycode of a key in ``domain.hotkeys.KEYS`` on this keyboard; None if it has no such key.

    On a keyboard without Latin letters (such as Russian or Greek alone), the position on an English one is used.
    """
    codes = sorted(display.keysym_to_keycodes(_keysym(key)), key=lambda found: (found[1], found[0]))
    return int(codes[0][0]) if codes else _ENGLISH_PLACES.get(key)


def keysyms_of(key: str) -> list[int]:
    """The keysyms of a key in ``domain.hotkeys.KEYS``, unshifted first; empty if there is no such key.

    Raises:
        OSError, Xlib.error.DisplayError: the X server cannot be reached.
    """
    with contextlib.closing(Display()) as display:
        code = keycode_of(display, key)
        if code is None:
            return []
        return [int(keysym) for keysym in display.get_keyboard_mapping(code, 1)[0] if keysym]


class X11Grabber:
    """See ``Grabber``.

    Raises:
        OSError, Xlib.error.DisplayError: the X server cannot be reached.
    """

    def __init__(self, on_pressed: OnKey, on_released: OnKey = ignored) -> None:
        self._on_pressed, self._on_released = on_pressed, on_released
        self._x = X11Connection()
        self._x.received.connect(self._on_event)
        self._chords: dict[str, Chord] = {}
        self._grabs: dict[tuple[int, int], str] = {}
        self._released_at: dict[int, int] = {}
        self._down: dict[int, str] = {}

    def grab(self, action: str, chord: Chord) -> None:
        """See ``Grabber.grab``."""
        self._chords[action] = chord  # kept even if the key is missing: another keyboard layout may have it
        place = self._place(chord)
        if place is None:
            raise not_on_this_keyboard(chord)
        keycode, mask = place
        errors = CatchError(BadAccess)
        for locks in _LOCKS:
            self._x.root.grab_key(keycode, mask | locks, False, X.GrabModeAsync, X.GrabModeAsync, onerror=errors)
        self._x.settle()
        if errors.get_error():
            self._ungrab(keycode, mask)
            raise taken(chord)
        self._grabs[keycode, mask] = action

    def release_all(self) -> None:
        """See ``Grabber.release_all``."""
        for keycode, mask in self._grabs:
            self._ungrab(keycode, mask)
        self._grabs.clear()
        self._chords.clear()

    def close(self) -> None:
        """See ``Grabber.close``. The server drops the grabs with the connection."""
        self._x.close()

    def _place(self, chord: Chord) -> tuple[int, int] | None:
        """Keycode and modifiers of a chord on this keyboard; None if it has no such key."""
        code = keycode_of(self._x.display, chord.key)
        return None if code is None else (code, sum(_MASKS[name] for name in chord.modifiers))

    def _ungrab(self, keycode: int, mask: int) -> None:
        for locks in _LOCKS:
            self._x.root.ungrab_key(keycode, mask | locks)
        self._x.settle()

    def _on_event(self, event: Any) -> None:
        if event.type == X.KeyRelease:
            self._released_at[event.detail] = event.time
            if event.detail in self._down and not self._is_down(event.detail):
                self._on_released(self._down.pop(event.detail))
        elif event.type == X.KeyPress:
            action = self._grabs.get((event.detail, event.state & _USED_MASKS))
            repeated = abs(event.time - self._released_at.get(event.detail, -1000)) <= _REPEAT_GAP_MS
            if action is not None and not repeated:
                self._down[event.detail] = action
                self._on_pressed(action)
        elif event.type == X.MappingNotify and event.request == X.MappingKeyboard:
            self._follow_layout(event)

    def _is_down(self, keycode: int) -> bool:
        """Whether a key is held: the release of an auto-repeat comes while it is."""
        return bool(self._x.display.query_keymap()[keycode // 8] & 1 << keycode % 8)

    def _follow_layout(self, event: Any) -> None:
        """Register the keys again after a change of the keyboard layout."""
        self._x.display.refresh_keyboard_mapping(event)
        chords = dict(self._chords)
        if self._grabs == {place: action for action, chord in chords.items() if (place := self._place(chord))}:
            return  # nothing changed: releasing the grabs, even briefly, would pass keys to the game
        self.release_all()
        for action, chord in chords.items():
            try:
                self.grab(action, chord)
            except CoachError as error:
                log.warning("The hotkey for %s is lost with this keyboard layout: %s", action, error)

"""Hotkeys on macOS by Carbon's RegisterEventHotKey. Untested on this platform.

Carbon's hotkeys need no permission from the user, unlike listening to the keyboard.
"""

import ctypes
from typing import Any

from coach_app.domain.hotkeys import Chord
from coach_app.ui.hotkeys.grabber import OnKey, ignored, not_on_this_keyboard, taken


def _four_characters(code: str) -> int:
    return int.from_bytes(code.encode("ascii"), "big")


_KEYBOARD_CLASS = _four_characters("keyb")
_HOTKEY_PRESSED = 5
_HOTKEY_RELEASED = 6
_DIRECT_OBJECT = _four_characters("----")
_HOTKEY_ID = _four_characters("hkid")
_SIGNATURE = _four_characters("coch")
_MODIFIERS = {"Meta": 0x0100, "Shift": 0x0200, "Alt": 0x0800, "Ctrl": 0x1000}
# Key positions of an ANSI keyboard, from HIToolbox/Events.h.
KEY_CODES = {
    **{"A": 0x00, "S": 0x01, "D": 0x02, "F": 0x03, "H": 0x04, "G": 0x05, "Z": 0x06, "X": 0x07, "C": 0x08, "V": 0x09},
    **{"B": 0x0B, "Q": 0x0C, "W": 0x0D, "E": 0x0E, "R": 0x0F, "Y": 0x10, "T": 0x11, "1": 0x12, "2": 0x13, "3": 0x14},
    **{"4": 0x15, "6": 0x16, "5": 0x17, "=": 0x18, "9": 0x19, "7": 0x1A, "-": 0x1B, "8": 0x1C, "0": 0x1D, "]": 0x1E},
    **{"O": 0x1F, "U": 0x20, "[": 0x21, "I": 0x22, "P": 0x23, "Return": 0x24, "L": 0x25, "J": 0x26, "'": 0x27},
    **{"K": 0x28, ";": 0x29, "\\": 0x2A, ",": 0x2B, "/": 0x2C, "N": 0x2D, "M": 0x2E, ".": 0x2F, "Tab": 0x30},
    **{"Space": 0x31, "`": 0x32, "Backspace": 0x33, "Insert": 0x72, "Home": 0x73, "PgUp": 0x74, "Delete": 0x75},
    **{"End": 0x77, "PgDown": 0x79, "Left": 0x7B, "Right": 0x7C, "Down": 0x7D, "Up": 0x7E},
    **{"F1": 0x7A, "F2": 0x78, "F3": 0x63, "F4": 0x76, "F5": 0x60, "F6": 0x61, "F7": 0x62, "F8": 0x64, "F9": 0x65},
    **{"F10": 0x6D, "F11": 0x67, "F12": 0x6F, "F13": 0x69, "F14": 0x6B, "F15": 0x71, "F16": 0x6A, "F17": 0x40},
    **{"F18": 0x4F, "F19": 0x50, "F20": 0x5A},
}


class _EventTypeSpec(ctypes.Structure):
    _fields_ = (("event_class", ctypes.c_uint32), ("event_kind", ctypes.c_uint32))


class _EventHotKeyID(ctypes.Structure):
    _fields_ = (("signature", ctypes.c_uint32), ("id", ctypes.c_uint32))


_Handler = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


def _load_carbon() -> ctypes.CDLL:
    """Load Carbon with the signatures of the functions used: without them ctypes would truncate pointers to 32 bits."""
    carbon = ctypes.CDLL("/System/Library/Frameworks/Carbon.framework/Carbon")
    pointer, number = ctypes.c_void_p, ctypes.c_uint32
    carbon.GetApplicationEventTarget.restype = pointer
    carbon.GetApplicationEventTarget.argtypes = ()
    carbon.InstallEventHandler.argtypes = (pointer, _Handler, ctypes.c_ulong, pointer, pointer, pointer)
    carbon.GetEventKind.restype = number
    carbon.GetEventKind.argtypes = (pointer,)
    carbon.RegisterEventHotKey.argtypes = (number, number, _EventHotKeyID, pointer, number, pointer)
    carbon.UnregisterEventHotKey.argtypes = (pointer,)
    carbon.RemoveEventHandler.argtypes = (pointer,)
    carbon.GetEventParameter.argtypes = (pointer, number, number, pointer, ctypes.c_ulong, pointer, pointer)
    return carbon


class MacGrabber:
    """See ``Grabber``. Untested on this platform: only its bookkeeping is, with a stand-in for Carbon.

    Args:
        on_pressed, on_released: see ``OnKey``.
        carbon: the library; None for the real one.
    """

    def __init__(self, on_pressed: OnKey, on_released: OnKey = ignored, carbon: Any = None) -> None:
        self._on_pressed, self._on_released = on_pressed, on_released
        self._carbon = carbon if carbon is not None else _load_carbon()
        self._actions: dict[int, str] = {}
        self._references: list[ctypes.c_void_p] = []
        self._target = self._carbon.GetApplicationEventTarget()
        self._handler = _Handler(self._on_event)  # keep a reference: Carbon holds only the address
        self._installed: ctypes.c_void_p | None = ctypes.c_void_p()
        kinds = (_HOTKEY_PRESSED, _HOTKEY_RELEASED)
        wanted = (_EventTypeSpec * len(kinds))(*(_EventTypeSpec(_KEYBOARD_CLASS, kind) for kind in kinds))
        self._carbon.InstallEventHandler(
            self._target, self._handler, len(kinds), wanted, None, ctypes.byref(self._installed)
        )

    def grab(self, action: str, chord: Chord) -> None:
        """See ``Grabber.grab``."""
        if chord.key not in KEY_CODES:
            raise not_on_this_keyboard(chord)
        number = len(self._actions) + 1
        bits = sum(_MODIFIERS[name] for name in chord.modifiers)
        reference = ctypes.c_void_p()
        if self._carbon.RegisterEventHotKey(
            KEY_CODES[chord.key],
            bits,
            _EventHotKeyID(_SIGNATURE, number),
            self._target,
            0,
            ctypes.byref(reference),
        ):
            raise taken(chord)
        self._actions[number] = action
        self._references.append(reference)

    def release_all(self) -> None:
        """See ``Grabber.release_all``."""
        for reference in self._references:
            self._carbon.UnregisterEventHotKey(reference)
        self._references.clear()
        self._actions.clear()

    def close(self) -> None:
        """See ``Grabber.close``."""
        self.release_all()
        if self._installed is not None:
            self._carbon.RemoveEventHandler(self._installed)
            self._installed = None

    def _on_event(self, _call: int | None, event: int | None, _data: int | None) -> int:
        found = _EventHotKeyID()
        self._carbon.GetEventParameter(
            event, _DIRECT_OBJECT, _HOTKEY_ID, None, ctypes.sizeof(found), None, ctypes.byref(found)
        )
        if action := self._actions.get(found.id):
            released = self._carbon.GetEventKind(event) == _HOTKEY_RELEASED
            (self._on_released if released else self._on_pressed)(action)
        return 0

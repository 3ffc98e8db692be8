"""Windows of a macOS desktop. Untested on this platform.

Core Graphics through ctypes. Titles and pictures of other programs' windows need the permission "Screen Recording";
without it macOS gives no titles and black pictures. The title bar is in the pictures, as part of the window.
"""

import ctypes
import ctypes.util
import sys
from typing import Any

from PIL import Image

from coach_app.capture.source import Loss
from coach_app.capture.windows import NoPicture, WindowInfo
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame

assert sys.platform == "darwin"

_ALL, _ON_SCREEN_ONLY, _INCLUDING_WINDOW, _EXCLUDE_DESKTOP = 0, 1, 8, 16
_IGNORE_FRAMING, _BEST_RESOLUTION = 1, 8
_UTF8 = 0x08000100
_SINT64 = 4


class _Rect(ctypes.Structure):
    _fields_ = (
        ("x", ctypes.c_double),
        ("y", ctypes.c_double),
        ("width", ctypes.c_double),
        ("height", ctypes.c_double),
    )


_NULL_RECT = _Rect(float("inf"), float("inf"), 0.0, 0.0)

_POINTER, _LONG = ctypes.c_void_p, ctypes.c_long
_Signatures = dict[str, tuple[Any, list[Any]]]
_FOUNDATION: _Signatures = {
    "CFArrayGetCount": (_LONG, [_POINTER]),
    "CFArrayGetValueAtIndex": (_POINTER, [_POINTER, _LONG]),
    "CFDictionaryGetValue": (_POINTER, [_POINTER, _POINTER]),
    "CFStringCreateWithCString": (_POINTER, [_POINTER, ctypes.c_char_p, ctypes.c_uint32]),
    "CFStringGetCString": (ctypes.c_bool, [_POINTER, ctypes.c_char_p, _LONG, ctypes.c_uint32]),
    "CFNumberGetValue": (ctypes.c_bool, [_POINTER, _LONG, _POINTER]),
    "CFDataGetBytePtr": (_POINTER, [_POINTER]),
    "CFDataGetLength": (_LONG, [_POINTER]),
    "CFRelease": (None, [_POINTER]),
}
_GRAPHICS: _Signatures = {
    "CGWindowListCopyWindowInfo": (_POINTER, [ctypes.c_uint32, ctypes.c_uint32]),
    "CGRectMakeWithDictionaryRepresentation": (ctypes.c_bool, [_POINTER, _POINTER]),
    "CGWindowListCreateImage": (_POINTER, [_Rect, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_uint32]),
    "CGImageGetWidth": (ctypes.c_size_t, [_POINTER]),
    "CGImageGetHeight": (ctypes.c_size_t, [_POINTER]),
    "CGImageGetBytesPerRow": (ctypes.c_size_t, [_POINTER]),
    "CGImageGetDataProvider": (_POINTER, [_POINTER]),
    "CGDataProviderCopyData": (_POINTER, [_POINTER]),
    "CGMainDisplayID": (ctypes.c_uint32, []),
    "CGDisplayBounds": (_Rect, [ctypes.c_uint32]),
}


def _library(name: str, functions: _Signatures) -> ctypes.CDLL:
    path = ctypes.util.find_library(name)
    if path is None:
        raise CoachError(f"macOS's library {name} is missing.", "Choose a monitor or a part of the screen instead.")
    library = ctypes.CDLL(path)
    for function, (result, arguments) in functions.items():
        getattr(library, function).restype = result
        getattr(library, function).argtypes = arguments
    return library


class MacDesktop:
    """The windows of the user's desktop. Untested on this platform."""

    def __init__(self) -> None:
        self._cf = _library("CoreFoundation", _FOUNDATION)
        self._cg = _library("CoreGraphics", _GRAPHICS)
        self._keys: dict[str, int] = {}

    def windows(self) -> list[WindowInfo]:
        """Windows on the normal layer, front-most first, then the minimised ones."""
        shown = self._list(_ON_SCREEN_ONLY | _EXCLUDE_DESKTOP, 0, minimised=False)
        ids = {window.id for window in shown}
        return shown + [w for w in self._list(_ALL | _EXCLUDE_DESKTOP, 0, minimised=True) if w.id not in ids]

    def capture(self, window_id: int) -> Frame:
        """The window's picture by CGWindowListCreateImage."""
        known = [window for window in self.windows() if window.id == window_id]
        if not known:
            raise NoPicture(Loss.CLOSED)
        if known[0].minimised:
            raise NoPicture(Loss.MINIMISED)
        picture = self._cg.CGWindowListCreateImage(
            _NULL_RECT, _INCLUDING_WINDOW, window_id, _IGNORE_FRAMING | _BEST_RESOLUTION
        )
        if not picture:
            raise NoPicture(Loss.UNAVAILABLE)
        try:
            size = (self._cg.CGImageGetWidth(picture), self._cg.CGImageGetHeight(picture))
            stride = self._cg.CGImageGetBytesPerRow(picture)
            data = self._cg.CGDataProviderCopyData(self._cg.CGImageGetDataProvider(picture))
            try:
                pixels = ctypes.string_at(self._cf.CFDataGetBytePtr(data), self._cf.CFDataGetLength(data))
            finally:
                self._cf.CFRelease(data)
        finally:
            self._cf.CFRelease(picture)
        image = Image.frombuffer("RGB", size, pixels, "raw", "BGRX", stride, 1)
        return Frame(image, title=known[0].title)

    def close(self) -> None:
        """Release the dictionary keys."""
        for key in self._keys.values():
            self._cf.CFRelease(key)
        self._keys.clear()

    def _list(self, options: int, relative_to: int, *, minimised: bool) -> list[WindowInfo]:
        array = self._cg.CGWindowListCopyWindowInfo(options, relative_to)
        if not array:
            return []
        try:
            entries = [self._cf.CFArrayGetValueAtIndex(array, i) for i in range(self._cf.CFArrayGetCount(array))]
            return [self._describe(entry, minimised) for entry in entries if self._number(entry, "kCGWindowLayer") == 0]
        finally:
            self._cf.CFRelease(array)

    def _describe(self, entry: int, minimised: bool) -> WindowInfo:
        bounds = _Rect()
        self._cg.CGRectMakeWithDictionaryRepresentation(self._value(entry, "kCGWindowBounds"), ctypes.byref(bounds))
        screen = self._cg.CGDisplayBounds(self._cg.CGMainDisplayID())
        return WindowInfo(
            id=self._number(entry, "kCGWindowNumber"),
            title=self._text(entry, "kCGWindowName"),
            program=self._text(entry, "kCGWindowOwnerName"),
            pid=self._number(entry, "kCGWindowOwnerPID"),
            left=round(bounds.x),
            top=round(bounds.y),
            width=round(bounds.width),
            height=round(bounds.height),
            minimised=minimised,
            full_screen=(bounds.width, bounds.height) == (screen.width, screen.height),
        )

    def _value(self, entry: int, key: str) -> int | None:
        if key not in self._keys:
            # The public constants hold their own names as text.
            self._keys[key] = self._cf.CFStringCreateWithCString(None, key.encode(), _UTF8)
        found: int | None = self._cf.CFDictionaryGetValue(entry, self._keys[key])
        return found

    def _number(self, entry: int, key: str) -> int:
        number = ctypes.c_int64()
        if (value := self._value(entry, key)) is not None:
            self._cf.CFNumberGetValue(value, _SINT64, ctypes.byref(number))
        return number.value

    def _text(self, entry: int, key: str) -> str:
        value = self._value(entry, key)
        text = ctypes.create_string_buffer(2048)
        if value is None or not self._cf.CFStringGetCString(value, text, len(text), _UTF8):
            return ""
        return text.value.decode()

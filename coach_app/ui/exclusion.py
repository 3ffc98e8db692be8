"""Keeps windows out of screen captures where the platform can, and finds out by trying whether it does.

On X11 nothing can: there the game's own pixels are captured.
"""

import asyncio
import random
import sys
from collections.abc import Callable
from typing import Final

from PIL import Image
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QWindow
from PySide6.QtWidgets import QWidget

from coach_app.capture.screen import Screen
from coach_app.capture.source import SourceLost
from coach_app.domain.source import RegionSpec

_CELLS: Final = 8
_CELL_PX: Final = 6
_BRIGHT: Final = 128
_SHOWN_S: Final = 1.0
"""A window that is not hidden has been captured by then."""
_LOOK_S: Final = 0.05

Exclude = Callable[[QWindow, bool], None]
Capture = Callable[[QRect], Image.Image | None]
"""A picture of a rectangle of the desktop, in physical pixels; None if there is none. Called in another thread."""


def exclude_from_capture(window: QWindow, excluded: bool = True) -> None:
    """Hide a window from every capture, best before its first paint. Untested on Windows and macOS."""
    if sys.platform == "win32":
        import ctypes

        not_captured = 0x11  # WDA_EXCLUDEFROMCAPTURE, Windows 10 2004 and later; refused before, which does no harm
        ctypes.windll.user32.SetWindowDisplayAffinity(int(window.winId()), not_captured if excluded else 0)
    elif sys.platform == "darwin":
        import objc

        shared_with_none, shared = 0, 1  # NSWindowSharingNone, NSWindowSharingReadOnly
        native = objc.objc_object(c_void_p=int(window.winId())).window()
        native.setSharingType_(shared_with_none if excluded else shared)


async def is_excluded(exclude: Exclude = exclude_from_capture, capture: Capture | None = None) -> bool | None:
    """Find out whether windows can be hidden here: show a small pattern, first openly, then hidden, and capture it.

    Args:
        exclude: see `exclude_from_capture`.
        capture: see `Capture`; None for the way in which monitors are captured.

    Returns:
        None if it cannot be found out, as not even the open one was captured.
    """
    look = capture or _picture
    if not await _is_captured(False, exclude, look):
        return None
    return not await _is_captured(True, exclude, look)


async def _is_captured(excluded: bool, exclude: Exclude, capture: Capture) -> bool:
    pattern = Pattern()
    pattern.create()
    exclude(pattern.windowHandle(), excluded)
    pattern.show()
    try:
        for _ in range(round(_SHOWN_S / _LOOK_S)):
            await asyncio.sleep(_LOOK_S)
            picture = await asyncio.to_thread(capture, pattern.pixels())
            if picture and pattern.is_in(picture):
                return True
        return False
    finally:
        pattern.hide()
        pattern.deleteLater()


class Pattern(QWidget):
    """A small square of black and white cells, different each time, in the corner of the screen."""

    def __init__(self) -> None:
        super().__init__(None)
        self.setWindowFlags(
            Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint
            | Qt.WindowType.X11BypassWindowManagerHint
            | Qt.WindowType.WindowTransparentForInput
            | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._white = {(column, row): random.random() < 0.5 for row in range(_CELLS) for column in range(_CELLS)}
        side = _CELLS * _CELL_PX
        self.setGeometry(QRect(self.screen().availableGeometry().topLeft(), QSize(side, side)))

    def pixels(self) -> QRect:
        """Where it is on the desktop, in physical pixels."""
        scale, corner = self.devicePixelRatio(), self.screen().geometry().topLeft()
        inside = self.geometry().topLeft() - corner
        side = round(_CELLS * _CELL_PX * scale)
        return QRect(corner.x() + round(inside.x() * scale), corner.y() + round(inside.y() * scale), side, side)

    def is_in(self, picture: Image.Image) -> bool:
        """Whether a picture of its place shows it."""
        cells = picture.convert("L").resize((_CELLS, _CELLS), Image.Resampling.NEAREST)
        return all((int(cells.getpixel(cell)) > _BRIGHT) == white for cell, white in self._white.items())  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        painter = QPainter(self)
        for (column, row), white in self._white.items():
            cell = QRect(column * _CELL_PX, row * _CELL_PX, _CELL_PX, _CELL_PX)
            painter.fillRect(cell, QColor("white" if white else "black"))
        painter.end()


def _picture(place: QRect) -> Image.Image | None:
    region = RegionSpec(left=place.x(), top=place.y(), width=place.width(), height=place.height())
    screen = Screen(region)
    try:
        frame = screen.grab()
        return None if isinstance(frame, SourceLost) else frame.image.copy()
    finally:
        screen.close()

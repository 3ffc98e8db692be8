"""A rectangle with handles that can be drawn, moved and resized by mouse and keys."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

HANDLE_PX: Final = 12
STEP_PX: Final = 10
_ACCENT: Final = QColor("#ffd23f")
_MOVES: Final = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}
_CURSORS: Final = {
    (0, 0): Qt.CursorShape.SizeAllCursor,
    **dict.fromkeys([(-1, 0), (1, 0)], Qt.CursorShape.SizeHorCursor),
    **dict.fromkeys([(0, -1), (0, 1)], Qt.CursorShape.SizeVerCursor),
    **dict.fromkeys([(-1, -1), (1, 1)], Qt.CursorShape.SizeFDiagCursor),
    **dict.fromkeys([(1, -1), (-1, 1)], Qt.CursorShape.SizeBDiagCursor),
}
"""By handle: -1 is at the left or top edge, 0 in the middle, 1 at the right or bottom edge; the middle one moves."""


class Rectangle:
    """Independent of widgets: mouse and key events are passed in, in the widget's pixels.

    Dragging a handle moves or resizes; dragging anywhere else draws a new one. It never leaves its bounds.

    Args:
        least: minimum side length for keys and handles.

    Attributes:
        bounds: the allowed area.
        rect: the rectangle; empty if there is none.
    """

    def __init__(self, least: int) -> None:
        self.least = least
        self.bounds = QRect()
        self.rect = QRect()
        self._handle: tuple[int, int] | None = None
        self._pressed_at = QPoint()
        self._before = QRect()

    def start(self) -> None:
        """Create a rectangle in the middle if there is none."""
        if self.rect.isEmpty():
            self.rect = QRect(QPoint(0, 0), self.bounds.size() / 2)
            self.rect.moveCenter(self.bounds.center())

    def press(self, at: QPoint) -> None:
        """Handle a mouse press."""
        self._handle = self._handle_at(at)
        self._pressed_at, self._before = at, QRect(self.rect)

    def drag(self, to: QPoint) -> None:
        """Handle a mouse drag."""
        if self._handle is None:
            left, right = sorted((self._pressed_at.x(), to.x()))
            top, bottom = sorted((self._pressed_at.y(), to.y()))
            self.rect = QRect(QPoint(left, top), QPoint(right, bottom)) & self.bounds
        elif self._handle == (0, 0):
            self._place(self._before.translated(to - self._pressed_at))
        else:
            self._resize(self._handle, to - self._pressed_at)

    def press_key(self, event: QKeyEvent) -> bool:
        """Arrow keys move, with Shift resize, with Ctrl by single pixels; returns whether the key was used."""
        key = Qt.Key(event.key())
        if key not in _MOVES:
            return False
        self.start()
        self._before = QRect(self.rect)
        step = _MOVES[key] * (1 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else STEP_PX)
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._resize((1, 1), step)
        else:
            self._place(self.rect.translated(step))
        return True

    def cursor_at(self, at: QPoint) -> Qt.CursorShape:
        """The mouse cursor at a point."""
        handle = self._handle_at(at)
        return Qt.CursorShape.CrossCursor if handle is None else _CURSORS[handle]

    def draw(self, painter: QPainter) -> None:
        """Draw edge and handles, if there is a rectangle."""
        if self.rect.isEmpty():
            return
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for pen in (QPen(QColor(0, 0, 0, 160), 4), QPen(_ACCENT, 2)):
            painter.setPen(pen)
            painter.drawRect(self.rect)
        painter.setPen(QPen(QColor(0, 0, 0, 160), 1))
        painter.setBrush(_ACCENT)
        for handle, place in self._handles().items():
            if handle == (0, 0):
                painter.drawEllipse(place)
            else:
                painter.drawRect(place)

    def _handles(self) -> dict[tuple[int, int], QRect]:
        """The rectangles of the handles, without those that do not fit."""
        if self.rect.isEmpty():
            return {}
        rect, room = self.rect, 3 * HANDLE_PX
        columns = {-1: rect.left(), 1: rect.right()} | ({0: rect.center().x()} if rect.width() >= room else {})
        rows = {-1: rect.top(), 1: rect.bottom()} | ({0: rect.center().y()} if rect.height() >= room else {})
        handles = {}
        for column, x in columns.items():
            for row, y in rows.items():
                side = HANDLE_PX * 2 if (column, row) == (0, 0) else HANDLE_PX
                handles[column, row] = QRect(x - side // 2, y - side // 2, side, side)
        return handles

    def _handle_at(self, at: QPoint) -> tuple[int, int] | None:
        return next((handle for handle, place in self._handles().items() if place.contains(at)), None)

    def _place(self, rect: QRect) -> None:
        left = min(max(rect.left(), self.bounds.left()), self.bounds.right() + 1 - rect.width())
        top = min(max(rect.top(), self.bounds.top()), self.bounds.bottom() + 1 - rect.height())
        self.rect = QRect(QPoint(left, top), rect.size())

    def _resize(self, handle: tuple[int, int], by: QPoint) -> None:
        """Move the edges of a handle, within minimum size and bounds."""
        before, bounds, least = self._before, self.bounds, self.least - 1
        left, top, right, bottom = before.left(), before.top(), before.right(), before.bottom()
        if handle[0] < 0:
            left = max(min(left + by.x(), right - least), bounds.left())
        elif handle[0] > 0:
            right = min(max(right + by.x(), left + least), bounds.right())
        if handle[1] < 0:
            top = max(min(top + by.y(), bottom - least), bounds.top())
        elif handle[1] > 0:
            bottom = min(max(bottom + by.y(), top + least), bounds.bottom())
        self.rect = QRect(QPoint(left, top), QPoint(right, bottom))


def whole(size: QSize) -> QRect:
    """The rectangle of a whole widget of this size."""
    return QRect(QPoint(0, 0), size)

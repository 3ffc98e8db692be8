"""Points at places on the screen: rings, arrows and labels above a game."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPaintEvent,
    QPen,
    QRegion,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from coach_app.domain.pointing import Mark
from coach_app.ui.compositor import Compositor
from coach_app.ui.exclusion import exclude_from_capture
from coach_app.ui.theme import DARK, faded

RING_PX = 20.0
"""Radius of the ring around a point; around a box it is the box, but not smaller."""
COLOR = DARK.warning
_HALO = QColor(0, 0, 0, 170)
_LINE_PX, _HALO_PX = 3.5, 7.0
_ARROW_PX, _HEAD_PX = 56.0, 15.0
_PADDING_PX = 6.0
_WINDOW = (
    Qt.WindowType.ToolTip  # the overlay does not move aside for it; see OwnWindows
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
    | Qt.WindowType.X11BypassWindowManagerHint
    | Qt.WindowType.WindowTransparentForInput
    | Qt.WindowType.WindowDoesNotAcceptFocus
)


class Pointer(QWidget):
    """A layer above a window that lets every click through, and shows marks in it. Interface thread only.

    Args:
        compositor: tells whether translucent pixels can be drawn; None for the desktop's.
    """

    def __init__(self, compositor: Compositor | None = None) -> None:
        super().__init__(None)
        self.setWindowFlags(_WINDOW)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._compositor = compositor or Compositor(self)
        self._compositor.changed.connect(self._reshape)
        self._marks: tuple[Mark, ...] = ()
        self.create()
        exclude_from_capture(self.windowHandle())

    def exclude(self, excluded: bool) -> None:
        """Hide the layer from captures of the screen, where the system can."""
        exclude_from_capture(self.windowHandle(), excluded)

    def point(self, marks: Sequence[Mark], area: QRect) -> None:
        """Show marks in a rectangle of the desktop, in Qt's window coordinates; cheap if nothing has changed."""
        moved, changed = area != self.geometry(), tuple(marks) != self._marks
        self._marks = tuple(marks)
        if moved:
            self.setGeometry(area)
        if moved or changed:
            self._reshape()
        if not self.isVisible():
            self.show()
            self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self._marks:
            self._draw(painter, mark)
        painter.end()

    def _reshape(self) -> None:
        """Without a compositor the window has the shape of what is drawn."""
        if self._compositor.present:
            self.clearMask()
        else:
            region = QRegion()
            for mark in self._marks:
                stroke = _stroke(self._lines(mark), _HALO_PX)
                region += QRegion(stroke.toFillPolygon().toPolygon(), Qt.FillRule.WindingFill)
                region += QRegion(self._label_rect(mark).toAlignedRect())
            self.setMask(region)
        self.update()

    def _draw(self, painter: QPainter, mark: Mark) -> None:
        lines = self._lines(mark)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width in ((_HALO, _HALO_PX), (COLOR, _LINE_PX)):
            painter.setPen(QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawPath(lines)
        if mark.label:
            place = self._label_rect(mark)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(faded(DARK.card, 1.0 if not self._compositor.present else 0.88))
            painter.drawRoundedRect(place, _PADDING_PX, _PADDING_PX)
            painter.setPen(DARK.text)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, mark.label)

    def _ring(self, mark: Mark) -> QRectF:
        left, top, right, bottom = mark.box
        x, y = mark.centre
        width = max((right - left) * self.width(), 2 * RING_PX)
        height = max((bottom - top) * self.height(), 2 * RING_PX)
        return QRectF(x * self.width() - width / 2, y * self.height() - height / 2, width, height)

    def _lines(self, mark: Mark) -> QPainterPath:
        """The ring, and the arrow that ends at it."""
        ring = self._ring(mark)
        path = QPainterPath()
        path.addRoundedRect(ring, min(ring.width(), ring.height()) / 2, min(ring.width(), ring.height()) / 2)
        tail, tip = self._arrow(mark)
        path.moveTo(tail)
        path.lineTo(tip)
        angle = math.atan2(tail.y() - tip.y(), tail.x() - tip.x())
        for side in (-0.5, 0.5):
            path.moveTo(tip)
            path.lineTo(tip + QPointF(math.cos(angle + side), math.sin(angle + side)) * _HEAD_PX)
        return path

    def _arrow(self, mark: Mark) -> tuple[QPointF, QPointF]:
        """Tail and tip; the tail is on the side where there is more room."""
        ring = self._ring(mark)
        away = QPointF(self.width() / 2, self.height() / 2) - ring.center()
        sign_x, sign_y = (-1 if away.x() < 0 else 1), (-1 if away.y() < 0 else 1)
        diagonal = QPointF(sign_x, sign_y) * math.sqrt(0.5)
        radius = min(ring.width(), ring.height()) / 2
        corner = ring.center() + QPointF(sign_x * (ring.width() / 2 - radius), sign_y * (ring.height() / 2 - radius))
        tip = corner + diagonal * (radius + _HALO_PX)
        return tip + diagonal * _ARROW_PX, tip

    def _label_rect(self, mark: Mark) -> QRectF:
        """The label at the tail of the arrow, inside of the window; empty if there is none."""
        if not mark.label:
            return QRectF()
        letters = QFontMetricsF(self.font(), self).boundingRect(mark.label)
        place = letters.adjusted(-_PADDING_PX, -_PADDING_PX, _PADDING_PX, _PADDING_PX)
        place.moveCenter(self._arrow(mark)[0])
        place.moveLeft(min(max(place.left(), 0.0), max(0.0, self.width() - place.width())))
        place.moveTop(min(max(place.top(), 0.0), max(0.0, self.height() - place.height())))
        return place


def _stroke(path: QPainterPath, width: float) -> QPainterPath:
    stroker = QPainterPathStroker()
    stroker.setWidth(width)
    return stroker.createStroke(path)


def window_rect(left: int, top: int, right: int, bottom: int) -> QRect:
    """A rectangle in physical pixels in Qt's window coordinates: Qt scales sizes, but not the origins of screens."""
    x, y = (left + right) / 2, (top + bottom) / 2

    def holds(screen: QScreen) -> bool:
        place = screen.geometry()
        return QRectF(QPointF(place.topLeft()), QSizeF(place.size()) * screen.devicePixelRatio()).contains(x, y)

    screen = next(filter(holds, QGuiApplication.screens()), QGuiApplication.primaryScreen())
    origin, scale = screen.geometry().topLeft(), screen.devicePixelRatio()
    return QRect(
        origin.x() + round((left - origin.x()) / scale),
        origin.y() + round((top - origin.y()) / scale),
        round((right - left) / scale),
        round((bottom - top) / scale),
    )

"""The rounded card that the overlay and the question box are drawn on."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap, QRegion

from coach_app.ui.theme import Theme, faded

SHADOW_PX = 16
"""Room around the card for its shadow."""
RADIUS_PX = 14.0


def card_rect(size: QSize) -> QRect:
    """The card inside a window of this size."""
    return QRect(0, 0, size.width(), size.height()).adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)


def card_region(size: QSize) -> QRegion:
    """The pixels of the card, as the shape of a window that cannot be translucent."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(card_rect(size)), RADIUS_PX, RADIUS_PX)
    return QRegion(path.toFillPolygon().toPolygon())


class Card:
    """Draws a card with its shadow; drawn once for each size and look, then only copied."""

    def __init__(self) -> None:
        self._key: object = None
        self._picture = QPixmap()

    def paint(
        self, painter: QPainter, size: QSize, theme: Theme, *, opacity: float, shadow: bool, frame: QColor | None = None
    ) -> None:
        """Draw the card of a window.

        Args:
            painter: of the window.
            size: of the window.
            theme: colours.
            opacity: of the card's surface, 0 to 1.
            shadow: whether translucent pixels around the card can be drawn.
            frame: colour of a dashed frame, for a card that can be moved; None draws the plain edge.
        """
        ratio = painter.device().devicePixelRatio()
        key = (size.width(), size.height(), ratio, theme, opacity, shadow, frame.rgba() if frame else None)
        if key != self._key:
            self._key = key
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._picture)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw(inner, QRectF(card_rect(size)), theme, opacity, shadow, frame)
            inner.end()
        painter.drawPixmap(0, 0, self._picture)

    def _draw(
        self, painter: QPainter, card: QRectF, theme: Theme, opacity: float, shadow: bool, frame: QColor | None
    ) -> None:
        surface = QPainterPath()
        surface.addRoundedRect(card, RADIUS_PX, RADIUS_PX)
        painter.setPen(Qt.PenStyle.NoPen)
        if shadow:
            everything = QPainterPath()
            everything.addRect(card.adjusted(-SHADOW_PX, -SHADOW_PX, SHADOW_PX, SHADOW_PX))
            painter.setClipPath(everything - surface)  # a translucent card must not show its own shadow
            for grow in range(1, SHADOW_PX):
                painter.setBrush(QColor(0, 0, 0, round(6 * (1 - grow / SHADOW_PX)) + 1))
                around = card.adjusted(-grow, -grow, grow, grow).translated(0, min(2, SHADOW_PX - 1 - grow))
                painter.drawRoundedRect(around, RADIUS_PX + grow, RADIUS_PX + grow)
            painter.setClipping(False)
        painter.setBrush(faded(theme.card, opacity))
        painter.drawPath(surface)
        pen = QPen(frame, 2.0, Qt.PenStyle.DashLine) if frame else QPen(theme.edge, 1.0)
        inset = pen.widthF() / 2
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(card.adjusted(inset, inset, -inset, -inset), RADIUS_PX - inset, RADIUS_PX - inset)

"""The rounded card that the overlay and the question box are drawn on."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen, QPixmap, QRegion, QResizeEvent
from PySide6.QtWidgets import QWidget

from coach_app.ui.compositor import Compositor
from coach_app.ui.theme import Theme, faded, theme_named

SHADOW_PX = 16
"""Room around the card for its shadow."""
RADIUS_PX = 14.0
_CORNER_PX = 36
"""Side of the square that a corner fits in with its shadow; whole device pixels at every usual scale."""


def card_rect(size: QSize) -> QRect:
    """The card inside a window of this size."""
    return QRect(0, 0, size.width(), size.height()).adjusted(SHADOW_PX, SHADOW_PX, -SHADOW_PX, -SHADOW_PX)


def card_region(size: QSize) -> QRegion:
    """The pixels of the card, as the shape of a window that cannot be translucent."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(card_rect(size)), RADIUS_PX, RADIUS_PX)
    return QRegion(path.toFillPolygon().toPolygon())


class CardWindow(QWidget):
    """A window in the form of a card: always on top, frameless, with a shadow if the desktop can draw one.

    Args:
        flags: additional window flags.
        compositor: tells whether translucent pixels can be drawn; None for the desktop's.
    """

    def __init__(self, flags: Qt.WindowType, compositor: Compositor | None = None) -> None:
        super().__init__(None)
        self.setWindowFlags(flags | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self._card = Card()
        self._theme = theme_named("dark")
        self._opacity = 1.0
        self._frame: QColor | None = None
        self._compositor = compositor or Compositor(self)
        self._compositor.changed.connect(self._reshape)

    @property
    def solid(self) -> bool:
        """Whether translucency is not available, so that the window has the shape of the card."""
        return not self._compositor.present

    def card_geometry(self) -> QRect:
        """Where the card is on the desktop, without its shadow."""
        return card_rect(self.size()).translated(self.pos())

    def set_card_geometry(self, card: QRect) -> None:
        """Set the rectangle of the card on the desktop."""
        window = card.adjusted(-SHADOW_PX, -SHADOW_PX, SHADOW_PX, SHADOW_PX)
        if window != self.geometry():
            self.setGeometry(window)

    def set_surface(self, theme: Theme, opacity: float, frame: QColor | None = None) -> None:
        """Set the look of the card.

        Args:
            theme: colours.
            opacity: opacity of its surface, 0 to 1.
            frame: colour of a dashed frame, for a card that can be moved; None draws the plain edge.
        """
        self._theme, self._opacity, self._frame = theme, opacity, frame
        self.update()

    def _reshape(self) -> None:
        if self.solid:
            self.setMask(card_region(self.size()))
        else:
            self.clearMask()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """See QWidget."""
        if self.solid:
            self._reshape()

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        painter = QPainter(self)
        opacity = 1.0 if self.solid else self._opacity
        self._card.paint(painter, self.size(), self._theme, opacity=opacity, shadow=not self.solid, frame=self._frame)
        painter.end()


class Card:
    """Draws a card with its shadow.

    The corners are drawn once per look and combined for any size, as a card that grows with its text must be cheap to
    draw.
    """

    def __init__(self) -> None:
        self._key: object = None
        self._corners = QPixmap()

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
        key = (ratio, theme, opacity, shadow, frame is None)
        if key != self._key:
            self._key = key
            smallest = QSize(2 * _CORNER_PX + 1, 2 * _CORNER_PX + 1)
            self._corners = QPixmap(smallest * ratio)
            self._corners.fill(Qt.GlobalColor.transparent)
            inner = QPainter(self._corners)
            inner.scale(ratio, ratio)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            _draw(inner, QRectF(card_rect(smallest)), theme, opacity, shadow)
            if frame is None:
                _draw_edge(inner, card_rect(smallest), QPen(theme.edge, 1.0))
            inner.end()
        for x, width, from_x, from_width in _spans(size.width()):
            for y, height, from_y, from_height in _spans(size.height()):
                source = QRectF(from_x * ratio, from_y * ratio, from_width * ratio, from_height * ratio)
                painter.drawPixmap(QRectF(x, y, width, height), self._corners, source)
        if frame is not None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            _draw_edge(painter, card_rect(size), QPen(frame, 2.0, Qt.PenStyle.DashLine))


def _spans(length: int) -> list[tuple[int, int, int, int]]:
    """Start, middle and end of a side: where it is drawn and how long, and the same in the picture of the corners."""
    middle = max(0, length - 2 * _CORNER_PX)
    return [
        (0, _CORNER_PX, 0, _CORNER_PX),
        (_CORNER_PX, middle, _CORNER_PX, 1),
        (_CORNER_PX + middle, _CORNER_PX, _CORNER_PX + 1, _CORNER_PX),
    ]


def _draw(painter: QPainter, card: QRectF, theme: Theme, opacity: float, shadow: bool) -> None:
    surface = QPainterPath()
    surface.addRoundedRect(card, RADIUS_PX, RADIUS_PX)
    painter.setPen(Qt.PenStyle.NoPen)
    if shadow:
        everything = QPainterPath()
        everything.addRect(card.adjusted(-SHADOW_PX, -SHADOW_PX, SHADOW_PX, SHADOW_PX))
        painter.setClipPath(everything - surface)  # the shadow must not shine through a translucent card
        for grow in range(1, SHADOW_PX):
            painter.setBrush(QColor(0, 0, 0, round(6 * (1 - grow / SHADOW_PX)) + 1))
            around = card.adjusted(-grow, -grow, grow, grow).translated(0, min(2, SHADOW_PX - 1 - grow))
            painter.drawRoundedRect(around, RADIUS_PX + grow, RADIUS_PX + grow)
        painter.setClipping(False)
    painter.setBrush(faded(theme.card, opacity))
    painter.drawPath(surface)


def _draw_edge(painter: QPainter, card: QRect, pen: QPen) -> None:
    inset = pen.widthF() / 2
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    edge = QRectF(card).adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(edge, RADIUS_PX - inset, RADIUS_PX - inset)

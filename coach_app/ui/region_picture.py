"""A live picture on which a region can be drawn."""

from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach_app.domain.words import printable
from coach_app.ui.rectangle import Rectangle, whole

Region = tuple[float, float, float, float]
"""Left, top, right, bottom as fractions of the picture."""

_MIN_PX: Final = 8
_DARK: Final = QColor("#20262e")
_SHADE: Final = QColor(8, 12, 18, 150)
_PALE: Final = QColor("#a3adbb")


class RegionPicture(QWidget):
    """Shows a picture with a region: drag to draw one, drag its handles, or use the arrow keys.

    Same keys as the region picker: arrow keys move, with Shift resize, with Ctrl by single pixels.
    """

    region_drawn = Signal(object)
    """The user drew this `Region`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._sentence = ""
        self._region: Region | None = None
        self._rectangle = Rectangle(_MIN_PX)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(220, 130)
        self.setAccessibleName(self.tr("Live picture"))
        self.setAccessibleDescription(
            self.tr("Drag, or use the arrow keys, to choose the part that the coach looks at; with Shift they resize.")
        )

    def show_image(self, image: QImage) -> None:
        """Show a picture of any size."""
        changed = image.size() != self._image.size()
        self._image, self._sentence = image, ""
        if changed:
            self._settle()
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Show why there is no picture."""
        self._image, self._sentence = QImage(), printable(sentence)
        self._settle()

    def show_region(self, region: Region | None) -> None:
        """Show a region; None for the whole picture."""
        self._region = region
        self._settle()

    def sizeHint(self) -> QSize:
        return QSize(400, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._image.isNull():
            self._rectangle.press(event.position().toPoint())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        if self._image.isNull():
            self.unsetCursor()
        elif event.buttons() & Qt.MouseButton.LeftButton:
            self._rectangle.drag(here)
            self.update()
        else:
            self.setCursor(self._rectangle.cursor_at(here))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        rect = self._rectangle.rect
        if rect.width() >= _MIN_PX and rect.height() >= _MIN_PX:
            self._tell()
        else:
            self._settle()  # a mere click restores the previous region

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._image.isNull() and self._rectangle.press_key(event):
            self._tell()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _DARK)
        if self._image.isNull():
            painter.setPen(_PALE)
            inner = QRectF(self.rect()).adjusted(12, 12, -12, -12)
            painter.drawText(inner, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._sentence)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place(), self._image)
            if not self._rectangle.rect.isEmpty():
                painter.setClipRegion(painter.clipRegion() | self._place())
                painter.setClipRegion(painter.clipRegion() - self._rectangle.rect)
                painter.fillRect(self._place(), _SHADE)
                painter.setClipping(False)
            self._rectangle.draw(painter)
        if self.hasFocus():
            painter.setPen(self.palette().color(self.palette().ColorRole.Highlight))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _place(self) -> QRect:
        """The rectangle of the picture in the widget."""
        size = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = whole(size)
        place.moveCenter(self.rect().center())
        return place

    def _settle(self) -> None:
        """Update the rectangle for the current picture."""
        self._rectangle.rect = QRect()
        if not self._image.isNull():
            place = self._rectangle.bounds = self._place()
            if self._region:
                left, top, right, bottom = self._region
                start = QPoint(round(left * place.width()), round(top * place.height()))
                end = QPoint(round(right * place.width()) - 1, round(bottom * place.height()) - 1)
                self._rectangle.rect = QRect(start + place.topLeft(), end + place.topLeft())
        self.update()

    def _tell(self) -> None:
        rect, place = self._rectangle.rect, self._place()
        left, top = rect.left() - place.left(), rect.top() - place.top()
        right, bottom = left + rect.width(), top + rect.height()
        self._region = (
            left / place.width(),
            top / place.height(),
            min(1.0, right / place.width()),
            min(1.0, bottom / place.height()),
        )
        self.update()
        self.region_drawn.emit(self._region)

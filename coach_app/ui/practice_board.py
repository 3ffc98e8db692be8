"""The board of a practice game: its picture, as large as possible."""

import math

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach_app.games.images import Picture


class Board(QWidget):
    """The picture of a game, as large as possible, centred, keeping its aspect ratio.

    At integer scales every pixel of the game is a sharp square; other scales are drawn at the next larger integer scale
    and shrunk smoothly, so that all squares look alike. Repainted only when picture or size changed.

    Args:
        whole: whether to use integer scales only.

    Signals:
        shown: a new picture has been painted.
    """

    shown = Signal()

    def __init__(self, parent: QWidget | None = None, *, whole: bool = False) -> None:
        super().__init__(parent)
        self._whole = whole
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._picture = QImage()
        self._scaled = QImage()
        self._is_new = False

    def show_picture(self, picture: Picture) -> None:
        """Paint a picture, (height, width, 3) uint8 RGB, at once."""
        height, width, _ = picture.shape
        self._picture = QImage(picture.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        self._scaled = QImage()
        self._is_new = True
        self.repaint()

    def picture_rect(self) -> QRectF:
        """The rectangle of the picture in this widget, in logical pixels, aligned to physical pixels."""
        ratio = self.devicePixelRatioF()
        room = QRectF(0, 0, self.width() * ratio, self.height() * ratio)
        if self._picture.isNull() or room.isEmpty():
            return QRectF()
        scale = min(room.width() / self._picture.width(), room.height() / self._picture.height())
        if self._whole and scale >= 1:
            scale = math.floor(scale)
        width, height = round(self._picture.width() * scale), round(self._picture.height() * scale)
        left, top = (int(room.width()) - width) // 2, (int(room.height()) - height) // 2
        return QRectF(left / ratio, top / ratio, width / ratio, height / ratio)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._scaled = QImage()
        super().resizeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.picture_rect()
        if rect.isEmpty():
            return
        ratio = self.devicePixelRatioF()
        size = QSize(round(rect.width() * ratio), round(rect.height() * ratio))
        if self._scaled.size() != size:
            self._scaled = _scaled(self._picture, size)
        painter = QPainter(self)
        painter.drawImage(rect, self._scaled)
        painter.end()
        if self._is_new:
            self._is_new = False
            self.shown.emit()


def _scaled(picture: QImage, size: QSize) -> QImage:
    whole = math.ceil(max(size.width() / picture.width(), size.height() / picture.height()))
    sharp = picture.scaled(picture.size() * whole, mode=Qt.TransformationMode.FastTransformation)
    return sharp.scaled(size, mode=Qt.TransformationMode.SmoothTransformation)

"""The timeline of a review: a bar for each move, as high as it cost."""

from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach_app.review.review import Moment, Played

_HEIGHT_PX = 48
_GROUND, _BAR, _CHOSEN, _BORDER = (QColor(name) for name in ("#222833", "#ff8a80", "#7db8ff", "#4a5568"))
_LEAST_PX = 3.0


class Timeline(QWidget):
    """All episodes side by side, with their mistakes; a click chooses the nearest one.

    Signals:
        chosen: number of a moment, as in the review.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Timeline"))
        self._starts: list[int] = []
        self._length = 0
        self._bars: list[tuple[int, float]] = []
        self._current = -1

    def sizeHint(self) -> QSize:
        return QSize(300, _HEIGHT_PX)

    def show_moments(self, episodes: Sequence[Played], moments: Sequence[Moment]) -> None:
        """Show the moments of some episodes; where no cost is known, all bars are equally high."""
        *self._starts, self._length = accumulate((len(each.moves) for each in episodes), initial=0)
        most = max((moment.cost or 0.0 for moment in moments), default=0.0)
        self._bars = [
            (self._starts[moment.episode] + moment.step, (moment.cost or 0.0) / most if most else 1.0)
            for moment in moments
        ]
        self._current = -1
        self.update()

    def mark(self, number: int) -> None:
        """Mark a moment."""
        self._current = number
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._bars:
            place = event.position().x() / max(1, self.width()) * self._length
            self.chosen.emit(min(range(len(self._bars)), key=lambda each: abs(self._bars[each][0] + 0.5 - place)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), _GROUND)
        step = self.width() / max(1, self._length)
        painter.setPen(_BORDER)
        for start in self._starts[1:]:
            painter.drawLine(round(start * step), 0, round(start * step), self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        for number, (place, height) in enumerate(self._bars):
            high = max(_LEAST_PX, height * (self.height() - 2))
            bar = QRectF(place * step, self.height() - high, max(_LEAST_PX, step - 1), high)
            painter.fillRect(bar, _CHOSEN if number == self._current else _BAR)
        painter.end()

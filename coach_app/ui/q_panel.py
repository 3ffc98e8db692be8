"""Shows Q-values: a bar for each move, and a trace over time."""

from collections import deque

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from coach_app.domain.qvalues import QValues
from coach_app.ui.language import translated
from coach_app.ui.theme import Theme, faded

_TRACE = 60
_GAP_PX = 10.0
_TRACE_SHARE = 0.24


class QPanel(QWidget):
    """Bars of Q-values. The best move is marked, impossible moves are crossed out. Interface thread only.

    Args:
        parent: Qt parent.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: QValues | None = None
        self._sentence = ""
        self._trace: deque[tuple[float, ...]] = deque(maxlen=_TRACE)
        self._theme: Theme | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Second opinion"))

    def changeEvent(self, event: QEvent) -> None:
        """See QWidget."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.setAccessibleName(self.tr("Second opinion"))

    @property
    def values(self) -> QValues | None:
        """The values shown."""
        return self._values

    @property
    def sentence(self) -> str:
        """The sentence shown in place of values; empty while there are values."""
        return self._sentence

    def set_look(self, theme: Theme, font: QFont) -> None:
        """Set colours and font."""
        if theme is not self._theme or font != self.font():
            self._theme = theme
            self.setFont(font)
            self.updateGeometry()
            self.update()

    def show_values(self, values: QValues) -> None:
        """Show values; those of another game restart the trace."""
        height = self.sizeHint().height()
        if self._values is None or values.moves != self._values.moves or values.checkpoint != self._values.checkpoint:
            self._trace.clear()
        self._values, self._sentence = values, ""
        self._trace.append(values.values)
        rows = zip(values.moves, values.values, values.possible, strict=True)
        spoken = [f"{translated(move)} {value:+.2f}" for move, value, possible in rows if possible]
        best = self.tr("best: {move}").format(move=translated(values.best))
        self.setAccessibleDescription(", ".join([best, *spoken]))
        if self.sizeHint().height() != height:
            self.updateGeometry()
        self.update()

    def show_no_game(self) -> None:
        """Show that no game is visible."""
        self.show_sentence(self.tr("No game in sight."))

    def show_no_network(self, game: str) -> None:
        """Show how to get a Q-network for a game.

        Args:
            game: its id.
        """
        sentence = self.tr("There is no second opinion for this game yet. Train one with: {command}")
        self.show_sentence(sentence.format(command=f"coach train dqn --game {game}"))

    def show_sentence(self, text: str) -> None:
        """Show why there are no values."""
        self._values, self._sentence = None, text
        self._trace.clear()
        self.setAccessibleDescription(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """See QWidget."""
        lines = len(self._values.moves) if self._values else 2
        return QSize(0, round(lines * self._pitch()))

    def minimumSizeHint(self) -> QSize:
        """See QWidget."""
        return self.sizeHint()

    def _pitch(self) -> float:
        return float(QFontMetricsF(self.font()).height()) + 4.0

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        if self._values is None:
            painter.setPen(self._theme.muted)
            painter.drawText(self.rect(), Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft, self._sentence)
        else:
            self._draw(painter, self._values, self._theme)
        painter.end()

    def _draw(self, painter: QPainter, values: QValues, theme: Theme) -> None:
        metrics = QFontMetricsF(self.font())
        mark = metrics.horizontalAdvance("▸ ")
        names = mark + max(metrics.horizontalAdvance(translated(move)) for move in values.moves) + _GAP_PX
        numbers = metrics.horizontalAdvance("-0.00") + _GAP_PX
        trace = self.width() * _TRACE_SHARE
        bars = QRectF(names, 0, max(20.0, self.width() - names - numbers - trace - _GAP_PX), self.height())
        low, high = min(0.0, *values.values), max(0.0, *values.values)
        scale = bars.width() / ((high - low) or 1.0)
        zero = bars.left() - low * scale
        pitch = self._pitch()
        for row, (move, value, possible) in enumerate(zip(values.moves, values.values, values.possible, strict=True)):
            line = QRectF(0, row * pitch, self.width(), pitch)
            best = move == values.best
            color = self._color(row, theme)
            text = theme.text if best else theme.muted
            bar = QRectF(min(zero, zero + value * scale), line.top() + pitch * 0.24, abs(value) * scale, pitch * 0.52)
            painter.fillRect(bar, color if best else faded(color, 0.55 if possible else 0.2))
            painter.setPen(text)
            if best:
                painter.drawText(QRectF(0, line.top(), mark, pitch), Qt.AlignmentFlag.AlignVCenter, "▸")
            name = QRectF(mark, line.top(), names - mark, pitch)
            painter.drawText(name, Qt.AlignmentFlag.AlignVCenter, translated(move))
            number = QRectF(bars.right() + _GAP_PX / 2, line.top(), numbers, pitch)
            shown = f"{value:.2f}"
            painter.drawText(number, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, shown)
            if not possible:
                painter.setPen(QPen(theme.error, 1.5))
                middle = line.center().y()
                painter.drawLine(
                    QPointF(mark, middle), QPointF(mark + metrics.horizontalAdvance(translated(move)), middle)
                )
                painter.drawLine(QPointF(number.right() - numbers * 0.8, middle), QPointF(number.right(), middle))
        painter.setPen(QPen(faded(theme.text, 0.5), 1))
        painter.drawLine(QPointF(zero, 2), QPointF(zero, self.height() - 2))
        self._draw_trace(painter, QRectF(self.width() - trace, 3, trace, self.height() - 6), theme)

    def _draw_trace(self, painter: QPainter, box: QRectF, theme: Theme) -> None:
        painter.setPen(QPen(faded(theme.text, 0.18), 1))
        painter.drawRect(box)
        every = [value for values in self._trace for value in values]
        low, high = min(every), max(every)
        span = (high - low) or 1.0
        for row in range(len(self._trace[0])):
            points = [
                QPointF(
                    box.right() - (len(self._trace) - 1 - at) * box.width() / (_TRACE - 1),
                    box.bottom() - 2 - (values[row] - low) / span * (box.height() - 4),
                )
                for at, values in enumerate(self._trace)
            ]
            painter.setPen(QPen(self._color(row, theme), 1.5))
            painter.drawPolyline(QPolygonF(points))

    @staticmethod
    def _color(row: int, theme: Theme) -> QColor:
        return (theme.accent, theme.good, theme.warning, theme.error)[row % 4]

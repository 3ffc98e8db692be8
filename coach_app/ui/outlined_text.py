"""Plain text that is readable over a game, and small marks."""

import math

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from coach_app.domain.markdown import MARKER
from coach_app.domain.words import printable
from coach_app.ui.theme import Theme, faded

_LINE_PITCH = 1.4
_MAX_INDENT = 3
"""An indent takes less than this part of the width."""
_LINE_SEPARATOR = "\u2028"
# Whole pixels, as each letter's outline is drawn eight times from one rasterised glyph.
_AROUND = [QPointF(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1) if x or y]


class OutlinedText(QWidget):
    """Word-wrapped plain text, with an outline if the background is too transparent to read on.

    Markup is never interpreted. Continuation lines of a list item are indented. The layout is cached for each text,
    font and width.

    Args:
        parent: Qt parent.
        one_line: keep the text on one line, cut with an ellipsis.
    """

    def __init__(self, parent: QWidget | None = None, *, one_line: bool = False) -> None:
        super().__init__(parent)
        self._text = ""
        self._color = QColor(Qt.GlobalColor.white)
        self._outline: QColor | None = None
        self._one_line = one_line
        self._max_lines = 1 if one_line else 0
        self._window = (0, 0)
        self._layout = QTextLayout()
        self._laid_out: tuple[float, int] | None = None
        vertical = QSizePolicy.Policy.Fixed if one_line else QSizePolicy.Policy.Minimum
        policy = QSizePolicy(QSizePolicy.Policy.Ignored if one_line else QSizePolicy.Policy.Expanding, vertical)
        policy.setHeightForWidth(not one_line)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        """The text shown."""
        return self._text

    def set_text(self, text: str) -> None:
        """Set the text, which is also the accessible name."""
        text = printable(text)
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self._forget()

    def set_font(self, font: QFont) -> None:
        """Set the font."""
        if font != self.font():
            self.setFont(font)
            self._forget()

    def set_max_lines(self, lines: int) -> None:
        """Limit the number of lines, with an ellipsis; 0 for no limit."""
        if lines != self._max_lines:
            self._max_lines = lines
            self._forget()

    def set_window(self, first: int, lines: int) -> None:
        """Show only ``lines`` lines from index ``first`` on; 0 shows all."""
        if (first, lines) != self._window:
            self._window = (first, lines)
            self.updateGeometry()
            self.update()

    def lines_for(self, width: int) -> int:
        """Number of lines of the whole text at a width."""
        self._lay_out(width)
        return self._layout.lineCount()

    def set_colors(self, color: QColor, outline: QColor | None) -> None:
        """Set the colours of text and outline; None for no outline."""
        if (color, outline) != (self._color, self._outline):
            self._color, self._outline = color, outline
            self.update()

    @property
    def line_pitch(self) -> float:
        """Distance between base lines in pixels."""
        return math.ceil(self._em() * _LINE_PITCH)

    def heightForWidth(self, width: int) -> int:
        """See QWidget."""
        lines = self.lines_for(width)
        return math.ceil((self._window[1] or lines) * self.line_pitch)

    def hasHeightForWidth(self) -> bool:
        """See QWidget."""
        return not self._one_line

    def sizeHint(self) -> QSize:
        """See QWidget."""
        metrics = QFontMetricsF(self.font())
        return QSize(math.ceil(metrics.horizontalAdvance(self._text)) + 2, math.ceil(self.line_pitch))

    def minimumSizeHint(self) -> QSize:
        """See QWidget."""
        return QSize(0, math.ceil(self.line_pitch) if self._text else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        self._lay_out(self.width())
        painter = QPainter(self)
        first, count = self._window
        up = QPointF(0, -first * self.line_pitch)
        seen = range(first, min(first + count, self._layout.lineCount()) if count else self._layout.lineCount())
        if self._outline is not None:
            painter.setPen(self._outline)
            for offset in _AROUND:
                self._draw(painter, up + offset, seen)
        painter.setPen(self._color)
        self._draw(painter, up, seen)
        painter.end()

    def _draw(self, painter: QPainter, at: QPointF, lines: range) -> None:
        for number in lines:  # not the whole layout: letters of other lines would reach into these
            self._layout.lineAt(number).draw(painter, at)

    def _em(self) -> float:
        font = self.font()
        return float(font.pixelSize() if font.pixelSize() > 0 else font.pointSizeF() * self.logicalDpiY() / 72)

    def _forget(self) -> None:
        self._laid_out = None
        self.updateGeometry()
        self.update()

    def _lay_out(self, width: int) -> None:
        key = (width, self._max_lines)
        if self._laid_out == key:
            return
        self._laid_out = key
        shown = self._text.strip().replace("\n", _LINE_SEPARATOR)
        if self._one_line:
            shown = QFontMetricsF(self.font()).elidedText(shown, Qt.TextElideMode.ElideRight, width)
        self._break(shown, width)
        if 0 < self._max_lines < self._layout.lineCount():
            last = self._layout.lineAt(self._max_lines - 1)
            kept = shown[: last.textStart() + last.textLength()]
            self._break(kept.rstrip() + "…", width)
            while kept and self._layout.lineCount() > self._max_lines:
                kept = kept[:-1]
                self._break(kept.rstrip() + "…", width)

    def _break(self, text: str, width: int) -> None:
        option = QTextOption()
        option.setWrapMode(
            QTextOption.WrapMode.NoWrap if self._one_line else QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere
        )
        self._layout = QTextLayout(text, self.font())
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self._layout.beginLayout()
        pitch, number, indent = self.line_pitch, 0, 0.0
        while text and (line := self._layout.createLine()).isValid():
            start = line.textStart()
            begins = start == 0 or text[start - 1] == _LINE_SEPARATOR
            left = 0.0 if begins else indent
            line.setLineWidth(max(1.0, width - left))
            line.setPosition(QPointF(left, number * pitch + (pitch - line.height()) / 2))
            if begins:
                marker = MARKER.match(text, start)
                indent = QFontMetricsF(self.font()).horizontalAdvance(marker[0]) if marker else 0.0
                indent = indent if indent < width / _MAX_INDENT else 0.0
            number += 1
        self._layout.endLayout()


class Dot(QWidget):
    """A small round status light. The text beside it says the same."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._color = QColor(Qt.GlobalColor.gray)
        self.setFixedSize(10, 10)

    def set_color(self, color: QColor) -> None:
        """Set the colour of the light."""
        if color != self._color:
            self._color = color
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._color)
        painter.drawEllipse(QRectF(self.rect()).adjusted(1.0, 1.0, -1.0, -1.0))
        painter.end()


class Mark(QWidget):
    """A word in a small rounded frame, such as "online"; hidden while it does not apply."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self._color = QColor(Qt.GlobalColor.gray)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set(self, text: str, color: QColor, font: QFont) -> None:
        """Set word, colour and font; the word is also the accessible name."""
        self._text, self._color = text, color
        self.setAccessibleName(text)
        self.setFont(font)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """See QWidget."""
        metrics = QFontMetricsF(self.font())
        return QSize(math.ceil(metrics.horizontalAdvance(self._text)) + 14, math.ceil(metrics.height()) + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(faded(self._color, 0.55))
        painter.setBrush(faded(self._color, 0.16))
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        painter.setPen(self._color)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class NoticeStrip(QWidget):
    """A sentence on a tinted background with a light in the colour of its level; hidden if empty."""

    _PAD_PX = 9

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tint = QColor(Qt.GlobalColor.gray)
        self._words = OutlinedText(self)
        self._dot = Dot()
        row = QHBoxLayout(self)
        row.setContentsMargins(self._PAD_PX, self._PAD_PX - 3, self._PAD_PX, self._PAD_PX - 3)
        row.setSpacing(self._PAD_PX)
        row.addWidget(self._dot)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence."""
        return self._words.text

    def set(self, text: str, tint: QColor, theme: Theme, font: QFont) -> None:
        """Set the sentence, the colour of its level, and the look."""
        self._tint = tint
        self._dot.set_color(tint)
        self._words.set_font(font)
        self._words.set_text(text)
        self._words.set_colors(theme.text, None)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """See QWidget."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(faded(self._tint, 0.17))
        painter.drawRoundedRect(QRectF(self.rect()), 8.0, 8.0)
        painter.end()

"""The contents of the card, from top to bottom."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from coach_app.ui.outlined_text import NoticeStrip, OutlinedText
from coach_app.ui.overlay.look import Style
from coach_app.ui.overlay.parts import GAP_PX, AnswerView, Header
from coach_app.ui.overlay.state import CardState

_PADDING = (16, 12, 16, 14)
_SCALES = (1.0, 0.9, 0.8, 0.7)


class CardContent(QWidget):
    """Header, answer, optional panel and notices. Transparent for the mouse, as the card moves as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._header = Header(self)
        self._hint = OutlinedText(self)
        self._answer = AnswerView(self)
        self._panel: QWidget | None = None
        self._lost = NoticeStrip(self)
        self._notice = NoticeStrip(self)
        self._column = QVBoxLayout(self)
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._column.setContentsMargins(*_PADDING)
        self._column.setSpacing(GAP_PX)
        for part in (self._header, self._hint, self._answer, self._lost, self._notice):
            self._column.addWidget(part)
        self._column.addStretch(1)

    @property
    def answer(self) -> AnswerView:
        """The answer, which can be scrolled; changes are shown by the next ``fit``."""
        return self._answer

    def set_panel(self, panel: QWidget | None) -> None:
        """Show a widget below the answer, or none; the previous one loses its parent."""
        if self._panel is not None:
            self._column.removeWidget(self._panel)
            self._panel.setParent(None)
        self._panel = panel
        if panel is not None:
            self._column.insertWidget(self._column.indexOf(self._answer) + 1, panel)

    def show_state(self, state: CardState, now: float, style: Style) -> str:
        """Show a state at a time, in seconds since the epoch.

        Returns:
            The visible texts, one per line, for screen readers.
        """
        theme = style.theme
        self._header.show_state(state, now, style)
        self._hint.set_text(
            self.tr(
                "Drag to move, drag a side to resize, or use the arrow keys. Wheel: scroll. Enter keeps it, Esc undoes."
            )
        )
        self._hint.set_font(style.small)
        self._hint.set_colors(theme.accent, style.outline)
        self._hint.setVisible(state.editing)
        self._answer.show_state(state, now, style)
        if self._panel is not None:
            self._panel.setVisible(not state.paused)
        self._lost.set("" if state.source_found else state.source, theme.warning, theme, style.small)
        self._notice.set(state.notice_text(now), theme.level(state.notice.level), theme, style.small)
        hint = self._hint.text if state.editing else ""
        texts = [hint, *self._answer.texts, self._lost.text, self._notice.text]
        return "\n".join(text for text in texts if text)

    def fit(self, width: int, most: int, style: Style) -> int:
        """Find the height for a width; if there is not enough space, with a smaller font, then a part of the answer.

        Answers to questions keep their font, as they are read while they arrive.

        Args:
            width: width of the card in pixels.
            most: maximum height in pixels.
            style: style of the text.
        """
        for scale in (1.0,) if self._answer.is_asked_for else _SCALES:
            self._answer.show_all(style.font(scale))
            height = self._height_for(width)
            if height <= most:
                return height
        self._answer.show_part(width - _PADDING[0] - _PADDING[2], height - most)
        return self._height_for(width)

    def _height_for(self, width: int) -> int:
        if self._column.hasHeightForWidth():
            return self._column.totalHeightForWidth(width)
        return self._column.totalSizeHint().height()  # no wrapping text: only a panel

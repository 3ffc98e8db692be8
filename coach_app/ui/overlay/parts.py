"""The parts of the card; each is told the state and shows what concerns it."""

import math

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coach_app.ui.outlined_text import Dot, Mark, OutlinedText
from coach_app.ui.overlay.look import Style
from coach_app.ui.overlay.state import CardState

GAP_PX = 7
"""Between two lines of the card."""


class Header(QWidget):
    """The first line: a light, what is watched, marks for what is unusual, and the answer's age and cost."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._light = Dot(self)
        self._heading = OutlinedText(self, one_line=True)
        self._marks = {name: Mark(self) for name in ("editing", "paused", "asleep", "online", "untranslated")}
        self._figures = OutlinedText(self, one_line=True)
        self._figures.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._light)
        row.addWidget(self._heading, 1)
        for mark in self._marks.values():
            row.addWidget(mark)
        row.addWidget(self._figures)

    def show_state(self, state: CardState, now: float, style: Style) -> None:
        """Show a state as it is at a moment, seconds since the epoch."""
        theme = style.theme
        if state.answering and not state.paused:
            self._light.set_color(theme.accent)
        elif not state.source_found:
            self._light.set_color(theme.warning)
        else:
            idle = state.paused or state.asleep or not state.source
            self._light.set_color(theme.muted if idle else theme.good)
        self._heading.set_text(self._heading_of(state))
        self._figures.set_text(self._figures_of(state, now) if state.finished else "")
        self._figures.setVisible(state.finished)
        for label in (self._heading, self._figures):
            label.set_font(style.small)
            label.set_colors(theme.text if style.outline else theme.muted, style.outline)
        marks = {
            "editing": (state.editing, self.tr("edit mode"), theme.accent),
            "paused": (state.paused, self.tr("paused"), theme.warning),
            "asleep": (state.asleep, self.tr("unloaded"), theme.warning),
            "online": (state.online, self.tr("online"), theme.accent),
            "untranslated": (state.untranslated, self.tr("not translated"), theme.warning),
        }
        for name, (on, word, color) in marks.items():
            self._marks[name].set(word, color, style.tiny)
            self._marks[name].setVisible(on)
        self.updateGeometry()

    def _heading_of(self, state: CardState) -> str:
        if state.answering:
            return self.tr("Reading the guides…") if state.about_game else self.tr("Looking…")
        return state.source if state.source_found else self.tr("Nothing to watch")

    def _figures_of(self, state: CardState, now: float) -> str:
        age = self._age(state.answer.age_s(now))
        if not state.shows_times:
            return age
        return f"{age} · " + self.tr("{n} ms").format(n=round(state.answer.cost_ms))

    def _age(self, age_s: float) -> str:
        if age_s < 1:
            return self.tr("now")
        if age_s < 60:
            return self.tr("{n} s ago").format(n=int(age_s))
        if age_s < 3600:
            return self.tr("{n} min ago").format(n=int(age_s / 60))
        return self.tr("{n} h ago").format(n=int(age_s / 3600))


class AnswerView(QWidget):
    """The answer, the question above it, and the sentences that belong to it below; hidden while there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = ""
        self._question = OutlinedText(self)
        self._body = OutlinedText(self)
        self._doubt = OutlinedText(self)
        self._sources = OutlinedText(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_PX)
        for row in (self._question, self._body, self._doubt, self._sources):
            column.addWidget(row)

    @property
    def texts(self) -> list[str]:
        """What is shown, from top to bottom, for screen readers; the question without its quotation marks."""
        return [self._asked, self._body.text, self._doubt.text, self._sources.text]

    def show_state(self, state: CardState, now: float, style: Style) -> None:
        """Show a state as it is at a moment, seconds since the epoch."""
        theme, answer = style.theme, state.answer
        self._asked = state.asked
        body = state.body or (self.tr("The advice appears here.") if state.editing else "")
        rows = (
            (self._question, self.tr("“{question}”").format(question=state.asked) if state.asked else "", theme.accent),
            (self._doubt, answer.doubt if state.finished else "", theme.warning),
            (self._sources, answer.sources if state.finished else "", theme.muted),
            (self._body, body, theme.muted if state.is_old(now) else theme.text),
        )
        for label, text, color in rows:
            label.set_text(text)
            label.set_colors(color, style.outline)
            label.setVisible(bool(text))
            if label is not self._body:
                label.set_font(style.small)
        self.setVisible(any(text for _, text, _ in rows))
        self.updateGeometry()

    def set_letters(self, font: QFont) -> None:
        """Write all of the answer in another font."""
        self._body.set_font(font)
        self._body.set_max_lines(0)
        self.updateGeometry()

    def cut(self, width: int, by_px: int) -> None:
        """At this width, leave out last lines until it is so much lower; one line always stays."""
        lines = round(self._body.heightForWidth(width) / self._body.line_pitch)
        self._body.set_max_lines(max(1, lines - math.ceil(by_px / self._body.line_pitch)))
        self.updateGeometry()

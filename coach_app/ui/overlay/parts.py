"""The parts of the card; each shows its part of the state."""

import math

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coach_app.ui.outlined_text import Dot, Mark, OutlinedText
from coach_app.ui.overlay.look import Style
from coach_app.ui.overlay.state import CardState

GAP_PX = 7
"""Between two lines of the card."""
_MARKS = (
    "microphone",
    "recording",
    "level",
    "editing",
    "pinned",
    "paused",
    "asleep",
    "steps",
    "online",
    "untranslated",
)
_MAX_LINES_AROUND = 1
"""Of what stands around a part of an answer."""


class Header(QWidget):
    """The first line: status light, source, marks for unusual states, and the answer's age and time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._light = Dot(self)
        self._heading = OutlinedText(self, one_line=True)
        self._marks = {name: Mark(self) for name in _MARKS}
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
        if state.hearing == "open":
            self._light.set_color(theme.warning)
        elif state.answering and not state.paused:
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
        level = state.answer.level
        marks = {
            "microphone": (state.hearing == "open", self.tr("microphone on"), theme.warning),
            "recording": (state.recording and not state.paused, self.tr("recording"), theme.warning),
            "level": (
                state.finished and level != "answer",
                self.tr("nudge") if level == "nudge" else self.tr("hint"),
                theme.muted,
            ),
            "editing": (state.editing, self.tr("edit mode"), theme.accent),
            "pinned": (state.pinned, self.tr("pinned"), theme.accent),
            "paused": (state.paused, self.tr("paused"), theme.warning),
            "asleep": (state.asleep, self.tr("unloaded"), theme.warning),
            "steps": (state.steps[0] > 0, self.tr("gives way {0}/{1}").format(*state.steps), theme.warning),
            "online": (state.online, self.tr("online"), theme.accent),
            "untranslated": (state.untranslated, self.tr("not translated"), theme.warning),
        }
        for name, (on, word, color) in marks.items():
            self._marks[name].set(word, color, style.tiny)
            self._marks[name].setVisible(on)
        self.updateGeometry()

    def _heading_of(self, state: CardState) -> str:
        if state.hearing:
            return self.tr("Listening…") if state.hearing == "open" else self.tr("Writing down…")
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
    """The answer, with the question above and further sentences below; hidden if empty.

    An answer that is longer than the card is shown in parts. Below each part are its move, so that it is always
    visible, and how to read on. After the last part comes the passage that it is based on, which is folded until then.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = CardState()
        self._first = self._lines = self._all_lines = 0
        self._told, self._passage, self._unfolded = "", "", False
        self._question = OutlinedText(self)
        self._body = OutlinedText(self)
        self._move = OutlinedText(self)
        self._more = OutlinedText(self, one_line=True)
        self._doubt = OutlinedText(self)
        self._sources = OutlinedText(self)
        self._score = OutlinedText(self, one_line=True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_PX)
        for row in (self._question, self._body, self._move, self._more, self._doubt, self._sources, self._score):
            self._column.addWidget(row)

    @property
    def texts(self) -> list[str]:
        """All texts from top to bottom, for screen readers; the question without quotation marks."""
        return [self._state.asked, self._body.text, self._doubt.text, self._sources.text, self._score.text]

    @property
    def is_asked_for(self) -> bool:
        """Whether it answers a question, and so will be read carefully."""
        return bool(self._state.asked)

    @property
    def reading_characters(self) -> int:
        """Characters in sight of an answer that is read in parts, or with its passage; 0 of any other."""
        characters = len(self._body.text)
        if self._lines:
            return round(characters * self._lines / self._all_lines)
        return characters if self._unfolded else 0

    def show_state(self, state: CardState, now: float, style: Style) -> None:
        """Show a state as it is at a moment, seconds since the epoch."""
        theme, answer = style.theme, state.answer
        self._state = state
        body = state.body or (self.tr("The advice appears here.") if state.editing else "")
        if not body.startswith(self._told):  # a growing answer keeps its position
            self._first, self._unfolded = 0, False
        self._told = body
        self._passage = answer.passage if state.finished else ""
        if self._unfolded and self._passage:
            body = f"{body}\n\n{self._passage}"
        color = theme.muted if state.is_old(now) else theme.text
        rows = (
            (self._question, self.tr("“{question}”").format(question=state.asked) if state.asked else "", theme.accent),
            (self._move, answer.move if state.finished else "", color),
            (self._doubt, answer.doubt if state.finished else "", theme.warning),
            (self._sources, self._sources_of(state), theme.muted),
            (self._score, state.score if state.finished and state.shows_times else "", theme.muted),
            (self._body, body, color),
        )
        for label, text, shade in rows:
            label.set_text(text)
            label.set_colors(shade, style.outline)
            label.setVisible(bool(text))
            if label not in (self._body, self._move):
                label.set_font(style.small)
        self._more.set_font(style.small)
        self._more.set_colors(theme.accent, style.outline)
        self.setVisible(any(text for _, text, _ in rows))
        self.updateGeometry()

    def show_all(self, font: QFont) -> None:
        """Show the whole answer in a font."""
        self._body.set_font(font)
        bold = QFont(font)
        bold.setBold(True)
        self._move.set_font(bold)
        self._lines = self._all_lines = 0
        self._body.set_window(0, 0)
        for label in (self._question, self._doubt, self._sources):
            label.set_max_lines(0)
        self._move.hide()
        self._more.hide()
        self.updateGeometry()

    def show_part(self, width: int, by_px: int) -> None:
        """Show fewer lines to reduce the height; at least one line remains.

        Args:
            width: width of the answer in pixels.
            by_px: excess height with all lines, in pixels.
        """
        whole_px = self._height_for(width)
        for label in (self._question, self._doubt, self._sources):
            label.set_max_lines(_MAX_LINES_AROUND)
        self._move.setVisible(bool(self._move.text))
        self._more.show()
        self._all_lines = self._body.lines_for(width)
        over_px = by_px + self._height_for(width) - whole_px
        self._lines = max(1, self._all_lines - math.ceil(over_px / self._body.line_pitch))
        self._first = max(0, min(self._first, self._all_lines - self._lines))
        self._body.set_window(self._first, self._lines)
        self._more.set_text(self._where_one_is())
        self.updateGeometry()

    def scroll_by(self, lines: int) -> None:
        """Scroll the answer by lines; shown at the next update."""
        self._first = max(0, min(self._first + lines, self._all_lines - self._lines)) if self._lines else 0

    def turn(self, parts: int) -> None:
        """Scroll the answer by parts, at its end to the passage; wraps around."""
        if parts > 0 and self._first + self._lines >= self._all_lines:
            self._unfolded = bool(self._passage) and not self._unfolded
            self._first = self._first + self._step if self._unfolded and self._lines else 0
        elif parts < 0 and not self._first:
            self._unfolded = False
        else:
            self.scroll_by(parts * self._step)

    def begin_again(self) -> None:
        """Scroll to the beginning of the answer."""
        self._first = 0

    def _sources_of(self, state: CardState) -> str:
        sources, key = state.answer.sources if state.finished else "", state.reading_key
        if not (self._passage and key) or self._unfolded:
            return sources
        return f"{sources}   " + self.tr("▼ The passage: {key}").format(key=key)

    def _height_for(self, width: int) -> int:
        self._column.invalidate()
        return self._column.totalHeightForWidth(width)

    @property
    def _step(self) -> int:
        return max(1, self._lines - 1)  # one line of overlap helps to continue reading

    def _where_one_is(self) -> str:
        parts = 1 + math.ceil((self._all_lines - self._lines) / self._step)
        number = 1 + math.ceil(self._first / self._step)
        key = self._state.reading_key
        if self._first + self._lines < self._all_lines:
            where = self.tr("▼ More: {key}").format(key=key) if key else self.tr("▼ More")
        else:
            where = self.tr("▲ From the top: {key}").format(key=key) if key else self.tr("▲ The end")
        return f"{number}/{parts}   {where}"

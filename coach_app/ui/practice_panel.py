"""The panel beside the board of complex practice games: keys and achievements."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from coach_app.ui.language import translated
from coach_app.ui.plain import PlainLabel

_STYLE = """
QLabel { color: #8b95a5; font-size: 11px; padding: 0 4px; }
QLabel[heading="true"] { color: #e3e8f0; font-weight: bold; }
QLabel[reached="true"] { color: #7ddc9a; }
"""

_REACHED, _OPEN = "\N{CHECK MARK}", "\N{MIDDLE DOT}"


class PracticePanel(QWidget):
    """The keys of a game in one column, and its achievements, if any, in another; those that were reached have a mark.

    Args:
        keys: keys of each action, by Qt's names.
        achievements: their names.
    """

    def __init__(self, keys: Mapping[str, tuple[str, ...]], achievements: tuple[str, ...]) -> None:
        super().__init__()
        self.setStyleSheet(_STYLE)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self._achievements = {name: PlainLabel(parent=self) for name in achievements}
        layout = QGridLayout(self)
        layout.setContentsMargins(4, 0, 0, 0)
        layout.setHorizontalSpacing(2)
        layout.setVerticalSpacing(0)
        self._heading = PlainLabel(parent=self)
        for column, label in enumerate((PlainLabel(self.tr("Keys"), parent=self), self._heading)):
            label.setProperty("heading", True)
            layout.addWidget(label, 0, column)
        for row, (action, names) in enumerate(keys.items(), 1):
            shown = " / ".join(_ARROWS.get(name, name) for name in names)
            layout.addWidget(PlainLabel(f"{shown}: {translated(action)}", parent=self), row, 0)
        for row, label in enumerate(self._achievements.values(), 1):
            layout.addWidget(label, row, 1)
        layout.setRowStretch(max(len(keys), len(achievements)) + 1, 1)
        layout.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.show_achievements(dict.fromkeys(achievements, False))
        self.setFixedWidth(self.sizeHint().width())

    def show_achievements(self, reached: Mapping[str, bool]) -> None:
        """Mark the achievements unlocked in this episode."""
        for name, label in self._achievements.items():
            is_reached = reached[name]
            label.setText(f"{_REACHED if is_reached else _OPEN} {translated(name)}")
            if label.property("reached") != is_reached:
                label.setProperty("reached", is_reached)
                label.style().polish(label)
        done = self.tr("Achievements {done} of {all}") if reached else ""
        self._heading.setText(done.format(done=sum(reached.values()), all=len(reached)))


_ARROWS = {"Left": "\N{LEFTWARDS ARROW}", "Right": "\N{RIGHTWARDS ARROW}"} | {
    "Up": "\N{UPWARDS ARROW}",
    "Down": "\N{DOWNWARDS ARROW}",
}

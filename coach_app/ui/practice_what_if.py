"""What another move would have led to, beside what happened, in a practice game."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from coach_app.games.what_if import Outcome, WhatIf
from coach_app.ui.language import translated
from coach_app.ui.plain import PlainLabel
from coach_app.ui.practice_board import Board

_SIDE_PX = 200
_STYLE = """
WhatIfWindow { background: #161a22; }
QLabel { color: #aab3c2; font-size: 12px; }
QLabel[heading="true"] { color: #e3e8f0; font-size: 14px; font-weight: bold; }
"""


class WhatIfWindow(QDialog):
    """Two columns: the move that was made and the other one, each with its picture, and the picture after the teacher
    went on from there. Closed by Escape, and deleted then.

    Args:
        answer: both outcomes.
        parent: the game's window.
    """

    def __init__(self, answer: WhatIf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("What if"))
        self.setStyleSheet(_STYLE)
        self._grid = QGridLayout(self)
        self._grid.setHorizontalSpacing(16)
        self._add(0, self.tr("As it was: {move}"), answer.made)
        self._add(1, self.tr("Instead: {move}"), answer.instead)

    def _add(self, column: int, title: str, outcome: Outcome) -> None:
        heading = PlainLabel(title.format(move=translated(outcome.move)), parent=self)
        heading.setProperty("heading", True)
        rows: list[QWidget] = [heading, self._board(outcome, later=False), self._text(outcome.reward, outcome.ended)]
        if outcome.later_moves:
            after = self.tr("Moves by the teacher after that: {count}").format(count=len(outcome.later_moves))
            rows += [
                PlainLabel(after, parent=self),
                self._board(outcome, later=True),
                self._text(outcome.later_reward, outcome.later_ended),
            ]
        for row, widget in enumerate(rows):
            self._grid.addWidget(widget, row, column)
            if isinstance(widget, Board):
                self._grid.setRowStretch(row, 1)

    def _board(self, outcome: Outcome, later: bool) -> Board:
        board, picture = Board(self), outcome.later_picture if later else outcome.picture
        height, width, _ = picture.shape
        board.setMinimumSize(QSize(_SIDE_PX, round(_SIDE_PX * height / width)))
        board.setAccessibleName(self.tr("Board"))
        board.setAccessibleDescription("" if later else outcome.description)
        board.show_picture(picture)
        return board

    def _text(self, reward: float, ended: str) -> PlainLabel:
        text = self.tr("Reward {reward}").format(reward=f"{reward:+.2f}".replace("-", "\N{MINUS SIGN}"))
        return PlainLabel(f"{text}   {translated(ended)}".rstrip(), parent=self)

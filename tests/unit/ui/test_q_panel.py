"""The panel of Q-values, drawn without a screen."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QImage, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from coach_app.domain.qvalues import QValues
from coach_app.ui.fonts import reading_font
from coach_app.ui.q_panel import QPanel
from coach_app.ui.theme import DARK, LIGHT, Theme

MOVES = ("left", "down", "right", "up")


def values(*given: float, possible: tuple[bool, ...] = (True,) * 4) -> QValues:
    return QValues(MOVES, given, possible, "dqn-grid", 0.0)


def drawn(panel: QPanel, theme: Theme) -> QImage:
    panel.resize(400, panel.sizeHint().height())
    picture = QImage(panel.size(), QImage.Format.Format_RGB32)
    picture.fill(theme.card)
    panel.render(picture, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)  # no ground of its own
    return picture


def bar_px(picture: QImage, row: int, color: QColor) -> int:
    """How many pixels of a colour lie in the middle of a row, left of the trace."""
    y = round((row + 0.5) * picture.height() / len(MOVES))
    lines = (y - 1, y, y + 1)
    return max(sum(picture.pixelColor(x, line) == color for x in range(int(picture.width() * 0.74))) for line in lines)


@pytest.mark.parametrize("theme", [DARK, LIGHT])
def test_bars_are_as_long_as_their_values(qt_app: QApplication, theme: Theme) -> None:
    # GIVEN a panel
    panel = QPanel()
    panel.set_look(theme, reading_font(12, "en"))

    # WHEN the best value is drawn alone, and then beside one below zero that is as large
    panel.show_values(values(0.8, 0.0, 0.0, 0.0))
    whole = bar_px(drawn(panel, theme), 0, theme.accent)
    panel.show_values(values(0.8, -0.8, 0.0, 0.0))
    half = bar_px(drawn(panel, theme), 0, theme.accent)

    # THEN its bar has the whole room, and then half of it
    assert whole > 60
    assert abs(whole - 2 * half) <= 3


def test_it_says_the_same_in_words(qt_app: QApplication) -> None:
    # GIVEN values with a move that is not possible WHEN they are shown THEN a screen reader hears the best one first
    panel = QPanel()
    panel.set_look(DARK, reading_font(12, "en"))
    panel.show_values(values(0.1, 0.9, -0.2, 0.5, possible=(True, False, True, True)))
    assert panel.accessibleDescription() == "best: up, left +0.10, right -0.20, up +0.50"


def test_an_impossible_move_is_crossed_out(qt_app: QApplication) -> None:
    # GIVEN the same values once with and once without a wall on the left WHEN drawn
    panel = QPanel()
    panel.set_look(DARK, reading_font(12, "en"))
    panel.show_values(values(0.1, 0.9, -0.2, 0.5))
    free = bar_px(drawn(panel, DARK), 0, DARK.error)
    panel.show_values(values(0.1, 0.9, -0.2, 0.5, possible=(False, True, True, True)))

    # THEN there is a line through its name
    assert free == 0
    assert bar_px(drawn(panel, DARK), 0, DARK.error) > 10


def test_a_sentence_takes_the_place_of_values(qt_app: QApplication) -> None:
    # GIVEN values WHEN there are none any more THEN the reason is shown, and their height is given back
    panel = QPanel()
    panel.set_look(DARK, reading_font(12, "en"))
    panel.show_values(values(0.1, 0.9, -0.2, 0.5))
    high = panel.sizeHint().height()
    panel.show_sentence("No game in sight.")
    assert panel.values is None
    assert panel.accessibleDescription() == "No game in sight."
    assert panel.sizeHint().height() < high

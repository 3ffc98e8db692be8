"""What the user reads of the coach's cost."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from coach_app.domain.governor import Cost, FrameTimes, Step
from coach_app.ui.cost_window import CostWindow

SEEN = Cost(0.0, (10, 3), FrameTimes((0.02,) * 50), FrameTimes((0.0167,) * 60), 0.42, 812_000_000, 23.4)
UNSEEN = Cost(0.0, (10, 3), FrameTimes(), FrameTimes(), 0.42, 812_000_000, None)


@pytest.mark.parametrize(
    ("cost", "frames", "slowest", "power"),
    [
        (SEEN, "50.0 with the coach, 59.9 without it: 16.5 % lost", "20.0 ms with the coach, 16.7 ms", "23 W more"),
        (UNSEEN, "unknown", "unknown", "unknown"),
        (None, "-", "-", "-"),
    ],
)
def test_the_figures_are_told_as_far_as_they_are_known(
    qt_app: QApplication, cost: Cost | None, frames: str, slowest: str, power: str
) -> None:
    # GIVEN a measurement, with or without the game's frames, or none WHEN the window is opened
    window = CostWindow()
    window.show_cost(Step.WAITS, Step.SLEEP, False, cost, 75.4)
    window.show()
    # THEN what is known is told, and what is not is said to be unknown
    values = {name: label.text() for name, label in window._values.items()}
    assert values["frames"].startswith(frames)
    assert values["slowest"].startswith(slowest)
    assert values["power"].startswith(power)
    if cost:
        assert (values["processor"], values["memory"]) == ("42 % of one core", "812 MB")
        assert window._measured.text() == "Measured 75 s ago, 10 s with the coach and 3 s without it:"
    else:
        assert window._measured.text() == "Not measured yet."
    # AND the steps that were taken are marked
    assert window._state.text() == "The coach gives way to the game: step 3 of 5."
    assert [line[0] for line in window._steps.text().splitlines()] == ["✓", "✓", "✓", "-", "-"]
    window.close()


def test_while_it_is_measured_the_button_waits(qt_app: QApplication) -> None:
    # GIVEN the window WHEN the coach is off to be measured THEN that is said, and cannot be asked for again
    window = CostWindow()
    asked: list[bool] = []
    window.measure_wanted.connect(lambda: asked.append(True))
    window.show()
    window._measure.click()
    assert asked == [True]
    window.show_cost(Step.FULL, Step.CAPTURES, True, SEEN, 1.0)
    assert not window._measure.isEnabled()
    assert window._measured.text().startswith("Measuring")
    assert window._state.text() == "The coach works at full speed."
    assert "unloaded" not in window._steps.text()
    # WHEN the language changes THEN all is still there
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    assert window._names["frames"].text() == "Frames a second:"
    window.close()

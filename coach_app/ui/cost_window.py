"""What the coach costs the game, and how far it gives way."""

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFormLayout, QPushButton, QVBoxLayout, QWidget

from coach_app.domain.governor import Cost, Step
from coach_app.ui.icons import app_icon
from coach_app.ui.plain import PlainLabel
from coach_app.ui.screens import fit, scrolling

_SIZE_PX: Final = (520, 420)
_ROWS: Final = ("frames", "slowest", "processor", "memory", "power")


class CostWindow(QWidget):
    """Shows the last measurement and the steps.

    Attributes:
        measure_wanted: emitted when the user wants to measure now.
    """

    measure_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowFlag(Qt.WindowType.Dialog)  # tiling window managers do not resize others for it
        self.setWindowIcon(app_icon())
        fit(self, *_SIZE_PX)
        self._shown: tuple[Step, Step, bool, Cost | None, float] = (Step.FULL, Step.SLEEP, False, None, 0.0)
        self._how = PlainLabel(wordWrap=True)
        self._state = PlainLabel(wordWrap=True, bold=True)
        self._why = PlainLabel(wordWrap=True)
        self._steps = PlainLabel(wordWrap=True)
        self._measured = PlainLabel(wordWrap=True, bold=True)
        self._names = {name: PlainLabel() for name in _ROWS}
        self._values = {name: PlainLabel(wordWrap=True) for name in _ROWS}
        self._measure = QPushButton()
        self._measure.clicked.connect(self.measure_wanted)
        rows = QFormLayout()
        for name in _ROWS:
            rows.addRow(self._names[name], self._values[name])
        content = QWidget()
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolling(content))
        layout = QVBoxLayout(content)
        for part in (self._state, self._why, self._steps, self._measured):
            layout.addWidget(part)
        layout.addLayout(rows)
        layout.addWidget(self._how)
        layout.addStretch()
        layout.addWidget(self._measure, alignment=Qt.AlignmentFlag.AlignLeft)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self).activated.connect(self.close)
        self._name_parts()

    def show_cost(self, step: Step, lowest: Step, resting: bool, cost: Cost | None, age_s: float) -> None:
        """Show how things are.

        Args:
            step: how far the coach gives way.
            lowest: how far it may.
            resting: whether it is off to be measured.
            cost: the last measurement; None if there is none.
            age_s: seconds since then.
        """
        self._shown = (step, lowest, resting, cost, age_s)
        if self.isVisible():
            self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_parts()

    def _name_parts(self) -> None:
        self.setWindowTitle(self.tr("What the coach costs"))
        self._how.setText(
            self.tr(
                "Measured by switching the coach off for three seconds, and comparing. Frames are counted from "
                "outside, by how often the system draws the game's window."
            )
        )
        self._why.setText(
            self.tr("When the game loses frames because of the coach, the coach does less, step by step:")
        )
        self._measure.setText(self.tr("&Measure now"))
        titles = {
            "frames": self.tr("Frames a second:"),
            "slowest": self.tr("Slowest frames (1 of 100):"),
            "processor": self.tr("Processor:"),
            "memory": self.tr("Memory:"),
            "power": self.tr("Graphics card:"),
        }
        for name, title in titles.items():
            self._names[name].setText(title)
        self._show()

    def _show(self) -> None:
        step, lowest, resting, cost, age_s = self._shown
        self._measure.setEnabled(not resting)
        self._state.setText(
            self.tr("The coach works at full speed.")
            if step is Step.FULL
            else self.tr("The coach gives way to the game: step {n} of {of}.").format(n=int(step), of=int(lowest))
        )
        self._why.setVisible(lowest is not Step.FULL)
        names = self._step_names()
        marks = {one: "✓" if one <= step else "-" for one in names if one <= lowest}
        self._steps.setText("\n".join(f"{mark} {names[one]}" for one, mark in marks.items()))
        if resting:
            self._measured.setText(self.tr("Measuring: the coach is off for a moment…"))
        elif cost is None:
            self._measured.setText(self.tr("Not measured yet."))
        else:
            self._measured.setText(
                self.tr("Measured {n} s ago, {with_s} s with the coach and {without_s} s without it:").format(
                    n=round(age_s), with_s=cost.seconds[0], without_s=cost.seconds[1]
                )
            )
        for name, value in self._figures(cost).items():
            self._values[name].setText(value)

    def _step_names(self) -> dict[Step, str]:
        return {
            Step.PRIORITY: self.tr("the coach waits for the processor until nobody else wants it"),
            Step.DETAIL: self.tr("pictures in the lowest detail"),
            Step.WAITS: self.tr("at least 5 seconds between two pieces of advice"),
            Step.CAPTURES: self.tr("one look at the screen a second, and 10 seconds between two pieces of advice"),
            Step.SLEEP: self.tr("the model is unloaded"),
        }

    def _figures(self, cost: Cost | None) -> dict[str, str]:
        if cost is None:
            return dict.fromkeys(_ROWS, "-")
        frames = slowest = self.tr("unknown: the game draws too rarely, or this system does not tell")
        if cost.with_coach.gaps_s and cost.without.gaps_s:
            frames = self.tr("{with_coach} with the coach, {without} without it: {lost} % lost").format(
                with_coach=f"{1 / cost.with_coach.mean_s:.1f}",
                without=f"{1 / cost.without.mean_s:.1f}",
                lost=f"{cost.lost * 100:.1f}",
            )
            slowest = self.tr("{with_coach} ms with the coach, {without} ms without it").format(
                with_coach=f"{cost.with_coach.p99_s * 1000:.1f}", without=f"{cost.without.p99_s * 1000:.1f}"
            )
        power = self.tr("unknown") if cost.watts is None else self.tr("{n} W more").format(n=round(cost.watts))
        return {
            "frames": frames,
            "slowest": slowest,
            "processor": self.tr("{n} % of one core").format(n=round(cost.processor * 100)),
            "memory": self.tr("{n} MB").format(n=round(cost.memory_bytes / 1e6)),
            "power": power,
        }

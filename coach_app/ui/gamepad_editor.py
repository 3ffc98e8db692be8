"""The editor for the buttons of a gamepad."""

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QHeaderView, QPushButton, QTableWidget, QTableWidgetItem, QWidget

from coach_app.domain.actions import HOTKEYS
from coach_app.ui.setting_editors import Editor
from coach_app.ui.setting_rows import tr


class GamepadEditor(Editor):
    """A table of all actions with their buttons, which are recorded by pressing them.

    Attributes:
        recording: emitted with whether the next buttons pressed are wanted; answer with `take`.
    """

    recording = Signal(bool)

    def __init__(self) -> None:
        self._table = QTableWidget(len(HOTKEYS), 2)
        self._record = QPushButton(self.tr("Record"))
        self._record.setCheckable(True)
        self._remove = QPushButton(self.tr("Remove"))
        below = QWidget()
        row = QHBoxLayout(below)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._record)
        row.addWidget(self._remove)
        row.addStretch()
        super().__init__(self._table, behind=below)
        layout = self.layout()
        assert isinstance(layout, QBoxLayout)
        layout.setDirection(QBoxLayout.Direction.TopToBottom)
        self._chords: dict[str, str] = {}
        self._table.setHorizontalHeaderLabels([self.tr("Action"), self.tr("Gamepad")])
        self._table.verticalHeader().hide()
        self._table.verticalHeader().setDefaultSectionSize(self._table.fontMetrics().height() + 8)
        self._table.setWordWrap(False)
        self._table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self._table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setTabKeyNavigation(False)
        self._table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self._table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        self._table.horizontalHeader().setHighlightSections(False)
        for number, key in enumerate(HOTKEYS.values()):
            self._table.setItem(number, 0, QTableWidgetItem(tr(key.title)))
            self._table.setItem(number, 1, QTableWidgetItem())
        self._table.setCurrentCell(0, 0)
        self._table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self._table.verticalHeader().length()
        self._table.setFixedHeight(rows + self._table.horizontalHeader().sizeHint().height() + 4)
        self._table.itemActivated.connect(lambda _: self._record.setChecked(True))
        self._table.currentCellChanged.connect(lambda *_: self._record.setChecked(False))
        self._record.toggled.connect(self._on_record)
        self._remove.clicked.connect(lambda: self._give(""))

    def show_value(self, value: Mapping[str, str]) -> None:
        self._chords = dict(value)
        for row, action in enumerate(HOTKEYS):
            self._cell(row).setText(self._chords.get(action, ""))

    def words(self) -> str:
        cells = [self._table.item(row, column) for row in range(len(HOTKEYS)) for column in (0, 1)]
        return " ".join(cell.text() for cell in cells if cell)

    def take(self, buttons: str) -> None:
        """Give the recorded buttons to the current action; an action that had them loses them."""
        if self._record.isChecked():
            self._record.setChecked(False)
            self._give(buttons)

    def hideEvent(self, event: QHideEvent) -> None:
        """See QWidget."""
        self._record.setChecked(False)
        super().hideEvent(event)

    def _give(self, buttons: str) -> None:
        action = list(HOTKEYS)[self._table.currentRow()]
        chords = {name: chord for name, chord in self._chords.items() if name != action and chord != buttons}
        self.edited.emit(chords | ({action: buttons} if buttons else {}))

    def _on_record(self, on: bool) -> None:
        row = self._table.currentRow()
        kept = self._chords.get(list(HOTKEYS)[row], "")
        self._cell(row).setText(self.tr("Press the buttons…") if on else kept)
        self.recording.emit(on)

    def _cell(self, row: int) -> QTableWidgetItem:
        cell = self._table.item(row, 1)
        assert cell
        return cell

"""The editor widgets of single settings."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic.fields import FieldInfo
from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QInputDialog,
    QKeySequenceEdit,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSlider,
    QSpinBox,
    QWidget,
)

from coach_app.domain.source import MonitorSpec, RecordingSpec, RegionSpec, SourceSpec, WaylandSpec, WindowSpec
from coach_app.domain.words import printable
from coach_app.ui.file_chooser import FileChooser
from coach_app.ui.plain import PlainLabel, PlainMessageBox


class Editor(QWidget):
    """Edits one value, and emits `edited` on the user's changes.

    Attributes:
        focus_widget: the part that gets the focus, and that screen readers name.
    """

    edited = Signal(object)

    def __init__(self, focus_widget: QWidget, *, before: QWidget | None = None, behind: QWidget | None = None) -> None:
        super().__init__()
        self.focus_widget = focus_widget
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        if before:
            layout.addWidget(before, 1)
        layout.addWidget(focus_widget, 0 if before else 1)
        if behind:
            layout.addWidget(behind)
        self.setFocusProxy(focus_widget)

    def show_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def words(self) -> str:
        """Its visible text, for the search."""
        return ""


class NumberEditor(Editor):
    """A number within its bounds."""

    def __init__(self, info: FieldInfo, unit: str, decimals: int | None) -> None:
        self._box: QSpinBox | QDoubleSpinBox
        low, high = _bounds(info)
        if info.annotation is int:
            self._box = QSpinBox(minimum=int(low), maximum=int(high))
        else:
            self._box = QDoubleSpinBox(minimum=low, maximum=high)
            self._box.setDecimals(decimals or 1)
            self._box.setSingleStep(0.5)
        self._box.setKeyboardTracking(False)
        self._box.setSuffix(f" {unit}" if unit else "")
        super().__init__(self._box)
        self._box.valueChanged.connect(self.edited.emit)

    def show_value(self, value: Any) -> None:
        self._box.setValue(value)

    def words(self) -> str:
        return self._box.text()


class ShareEditor(Editor):
    """A share, 0 to 1, as a slider in per cent."""

    def __init__(self, info: FieldInfo) -> None:
        low, high = _bounds(info)
        self._slider = QSlider(Qt.Orientation.Horizontal)
        self._slider.setRange(round(low * 100), round(high * 100))
        self._slider.setPageStep(5)
        self._slider.setTracking(False)  # emit only on release
        self._percent = PlainLabel()
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance("100 %"))
        super().__init__(self._slider, behind=self._percent)
        self._slider.sliderMoved.connect(self._show_percent)
        self._slider.valueChanged.connect(self._on_changed)

    def show_value(self, value: Any) -> None:
        self._slider.setValue(round(value * 100))
        self._show_percent(self._slider.value())

    def words(self) -> str:
        return self._percent.text()

    def _show_percent(self, percent: int) -> None:
        self._percent.setText(f"{percent} %")

    def _on_changed(self, percent: int) -> None:
        self._show_percent(percent)
        self.edited.emit(percent / 100)


class SwitchEditor(Editor):
    """A check box, optionally with a confirmation before it is checked."""

    def __init__(self, title: str, confirm: str) -> None:
        self._box = QCheckBox()
        self._title, self._confirm = title, confirm
        super().__init__(self._box)
        self._box.clicked.connect(self._on_clicked)

    def show_value(self, value: Any) -> None:
        self._box.setChecked(value)

    def _on_clicked(self, on: bool) -> None:
        if not on or not self._confirm:
            self.edited.emit(on)
            return
        self._box.setChecked(False)
        question = PlainMessageBox(QMessageBox.Icon.Question, self._title, self._confirm, parent=self)
        allow = question.addButton(self.tr("Switch on"), QMessageBox.ButtonRole.AcceptRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        allow.clicked.connect(lambda: self.edited.emit(True))
        question.open()


class LineEditor(Editor):
    """A short text."""

    def __init__(self) -> None:
        self._line = QLineEdit()
        super().__init__(self._line)
        self._line.editingFinished.connect(lambda: self.edited.emit(self._line.text().strip()))

    def show_value(self, value: Any) -> None:
        self._line.setText(value)

    def words(self) -> str:
        return self._line.text()


class ChoiceEditor(Editor):
    """A list of choices; a free one accepts any text and has a button, by default to choose a folder."""

    def __init__(self, free: bool = False, button: QPushButton | None = None) -> None:
        self._box = QComboBox()
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._box.setMinimumContentsLength(16)
        folder = QPushButton() if free and button is None else None
        super().__init__(self._box, behind=button or folder)
        self._box.activated.connect(lambda number: self.edited.emit(self._box.itemData(number)))
        if folder:
            folder.setText(self.tr("Folder…"))
            folder.clicked.connect(self._choose_folder)
        if free:
            line = QLineEdit()
            self._box.setLineEdit(line)
            self._box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            line.editingFinished.connect(self._on_typed)

    def offer(self, choices: Mapping[str, str]) -> None:
        """Set the choices: displayed text by value."""
        self._box.clear()
        for value, text in choices.items():
            self._box.addItem(printable(text), value)

    def show_value(self, value: Any) -> None:
        number = self._box.findData(value)
        if number < 0:
            self._box.addItem(printable(str(value)), value)
            number = self._box.count() - 1
        self._box.setCurrentIndex(number)

    def words(self) -> str:
        return " ".join(self._box.itemText(number) for number in range(self._box.count()))

    def open(self) -> None:
        """Open the list, if it is visible."""
        if self.isVisible():
            self._box.showPopup()

    def _on_typed(self) -> None:
        text = self._box.currentText().strip()
        number = self._box.findText(text)
        self.edited.emit(text if number < 0 else self._box.itemData(number))

    def _choose_folder(self) -> None:
        chooser = FileChooser(self.tr("Model folder"), self)
        chooser.setFileMode(FileChooser.FileMode.Directory)
        chooser.fileSelected.connect(self.edited.emit)
        chooser.open()


class KeyBox(QInputDialog):
    """Asks for the key of a server; is gone once it is closed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Server key"))
        self.setLabelText(self.tr("The key (leave it empty to remove it):"))
        self.setTextEchoMode(QLineEdit.EchoMode.Password)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)


class KeyEditor(Editor):
    """Shows whether there is a key; the key itself can only be entered, and is emitted by `entered`."""

    entered = Signal(str)

    def __init__(self) -> None:
        self._text = PlainLabel()
        button = QPushButton(self.tr("Enter…"))
        super().__init__(button, before=self._text)
        button.clicked.connect(self._ask)

    def show_value(self, value: Any) -> None:
        self._text.setText(self.tr("In the keyring") if value else self.tr("None"))

    def words(self) -> str:
        return self._text.text()

    def _ask(self) -> None:
        box = KeyBox(self)
        box.textValueSelected.connect(self.entered)
        box.open()


class HotkeyEditor(Editor):
    """A hotkey: one key with modifiers, or none."""

    def __init__(self) -> None:
        self._keys = QKeySequenceEdit(clearButtonEnabled=True)
        self._keys.setMaximumSequenceLength(1)
        super().__init__(self._keys)
        self._keys.editingFinished.connect(self._on_edited)

    def show_value(self, value: Any) -> None:
        self._keys.setKeySequence(QKeySequence(value, QKeySequence.SequenceFormat.PortableText))

    def words(self) -> str:
        return self._keys.keySequence().toString(QKeySequence.SequenceFormat.NativeText)

    def _on_edited(self) -> None:
        self.edited.emit(self._keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText))


def is_hotkey_field(widget: QWidget | None) -> bool:
    """Whether a widget records key presses as a hotkey."""
    return isinstance(widget, QKeySequenceEdit) or (
        widget is not None and isinstance(widget.parent(), QKeySequenceEdit)
    )


class SourceEditor(Editor):
    """Shows the current source; choosing another one is done elsewhere."""

    def __init__(self) -> None:
        self._text = PlainLabel(wordWrap=True)
        self.choose = QPushButton(self.tr("Choose…"))
        super().__init__(self.choose, before=self._text)

    def show_value(self, value: Any) -> None:
        self._text.setText(source_text(value))

    def words(self) -> str:
        return self._text.text()


def source_text(source: SourceSpec) -> str:
    """A short description of a source."""
    translate = QCoreApplication.translate
    texts: dict[type, Callable[[Any], str]] = {
        MonitorSpec: lambda s: translate("Settings", "Monitor {index}").format(index=s.index),
        RegionSpec: lambda s: translate("Settings", "Part of the screen, {width} x {height}").format(
            width=s.width, height=s.height
        ),
        WindowSpec: lambda s: translate("Settings", "Window “{title}”").format(title=s.title or s.program),
        WaylandSpec: lambda s: translate("Settings", "Window or screen (Wayland)"),
        RecordingSpec: lambda s: translate("Settings", "Recording {name}").format(name=s.path.name),
    }
    name = texts.get(type(source))
    return name(source) if name else translate("Settings", "Any known game that is open")


def _bounds(info: FieldInfo) -> tuple[float, float]:
    """Minimum and maximum; every number in the schema has both."""
    found = {name: getattr(part, name) for part in info.metadata for name in ("ge", "le") if hasattr(part, name)}
    return found["ge"], found["le"]

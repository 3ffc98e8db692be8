"""The settings pages, with one row for each option."""

from collections.abc import Sequence

from pydantic.fields import FieldInfo
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QStyle, QToolButton, QWidget

from coach_app.settings.schema.section import hints_of
from coach_app.ui.plain import PlainLabel, set_tooltip
from coach_app.ui.setting_editors import Editor

CONTEXT = "Settings"
"""Translation context of the schema's titles and descriptions."""


def tr(text: str) -> str:
    """Translate a text of the schema."""
    return QCoreApplication.translate(CONTEXT, text)


class Page:
    """One page: its widget and its rows, with filtering."""

    def __init__(self, widget: QWidget, rows: Sequence["Row"], title: str) -> None:
        self.widget = widget
        self._rows = rows
        self._title = title.casefold()

    def filter(self, words: Sequence[str], advanced: bool) -> bool:
        """Show the rows that contain every word, or all rows if the page's title does; returns whether any are shown.

        Without words, advanced rows are shown only if ``advanced``.
        """
        whole = all(word in self._title for word in words)
        for row in self._rows:
            wanted = whole or all(word in row.searched() for word in words)
            row.setVisible(wanted and (advanced or bool(words) or not row.advanced))
        return any(not row.isHidden() for row in self._rows) if self._rows else whole


class Row(QWidget):
    """One setting: title, editor, reset button, description and error."""

    edited = Signal(str, str, object)

    def __init__(self, section: str, field: str, info: FieldInfo, editor: "Editor") -> None:
        super().__init__()
        self.section, self.field, self.info, self.editor = section, field, info, editor
        title, description = tr(info.title or field), tr(info.description or "")
        self.advanced = bool(hints_of(info).get("advanced"))
        self._words = f"{title} {description}"
        self._default = info.get_default(call_default_factory=True)
        editor.focus_widget.setAccessibleName(title)
        editor.focus_widget.setAccessibleDescription(description)
        editor.edited.connect(lambda value: self.edited.emit(section, field, value))
        label = PlainLabel(title)
        label.setBuddy(editor.focus_widget)
        explained = PlainLabel(description, wordWrap=True)
        explained.setForegroundRole(self.palette().ColorRole.PlaceholderText)
        self._problem = PlainLabel(wordWrap=True)
        self._problem.hide()
        font = self._problem.font()
        font.setBold(True)
        self._problem.setFont(font)
        self._problem.setObjectName("problem")
        self._reset = QToolButton(autoRaise=True)
        self._reset.setObjectName("reset")
        self._reset.setIcon(self.style().standardIcon(QStyle.StandardPixmap.SP_BrowserReload))
        set_tooltip(self._reset, self.tr("Reset to default"))
        self._reset.setAccessibleName(self.tr("Reset {title}").format(title=title))
        self._reset.clicked.connect(lambda: self.edited.emit(section, field, self._default))
        policy = self._reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._reset.setSizePolicy(policy)

        layout = QGridLayout(self)
        layout.setContentsMargins(4, 4, 4, 8)
        layout.setColumnMinimumWidth(0, 190)
        layout.setColumnStretch(1, 1)
        layout.addWidget(label, 0, 0)
        layout.addWidget(editor, 0, 1)
        layout.addWidget(self._reset, 0, 2)
        layout.addWidget(explained, 1, 0, 1, 3)
        layout.addWidget(self._problem, 2, 0, 1, 3)

    def searched(self) -> str:
        """Its text for the search."""
        return f"{self._words} {self.editor.words()}".casefold()

    def show_value(self, value: object) -> None:
        """Show a value without emitting that it was edited."""
        self.editor.blockSignals(True)
        self.editor.show_value(value)
        self.editor.blockSignals(False)
        self._reset.setVisible(value != self._default)

    def show_problem(self, sentence: str) -> None:
        """Show an error of the setting; "" removes it."""
        self._problem.setText(f"⚠ {sentence}")
        self._problem.setVisible(bool(sentence))

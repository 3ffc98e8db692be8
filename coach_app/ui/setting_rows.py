"""The pages of the settings, and their rows: one for each option."""

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
    """A text of the schema in the interface's language."""
    return QCoreApplication.translate(CONTEXT, text)


class Page:
    """One page: its widget, its rows, and whether they are looked for."""

    def __init__(self, widget: QWidget, rows: Sequence["Row"], title: str) -> None:
        self.widget = widget
        self._rows = rows
        self._title = title.casefold()

    def filter(self, words: Sequence[str], advanced: bool) -> bool:
        """Show the rows with every word, or all rows if the page's title has them; say whether anything is shown.

        Without words, advanced rows are shown only if ``advanced``.
        """
        whole = all(word in self._title for word in words)
        for row in self._rows:
            wanted = whole or all(word in row.searched() for word in words)
            row.setVisible(wanted and (advanced or bool(words) or not row.advanced))
        return any(not row.isHidden() for row in self._rows) if self._rows else whole


class Row(QWidget):
    """One setting: title, editor, reset, description, and what is wrong with it."""

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
        """All that can be read in it, for the search."""
        return f"{self._words} {self.editor.words()}".casefold()

    def show_value(self, value: object) -> None:
        """Show a value without saying that it was edited."""
        self.editor.blockSignals(True)
        self.editor.show_value(value)
        self.editor.blockSignals(False)
        self._reset.setVisible(value != self._default)

    def show_problem(self, sentence: str) -> None:
        """Show what is wrong with the setting; "" takes it away."""
        self._problem.setText(f"⚠ {sentence}")
        self._problem.setVisible(bool(sentence))

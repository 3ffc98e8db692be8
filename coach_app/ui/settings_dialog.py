"""The settings dialog: a page for each section of the schema, generated from its fields, applied at once."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QMenu,
    QMessageBox,
    QPushButton,
    QSizePolicy,
    QSlider,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coach_app.domain.actions import HOTKEYS
from coach_app.settings.schema import Section, Settings
from coach_app.settings.schema.section import hints_of
from coach_app.ui.file_chooser import FileChooser
from coach_app.ui.gamepad_editor import GamepadEditor
from coach_app.ui.icons import app_icon
from coach_app.ui.language import translated
from coach_app.ui.plain import PlainLabel, PlainMessageBox
from coach_app.ui.screens import fit, scrolling
from coach_app.ui.setting_editors import (
    ChoiceEditor,
    Editor,
    HotkeyEditor,
    KeyEditor,
    LineEditor,
    NumberEditor,
    ShareEditor,
    SourceEditor,
    SwitchEditor,
)
from coach_app.ui.setting_rows import Page, Row, tr


class SettingsDialog(QDialog):
    """Shows and changes settings; knows nothing of files or of what the settings do.

    Args:
        settings: the settings in use.
        games: titles by id, for the choice of the game.
        models: titles by name, for the choice of the coach.
        pages: additional pages by title, for instance the game profiles.
        parent: owner.
    """

    changed = Signal(object)
    """The user changed something: the new, valid `Settings`."""

    source_wanted = Signal()
    """The user wants to choose what to watch."""

    server_models_wanted = Signal()
    """The user wants to see which models the server offers."""

    backup_wanted = Signal(Path)
    """The user wants the settings saved in this file."""

    restore_wanted = Signal(Path)
    """The user wants the settings of this file; see `offer`."""

    gamepad_wanted = Signal(bool)
    """Whether the next buttons pressed on a gamepad are wanted; answer with `take_buttons`."""

    key_entered = Signal(str)
    """The user entered the server's key; an empty one is to be removed."""

    def __init__(
        self,
        settings: Settings,
        *,
        games: Mapping[str, str] | None = None,
        models: Mapping[str, str] | None = None,
        translators: Mapping[str, str] | None = None,
        pages: Mapping[str, QWidget] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self._choices = {
            "game": games or {},
            "model": models or {},
            "translator": translators or {},
            "speech_model": {},
        }
        self._rows: dict[tuple[str, str], Row] = {}
        self._pages: list[Page] = []
        self.setWindowTitle(self.tr("Coach settings"))
        self.setWindowIcon(app_icon())
        fit(self, 820, 620)

        self._search = QLineEdit(clearButtonEnabled=True)
        self._search.setPlaceholderText(self.tr("Search the settings"))
        self._search.setAccessibleName(self.tr("Search the settings"))
        self._search.textChanged.connect(self._filter)
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Settings pages"))
        self._list.setFixedWidth(170)
        self._list.setStyleSheet("QListWidget::item { padding: 6px; }")
        self._stack = QStackedWidget()
        self._list.currentRowChanged.connect(self._stack.setCurrentIndex)
        self._nothing = PlainLabel(self.tr("No setting matches."))
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._notice = PlainLabel(wordWrap=True)
        self._notice.hide()
        self._notice.setObjectName("notice")

        for name, info in Settings.model_fields.items():
            self._add_page(tr(info.title or name), self._section_page(name))
        for title, page in (pages or {}).items():
            self._add_page(title, Page(scrolling(page), [], title))
        self._stack.addWidget(self._nothing)

        self._advanced = QCheckBox(self.tr("Show &advanced settings"))
        self._advanced.setChecked(settings.general.advanced)
        self._advanced.toggled.connect(self._show_advanced)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        buttons.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        bottom = QHBoxLayout()
        bottom.addWidget(self._advanced)
        bottom.addStretch()
        bottom.addWidget(self._file_button())
        bottom.addWidget(buttons)
        middle = QHBoxLayout()
        middle.addWidget(self._list)
        middle.addWidget(self._stack, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(self._search)
        layout.addLayout(middle, 1)
        layout.addWidget(self._notice)
        layout.addLayout(bottom)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)  # Return finishes editing a number, and presses no button
        QShortcut(QKeySequence.StandardKey.Find, self, self._search.setFocus)
        self._filter("")
        self._list.setCurrentRow(0)
        self._list.setFocus()

    @property
    def settings(self) -> Settings:
        """The settings as shown."""
        return self._settings

    def show_settings(self, settings: Settings) -> None:
        """Show settings that were changed elsewhere (for instance by a hotkey), without emitting a change."""
        self._settings = settings
        self._advanced.setChecked(settings.general.advanced)
        for row in self._rows.values():
            row.show_value(getattr(getattr(settings, row.section), row.field))

    def show_games(self, games: Mapping[str, str]) -> None:
        """Set the games offered: titles by id."""
        self._offer("general", "game", games)

    def show_models(self, models: Mapping[str, str], translators: Mapping[str, str]) -> None:
        """Set the coaches and translators offered: titles by name."""
        self._offer("general", "model", models)
        self._offer("translation", "model", translators)

    def show_server_models(self, models: Sequence[str]) -> None:
        """Set the server's models offered."""
        row = self._rows["server", "model"]
        row.show_problem("")
        if isinstance(row.editor, ChoiceEditor):
            row.editor.offer({model: model for model in models})
            row.show_value(self._settings.server.model)
            row.editor.open()

    def show_problem(self, section: str, field: str, sentence: str) -> None:
        """Show an error under a setting (such as a hotkey that could not be registered); "" removes it."""
        self._rows[section, field].show_problem(sentence)

    def take_buttons(self, buttons: str) -> None:
        """Give buttons of a gamepad, in words, to the action for which they were recorded."""
        self._gamepad.take(buttons)

    def show_notice(self, sentence: str) -> None:
        """Show a sentence below the pages, for instance that the settings could not be saved; "" removes it."""
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))

    @property
    def page(self) -> int:
        """The index of the current page."""
        return self._list.currentRow()

    def turn_to(self, page: int) -> None:
        """Show the page with this index."""
        self._list.setCurrentRow(page)

    def show_page(self, title: str) -> None:
        """Show the page with this (translated) title, if there is one."""
        for item in self._list.findItems(title, Qt.MatchFlag.MatchExactly):
            self._list.setCurrentItem(item)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject: the wheel scrolls the page, without changing the value under the mouse."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _add_page(self, title: str, page: Page) -> None:
        self._pages.append(page)
        self._list.addItem(title)
        self._stack.addWidget(page.widget)

    def _section_page(self, section: str) -> Page:
        shown: Section = getattr(self._settings, section)
        content = QWidget()
        layout = QVBoxLayout(content)
        rows = []
        for field, info in type(shown).model_fields.items():
            editor = self._editor(info)
            if editor is None:
                continue
            row = Row(section, field, info, editor)
            row.show_value(getattr(shown, field))
            row.edited.connect(self._set)
            layout.addWidget(row)
            rows.append(row)
            self._rows[section, field] = row
        layout.addStretch()
        return Page(scrolling(content), rows, tr(Settings.model_fields[section].title or section))

    def _editor(self, info: FieldInfo) -> "Editor | None":
        """The editor for a field, or None if it is not edited here."""
        hints = hints_of(info)
        kind = hints.get("widget")
        if kind == "none":
            return None
        if kind == "hotkey":
            return HotkeyEditor()
        if kind == "gamepad":
            self._gamepad = GamepadEditor()
            self._gamepad.recording.connect(self.gamepad_wanted)
            return self._gamepad
        if kind == "source":
            source = SourceEditor()
            source.choose.clicked.connect(self.source_wanted)
            return source
        if kind == "key":
            key = KeyEditor()
            key.entered.connect(self.key_entered)
            return key
        if kind in self._choices:
            choice = ChoiceEditor(free=kind != "game")
            choice.offer({**_labels(hints), **self._choices[kind]})
            editor: Editor = choice
        elif kind == "server_model":
            button = QPushButton(self.tr("List"))
            button.clicked.connect(self.server_models_wanted)
            editor = ChoiceEditor(free=True, button=button)
        elif info.annotation is str:
            editor = LineEditor()
        elif get_origin(info.annotation) is Literal:
            choice = ChoiceEditor()
            labels = _labels(hints)
            choice.offer({value: labels.get(value, value) for value in get_args(info.annotation)})
            editor = choice
        elif info.annotation is bool:
            editor = SwitchEditor(tr(info.title or ""), tr(hints.get("confirm", "")))
        elif kind == "share":
            editor = ShareEditor(info)
        elif info.annotation in (int, float):
            editor = NumberEditor(info, tr(hints.get("unit", "")), hints.get("decimals"))
        else:
            raise TypeError(f"there is no editor for {info.annotation}")
        for widget in [part for kind in (QAbstractSpinBox, QComboBox, QSlider) for part in editor.findChildren(kind)]:
            widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            widget.installEventFilter(self)
        return editor

    def _offer(self, section: str, field: str, choices: Mapping[str, str]) -> None:
        row = self._rows[section, field]
        if isinstance(row.editor, ChoiceEditor):
            row.editor.offer({**_labels(hints_of(row.info)), **choices})
            row.show_value(getattr(getattr(self._settings, section), field))

    def _set(self, section: str, field: str, value: object) -> None:
        row = self._rows[section, field]
        if section == "hotkeys" and (other := self._has_key(field, str(value))):
            row.show_value(getattr(self._settings.hotkeys, field))
            problem = self.tr("{key} is the key of “{action}” already. Choose another one, or change that first.")
            row.show_problem(problem.format(key=value, action=other))
            return
        try:
            settings = self._settings.with_value(section, field, value)
        except ValidationError as error:
            message = str(error.errors(include_url=False)[0]["msg"]).removeprefix("Value error, ")
            row.show_problem(translated(message))
            return
        row.show_problem("")
        row.show_value(getattr(getattr(settings, section), field))
        self._change(settings)

    def _has_key(self, field: str, key: str) -> str:
        """The title of another action with this key; empty if there is none."""
        keys = self._settings.hotkeys
        other = next((name for name, has in keys.bindings().items() if name != field and key and has == key), "")
        return tr(HOTKEYS[other].title) if other else ""

    def _change(self, settings: Settings) -> None:
        if settings != self._settings:
            self._settings = settings
            self.changed.emit(settings)

    def _show_advanced(self, on: bool) -> None:
        self._change(self._settings.with_value("general", "advanced", on))
        self._filter(self._search.text())

    def _file_button(self) -> QPushButton:
        """The button with actions for all settings."""
        menu = QMenu(self)
        menu.addAction(self.tr("&Back up…"), self._ask_backup)
        menu.addAction(self.tr("&Restore…"), self._ask_restore)
        menu.addSeparator()
        menu.addAction(self.tr("Reset &all…"), self._ask_reset)
        button = QPushButton(self.tr("All &settings"))
        button.setMenu(menu)
        return button

    def _ask_backup(self) -> None:
        chooser = self._chooser(self.tr("Back up the settings"))
        chooser.setAcceptMode(FileChooser.AcceptMode.AcceptSave)
        chooser.selectFile("coach-settings.toml")
        chooser.fileSelected.connect(lambda name: self.backup_wanted.emit(Path(name)))
        chooser.open()

    def _ask_restore(self) -> None:
        chooser = self._chooser(self.tr("Restore the settings"))
        chooser.setFileMode(FileChooser.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda name: self.restore_wanted.emit(Path(name)))
        chooser.open()

    def _chooser(self, title: str) -> FileChooser:
        chooser = FileChooser(title, self)
        chooser.setNameFilters(["TOML (*.toml)"])
        chooser.setDefaultSuffix("toml")
        return chooser

    def _ask_reset(self) -> None:
        question = self.tr("Reset all settings? The server's key and your game profiles stay.")
        self._ask(question, self.tr("Reset all"), Settings())

    def offer(self, settings: Settings) -> None:
        """Ask whether to use restored settings, naming what has to be confirmed."""
        agreed = [
            tr(sentence)
            for (section, field), row in self._rows.items()
            if (sentence := hints_of(row.info).get("confirm"))
            and getattr(getattr(settings, section), field)
            and getattr(settings, section) != getattr(self._settings, section)
        ]
        self._ask("\n\n".join([self.tr("Use the restored settings?"), *agreed]), self.tr("Use them"), settings)

    def _ask(self, text: str, answer: str, settings: Settings) -> None:
        question = PlainMessageBox(QMessageBox.Icon.Question, self.windowTitle(), text, parent=self)
        agree = question.addButton(answer, QMessageBox.ButtonRole.AcceptRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        agree.clicked.connect(lambda: self._use(settings))
        question.open()

    def _use(self, choices: Settings) -> None:
        before, settings = self._settings, self._settings.with_choices_of(choices)
        self.show_settings(settings)
        if settings != before:
            self.changed.emit(settings)

    def _filter(self, text: str) -> None:
        words = text.casefold().split()
        first = -1
        for number, page in enumerate(self._pages):
            found = page.filter(words, self._settings.general.advanced)
            self._list.item(number).setHidden(not found)
            if found and first < 0:
                first = number
        current = self._list.currentItem()
        if first < 0:
            self._stack.setCurrentWidget(self._nothing)
        elif current is None or current.isHidden():
            self._list.setCurrentRow(first)
        else:
            self._stack.setCurrentIndex(self._list.currentRow())


def _labels(hints: Mapping[str, Any]) -> dict[str, str]:
    return {value: tr(text) for value, text in hints.get("labels", {}).items()}

"""The settings page that lists the game profiles."""

from collections.abc import Collection, Iterable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from coach_app.domain.profile import GameProfile
from coach_app.domain.words import printable
from coach_app.ui.language import translated
from coach_app.ui.plain import PlainLabel, PlainMessageBox, set_tooltip
from coach_app.ui.profile_editor import OpenWindow, ProfileChoices, ProfileEditor


class ProfilesPage(QWidget):
    """Lists the game profiles; a page for `SettingsDialog`."""

    save_wanted = Signal(object)
    """The user made or changed this `GameProfile`."""

    editor_opened = Signal(object)
    """The user edits a profile in this `ProfileEditor`."""

    delete_wanted = Signal(str)
    """The user wants the own profile of this id gone (a shipped one comes back), and has been asked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profiles: dict[str, GameProfile] = {}
        self._own: frozenset[str] = frozenset()
        self._open: tuple[OpenWindow, ...] = ()
        self._choices = ProfileChoices()
        explained = PlainLabel(
            self.tr("What the coach is asked in each game. The window's title decides which profile is used."),
            wordWrap=True,
        )
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Game profiles"))
        self._list.setStyleSheet("QListWidget::item { padding: 5px; }")
        self._list.itemActivated.connect(self._edit)
        self._list.currentItemChanged.connect(self._on_current)
        add, self._edit_button, self._delete = (
            QPushButton(text) for text in (self.tr("&Add…"), self.tr("&Edit…"), self.tr("&Delete"))
        )
        add.clicked.connect(lambda: self._open_editor(None))
        self._edit_button.clicked.connect(self._edit)
        self._delete.clicked.connect(self._ask_delete)
        buttons = QVBoxLayout()
        for button in (add, self._edit_button, self._delete):
            buttons.addWidget(button)
        buttons.addStretch()
        beside = QHBoxLayout()
        beside.addWidget(self._list, 1)
        beside.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.addWidget(explained)
        layout.addLayout(beside, 1)
        self._on_current()

    def show_profiles(self, profiles: Mapping[str, GameProfile], own: Collection[str]) -> None:
        """Show these profiles; ``own`` are the ids of those that can be deleted."""
        chosen = self._chosen()
        self._profiles, self._own = dict(profiles), frozenset(own)
        self._list.clear()
        for profile in self._profiles.values():
            mark = self.tr(" (your own)") if profile.id in self._own else ""
            item = QListWidgetItem(printable(translated(profile.title)) + mark)
            item.setData(Qt.ItemDataRole.UserRole, profile.id)
            set_tooltip(item, profile.prompt)
            self._list.addItem(item)
            if chosen and profile.id == chosen.id:
                self._list.setCurrentItem(item)
        if self._list.currentItem() is None:
            self._list.setCurrentRow(0)
        self._on_current()

    def show_open_windows(self, windows: Iterable[OpenWindow]) -> None:
        """Set the open windows to choose a game's window from."""
        self._open = tuple(dict.fromkeys(window for window in windows if window[0]))

    def offer(self, choices: ProfileChoices) -> None:
        """Set the choices of profiles."""
        self._choices = choices

    def _chosen(self) -> GameProfile | None:
        item = self._list.currentItem()
        return None if item is None else self._profiles[item.data(Qt.ItemDataRole.UserRole)]

    def _on_current(self) -> None:
        chosen = self._chosen()
        self._edit_button.setEnabled(chosen is not None)
        self._delete.setEnabled(chosen is not None and chosen.id in self._own)

    def _edit(self) -> None:
        self._open_editor(self._chosen())

    def _open_editor(self, profile: GameProfile | None) -> None:
        editor = ProfileEditor(
            profile, taken=self._profiles, open_windows=self._open, choices=self._choices, parent=self
        )
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor.saved.connect(self.save_wanted)
        self.editor_opened.emit(editor)
        editor.open()

    def _ask_delete(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        question = PlainMessageBox(
            QMessageBox.Icon.Question,
            self.tr("Game profiles"),
            self.tr("Delete your profile “{title}”?").format(title=chosen.title),
            parent=self,
        )
        delete = question.addButton(self.tr("Delete"), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete.clicked.connect(lambda: self.delete_wanted.emit(chosen.id))
        question.open()

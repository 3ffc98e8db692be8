"""The user's game profiles: a page of the settings, and the form that edits one."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from coach_app.domain.profile import GameProfile
from coach_app.domain.words import printable
from coach_app.ui.actions import without_mnemonic
from coach_app.ui.icons import app_icon
from coach_app.ui.language import translated
from coach_app.ui.plain import PlainLabel, PlainMessageBox, set_tooltip
from coach_app.ui.screens import fit

OpenWindow = tuple[str, str]
"""Title and program of a window."""


class ProfilesPage(QWidget):
    """Lists the game profiles; a page for `SettingsDialog`."""

    save_wanted = Signal(object)
    """The user made or changed this `GameProfile`."""

    delete_wanted = Signal(str)
    """The user wants the own profile of this id gone (a shipped one comes back), and has been asked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._profiles: dict[str, GameProfile] = {}
        self._own: frozenset[str] = frozenset()
        self._open: tuple[OpenWindow, ...] = ()
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
        """The windows that are open, to choose a game's window from."""
        self._open = tuple(dict.fromkeys(window for window in windows if window[0]))

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
        editor = ProfileEditor(profile, taken=self._profiles, open_windows=self._open, parent=self)
        editor.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        editor.saved.connect(self.save_wanted)
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


class ProfileEditor(QDialog):
    """The form of one profile.

    Args:
        profile: the one to edit, or None for a new one.
        taken: ids that a new profile must not have.
        open_windows: title and program of each.
        parent: owner.
    """

    saved = Signal(object)
    """The user is done: the valid `GameProfile`."""

    def __init__(
        self,
        profile: GameProfile | None = None,
        *,
        taken: Collection[str] = (),
        open_windows: Sequence[OpenWindow] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._id = profile.id if profile else ""
        self._taken = frozenset(taken)
        self._open = open_windows
        self.setWindowTitle(self.tr("Edit a game profile") if profile else self.tr("New game profile"))
        self.setWindowIcon(app_icon())
        shown = profile or GameProfile(id="new", title=" ", prompt=" ")

        self._title = QLineEdit(printable(shown.title.strip()))
        self._windows = QComboBox()
        self._windows.addItem(self.tr("Take an open window…"))
        for open_title, program in open_windows:
            self._windows.addItem(printable(f"{open_title} ({program})" if program else open_title))
        self._windows.setEnabled(bool(open_windows))
        self._windows.setAccessibleName(self.tr("Open windows"))
        self._windows.activated.connect(self._take_window)
        self._window = QLineEdit(shown.window)
        self._window.setPlaceholderText(self.tr("empty: used only if you choose this profile yourself"))
        self._window.textChanged.connect(self._show_matches)
        self._program = QLineEdit(shown.program)
        self._program.setPlaceholderText(self.tr("any program, but no file manager"))
        self._program.textChanged.connect(self._show_matches)
        self._matches = PlainLabel(wordWrap=True)
        self._prompt = QPlainTextEdit(printable(shown.prompt.strip()))
        self._prompt.setTabChangesFocus(True)
        self._prompt.setFixedHeight(90)
        self._moves = QLineEdit(", ".join(shown.moves))
        self._moves.setPlaceholderText(self.tr("left, right, jump; empty if the game has no such moves"))
        self._language = QComboBox()
        for value, text in (("", self.tr("Same as in the settings")), ("en", "English"), ("ja", "日本語")):
            self._language.addItem(text, value)
        self._language.setCurrentIndex(self._language.findData(shown.language))
        self._cooldown = QDoubleSpinBox(minimum=0.0, maximum=600.0, decimals=1, singleStep=0.5, suffix=self.tr(" s"))
        self._cooldown.setValue(shown.cooldown_s)
        self._unload = QCheckBox(self.tr("Unload the model when the game starts, until I ask a question"))
        self._unload.setChecked(shown.unload_at_start)
        self._qnet = QLineEdit(shown.qnet)
        self._qnet.setPlaceholderText(self.tr("empty: none; train one with “coach train dqn”"))
        self._adapter = QLineEdit(shown.adapter)
        self._adapter.setPlaceholderText(self.tr("empty: screen questions only"))
        self._about = QComboBox()
        for value, text in (("screen", self.tr("Screen question")), ("game", self.tr("Game question"))):
            self._about.addItem(text, value)
        self._about.setCurrentIndex(self._about.findData(shown.ask_about))
        self._adapter.textChanged.connect(lambda name: self._about.setEnabled(bool(name.strip())))
        self._about.setEnabled(bool(shown.adapter))
        self._only_part = QCheckBox(self.tr("Only part of the picture"))
        self._only_part.setChecked(shown.region is not None)
        self._edges = [QSpinBox(minimum=0, maximum=100, suffix=" %") for _ in range(4)]
        region = QHBoxLayout()
        names = (self.tr("Left"), self.tr("Top"), self.tr("Right"), self.tr("Bottom"))
        for box, name, part in zip(self._edges, names, shown.region or (0.0, 0.0, 1.0, 1.0), strict=True):
            box.setAccessibleName(name)
            box.setValue(round(part * 100))
            box.setEnabled(self._only_part.isChecked())
            self._only_part.toggled.connect(box.setEnabled)
            region.addWidget(PlainLabel(name))
            region.addWidget(box)
        region.addStretch()
        self._problem = PlainLabel(wordWrap=True)
        self._problem.setObjectName("problem")
        self._problem.hide()

        content = QWidget()
        form = QFormLayout(content)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, widget in (
            (self.tr("&Name"), self._title),
            (self.tr("&Window (pattern)"), self._window),
            (self.tr("P&rogram (pattern)"), self._program),
            ("", self._windows),
            ("", self._matches),
            (self.tr("&Prompt"), self._prompt),
            (self.tr("&Moves"), self._moves),
            (self.tr("&Language"), self._language),
            (self.tr("Minimum time b&etween advice"), self._cooldown),
            (self.tr("Second opinion: &Q-network (name or folder)"), self._qnet),
            (self.tr("Text &adapter (name or folder)"), self._adapter),
            (self.tr("Q&uestions start as"), self._about),
        ):
            if text:
                widget.setAccessibleName(without_mnemonic(text))
                form.addRow(text, widget)
            else:
                form.addRow("", widget)
        form.addRow("", self._unload)
        form.addRow("", self._only_part)
        form.addRow("", region)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        area = QScrollArea(widgetResizable=True)  # it is longer than small screens are high
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(content)
        self._form = content
        layout.addWidget(area, 1)
        layout.addWidget(self._problem)
        layout.addWidget(buttons)
        self._show_matches()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the room that the form needs, where the screen has it."""
        super().showEvent(event)
        form = self._form.sizeHint()
        fit(self, form.width() + 48, form.height() + 80)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Return saves nothing, as it may be the one that opened this; a button with the focus takes it still."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def profile(self) -> GameProfile:
        """The profile as it is in the form.

        Raises:
            ValueError: it is not valid; the message says why.
        """
        title = self._title.text().strip()
        region = tuple(box.value() / 100 for box in self._edges) if self._only_part.isChecked() else None
        return GameProfile.model_validate(
            {
                "id": self._id or _new_id(title, self._taken),
                "title": title,
                "window": self._window.text().strip(),
                "program": self._program.text().strip(),
                "prompt": self._prompt.toPlainText().strip(),
                "region": region,
                "language": self._language.currentData(),
                "moves": tuple(dict.fromkeys(filter(None, (word.strip() for word in self._moves.text().split(","))))),
                "cooldown_s": self._cooldown.value(),
                "qnet": self._qnet.text().strip(),
                "adapter": self._adapter.text().strip(),
                "ask_about": self._about.currentData(),
                "unload_at_start": self._unload.isChecked(),
            }
        )

    def _save(self) -> None:
        try:
            profile = self.profile()
        except ValidationError as error:
            self._problem.setText(f"⚠ {self._sentence(error)}")
            self._problem.show()
            return
        self.accept()
        self.saved.emit(profile)

    def _sentence(self, error: ValidationError) -> str:
        wrong = error.errors(include_url=False)[0]
        sentences = {
            "title": self.tr("Give the game a name."),
            "prompt": self.tr("Write a prompt of at most 2000 characters: what should the coach be asked?"),
            "region": self.tr(
                "This part of the picture is empty: left must be less than right, and top less than bottom."
            ),
            "window": self.tr("The window pattern is not a valid regular expression."),
            "program": self.tr("The program pattern is not a valid regular expression."),
        }
        return sentences.get(str(wrong["loc"][0]), str(wrong["msg"]))

    def _take_window(self, number: int) -> None:
        if number:
            title, program = self._open[number - 1]
            self._window.setText(_exactly(title))
            self._program.setText(_exactly(program) if program else "")

    def _show_matches(self) -> None:
        """Say which of the open windows the patterns mean, so that the user need not know regular expressions."""
        window, program = self._window.text().strip(), self._program.text().strip()
        try:
            meant = GameProfile(id="new", title=" ", prompt=" ", window=window, program=program)
        except ValidationError as error:
            reason = error.errors(include_url=False)[0]["msg"].rpartition(": ")[2]
            self._matches.setText(self.tr("Not a valid pattern: {reason}").format(reason=reason))
            return
        found = [title for title, program in self._open if meant.matches(title, program)]
        if found:
            self._matches.setText(self.tr("Open now: {titles}").format(titles="; ".join(found)))
        else:
            self._matches.setText(self.tr("No open window matches."))


def _exactly(name: str) -> str:
    """A pattern that only this name matches."""
    return f"^{re.escape(name)}$".replace("\\ ", " ")


def _new_id(title: str, taken: Collection[str]) -> str:
    """An id made from a title, which may be in any script, that is not taken."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "game"
    number = 1
    name = plain
    while name in taken:
        number += 1
        name = f"{plain}-{number}"
    return name

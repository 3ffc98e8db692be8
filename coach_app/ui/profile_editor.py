"""The form that edits a game profile."""

import contextlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from coach_app.domain.profile import GameProfile, name_in_title, window_patterns
from coach_app.domain.source import Chosen, SourceSpec, WindowSpec
from coach_app.domain.words import printable
from coach_app.games.fair_play import rule_for
from coach_app.games.profiles import prompt_for
from coach_app.ui.actions import without_mnemonic
from coach_app.ui.fair_play import ask_about_rule
from coach_app.ui.icons import app_icon
from coach_app.ui.plain import PlainLabel, set_tooltip
from coach_app.ui.prompt_trial import PromptTrial
from coach_app.ui.region_picture import Region
from coach_app.ui.screens import fit, scrolling
from coach_app.ui.setting_editors import ChoiceEditor, Editor

OpenWindow = tuple[str, str]
"""Title and program of a window."""

_ALL: Final = (0.0, 0.0, 1.0, 1.0)
_WIDE_PX: Final = 940
_SHORTEST: Final = 8
"""Characters that a list has room for, at least."""
_LOOK_AFTER_MS: Final = 300
_EMPTY: Final = GameProfile(id="new", title=" ", prompt=" ")


@dataclass(frozen=True)
class ProfileChoices:
    """The choices of a profile, as titles by value.

    Attributes:
        qnets: Q-networks for second opinions.
        adapters: text adapters and text models.
    """

    qnets: Mapping[str, str] = field(default_factory=dict)
    adapters: Mapping[str, str] = field(default_factory=dict)


class ProfileEditor(QDialog):
    """The form of one profile, beside a live picture and prompt trial.

    Args:
        profile: the one to edit, or None for a new one.
        taken: ids already in use.
        open_windows: title and program of each open window.
        choices: the choices offered.
        source: source that a new profile is made for; None to find it by the form.
        parent: owner.

    Attributes:
        trial: live picture and prompt trial.
    """

    saved = Signal(object)
    """The user is done: the valid `GameProfile`."""

    source_wanted = Signal(object)
    """The picture is to be of this `SourceSpec`; None is what the coach watches. Answer with ``trial.show_picture``."""

    try_wanted = Signal(object)
    """The user wants to know what the coach answers with this `GameProfile`; answer to ``trial``."""

    def __init__(
        self,
        profile: GameProfile | None = None,
        *,
        taken: Collection[str] = (),
        open_windows: Sequence[OpenWindow] = (),
        choices: ProfileChoices | None = None,
        source: Chosen | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        choices = choices or ProfileChoices()
        self._source = source
        self._seen: SourceSpec | None = None
        self._looked = False
        self._id = profile.id if profile else ""
        self._kept = profile.model_dump(include={"board", "memory", "model"}) if profile else {}  # not in the form
        self._when_before = profile.when if profile else ""
        self._taken = frozenset(taken)
        self._open = open_windows
        self.setWindowTitle(self.tr("Edit a game profile") if profile else self.tr("New game profile"))
        self.setWindowIcon(app_icon())
        shown = profile or _EMPTY

        self._title = QLineEdit(printable(shown.title.strip()))
        self._windows = QComboBox()
        self._windows.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._windows.setMinimumContentsLength(_SHORTEST)
        self._windows.addItem(self.tr("Use an open window…"))
        for open_title, program in open_windows:
            self._windows.addItem(printable(f"{open_title} ({program})" if program else open_title))
        self._windows.setEnabled(bool(open_windows))
        self._windows.setAccessibleName(self.tr("Open windows"))
        self._windows.activated.connect(self._take_window)
        self._window = QLineEdit(shown.window)
        self._window.setPlaceholderText(self.tr("empty: only when you choose the game"))
        self._window.textChanged.connect(self._show_matches)
        self._program = QLineEdit(shown.program)
        self._program.setPlaceholderText(self.tr("any but file managers"))
        self._program.textChanged.connect(self._show_matches)
        self._matches = PlainLabel(wordWrap=True)
        self._prompt = _text_box(shown.prompt, 90)
        self._hint = _text_box(shown.hint, 48, prompt_for(_EMPTY, "hint"))
        self._nudge = _text_box(shown.nudge, 48, prompt_for(_EMPTY, "nudge"))
        self._level = _combo(
            {
                "answer": self.tr("Answer: what to do"),
                "hint": self.tr("Hint: what to aim for"),
                "nudge": self.tr("Nudge: where to look"),
            },
            shown.level,
        )
        self._when = _combo(
            {
                "": self.tr("As the game's rules allow"),
                "live": self.tr("Live"),
                "asked": self.tr("Only when asked"),
                "review": self.tr("Review only"),
            },
            shown.when,
        )
        self._moves = QLineEdit(", ".join(shown.moves))
        self._moves.setPlaceholderText(self.tr("left, right, jump; empty: none"))
        self._language = _combo(
            {"": self.tr("Same as in the settings"), "en": "English", "ja": "日本語"}, shown.language
        )
        self._cooldown = QDoubleSpinBox(minimum=0.0, maximum=600.0, decimals=1, singleStep=0.5, suffix=self.tr(" s"))
        self._cooldown.setValue(shown.cooldown_s)
        self._unload = QCheckBox(self.tr("Unload the model when the game starts, until I ask a question"))
        self._unload.setChecked(shown.unload_at_start)
        self._qnet = _Named({"": self.tr("None")} | dict(choices.qnets), shown.qnet)
        set_tooltip(self._qnet, self.tr("A network that rates each move."))
        self._adapter = _Named({"": self.tr("None: screen only")} | dict(choices.adapters), shown.adapter)
        set_tooltip(self._adapter, self.tr("A text adapter or text model, which answers from the guides."))
        self._about = _combo({"screen": self.tr("Screen question"), "game": self.tr("Game question")}, shown.ask_about)
        self._adapter.chosen.connect(lambda name: self._about.setEnabled(bool(name)))
        self._about.setEnabled(bool(shown.adapter))
        self._only_part = QCheckBox(self.tr("Only part of the picture"))
        self._only_part.setChecked(shown.region is not None)
        self._region = list(shown.region or _ALL)
        self._edges = [QSpinBox(minimum=0, maximum=100, suffix=" %") for _ in range(4)]
        region = QGridLayout()
        names = (self.tr("Left"), self.tr("Top"), self.tr("Right"), self.tr("Bottom"))
        for number, (box, name) in enumerate(zip(self._edges, names, strict=True)):
            box.setAccessibleName(name)
            box.setValue(round(self._region[number] * 100))
            box.setEnabled(self._only_part.isChecked())
            box.valueChanged.connect(lambda percent, number=number: self._set_edge(number, percent / 100))
            self._only_part.toggled.connect(box.setEnabled)
            region.addWidget(PlainLabel(name), number // 2, number % 2 * 2)
            region.addWidget(box, number // 2, number % 2 * 2 + 1)
        region.setColumnStretch(4, 1)
        self.trial = PromptTrial()
        self.trial.picture.region_drawn.connect(self._take_region)
        self.trial.try_wanted.connect(self._try)
        self._only_part.toggled.connect(self._show_region)
        self._soon = QTimer(self, singleShot=True, interval=_LOOK_AFTER_MS)
        self._soon.timeout.connect(self._look)
        self._problem = PlainLabel(wordWrap=True)
        self._problem.setObjectName("problem")
        self._problem.hide()

        fields = QWidget()
        form = QFormLayout(fields)
        form.setContentsMargins(0, 0, 0, 0)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, widget in (
            (self.tr("&Name"), self._title),
            (self.tr("&Window (pattern)"), self._window),
            (self.tr("P&rogram (pattern)"), self._program),
            ("", self._windows),
            ("", self._matches),
            (self.tr("&Prompt"), self._prompt),
            (self.tr("Prompt for a &hint"), self._hint),
            (self.tr("Prompt for a nu&dge"), self._nudge),
            (self.tr("How much it says"), self._level),
            (self.tr("When it speaks"), self._when),
            (self.tr("&Moves"), self._moves),
            (self.tr("&Language"), self._language),
            (self.tr("Minimum time b&etween advice"), self._cooldown),
            (self.tr("Second &opinion"), self._qnet),
            (self.tr("Answers from &guides"), self._adapter),
            (self.tr("Q&uestions start as"), self._about),
        ):
            if text:
                (widget.focus_widget if isinstance(widget, Editor) else widget).setAccessibleName(
                    without_mnemonic(text)
                )
                form.addRow(text, widget)
            else:
                form.addRow("", widget)
        form.addRow("", self._unload)
        form.addRow("", self._only_part)
        form.addRow("", region)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        buttons.accepted.connect(self._save)
        buttons.rejected.connect(self.reject)
        content = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, content)
        self._columns.addWidget(fields, 1, Qt.AlignmentFlag.AlignTop)
        self._columns.addWidget(self.trial, 1)
        layout = QVBoxLayout(self)
        self._form = content
        layout.addWidget(scrolling(content), 1)
        layout.addWidget(self._problem)
        layout.addWidget(buttons)
        if isinstance(source, WindowSpec):
            self._title.setText(printable(name_in_title(source.title or source.program)))
            self._fill_window(source.title, source.program)
        self._show_matches()
        self._show_region()

    def showEvent(self, event: QShowEvent) -> None:
        """Resize to fit the form, within the screen."""
        super().showEvent(event)
        form = self._form.sizeHint()
        fit(self, max(_WIDE_PX, form.width() + 48), form.height() + 80)
        self._look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the picture below the form if there is no space beside it."""
        super().resizeEvent(event)
        wide = self.width() >= _WIDE_PX - 120
        self._columns.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ignore Return, as it may have opened this dialog; a focused button still gets it."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def profile(self) -> GameProfile:
        """The profile in the form.

        Raises:
            ValueError: it is not valid; the message says why.
        """
        return self._profile(self._title.text().strip())

    def _profile(self, title: str) -> GameProfile:
        return GameProfile.model_validate(
            {
                "id": self._id or _new_id(title, self._taken),
                "title": title,
                "window": self._window.text().strip(),
                "program": self._program.text().strip(),
                "prompt": self._prompt.toPlainText().strip(),
                "hint": self._hint.toPlainText().strip(),
                "nudge": self._nudge.toPlainText().strip(),
                "level": self._level.currentData(),
                "when": self._when.currentData(),
                "region": tuple(self._region) if self._only_part.isChecked() else None,
                **self._kept,
                "language": self._language.currentData(),
                "moves": tuple(dict.fromkeys(filter(None, (word.strip() for word in self._moves.text().split(","))))),
                "cooldown_s": self._cooldown.value(),
                "qnet": self._qnet.value,
                "adapter": self._adapter.value,
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
        rule = next((rule for window in self._meant() or [("", "")] if (rule := rule_for(profile, *window))), None)
        if rule and profile.when in ("live", "asked") and profile.when != self._when_before:
            ask_about_rule(rule, lambda: self._end(profile), parent=self)
        else:
            self._end(profile)

    def _end(self, profile: GameProfile) -> None:
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
            self._source = None
            self._fill_window(*self._open[number - 1])

    def _fill_window(self, title: str, program: str) -> None:
        window, owner = window_patterns(title, program)
        self._window.setText(window)
        self._program.setText(owner)

    def _try(self) -> None:
        try:
            profile = self._profile(self._title.text().strip() or self.tr("Game"))
        except ValidationError as error:
            self.trial.fail(self._sentence(error))
            return
        self.trial.begin()
        self.try_wanted.emit(profile)

    def _set_edge(self, number: int, part: float) -> None:
        self._region[number] = part
        self._show_region()

    def _take_region(self, region: Region) -> None:
        """Use the rectangle drawn on the picture as the region."""
        self._only_part.setChecked(True)
        for box, part in zip(self._edges, region, strict=True):
            box.blockSignals(True)
            box.setValue(round(part * 100))
            box.blockSignals(False)
        self._region = [round(part, 3) for part in region]

    def _show_region(self) -> None:
        left, top, right, bottom = self._region
        shown = self._only_part.isChecked() and left < right and top < bottom
        self.trial.picture.show_region((left, top, right, bottom) if shown else None)

    def _look(self) -> None:
        """Show the game's window if it is open, or else what the coach watches."""
        seen: SourceSpec | None = self._source
        caption, found = self.tr("The chosen source, live"), list[OpenWindow]()
        with contextlib.suppress(ValidationError):
            found = self._meant()
        if found:
            title, program = found[0]
            seen = self._source or WindowSpec(title=title, program=program)
            caption = self.tr("“{title}”, live").format(title=title)
        elif seen is None:
            caption = self.tr("No window of this game is open; this is what the coach watches, live")
        self.trial.caption(caption)
        if seen != self._seen or not self._looked:
            self._seen, self._looked = seen, True
            self.source_wanted.emit(seen)

    def _meant(self) -> list[OpenWindow]:
        """The open windows that match the patterns.

        Raises:
            ValidationError: a pattern is invalid.
        """
        meant = GameProfile(
            id="new", title=" ", prompt=" ", window=self._window.text().strip(), program=self._program.text().strip()
        )
        return [window for window in self._open if meant.matches(*window)]

    def _show_matches(self) -> None:
        """Show which open windows match the patterns, so that the user need not know regular expressions."""
        self._soon.start()
        try:
            found = [title for title, _ in self._meant()]
        except ValidationError as error:
            reason = error.errors(include_url=False)[0]["msg"].rpartition(": ")[2]
            self._matches.setText(self.tr("Not a valid pattern: {reason}").format(reason=reason))
            return
        if found:
            self._matches.setText(self.tr("Open now: {titles}").format(titles="; ".join(found)))
        else:
            self._matches.setText(self.tr("No open window matches."))


class _Named(ChoiceEditor):
    """A choice among names, or a free name or folder.

    Attributes:
        value: the chosen value.
    """

    chosen = Signal(str)

    def __init__(self, choices: Mapping[str, str], value: str) -> None:
        super().__init__(free=True)
        self._box.setMinimumContentsLength(_SHORTEST)
        self.value = ""
        self.offer(choices)
        self.edited.connect(self._take)
        self._take(value)

    def _take(self, value: str) -> None:
        self.value = value
        self.show_value(value)
        self.chosen.emit(value)


def _text_box(text: str, height_px: int, otherwise: str = "") -> QPlainTextEdit:
    """A box of several lines, which shows what holds where it is empty."""
    box = QPlainTextEdit(printable(text.strip()), tabChangesFocus=True, placeholderText=otherwise)
    box.setFixedHeight(height_px)
    return box


def _combo(choices: Mapping[str, str], value: str) -> QComboBox:
    """A box of titles by their values, with one of them chosen."""
    box = QComboBox()
    for choice, title in choices.items():
        box.addItem(title, choice)
    box.setCurrentIndex(box.findData(value))
    return box


def _new_id(title: str, taken: Collection[str]) -> str:
    """Make an unused id from a title in any script."""
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "game"
    number = 1
    name = plain
    while name in taken:
        number += 1
        name = f"{plain}-{number}"
    return name

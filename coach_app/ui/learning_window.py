"""The Learning window: what was collected and is remembered of a game, and whether it is used."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QDateTime, QItemSelectionModel, QLocale, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from coach_app.domain.words import plain, printable
from coach_app.games.profiles import DEFAULT_ID
from coach_app.knowledge.feedback import Rating
from coach_app.knowledge.remembered import Memory
from coach_app.learning.learned import Learned
from coach_app.learning.overview import Overview
from coach_app.ui.icons import app_icon
from coach_app.ui.plain import PlainLabel, PlainMessageBox
from coach_app.ui.screens import fit, scrolling

_LINES: Final = 3
_TABLE_PX: Final = 140


class LearningWindow(QWidget):
    """Shows what it is given, and emits the user's requests; reads and changes nothing itself.

    Args:
        games: titles by profile id.
        game: id of the game that is shown first.
    """

    look_wanted = Signal(str)
    """The game of this id is shown, or to be brought up to date; answer with the methods `show_…`."""
    memory_wanted = Signal(str, bool)
    """The user wants situations of the game remembered, or not."""
    record_wanted = Signal(str, bool)
    """The user wants the own play of the game recorded, or not."""
    use_wanted = Signal(str, bool)
    """The user wants the model that learned the game last used for it, or not."""
    edit_wanted = Signal(int, str)
    """The user wants the memory of this id to say this; empty restores its own words."""
    delete_wanted = Signal(list)
    """The user wants the memories of these ids gone."""
    delete_all_wanted = Signal(str)
    """The user wants all memories of the game gone, and has been asked whether that is so."""

    delete_collected_wanted = Signal(str)
    """The user wants all that was collected and recorded of the game gone, and has been asked whether that is so."""

    def __init__(self, games: Mapping[str, str], game: str = "") -> None:
        super().__init__()
        # A dialog, as tiling window managers make room, the game's, for any other window.
        in_title = Qt.WindowType.WindowMinMaxButtonsHint | Qt.WindowType.WindowCloseButtonHint
        self.setWindowFlags(Qt.WindowType.Dialog | in_title)
        self.setWindowTitle(self.tr("Learning"))
        self.setWindowIcon(app_icon())
        fit(self, 760, 740)
        self._memories: Sequence[Memory] = ()
        self._games = QComboBox()
        self._games.setAccessibleName(self.tr("Game"))
        for name, title in sorted(games.items(), key=lambda one: one[1]):
            self._games.addItem(printable(title), name)
        self._games.setCurrentIndex(max(0, self._games.findData(game)))
        self._games.currentIndexChanged.connect(lambda _: self.refresh())
        refresh = QPushButton(self.tr("&Refresh"))
        refresh.clicked.connect(self.refresh)
        top = QHBoxLayout()
        top.addWidget(self._games, 1)
        top.addWidget(refresh)
        self._collected, self._rated = PlainLabel(wordWrap=True), PlainLabel(wordWrap=True)
        self._records = QCheckBox(self.tr("Record my own &play of this game while the coach watches"))
        self._records.clicked.connect(lambda wanted: self.record_wanted.emit(self.game, wanted))
        self._delete_collected = QPushButton(self.tr("Delete what was &collected…"))
        self._delete_collected.clicked.connect(
            lambda: self._ask_delete(
                self.tr("Delete all that was collected and recorded of {game}, for good?"), self.delete_collected_wanted
            )
        )
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.addLayout(top)
        layout.addWidget(PlainLabel(self.tr("Collected"), bold=True))
        layout.addWidget(self._collected)
        layout.addWidget(self._delete_collected, 0, Qt.AlignmentFlag.AlignRight)
        layout.addWidget(self._records)
        layout.addWidget(PlainLabel(self._about_recording(), wordWrap=True))
        layout.addWidget(PlainLabel(self.tr("Your ratings"), bold=True))
        layout.addWidget(self._rated)
        self._add_learned(layout)
        self._add_memory(layout)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolling(content))
        QShortcut(QKeySequence.StandardKey.Cancel, self, self.close)
        self.show_overview(Overview())
        self.show_recording(False)
        self.show_ratings([])
        self.show_learned(None, False)
        self.show_memories([], False)

    def _add_learned(self, layout: QVBoxLayout) -> None:
        self._learned = PlainLabel(wordWrap=True)
        self._uses = QCheckBox(self.tr("&Use the model that learned this game for it"))
        self._uses.clicked.connect(lambda wanted: self.use_wanted.emit(self.game, wanted))
        layout.addWidget(PlainLabel(self.tr("Learned"), bold=True))
        layout.addWidget(self._learned)
        layout.addWidget(self._uses)

    def _add_memory(self, layout: QVBoxLayout) -> None:
        self._remembers = QCheckBox(self.tr("Re&member what happens in this game while the coach watches"))
        self._remembers.clicked.connect(lambda wanted: self.memory_wanted.emit(self.game, wanted))
        words = self.tr("It stays on this computer. Before each advice, the coach is told what fits the moment.")
        self._table = QTableWidget(0, 4)
        self._table.setHorizontalHeaderLabels(
            [self.tr("When"), self.tr("What is remembered"), self.tr("How it went"), self.tr("Helped")]
        )
        self._table.setAccessibleName(self.tr("Remembered situations"))
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._table.setAlternatingRowColors(True)
        self._table.setShowGrid(False)
        self._table.setTabKeyNavigation(False)
        self._table.setWordWrap(False)
        self._table.setMinimumHeight(_TABLE_PX)
        self._table.verticalHeader().hide()
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self._table.itemSelectionChanged.connect(self._on_selection)
        self._text = QPlainTextEdit()
        self._text.setAccessibleName(self.tr("What the coach is told"))
        self._text.setTabChangesFocus(True)
        self._text.setFixedHeight(self._text.fontMetrics().lineSpacing() * (_LINES + 1))
        self._text.textChanged.connect(self._on_text)
        self._save, self._restore, self._delete, self._delete_all = (
            QPushButton(text)
            for text in (
                self.tr("&Save"),
                self.tr("Its &own words"),
                self.tr("&Delete"),
                self.tr("Delete &all…"),
            )
        )
        self._save.clicked.connect(lambda: self._edit(self._text.toPlainText()))
        self._restore.clicked.connect(lambda: self._edit(""))
        self._delete.clicked.connect(self._delete_selected)
        self._delete_all.clicked.connect(
            lambda: self._ask_delete(
                self.tr("Delete all that is remembered of {game}, for good?"), self.delete_all_wanted
            )
        )
        self._status = PlainLabel(wordWrap=True)
        buttons = QHBoxLayout()
        buttons.addWidget(self._status, 1)
        for button in (self._save, self._restore, self._delete, self._delete_all):
            buttons.addWidget(button)
        layout.addWidget(PlainLabel(self.tr("Memory"), bold=True))
        layout.addWidget(self._remembers)
        layout.addWidget(PlainLabel(words, wordWrap=True))
        layout.addWidget(self._table, 1)
        layout.addWidget(self._text)
        layout.addLayout(buttons)
        delete = QKeySequence.StandardKey.Delete
        QShortcut(delete, self._table, self._delete_selected, Qt.ShortcutContext.WidgetShortcut)

    @property
    def game(self) -> str:
        """Id of the game that is shown."""
        return str(self._games.currentData() or "")

    def turn_to(self, game: str) -> None:
        """Show a game."""
        if (index := self._games.findData(game)) >= 0:
            self._games.setCurrentIndex(index)

    def refresh(self) -> None:
        """Ask for what is shown again."""
        self.look_wanted.emit(self.game)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def show_overview(self, found: Overview) -> None:
        """Show what was collected of the game."""
        self._delete_collected.setEnabled(bool(found.episodes))
        if not found.episodes:
            sentence = self.tr("Nothing yet. Collect experiences with: coach learn {game} collect --how explore")
            self._collected.setText(sentence.format(game=self.game or "GAME"))
            return
        names = {
            "plan": self.tr("by plans"),
            "curriculum": self.tr("task after task"),
            "explore": self.tr("by exploring"),
            "watch": self.tr("your own play"),
            "seen": self.tr("your own play in pictures"),
        }
        ways = ", ".join(f"{names[how]}: {count}" for how, count in found.episodes.items())
        size = QLocale().formattedDataSize(found.bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        lines = [
            self.tr("Episodes: {count} ({ways})").format(count=sum(found.episodes.values()), ways=ways),
            self.tr("Steps: {count}; {size}").format(count=QLocale().toString(found.steps), size=size),
            self.tr("Questions: {count} to learn from, {held_out} for the test").format(
                count=found.questions, held_out=found.held_out
            ),
        ]
        self._collected.setText("\n".join(lines))

    def show_recording(self, records: bool) -> None:
        """Show whether the user wants the own play of the game recorded; what is no known game never is."""
        self._records.setChecked(records)
        self._records.setEnabled(self.game != DEFAULT_ID)

    def _about_recording(self) -> str:
        return self.tr(
            "Pictures of the game, what you did where that is known, and what was advised stay on this computer, up to "
            "the limit in the settings."
        )

    def show_ratings(self, ratings: Sequence[Rating]) -> None:
        """Show how many thumbs up and down there are."""
        if not ratings:
            self._rated.setText(self.tr("None yet. Rate advice by its hotkeys, or in the history."))
            return
        sentence = self.tr("Good: {good}, not good: {bad}, with better words of yours: {better}")
        good, better = sum(rating.good for rating in ratings), sum(bool(rating.better) for rating in ratings)
        self._rated.setText(sentence.format(good=good, bad=len(ratings) - good, better=better))

    def show_learned(self, learned: Learned | None, used: bool) -> None:
        """Show what a model learned of the game, and whether it is used; None if none did."""
        self._uses.setVisible(learned is not None)
        self._uses.setChecked(used)
        if learned is None:
            sentence = self.tr("Nothing yet. Let a model learn with: coach learn {game} adapt --base MODEL")
            self._learned.setText(sentence.format(game=self.game or "GAME"))
            return
        score = self.tr("{base}: mean reward {before} before, {after} after, in {count} episodes it did not learn from")
        verdict = (
            self.tr("It plays better: by {low} to {high}, with 95 % certainty.")
            if learned.better
            else self.tr("It nearly always makes the same move, and is not recommended.")
            if learned.collapsed
            else self.tr("That it plays better is not certain ({low} to {high}), so it is not recommended.")
        )
        shown = [
            score.format(
                base=printable(learned.base),
                before=_number(learned.before),
                after=_number(learned.after),
                count=learned.episodes,
            ),
            verdict.format(low=_number(learned.low), high=_number(learned.high)),
        ]
        self._learned.setText("\n".join(shown))

    def show_memories(self, memories: Sequence[Memory], remembers: bool) -> None:
        """Show what is remembered of the game, and whether more is to be; what is selected stays so.

        Args:
            memories: newest first.
            remembers: whether the user wants situations of the game remembered.
        """
        selected = {memory.id for memory in self._selected()}
        self._memories = memories
        self._remembers.setChecked(remembers)
        self._table.setRowCount(len(memories))
        for row, memory in enumerate(memories):
            when = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(memory.at)), QLocale.FormatType.ShortFormat)
            helped = self.tr("{helped} of {recalled}").format(helped=memory.helped, recalled=memory.recalled)
            cells = (when, plain(memory.short), self._how(memory.value), helped if memory.recalled else "")
            for column, text in enumerate(cells):
                self._table.setItem(row, column, QTableWidgetItem(text))
        row = next((row for row, memory in enumerate(memories) if memory.id in selected), 0)
        if memories:
            # whatever key is held: selectRow() would add or take away while Ctrl is
            whole_row = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self._table.selectionModel().setCurrentIndex(self._table.model().index(row, 0), whole_row)
        self._status.setText(self.tr("Remembered: {count}").format(count=len(memories)))
        self._delete_all.setEnabled(bool(memories))
        self._on_selection()

    def show_notice(self, sentence: str) -> None:
        """Show a sentence below the table."""
        self._status.setText(sentence)

    def _how(self, value: float) -> str:
        return self.tr("well") if value > 0 else self.tr("badly") if value < 0 else self.tr("unknown")

    def _selected(self) -> list[Memory]:
        rows = {index.row() for index in self._table.selectionModel().selectedRows()}
        return [memory for row, memory in enumerate(self._memories) if row in rows]

    def _one(self) -> Memory | None:
        selected = self._selected()
        return selected[0] if len(selected) == 1 else None

    def _on_selection(self) -> None:
        one = self._one()
        self._text.setPlainText(one.text if one else "")
        self._text.setEnabled(one is not None)
        self._restore.setEnabled(bool(one and one.note))
        self._delete.setEnabled(bool(self._selected()))
        self._on_text()

    def _on_text(self) -> None:
        one, text = self._one(), self._text.toPlainText().strip()
        self._save.setEnabled(bool(one and text and text != one.text))

    def _edit(self, note: str) -> None:
        if one := self._one():
            self.edit_wanted.emit(one.id, note)

    def _delete_selected(self) -> None:
        if selected := self._selected():
            self.delete_wanted.emit([memory.id for memory in selected])

    def _ask_delete(self, sentence: str, wanted: SignalInstance) -> None:
        question = PlainMessageBox(
            QMessageBox.Icon.Warning,
            self.windowTitle(),
            sentence.format(game=self._games.currentText()),
            parent=self,
        )
        delete = question.addButton(self.tr("Delete all"), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete.clicked.connect(lambda: wanted.emit(self.game))
        question.open()


def _number(value: float) -> str:
    return QLocale().toString(value, "f", 2)

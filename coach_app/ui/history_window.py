"""The history window: search, read, delete and export past advice."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QDateTime,
    QItemSelectionModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeySequence, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QSplitter,
    QTableView,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from coach_app.domain.words import plain, printable
from coach_app.knowledge.feedback import Rating
from coach_app.session.history import Entry
from coach_app.ui.file_chooser import FileChooser
from coach_app.ui.icons import app_icon
from coach_app.ui.plain import PlainLabel, PlainMessageBox, tooltip
from coach_app.ui.screens import fit

SEARCH_AFTER_MS: Final = 200
_LEAST_PX: Final = 48
_Index = QModelIndex | QPersistentModelIndex


class HistoryWindow(QWidget):
    """Shows entries, and emits the user's requests; does not access the database itself.

    After it is shown and after each change it emits `search_wanted`; answer with `show_entries`.

    Args:
        games: titles by profile id; a game without a title is shown by its id.
    """

    search_wanted = Signal(str)
    """The user looks for this text; "" is everything."""

    delete_wanted = Signal(list)
    """The user wants the entries of these ids gone."""

    delete_all_wanted = Signal()
    """The user wants everything gone, and has been asked whether that is so."""

    undo_wanted = Signal()
    """The user wants back what was deleted last."""

    export_wanted = Signal(object, str)
    """The user wants a file (a `Path`, .csv or .json) of the entries that hold this text."""

    picture_wanted = Signal(int)
    """The entry of this id is shown and has a picture; answer with `show_picture`."""

    rating_wanted = Signal(object)
    """This `Entry` is shown; answer with `show_rating`, if it is rated."""

    rated = Signal(object, bool, str, str)
    """The user rates this `Entry`: thumbs up or down, why, and how it should have been said."""

    def __init__(self, games: Mapping[str, str] | None = None) -> None:
        super().__init__()
        # A dialog, as tiling window managers make room, the game's, for any other window.
        in_title = Qt.WindowType.WindowMinMaxButtonsHint | Qt.WindowType.WindowCloseButtonHint
        self.setWindowFlags(Qt.WindowType.Dialog | in_title)
        self.setWindowTitle(self.tr("Coach history"))
        self.setWindowIcon(app_icon())
        fit(self, 900, 620)
        self._search = QLineEdit(clearButtonEnabled=True)
        self._search.setPlaceholderText(self.tr("Search advice, questions and answers"))
        self._search.setAccessibleName(self._search.placeholderText())
        self._soon = QTimer(self, singleShot=True, interval=SEARCH_AFTER_MS)
        self._soon.timeout.connect(self.refresh)
        self._search.textChanged.connect(self._soon.start)
        self._search.returnPressed.connect(self.refresh)

        self._model = _EntryModel(games or {}, self)
        self._table = QTableView()
        self._table.setModel(self._model)
        self._table.setAccessibleName(self.tr("Past advice"))
        self._table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self._table.setAlternatingRowColors(True)
        self._table.setShowGrid(False)
        self._table.setTabKeyNavigation(False)
        self._table.setWordWrap(False)
        self._table.verticalHeader().hide()
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        for column, width in enumerate((150, 110, 220)):
            self._table.setColumnWidth(column, width)
        self._table.selectionModel().selectionChanged.connect(self._on_selection)

        self._text = QTextEdit(readOnly=True)
        self._text.setAccessibleName(self.tr("The selected advice"))
        self._picture = PlainLabel()
        self._picture.setAccessibleName(self.tr("What the coach saw"))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._picture.hide()
        details = QWidget()
        beside = QHBoxLayout(details)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(self._text, 1)
        beside.addWidget(self._picture)
        self._rates = self._rating_row()
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self._table)
        splitter.addWidget(details)
        splitter.setStretchFactor(0, 3)
        splitter.setStretchFactor(1, 1)
        splitter.setChildrenCollapsible(False)
        for part in (self._table, self._text):  # on small screens, there is room for the buttons, too
            part.setMinimumHeight(_LEAST_PX)

        self._status = PlainLabel()
        self._delete = QPushButton(self.tr("&Delete"))
        self._delete.clicked.connect(self._delete_selected)
        self._delete_all = QPushButton(self.tr("Delete &all…"))
        self._delete_all.clicked.connect(self._ask_delete_all)
        self._undo = QPushButton(self.tr("&Undo"))
        self._undo.hide()
        self._undo.clicked.connect(self._undo_once)
        self._export = QPushButton(self.tr("&Export…"))
        self._export.clicked.connect(self._ask_export)
        buttons = QHBoxLayout()
        buttons.addWidget(self._status, 1)
        for button in (self._undo, self._export, self._delete, self._delete_all):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.addWidget(self._search)
        layout.addWidget(splitter, 1)
        layout.addWidget(self._rates)
        layout.addLayout(buttons)
        QShortcut(
            QKeySequence.StandardKey.Delete, self._table, self._delete_selected, Qt.ShortcutContext.WidgetShortcut
        )
        QShortcut(QKeySequence.StandardKey.Find, self, self._search.setFocus)
        QShortcut(QKeySequence.StandardKey.Cancel, self, self.close)
        self._search.setFocus()
        self._shows_times = False
        self.show_entries([])

    def _rating_row(self) -> QWidget:
        row = QWidget()
        self._good, self._bad = QPushButton(self.tr("&Good")), QPushButton(self.tr("&Not good"))
        for button, good in ((self._good, True), (self._bad, False)):
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, good=good: self._rate(good))
        self._critique, self._better = QLineEdit(), QLineEdit()
        for line, words in (
            (self._critique, self.tr("Why? For instance: too late")),
            (self._better, self.tr("How should it have been said?")),
        ):
            line.setPlaceholderText(words)
            line.setAccessibleName(words)
            line.returnPressed.connect(lambda: self._rate(self._good.isChecked()))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        for part in (self._good, self._bad):
            layout.addWidget(part)
        for line in (self._critique, self._better):
            layout.addWidget(line, 1)
        return row

    def show_rating(self, entry_id: int, rating: Rating | None) -> None:
        """Show the rating of an entry, if it is still selected."""
        entry = self._selected_one()
        if entry and entry.id == entry_id:
            self._good.setChecked(bool(rating and rating.good))
            self._bad.setChecked(bool(rating and not rating.good))
            self._critique.setText(rating.critique if rating else "")
            self._better.setText(rating.better if rating else "")

    def _rate(self, good: bool) -> None:
        if entry := self._selected_one():
            self.rated.emit(entry, good, self._critique.text().strip(), self._better.text().strip())

    def show_times(self, shown: bool) -> None:
        """Set whether to show how long each answer took."""
        self._shows_times = shown
        self._on_selection()

    def refresh(self) -> None:
        """Request the entries again."""
        self._soon.stop()
        self.search_wanted.emit(self._search.text().strip())

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show entries in the given order."""
        self._model.show_entries(entries)
        if entries:
            # Explicit flags: ``selectRow`` behaves differently while a modifier key is held down.
            whole_row = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self._table.selectionModel().setCurrentIndex(self._model.index(0, 0), whole_row)
        else:
            self._on_selection()
        if entries:
            self._status.setText(self.tr("Entries: {count}").format(count=len(entries)))
        else:
            looked_for = bool(self._search.text().strip())
            self._status.setText(self.tr("Nothing found.") if looked_for else self.tr("Nothing has been kept yet."))
        self._export.setEnabled(bool(entries))
        self._delete_all.setEnabled(bool(entries) or bool(self._search.text()))

    def show_picture(self, entry_id: int, jpeg: bytes | None) -> None:
        """Show the picture of an entry, if it is still selected."""
        entry = self._selected_one()
        if entry is None or entry.id != entry_id or jpeg is None:
            return
        pixmap = QPixmap()
        pixmap.loadFromData(jpeg)
        self._picture.setPixmap(
            pixmap.scaled(280, 200, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation)
        )
        self._picture.show()

    def show_notice(self, sentence: str) -> None:
        """Show a sentence below the table, for instance where the export is."""
        self._status.setText(sentence)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self.refresh()

    def _selected(self) -> list[Entry]:
        return [self._model.entries[index.row()] for index in self._table.selectionModel().selectedRows()]

    def _selected_one(self) -> Entry | None:
        selected = self._selected()
        return selected[0] if len(selected) == 1 else None

    def _on_selection(self) -> None:
        selected, entry = self._selected(), self._selected_one()
        self._delete.setEnabled(bool(selected))
        self._picture.hide()
        self._rates.setEnabled(entry is not None)
        if entry is None:
            self._text.setPlainText(self.tr("Selected: {count}").format(count=len(selected)) if selected else "")
            return
        question = self.tr("“{question}”").format(question=entry.question) if entry.question else ""
        japanese = self.locale().language() == QLocale.Language.Japanese and entry.text_ja
        parts = [question, japanese] if japanese else [question, entry.text, entry.text_ja]
        cost = entry.model
        if self._shows_times:
            cost = self.tr("{model}, {ms} ms").format(model=entry.model, ms=round(entry.latency_ms))
        sources = self.tr("From the guides:") + f"\n\n{entry.sources}" if entry.sources else ""
        self._text.setPlainText(printable("\n\n".join(filter(None, [*parts, cost, sources]))))
        self.show_rating(entry.id, None)
        self.rating_wanted.emit(entry)
        if entry.has_picture:
            self.picture_wanted.emit(entry.id)

    def _delete_selected(self) -> None:
        if ids := [entry.id for entry in self._selected()]:
            self.delete_wanted.emit(ids)
            self._undo.show()

    def _undo_once(self) -> None:
        self._undo.hide()
        self.undo_wanted.emit()

    def _delete_everything(self) -> None:
        self.delete_all_wanted.emit()
        self._undo.show()

    def _ask_delete_all(self) -> None:
        question = PlainMessageBox(
            QMessageBox.Icon.Warning,
            self.windowTitle(),
            self.tr("Delete the whole history? Until you quit, you can undo it."),
            parent=self,
        )
        delete = question.addButton(self.tr("Delete all"), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete.clicked.connect(self._delete_everything)
        question.open()

    def _ask_export(self) -> None:
        chooser = FileChooser(self.tr("Export the entries shown"), self)
        chooser.setAcceptMode(FileChooser.AcceptMode.AcceptSave)
        chooser.setNameFilters([self.tr("Table") + " (*.csv)", "JSON (*.json)"])
        chooser.setDefaultSuffix("csv")
        chooser.filterSelected.connect(lambda chosen: chooser.setDefaultSuffix("json" if "json" in chosen else "csv"))
        chooser.fileSelected.connect(lambda name: self.export_wanted.emit(Path(name), self._search.text().strip()))
        chooser.open()


class _EntryModel(QAbstractTableModel):
    """Entries as rows: when, game, question, advice."""

    def __init__(self, games: Mapping[str, str], parent: QWidget) -> None:
        super().__init__(parent)
        self._games = games
        self.entries: list[Entry] = []
        self._titles = [self.tr("When"), self.tr("Game"), self.tr("Question"), self.tr("Advice")]

    def show_entries(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = list(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.entries)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return self._titles[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        entry = self.entries[index.row()]
        when = QLocale().toString(QDateTime.fromSecsSinceEpoch(int(entry.at)), QLocale.FormatType.ShortFormat)
        game = self._games.get(entry.game, entry.game)
        text = (when, game, entry.question, entry.text_ja or entry.text)[index.column()]
        return tooltip(text) if role == Qt.ItemDataRole.ToolTipRole else plain(text)

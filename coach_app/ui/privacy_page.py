"""The privacy page: what models were given last, what went over the network, and what is kept on this computer."""

from collections.abc import Collection, Sequence
from datetime import datetime

from PIL.ImageQt import toqpixmap
from PySide6.QtCore import QLocale, Qt, QTime, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QHeaderView,
    QListWidget,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from coach_app.desktop.ledger import Entry
from coach_app.desktop.stored import Stored
from coach_app.domain.sent import Sent
from coach_app.domain.words import plain, printable
from coach_app.ui.plain import PlainLabel, PlainMessageBox

_PICTURE_PX = 200
_TEXT_PX = 80


class PrivacyPage(QWidget):
    """Shows what it is given, and emits the user's requests; reads and deletes nothing itself."""

    look_wanted = Signal()
    """The page is shown, or is to be brought up to date; answer with the methods `show_…`."""
    offline_wanted = Signal(bool)
    """The user switches “Stay offline”."""
    forget_wanted = Signal()
    """What models were given is to be forgotten."""
    delete_wanted = Signal(list)
    """Everything is to be deleted but these kinds, and the user was asked whether that is so; the coach then quits."""

    def __init__(self) -> None:
        super().__init__()
        self._sent: Sequence[Sent] = ()
        self._stored: Sequence[Stored] = ()
        self._offline = QCheckBox(self.tr("Stay &offline: refuse every connection to another computer"))
        self._offline.clicked.connect(self.offline_wanted)
        refresh = QPushButton(self.tr("&Refresh"))
        refresh.clicked.connect(self.look_wanted)
        tabs = QTabWidget()
        tabs.setAccessibleName(self.tr("Privacy"))
        tabs.addTab(self._sent_tab(), self.tr("&Given to models"))
        tabs.addTab(self._network_tab(), self.tr("&Network"))
        tabs.addTab(self._stored_tab(), self.tr("&Kept on this computer"))
        top = QHBoxLayout()
        top.addWidget(self._offline, 1)
        top.addWidget(refresh)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(tabs, 1)

    def _sent_tab(self) -> QWidget:
        words = PlainLabel(
            self.tr(
                "The last pictures and prompts, exactly as models got them. They are in memory only, and gone when you "
                "quit."
            ),
            wordWrap=True,
        )
        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("What models were given, newest first"))
        self._list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._list.currentRowChanged.connect(self._show_one)
        self._picture = PlainLabel()
        self._picture.setAccessibleName(self.tr("The picture that was given"))
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = QPlainTextEdit(readOnly=True)
        self._text.setAccessibleName(self.tr("The text that was given"))
        self._text.setTabChangesFocus(True)
        self._text.setMinimumHeight(_TEXT_PX)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._forget = QPushButton(self.tr("&Forget these"))
        self._forget.clicked.connect(self.forget_wanted)
        one = QVBoxLayout()
        one.addWidget(self._picture)
        one.addWidget(self._text, 1)
        beside = QHBoxLayout()
        beside.addWidget(self._list, 1)
        beside.addLayout(one, 1)
        return _tab(words, beside, self._forget)

    def _network_tab(self) -> QWidget:
        self._away = PlainLabel(wordWrap=True, bold=True)
        titles = [self.tr("Where to"), self.tr("What for"), self.tr("Requests"), self.tr("Sent"), self.tr("Received")]
        self._network = _table(titles, self.tr("Network traffic by destination"))
        self._network.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        return _tab(self._away, self._network)

    def _stored_tab(self) -> QWidget:
        words = PlainLabel(
            self.tr("Tick what you want to keep. What is not ticked is deleted for good, and the coach quits."),
            wordWrap=True,
        )
        titles = [self.tr("Keep"), self.tr("Size"), self.tr("Where")]
        self._kept = _table(titles, self.tr("What is kept on this computer"))
        self._kept.horizontalHeader().setStretchLastSection(True)
        self._delete = QPushButton(self.tr("&Delete all that is not ticked…"))
        self._delete.clicked.connect(self._ask_delete)
        return _tab(words, self._kept, self._delete)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.look_wanted.emit()

    def show_offline(self, offline: bool) -> None:
        """Show the state of “Stay offline”."""
        self._offline.setChecked(offline)

    def show_sent(self, sent: Sequence[Sent]) -> None:
        """Show what models were given, newest first."""
        self._sent = sent
        self._list.clear()
        for one in sent:
            at = QTime.fromMSecsSinceStartOfDay(int(_seconds_of_day(one.at) * 1000)).toString("HH:mm:ss")
            where = self.tr("left this computer") if one.away else self.tr("on this computer")
            self._list.addItem(f"{at}  {plain(one.to)}\n{where}")
        self._list.setCurrentRow(0 if sent else -1)
        self._show_one(self._list.currentRow())
        self._forget.setEnabled(bool(sent))

    def _show_one(self, row: int) -> None:
        one = self._sent[row] if 0 <= row < len(self._sent) else None
        self._picture.setVisible(bool(one and one.picture))
        if one is None:
            self._text.setPlainText(self.tr("Nothing yet."))
            return
        self._text.setPlainText(printable(one.text, len(one.text)) or self.tr("(only the picture)"))
        if one.picture:
            size = self.tr("{width} × {height} pixels").format(width=one.picture.width, height=one.picture.height)
            self._picture.setAccessibleDescription(size)
            pixmap = toqpixmap(one.picture)
            if max(one.picture.size) > _PICTURE_PX:
                smooth = Qt.TransformationMode.SmoothTransformation
                pixmap = pixmap.scaled(_PICTURE_PX, _PICTURE_PX, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            self._picture.setPixmap(pixmap)

    def show_network(self, entries: Sequence[Entry], away_bytes: int) -> None:
        """Show sums of network traffic, and how many bytes left this computer."""
        sentence = self.tr("Bytes that ever left this computer: {count}")
        self._away.setText(sentence.format(count=QLocale().toString(away_bytes)))
        purposes = {
            "download": self.tr("downloads"),
            "server": self.tr("a server of yours"),
            "translation": self.tr("translation"),
        }
        here = self.tr("(this computer)")
        rows = [
            (
                f"{entry.origin}\n{here}" if entry.here else entry.origin,
                purposes.get(entry.kind, entry.kind),
                *(QLocale().toString(count) for count in (entry.requests, entry.sent_bytes, entry.received_bytes)),
            )
            for entry in entries
        ]
        _fill(self._network, rows)

    def show_stored(self, stored: Sequence[Stored]) -> None:
        """Show what is kept on this computer; what was ticked stays so."""
        ticked = self._ticked() if self._stored else {"models"}
        self._stored = stored
        titles = self._titles()
        keyring = self.tr("the system's keyring")
        _fill(
            self._kept,
            [
                (
                    titles[one.kind],
                    QLocale().formattedDataSize(one.bytes, 1, QLocale.DataSizeFormat.DataSizeSIFormat),
                    "\n".join(str(place) for place in one.places) or keyring,
                )
                for one in stored
            ],
        )
        for item, one in zip(self._boxes(), stored, strict=True):
            item.setCheckState(Qt.CheckState.Checked if one.kind in ticked else Qt.CheckState.Unchecked)
        self._kept.resizeColumnsToContents()  # the boxes take room, too
        self._delete.setEnabled(bool(stored))

    def _titles(self) -> dict[str, str]:
        return {
            "settings": self.tr("Settings"),
            "key": self.tr("Key of your server"),
            "profiles": self.tr("Your game profiles"),
            "guides": self.tr("Your guides"),
            "history": self.tr("History, with its pictures"),
            "translations": self.tr("Translations"),
            "recordings": self.tr("Recorded practice games"),
            "experience": self.tr("Experiences to learn from"),
            "memory": self.tr("Remembered situations"),
            "feedback": self.tr("Your ratings, with their pictures"),
            "models": self.tr("Downloaded models"),
            "network": self.tr("Network log"),
            "logs": self.tr("Logs"),
            "other": self.tr("Others"),
        }

    def _ticked(self) -> set[str]:
        rows = zip(self._boxes(), self._stored, strict=True)
        return {one.kind for item, one in rows if item.checkState() is Qt.CheckState.Checked}

    def _boxes(self) -> list[QTableWidgetItem]:
        """The first cells, which can be ticked."""
        return [item for row in range(self._kept.rowCount()) if (item := self._kept.item(row, 0))]

    def _ask_delete(self) -> None:
        ticked, titles = self._ticked(), self._titles()
        names = ", ".join(titles[one.kind] for one in self._stored if one.kind not in ticked)
        question = PlainMessageBox(
            QMessageBox.Icon.Warning,
            self.tr("Privacy"),
            self.tr("Delete for good, and quit the coach? {kinds}").format(kinds=names),
            parent=self,
        )
        delete = question.addButton(self.tr("Delete and quit"), QMessageBox.ButtonRole.DestructiveRole)
        question.setDefaultButton(question.addButton(QMessageBox.StandardButton.Cancel))
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        delete.clicked.connect(self._delete_unticked)
        question.open()

    def _delete_unticked(self) -> None:
        self.delete_wanted.emit(sorted(self._ticked()))


def _seconds_of_day(at: float) -> float:
    local = datetime.fromtimestamp(at)
    return local.hour * 3600 + local.minute * 60 + local.second


def _tab(*parts: QWidget | QHBoxLayout) -> QWidget:
    tab = QWidget()
    layout = QVBoxLayout(tab)
    for part in parts:
        if isinstance(part, QPushButton):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignRight)
        elif isinstance(part, QWidget):
            layout.addWidget(part, int(isinstance(part, QTableWidget)))
        else:
            layout.addLayout(part, 1)
    return tab


def _table(titles: list[str], name: str) -> QTableWidget:
    """A table to read; its rows can be walked through by the arrow keys."""
    table = QTableWidget(0, len(titles))
    table.setHorizontalHeaderLabels(titles)
    table.setAccessibleName(name)
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setTabKeyNavigation(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    table.horizontalHeader().setHighlightSections(False)
    return table


def _fill(table: QTableWidget, rows: Collection[Sequence[str]]) -> None:
    table.setRowCount(len(rows))
    for row, cells in enumerate(rows):
        for column, text in enumerate(cells):
            table.setItem(row, column, QTableWidgetItem(printable(text)))
    table.resizeRowsToContents()

"""Choosing what the coach watches: a window, a monitor, a part of the screen, or a recording."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from coach_app.capture.screen import Screen
from coach_app.capture.source import SourceLost
from coach_app.capture.windows import list_windows, thumbnail
from coach_app.domain.source import AutoSpec, MonitorSpec, RecordingSpec, SourceSpec, WindowSpec
from coach_app.domain.words import printable
from coach_app.ui.icons import app_icon
from coach_app.ui.plain import PlainLabel, set_tooltip
from coach_app.ui.screens import fit
from coach_app.ui.setting_editors import source_text

THUMBNAIL_PX: Final = 208
_LONGEST: Final = 300
"""Characters of what a window is called."""


@dataclass(frozen=True)
class SourceChoice:
    """Something that can be watched.

    Attributes:
        spec: what is chosen by it.
        title: name for the user.
        detail: a few words more, for instance the program and the size.
        picture: what it shows now, RGB, not larger than `THUMBNAIL_PX`; None where it shows nothing.
    """

    spec: SourceSpec
    title: str
    detail: str
    picture: Image.Image | None = None


def look_around(excluded_pids: Collection[int] = ()) -> list[SourceChoice]:
    """The windows and monitors there are, with thumbnails. Takes a while: from a thread of its own.

    Args:
        excluded_pids: further processes whose windows are left out; those of this process are, always.

    Raises:
        CoachError: there is no screen.
    """
    choices = []
    for window in list_windows(excluded_pids):
        spec = WindowSpec(title=window.title, program=window.program, pid=window.pid)
        detail = " · ".join(filter(None, [window.program, f"{window.width} x {window.height}"]))
        picture = None if window.minimised else thumbnail(window, THUMBNAIL_PX)
        choices.append(SourceChoice(spec, window.title or window.program, detail, picture))
    for index in count(1):
        screen = Screen(MonitorSpec(index=index))
        try:
            frame = screen.grab()
        finally:
            screen.close()
        if isinstance(frame, SourceLost):
            return choices
        picture = frame.image.copy()
        picture.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX), Image.Resampling.BILINEAR, reducing_gap=2.0)
        detail = f"{frame.pixels.width} x {frame.pixels.height}"
        monitor = MonitorSpec(index=index)
        choices.append(SourceChoice(monitor, source_text(monitor), detail, picture))
    return choices


class SourcePicker(QDialog):
    """Shows what can be watched. Made without choices: give it some with `show_choices` when they are there.

    Args:
        current: what is watched now; it is selected where it is shown.
        parent: owner.
    """

    source_chosen = Signal(object)
    """The user chose this source (a `SourceSpec`)."""

    region_wanted = Signal()
    """The user wants to draw a part of the screen."""

    refresh_wanted = Signal()
    """The user wants to see what there is now; answer with `show_choices`."""

    def __init__(self, current: SourceSpec | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current = current
        self.setWindowTitle(self.tr("What should the coach watch?"))
        self.setWindowIcon(app_icon())
        fit(self, 780, 600)

        automatic = QPushButton(self.tr("Any &known game"))
        set_tooltip(automatic, self.tr("Watches whichever known game is open"))
        automatic.clicked.connect(lambda: self._choose(AutoSpec()))
        region = QPushButton(self.tr("&Part of the screen…"))
        set_tooltip(region, self.tr("Draw a rectangle on the screen"))
        region.clicked.connect(self._want_region)
        recording = QPushButton(self.tr("&Recording…"))
        set_tooltip(recording, self.tr("A GIF, or a folder of PNG pictures"))
        recording.clicked.connect(self._open_recording)
        refresh = QPushButton(self.tr("Re&fresh"))
        refresh.clicked.connect(self._refresh)
        others = QHBoxLayout()
        others.addWidget(automatic)
        others.addWidget(region)
        others.addWidget(recording)
        others.addStretch()
        others.addWidget(refresh)

        self._list = QListWidget()
        self._list.setAccessibleName(self.tr("Windows and monitors"))
        self._list.setViewMode(QListView.ViewMode.IconMode)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setMovement(QListView.Movement.Static)
        self._list.setIconSize(QSize(THUMBNAIL_PX, THUMBNAIL_PX * 5 // 8))
        self._list.setGridSize(QSize(THUMBNAIL_PX + 28, THUMBNAIL_PX * 5 // 8 + 58))
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._list.itemActivated.connect(self._choose_item)
        self._list.currentItemChanged.connect(self._on_current)
        self._message = PlainLabel()
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setWordWrap(True)
        places = QWidget()
        self._places = QStackedLayout(places)
        self._places.addWidget(self._message)
        self._places.addWidget(self._list)

        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._watch = buttons.addButton(self.tr("&Watch this"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._watch.setDefault(True)
        buttons.accepted.connect(lambda: self._choose_item(self._list.currentItem()))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addLayout(others)
        layout.addWidget(places, 1)
        layout.addWidget(buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button is self._watch)
        self.show_message(self.tr("Looking for windows…"))

    def show_choices(self, choices: Sequence[SourceChoice]) -> None:
        """Show what can be watched, in this order."""
        if not choices:
            self.show_message(self.tr("No other window is open. Start the game, then refresh."))
            return
        nothing = self.tr("no picture")
        self._list.clear()
        for choice in choices:
            icon = QIcon()
            picture = _framed(choice.picture, nothing)
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # a selected picture is not tinted
                icon.addPixmap(picture, mode)
            item = QListWidgetItem(icon, printable(f"{choice.title}\n{choice.detail}", _LONGEST))
            item.setData(Qt.ItemDataRole.UserRole, choice.spec)
            set_tooltip(item, choice.title)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            self._list.addItem(item)
            if choice.spec == self._current:
                self._list.setCurrentItem(item)
        if self._list.currentItem() is None:
            self._list.setCurrentRow(0)
        self._places.setCurrentWidget(self._list)
        self._list.setFocus()

    def show_message(self, sentence: str) -> None:
        """Show a sentence in place of the choices, for instance why there are none."""
        self._list.clear()
        self._message.setText(sentence)
        self._places.setCurrentWidget(self._message)
        self._on_current()

    def _on_current(self) -> None:
        self._watch.setEnabled(self._list.currentItem() is not None)

    def _choose_item(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._choose(item.data(Qt.ItemDataRole.UserRole))

    def _choose(self, spec: SourceSpec) -> None:
        self.accept()
        self.source_chosen.emit(spec)

    def _want_region(self) -> None:
        self.accept()
        self.region_wanted.emit()

    def _refresh(self) -> None:
        self.show_message(self.tr("Looking for windows…"))
        self.refresh_wanted.emit()

    def _open_recording(self) -> None:
        chooser = QFileDialog(self, self.tr("A GIF, or one picture of a folder of PNG pictures"))
        chooser.setNameFilter(self.tr("Recordings") + " (*.gif *.png)")
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._choose_recording)
        chooser.open()

    def _choose_recording(self, name: str) -> None:
        path = Path(name)
        self._choose(RecordingSpec(path=path.parent if path.suffix.lower() == ".png" else path))


def _framed(picture: Image.Image | None, nothing: str) -> QPixmap:
    """A thumbnail in the middle of a dark card, all of one size, so that the titles are in lines."""
    width, height = THUMBNAIL_PX, THUMBNAIL_PX * 5 // 8
    card = QPixmap(width, height)
    card.fill(QColor("#20262e"))
    painter = QPainter(card)
    if picture is None:
        painter.setPen(QColor("#a3adbb"))
        painter.drawText(card.rect(), Qt.AlignmentFlag.AlignCenter, nothing)
    else:
        image = QImage(picture.tobytes(), picture.width, picture.height, picture.width * 3, QImage.Format.Format_RGB888)
        inner = image.scaled(
            width, height, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage((width - inner.width()) // 2, (height - inner.height()) // 2, inner)
    painter.end()
    return card

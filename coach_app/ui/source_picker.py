"""The source picker: a window, a monitor, a part of the screen, or a recording."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListView,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from coach_app.capture.picked import can_be_picked
from coach_app.capture.screen import Screen
from coach_app.capture.source import SourceLost
from coach_app.capture.video import SUFFIXES
from coach_app.capture.window import Ambiguity, find_game
from coach_app.capture.windows import list_windows, thumbnail
from coach_app.domain.profile import GameProfile, game_of_window
from coach_app.domain.source import AutoSpec, Chosen, MonitorSpec, RecordingSpec, SourceSpec, WaylandSpec, WindowSpec
from coach_app.domain.words import printable
from coach_app.ui.file_chooser import FileChooser
from coach_app.ui.icons import app_icon
from coach_app.ui.language import translated
from coach_app.ui.plain import PlainLabel, set_tooltip
from coach_app.ui.screens import fit
from coach_app.ui.setting_editors import source_text

THUMBNAIL_PX: Final = 208
_LONGEST: Final = 300
"""Characters of what a window is called."""


@dataclass(frozen=True)
class SourceChoice:
    """A source offered in the picker.

    Attributes:
        spec: the source.
        title: name shown to the user.
        detail: further information, for instance program and size.
        picture: thumbnail, RGB, at most `THUMBNAIL_PX`; None if it has no picture.
        game: title of the known game that it shows; empty if there is none.
        doubtful: whether windows of other programs match the game, too, so that the user has to choose.
    """

    spec: Chosen
    title: str
    detail: str
    picture: Image.Image | None = None
    game: str = ""
    doubtful: bool = False


def look_around(excluded_pids: Collection[int] = (), games: Sequence[GameProfile] = ()) -> list[SourceChoice]:
    """List windows and monitors with thumbnails; on Wayland, those of X11 programs, and the desktop's own picker.

    Slow: call in a separate thread.

    Args:
        excluded_pids: processes whose windows are omitted, in addition to this one.
        games: known games; earlier ones win.

    Raises:
        CoachError: there is no screen.
    """
    choices = []
    windows = list_windows(excluded_pids)
    found = find_game(windows, games)
    doubtful = found.windows if isinstance(found, Ambiguity) else ()
    for window in sorted(windows, key=lambda window: window.id not in doubtful):
        spec = WindowSpec(title=window.title, program=window.program, pid=window.pid)
        game = game_of_window(window.title, window.program, games)
        detail = " · ".join(filter(None, [window.program, f"{window.width} x {window.height}"]))
        picture = None if window.minimised else thumbnail(window, THUMBNAIL_PX)
        choices.append(
            SourceChoice(
                spec,
                window.title or window.program,
                detail,
                picture,
                game=game.title if game else "",
                doubtful=window.id in doubtful,
            )
        )
    if can_be_picked():
        asks = QCoreApplication.translate("SourcePicker", "your desktop asks which")
        return [*choices, SourceChoice(WaylandSpec(), source_text(WaylandSpec()), asks)]
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
    """Shows the available sources; set them by `show_choices` once they are known.

    Args:
        current: current source, selected if it is listed.
        games: titles of the known games by id, which the user can assign to a source.
        parent: owner.
    """

    source_chosen = Signal(object)
    """The user chose this source (a `SourceSpec`), with the game that it is where that was said."""

    game_wanted = Signal(object)
    """The user wants to make a profile for the game that this source (a `Chosen`) shows."""

    region_wanted = Signal()
    """The user wants to draw a part of the screen."""

    refresh_wanted = Signal()
    """The user wants to see what there is now; answer with `show_choices`."""

    def __init__(
        self,
        current: SourceSpec | None = None,
        games: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._current = current if current is None or isinstance(current, AutoSpec) else _without_game(current)
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
        set_tooltip(recording, self.tr("A video, a GIF, or a folder of PNG pictures"))
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
        self._use = QPushButton(self.tr("&Use as game…"))
        self._use.setMenu(self._made_menu(games or {}))
        set_tooltip(self._use, self.tr("Say which game it is, or make a profile for it"))
        buttons.addButton(self._use, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.accepted.connect(lambda: self._choose_item(self._list.currentItem()))
        buttons.rejected.connect(self.reject)
        self._question = PlainLabel(
            self.tr("Which of the first windows is the game? Choose once; the coach remembers."),
            wordWrap=True,
            bold=True,
        )
        self._question.hide()
        layout = QVBoxLayout(self)
        layout.addWidget(self._question)
        layout.addLayout(others)
        layout.addWidget(places, 1)
        layout.addWidget(buttons)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(button is self._watch)
        self.show_message(self.tr("Looking for windows…"))

    def show_choices(self, choices: Sequence[SourceChoice]) -> None:
        """Show the sources in the given order."""
        if not choices:
            self.show_message(self.tr("No other window is open. Start the game, then refresh."))
            return
        nothing = self.tr("no picture")
        self._list.clear()
        for choice in choices:
            icon = QIcon()
            picture = _framed(choice.picture, nothing)
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # do not tint the selected picture
                icon.addPixmap(picture, mode)
            game = self.tr("Game: {title}").format(title=translated(choice.game)) if choice.game else ""
            detail = " · ".join(filter(None, [game, choice.detail]))
            item = QListWidgetItem(icon, printable(f"{choice.title}\n{detail}", _LONGEST))
            item.setData(Qt.ItemDataRole.UserRole, choice.spec)
            set_tooltip(item, choice.title)
            item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
            self._list.addItem(item)
            if choice.spec == self._current:
                self._list.setCurrentItem(item)
        self._question.setVisible(choices[0].doubtful)
        if choices[0].doubtful:
            self._list.setCurrentRow(0)
        if self._list.currentItem() is None:
            self._list.setCurrentRow(0)
        self._places.setCurrentWidget(self._list)
        self._list.setFocus()

    def show_message(self, sentence: str) -> None:
        """Show a sentence in place of the sources, for instance why there are none."""
        self._list.clear()
        self._question.hide()
        self._message.setText(sentence)
        self._places.setCurrentWidget(self._message)
        self._on_current()

    def _on_current(self) -> None:
        for button in (self._watch, self._use):
            button.setEnabled(self._list.currentItem() is not None)

    def _made_menu(self, games: Mapping[str, str]) -> QMenu:
        """The menu of games to assign to a source."""
        menu = QMenu(self)
        menu.addAction(self.tr("&New game…"), self._want_game)
        menu.addSeparator()
        for game, title in games.items():
            action = menu.addAction(printable(title).replace("&", "&&"))
            action.triggered.connect(lambda _=False, game=game: self._choose_as(game))
        return menu

    def _choose_as(self, game: str) -> None:
        if item := self._list.currentItem():
            self._choose(item.data(Qt.ItemDataRole.UserRole).model_copy(update={"game": game}))

    def _want_game(self) -> None:
        if item := self._list.currentItem():
            self.accept()
            self.game_wanted.emit(item.data(Qt.ItemDataRole.UserRole))

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
        chooser = FileChooser(self.tr("A video, a GIF, or one picture of a folder of PNG pictures"), self)
        wanted = " ".join(f"*{suffix}" for suffix in (".gif", ".png", *SUFFIXES))
        chooser.setNameFilter(self.tr("Recordings") + f" ({wanted})")
        chooser.fileSelected.connect(self._choose_recording)
        chooser.open()

    def _choose_recording(self, name: str) -> None:
        path = Path(name)
        self._choose(RecordingSpec(path=path.parent if path.suffix.lower() == ".png" else path))


def _without_game(spec: Chosen) -> Chosen:
    return spec.model_copy(update={"game": ""})


def _framed(picture: Image.Image | None, nothing: str) -> QPixmap:
    """A thumbnail centred on a dark card of fixed size, so that the titles are aligned."""
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

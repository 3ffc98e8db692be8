"""Lets the user draw a part of the screen with mouse or keys, and assign a game."""

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QObject, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
    QScreen,
)
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from coach_app.domain.source import RegionSpec
from coach_app.domain.words import printable
from coach_app.ui.icons import app_icon
from coach_app.ui.plain import PlainLabel
from coach_app.ui.rectangle import Rectangle, whole

MIN_PX: Final = 16
OPEN_AFTER_MS: Final = 200
_MARGIN_PX: Final = 16
_WIDEST_PX: Final = 620
_GAP_PX: Final = 10
_SHADE: Final = QColor(8, 12, 18, 150)


class RegionPicker(QObject):
    """Covers every screen with a dark sheet to draw a rectangle on; ends with exactly one signal.

    Drag to draw, drag a handle to move or resize; arrow keys move, with Shift resize, with Ctrl by single pixels;
    Return or a double click accepts, Escape or the right button cancels.
    """

    region_selected = Signal(object)
    """The user drew this (a `RegionSpec`, with the game that it is)."""

    cancelled = Signal()
    """The user wants none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheets: list[RegionSheet] = []

    def open(self, current: RegionSpec | None = None, games: Mapping[str, str] | None = None) -> None:
        """Cover the screens, after a delay for the calling window to disappear.

        Args:
            current: the current region as a starting point.
            games: titles of the possible games by id; if empty, the user is not asked.
        """
        QTimer.singleShot(OPEN_AFTER_MS, self, lambda: self._cover(current, games or {}))

    def _cover(self, current: RegionSpec | None, games: Mapping[str, str]) -> None:
        self._close()
        screens = QGuiApplication.screens()
        self._sheets = [RegionSheet(screen, current, games, several=len(screens) > 1) for screen in screens]
        for sheet in self._sheets:
            sheet.drawn.connect(self._take)
            sheet.cancelled.connect(self._cancel)
            sheet.started.connect(self._clear_others)
            sheet.next_wanted.connect(self._turn_to_next)
            sheet.setGeometry(sheet.screen().geometry())
            sheet.showFullScreen()
        first = next((sheet for sheet in self._sheets if sheet.has_region), self._sheets[0])
        first.start()

    @property
    def sheets(self) -> "list[RegionSheet]":
        """The sheets on the screens; empty while closed."""
        return self._sheets

    def _take(self, region: RegionSpec) -> None:
        if self._close():
            self.region_selected.emit(region)

    def _cancel(self) -> None:
        if self._close():
            self.cancelled.emit()

    def _clear_others(self) -> None:
        for sheet in self._sheets:
            if sheet is not self.sender():
                sheet.clear()

    def _turn_to_next(self) -> None:
        place = next(number for number, sheet in enumerate(self._sheets) if sheet is self.sender())
        following = self._sheets[(place + 1) % len(self._sheets)]
        following.play(self._sheets[place].game)
        self._sheets[place].clear()
        following.start()

    def _close(self) -> bool:
        """Remove the sheets; returns whether there were any."""
        sheets, self._sheets = self._sheets, []
        for sheet in sheets:
            sheet.close()
            sheet.deleteLater()
        return bool(sheets)


class RegionSheet(QWidget):
    """The sheet over one screen. Shows a screenshot, so that no compositor is needed.

    Args:
        screen: the screen to cover.
        current: initial region, if it is on this screen.
        games: titles of the possible games by id.
        several: whether there are other screens.
    """

    drawn = Signal(object)
    cancelled = Signal()
    started = Signal()
    """A rectangle was begun on this screen."""
    next_wanted = Signal()
    """The user wants to go on with the next screen."""

    def __init__(
        self,
        screen: QScreen,
        current: RegionSpec | None = None,
        games: Mapping[str, str] | None = None,
        several: bool = False,
    ) -> None:
        super().__init__()
        kind = Qt.WindowType.Dialog  # tiling window managers do not resize others for it
        self.setWindowFlags(kind | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(self.tr("Draw the part of the screen to watch"))
        self.setWindowIcon(app_icon())
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setScreen(screen)
        self._behind: QPixmap = screen.grabWindow(0)
        self._scale = screen.devicePixelRatio()
        self._origin = screen.geometry().topLeft()
        self._size = screen.geometry().size()
        self._rectangle = Rectangle(MIN_PX)
        self._rectangle.bounds = whole(self._size)
        if current:
            self._rectangle.rect = self._from_spec(current)
        self._panel = self._made_panel(games or {}, several)
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription(self._help())
        if current:
            self.play(current.game)

    @property
    def has_region(self) -> bool:
        """Whether there is a rectangle on this screen."""
        return not self._rectangle.rect.isEmpty()

    @property
    def game(self) -> str:
        """Id of the chosen game; empty if none was chosen."""
        return str(self._games.currentData() or "")

    def play(self, game: str) -> None:
        """Select a game by id, if it is offered."""
        self._games.setCurrentIndex(max(0, self._games.findData(game)))

    def start(self) -> None:
        """Take the focus, and create a rectangle in the middle if there is none."""
        self._rectangle.start()
        self.activateWindow()
        self.setFocus()
        self._settle()

    def clear(self) -> None:
        """Remove the rectangle."""
        self._rectangle.rect = QRect()
        self._settle()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self.cancelled.emit()
            return
        self._rectangle.press(event.position().toPoint())
        self.started.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._panel.hide()  # out of the way of drawing
            self._rectangle.drag(here)
            self.update()
        else:
            self.setCursor(self._rectangle.cursor_at(here))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.activateWindow()
        self.setFocus()
        self._settle()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._rectangle.rect.contains(event.position().toPoint()):
            self._take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif self._rectangle.press_key(event):
            self._settle()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.cancelled.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._behind.isNull():
            painter.drawPixmap(self.rect(), self._behind)
        painter.setClipRegion(self.rect())
        painter.setClipRegion(painter.clipRegion() - self._rectangle.rect)
        painter.fillRect(self.rect(), _SHADE)
        painter.setClipping(False)
        self._rectangle.draw(painter)
        if self.has_region:
            self._label(painter, self._measures())

    def _label(self, painter: QPainter, text: str) -> None:
        """Draw text on a dark card below the rectangle, or above it at the screen's edge."""
        font = QFont(self.font())
        font.setPointSize(12)
        painter.setFont(font)
        card = QRectF(painter.fontMetrics().boundingRect(text))
        card.adjust(-10, -6, 10, 6)
        rect = self._rectangle.rect
        left = min(max(rect.right() - card.width(), 4), self.width() - card.width() - 4)
        top = float(rect.bottom() + _GAP_PX)
        if top + card.height() > self.height():
            top = max(rect.top() - _GAP_PX - card.height(), 4.0)
        card.moveTo(left, top)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(12, 16, 22, 230))
        painter.drawRoundedRect(card, 8, 8)
        painter.setPen(QColor("white"))
        painter.drawText(card, Qt.AlignmentFlag.AlignCenter, text)

    def _made_panel(self, games: Mapping[str, str], several: bool) -> QFrame:
        """The panel with help and choice of game."""
        panel = QFrame(self)
        panel.setFrameShape(QFrame.Shape.StyledPanel)
        panel.setAutoFillBackground(True)
        panel.setCursor(Qt.CursorShape.ArrowCursor)
        help_text = PlainLabel(self._help(), wordWrap=True)
        self._games = QComboBox()
        self._games.setAccessibleName(self.tr("Game"))
        self._games.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._games.setMinimumContentsLength(8)
        self._games.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._games.addItem(self.tr("As in the settings"), "")
        for game, title in games.items():
            self._games.addItem(printable(title), game)
        asked = PlainLabel(self.tr("Game:"))
        take, cancel, other = (
            QPushButton(text) for text in (self.tr("&Watch this"), self.tr("Cancel"), self.tr("&Next screen"))
        )
        take.clicked.connect(self._take)
        cancel.clicked.connect(self.cancelled)
        other.clicked.connect(self.next_wanted)
        asking, buttons = QHBoxLayout(), QHBoxLayout()
        if not games:
            asked.hide()
            self._games.hide()
        asking.addWidget(asked)
        asking.addWidget(self._games, 1)
        buttons.addStretch()
        for button in (take, other, cancel):
            button.setAutoDefault(True)  # Return presses the focused one
            buttons.addWidget(button)
        if not several:
            other.hide()
        column = QVBoxLayout(panel)
        column.addWidget(help_text)
        column.addLayout(asking)
        column.addLayout(buttons)
        return panel

    def _settle(self) -> None:
        """Move the panel to the top or bottom of the screen, where it hides less of the rectangle."""
        layout = self._panel.layout()
        assert layout
        width = min(_WIDEST_PX, self.width() - 2 * _MARGIN_PX)
        place = QRect((self.width() - width) // 2, _MARGIN_PX, width, max(0, layout.totalHeightForWidth(width)))
        low = place.translated(0, self.height() - place.height() - 2 * _MARGIN_PX)
        rect = self._rectangle.rect
        hidden = [(rect & each).height() for each in (place, low)]
        self._panel.setGeometry(low if hidden[1] < hidden[0] else place)
        self._panel.show()
        if self.has_region:
            self._panel.setAccessibleName(self._measures())
        self.update()

    def _help(self) -> str:
        return self.tr(
            "Drag to draw; drag a handle to move or resize. Arrow keys move, with Shift they resize, with Ctrl by one "
            "pixel. Return or a double click: watch this part. Escape: cancel."
        )

    def _measures(self) -> str:
        spec = self._to_spec()
        return f"{spec.width} × {spec.height}"

    def _take(self) -> None:
        rect = self._rectangle.rect
        if rect.width() >= MIN_PX and rect.height() >= MIN_PX:
            self.drawn.emit(self._to_spec())

    def _to_spec(self) -> RegionSpec:
        """The rectangle in physical pixels: Qt scales sizes, but not the origins of screens."""
        rect = self._rectangle.rect
        corner, size = rect.topLeft() * self._scale + self._origin, rect.size() * self._scale
        return RegionSpec(left=corner.x(), top=corner.y(), width=size.width(), height=size.height(), game=self.game)

    def _from_spec(self, spec: RegionSpec) -> QRect:
        left, top = spec.left - self._origin.x(), spec.top - self._origin.y()
        physical = (left, top, spec.width, spec.height)
        region = QRect(*(round(value / self._scale) for value in physical))
        return region if whole(self._size).contains(region) else QRect()

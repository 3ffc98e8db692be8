"""Drawing a part of the screen with the mouse, or the keys."""

from typing import Final

from PySide6.QtCore import QObject, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QFont,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QScreen,
)
from PySide6.QtWidgets import QWidget

from coach_app.domain.source import RegionSpec
from coach_app.ui.icons import app_icon

LEAST_PX: Final = 16
STEP_PX: Final = 10
OPEN_AFTER_MS: Final = 200
_ACCENT: Final = QColor("#ffd23f")
_SHADE: Final = QColor(8, 12, 18, 150)
_MOVES: Final = {
    Qt.Key.Key_Left: QPoint(-1, 0),
    Qt.Key.Key_Right: QPoint(1, 0),
    Qt.Key.Key_Up: QPoint(0, -1),
    Qt.Key.Key_Down: QPoint(0, 1),
}


class RegionPicker(QObject):
    """Covers every screen with a dark sheet on which a rectangle can be drawn; ends with exactly one signal.

    Drag to draw, drag inside to move; arrow keys move, with Shift they resize, with Ctrl by single pixels; Return or
    a double click takes the rectangle, Escape or the right button none.
    """

    region_selected = Signal(object)
    """The user drew this (a `RegionSpec`)."""

    cancelled = Signal()
    """The user wants none."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sheets: list[RegionSheet] = []

    def open(self, current: RegionSpec | None = None) -> None:
        """Cover the screens, as soon as the window that asked for it has had time to leave the picture.

        Args:
            current: what is chosen now, to begin with.
        """
        QTimer.singleShot(OPEN_AFTER_MS, self, lambda: self._cover(current))

    def _cover(self, current: RegionSpec | None) -> None:
        self._close()
        self._sheets = [RegionSheet(screen, current) for screen in QGuiApplication.screens()]
        for sheet in self._sheets:
            sheet.drawn.connect(self._take)
            sheet.cancelled.connect(self._cancel)
            sheet.started.connect(self._clear_others)
            sheet.setGeometry(sheet.screen().geometry())
            sheet.showFullScreen()
        first = next((sheet for sheet in self._sheets if sheet.has_region), self._sheets[0])
        first.start()

    @property
    def sheets(self) -> "list[RegionSheet]":
        """The sheets on the screens; none while nothing is drawn."""
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

    def _close(self) -> bool:
        """Take the sheets away; whether there were any."""
        sheets, self._sheets = self._sheets, []
        for sheet in sheets:
            sheet.close()
            sheet.deleteLater()
        return bool(sheets)


class RegionSheet(QWidget):
    """The sheet over one screen. Shows the screen as it was when the sheet was made, so that no compositor is needed.

    Args:
        screen: the screen to cover.
        current: a region to begin with, if it is on this screen.
    """

    drawn = Signal(object)
    cancelled = Signal()
    started = Signal()
    """A rectangle was begun on this screen."""

    def __init__(self, screen: QScreen, current: RegionSpec | None = None) -> None:
        super().__init__()
        kind = Qt.WindowType.Dialog  # tiling window managers make no room for it
        self.setWindowFlags(kind | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowTitle(self.tr("Draw the part of the screen to watch"))
        self.setWindowIcon(app_icon())
        self.setAccessibleName(self.windowTitle())
        self.setAccessibleDescription(self._help())
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setScreen(screen)
        self._behind: QPixmap = screen.grabWindow(0)
        self._scale = screen.devicePixelRatio()
        self._origin = screen.geometry().topLeft()
        self._size = screen.geometry().size()
        self._region = self._from_spec(current) if current else QRect()
        self._pressed_at = QPoint()
        self._moved_from: QRect | None = None

    @property
    def has_region(self) -> bool:
        """Whether a rectangle is on this screen."""
        return not self._region.isEmpty()

    def start(self) -> None:
        """Take the keyboard, and begin with a rectangle in the middle where there is none."""
        if not self.has_region:
            self._region = QRect(QPoint(0, 0), self._size / 2)
            self._region.moveCenter(QRect(QPoint(0, 0), self._size).center())
        self.activateWindow()
        self.setFocus()
        self.update()

    def clear(self) -> None:
        """Forget the rectangle."""
        self._region = QRect()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.RightButton:
            self.cancelled.emit()
            return
        self._pressed_at = event.position().toPoint()
        self._moved_from = QRect(self._region) if self._region.contains(self._pressed_at) else None
        self.started.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            inside = self._region.contains(here)
            self.setCursor(Qt.CursorShape.SizeAllCursor if inside else Qt.CursorShape.CrossCursor)
        elif self._moved_from is not None:
            self._place(self._moved_from.translated(here - self._pressed_at))
        else:
            self._region = QRect(self._pressed_at, here).normalized() & self._bounds()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.activateWindow()
        self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if self._region.contains(event.position().toPoint()):
            self._take()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take()
        elif key in _MOVES:
            step = _MOVES[key] * (1 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else STEP_PX)
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._resize(step)
            else:
                self._place(self._region.translated(step))
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.cancelled.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self._behind.isNull():
            painter.drawPixmap(self.rect(), self._behind)
        painter.setClipRegion(self.rect())
        painter.setClipRegion(painter.clipRegion() - self._region)
        painter.fillRect(self.rect(), _SHADE)
        painter.setClipping(False)
        if self.has_region:
            painter.setPen(QPen(QColor(0, 0, 0, 160), 4))
            painter.drawRect(self._region)
            painter.setPen(QPen(_ACCENT, 2))
            painter.drawRect(self._region)
            spec = self._to_spec()
            self._label(painter, f"{spec.width} x {spec.height}", self._region.bottomRight() + QPoint(0, 8), right=True)
        self._label(painter, self._help(), QPoint(self.width() // 2, 32))

    def _label(self, painter: QPainter, text: str, at: QPoint, right: bool = False) -> None:
        """Text on a dark card below a point: centred, or ending there; kept on the screen."""
        font = QFont(self.font())
        font.setPointSize(12)
        painter.setFont(font)
        card = QRectF(painter.fontMetrics().boundingRect(QRect(0, 0, self.width() - 40, 400), 0, text))
        card.adjust(-12, -7, 12, 7)
        card.moveTopLeft(QPoint(0, 0).toPointF())
        left = at.x() - card.width() if right else at.x() - card.width() / 2
        left = min(max(left, 4), self.width() - card.width() - 4)
        top = min(max(at.y(), 4), self.height() - card.height() - 4)
        card.moveTo(left, top)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(12, 16, 22, 230))
        painter.drawRoundedRect(card, 8, 8)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor("white"))
        painter.drawText(card, Qt.AlignmentFlag.AlignCenter, text)

    def _help(self) -> str:
        return self.tr(
            "Drag to draw, drag inside to move · arrow keys move, with Shift resize, with Ctrl by one pixel\n"
            "Return or double click: watch this part · Escape: cancel"
        )

    def _bounds(self) -> QRect:
        return QRect(QPoint(0, 0), self._size)

    def _place(self, region: QRect) -> None:
        """Put the rectangle there, as far as it stays on the screen."""
        bounds = self._bounds()
        left = min(max(region.left(), 0), bounds.width() - region.width())
        top = min(max(region.top(), 0), bounds.height() - region.height())
        self._region = QRect(QPoint(left, top), region.size())
        self.update()

    def _resize(self, step: QPoint) -> None:
        width = min(max(self._region.width() + step.x(), LEAST_PX), self._size.width() - self._region.left())
        height = min(max(self._region.height() + step.y(), LEAST_PX), self._size.height() - self._region.top())
        self._region.setSize(QSize(width, height))
        self.update()

    def _take(self) -> None:
        if self._region.width() >= LEAST_PX and self._region.height() >= LEAST_PX:
            self.drawn.emit(self._to_spec())

    def _to_spec(self) -> RegionSpec:
        """The rectangle in physical pixels: Qt scales sizes, but leaves the corner of each screen where it is."""
        corner = self._region.topLeft() * self._scale + self._origin
        size = self._region.size() * self._scale
        return RegionSpec(left=corner.x(), top=corner.y(), width=size.width(), height=size.height())

    def _from_spec(self, spec: RegionSpec) -> QRect:
        left, top = spec.left - self._origin.x(), spec.top - self._origin.y()
        physical = (left, top, spec.width, spec.height)
        region = QRect(*(round(value / self._scale) for value in physical))
        return region if self._bounds().contains(region) else QRect()

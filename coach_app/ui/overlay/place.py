"""The card's place on the desktop, and moving it by mouse and keys."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent

from coach_app.ui.card import CardWindow
from coach_app.ui.placement import aside, grows_upwards, inside, pulled_back, screen_of

_EDGE_PX = 14
_MIN_WIDTH_PX = 200
_SCREEN_MARGIN_PX = 24


class CardPlace:
    """The edges that stay fixed when the card's height changes.

    In the lower part of a screen the lower edge is fixed, otherwise the upper one.
    """

    def __init__(self) -> None:
        self._card = QRect()
        self._upwards = False

    @property
    def card(self) -> QRect:
        """The rectangle as set; its height may be unknown."""
        return QRect(self._card)

    @property
    def screen(self) -> QRect:
        """The screen that the card is on."""
        return screen_of(self._card, _screens())

    def put(self, card: QRect) -> None:
        """Set the rectangle of the card."""
        self._card = card
        self._upwards = not card.isEmpty() and grows_upwards(card, self.screen)

    def pull_back(self, card: QRect) -> None:
        """Set the rectangle of the card, moved onto the nearest screen if it is off-screen."""
        self.put(pulled_back(card, _screens()))

    def put_at_top_right(self, width: int) -> None:
        """Set the default place for a card of this width."""
        free = QGuiApplication.primaryScreen().availableGeometry()
        left = free.right() + 1 - _SCREEN_MARGIN_PX - width
        self.pull_back(QRect(left, free.top() + _SCREEN_MARGIN_PX, width, 0))

    def with_height(self, height: int) -> QRect:
        """The rectangle for a height, entirely on the screen."""
        card = QRect(self._card.left(), self._card.top(), self._card.width(), height)
        if self._upwards:
            card.moveBottom(self._card.bottom())
        return inside(card, self.screen)

    def with_height_beside(self, height: int, taken: Sequence[QRect], now: QRect) -> QRect | None:
        """The rectangle for a height that does not cover other windows; None if there is no space.

        Args:
            height: height of the card.
            taken: rectangles of other windows.
            now: current rectangle of the card.
        """
        return aside(self.with_height(height), taken, _screens(), now)


class CardMover(QObject):
    """Moves and resizes the card by mouse and keys while active, as an event filter of the window.

    Arrows move by 10 pixels, with Ctrl by 1; with Shift they change the width.

    Attributes:
        moving: emitted with the rectangle during a movement.
        moved: emitted with the final rectangle.
        ended: emitted on Enter, or on Escape after restoring the card.

    Args:
        window: window of the card.
    """

    moving = Signal(QRect)
    moved = Signal(QRect)
    ended = Signal()

    def __init__(self, window: CardWindow) -> None:
        super().__init__(window)
        self._window = window
        self._before = QRect()
        self._drag: tuple[QPoint, QRect, int] | None = None

    def begin(self, card: QRect) -> None:
        """Activate; Escape restores the given rectangle."""
        self._before, self._drag = card, None
        self._window.setMouseTracking(True)
        self._window.installEventFilter(self)

    def end(self) -> None:
        """Deactivate."""
        self._window.removeEventFilter(self)
        self._window.setMouseTracking(False)
        self._window.unsetCursor()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject."""
        kind = event.type()
        if isinstance(event, QMouseEvent) and kind == QEvent.Type.MouseButtonPress:
            if event.button() == Qt.MouseButton.LeftButton:
                start, side = event.globalPosition().toPoint(), self._side_at(event.position().x())
                self._drag = start, self._window.card_geometry(), side
        elif isinstance(event, QMouseEvent) and kind == QEvent.Type.MouseMove:
            self._follow(event)
        elif isinstance(event, QMouseEvent) and kind == QEvent.Type.MouseButtonRelease:
            if self._drag is not None:
                self._drag = None
                self.moved.emit(self._window.card_geometry())
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress:
            return self._press(event)
        else:
            return False
        return True

    def _follow(self, event: QMouseEvent) -> None:
        if self._drag is None:
            side = self._side_at(event.position().x())
            self._window.setCursor(Qt.CursorShape.SizeHorCursor if side else Qt.CursorShape.SizeAllCursor)
            return
        start, card, side = self._drag
        by = event.globalPosition().toPoint() - start
        self.moving.emit(_resized(card, side, by.x()) if side else card.translated(by))

    def _press(self, event: QKeyEvent) -> bool:
        """Handle a key; returns whether it was used."""
        by = 1 if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 10
        steps = {
            Qt.Key.Key_Left: QPoint(-by, 0),
            Qt.Key.Key_Right: QPoint(by, 0),
            Qt.Key.Key_Up: QPoint(0, -by),
            Qt.Key.Key_Down: QPoint(0, by),
        }
        key = Qt.Key(event.key())
        if key in steps:
            card, step = self._window.card_geometry(), steps[key]
            wider = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self._put(_resized(card, 1, step.x()) if wider else card.translated(step))
        elif key == Qt.Key.Key_Escape:
            self._put(self._before)
            self.ended.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.ended.emit()
        else:
            return False
        return True

    def _put(self, card: QRect) -> None:
        self.moving.emit(card)
        self.moved.emit(self._window.card_geometry())  # the height follows the text

    def _side_at(self, x: float) -> int:
        """-1 on the left edge of the card, 1 on the right one, 0 between them."""
        card = self._window.card_geometry().translated(-self._window.pos())
        return (x > card.right() - _EDGE_PX) - (x < card.left() + _EDGE_PX)


def _resized(card: QRect, side: int, by: int) -> QRect:
    """The card with its right (1) or left (-1) edge moved by pixels, within the minimum width."""
    if side > 0:
        return QRect(card.left(), card.top(), max(_MIN_WIDTH_PX, card.width() + by), card.height())
    left = min(card.left() + by, card.right() + 1 - _MIN_WIDTH_PX)
    return QRect(left, card.top(), card.right() + 1 - left, card.height())


def _screens() -> list[QRect]:
    return [screen.geometry() for screen in QGuiApplication.screens()]

"""Where the card is on the desktop, and the mouse and keys that move it."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent

from coach_app.ui.card import CardWindow
from coach_app.ui.placement import aside, grows_upwards, inside, pulled_back, screen_of

_EDGE_PX = 14
_MIN_WIDTH_PX = 200
_SCREEN_MARGIN_PX = 24


class CardPlace:
    """The edges that stay where they are when the card's height changes.

    In the lower part of a screen that is its lower edge, otherwise its upper one.
    """

    def __init__(self) -> None:
        self._card = QRect()
        self._upwards = False

    @property
    def card(self) -> QRect:
        """The card as it was put; its height is only right where it was put with one."""
        return QRect(self._card)

    @property
    def screen(self) -> QRect:
        """The screen that it is on."""
        return screen_of(self._card, _screens())

    def put(self, card: QRect) -> None:
        """Put the card somewhere on the desktop."""
        self._card = card
        self._upwards = not card.isEmpty() and grows_upwards(card, self.screen)

    def pull_back(self, card: QRect) -> None:
        """Put the card somewhere, or on the nearest screen if no screen would show it there."""
        self.put(pulled_back(card, _screens()))

    def put_at_top_right(self, width: int) -> None:
        """Put a card of this width where it belongs until the user moves it."""
        free = QGuiApplication.primaryScreen().availableGeometry()
        left = free.right() + 1 - _SCREEN_MARGIN_PX - width
        self.pull_back(QRect(left, free.top() + _SCREEN_MARGIN_PX, width, 0))

    def with_height(self, height: int) -> QRect:
        """Where a card of this height is, all of it on the screen."""
        card = QRect(self._card.left(), self._card.top(), self._card.width(), height)
        if self._upwards:
            card.moveBottom(self._card.bottom())
        return inside(card, self.screen)

    def with_height_beside(self, height: int, taken: Sequence[QRect], now: QRect) -> QRect | None:
        """Where a card of this height is that must not cover what is taken; None where there is no room.

        Args:
            height: of the card.
            taken: other windows.
            now: where the card is.
        """
        return aside(self.with_height(height), taken, _screens(), now)


class CardMover(QObject):
    """Moves and resizes the card by mouse and keys while it is at work. It takes the events from the window.

    Arrows move by 10 pixels, with Ctrl by 1; with Shift they change the width.

    Attributes:
        moving: the card should be there, for now.
        moved: the card was put there.
        ended: Enter, or Escape after the card was put back, asks for an end.

    Args:
        window: of the card.
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
        """Start; Escape puts the card back to where it is now."""
        self._before, self._drag = card, None
        self._window.setMouseTracking(True)
        self._window.installEventFilter(self)

    def end(self) -> None:
        """Leave the events to the window again."""
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
        """Do what a key is for; say whether it is for anything here."""
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
        self.moved.emit(self._window.card_geometry())  # as high as its text needs

    def _side_at(self, x: float) -> int:
        """-1 on the left edge of the card, 1 on the right one, 0 between them."""
        card = self._window.card_geometry().translated(-self._window.pos())
        return (x > card.right() - _EDGE_PX) - (x < card.left() + _EDGE_PX)


def _resized(card: QRect, side: int, by: int) -> QRect:
    """The card with its right (1) or left (-1) edge moved by so many pixels, no narrower than can be read."""
    if side > 0:
        return QRect(card.left(), card.top(), max(_MIN_WIDTH_PX, card.width() + by), card.height())
    left = min(card.left() + by, card.right() + 1 - _MIN_WIDTH_PX)
    return QRect(left, card.top(), card.right() + 1 - left, card.height())


def _screens() -> list[QRect]:
    return [screen.geometry() for screen in QGuiApplication.screens()]

"""Geometry of the overlay: one position per monitor layout, never off-screen."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QScreen

_MIN_SEEN_PX = 80
_AWAY_PX = 16
"""Between two windows; as wide as the shadow of one."""


def layout_key(screens: Iterable[QScreen]) -> str:
    """A key for a monitor layout, independent of their order, for instance ``0,0,1920x1080;1920,0,1280x1024``."""
    return ";".join(sorted(_spelled(screen.geometry()) for screen in screens))


def _spelled(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()},{rect.width()}x{rect.height()}"


def screen_of(rect: QRect, screens: Sequence[QRect]) -> QRect:
    """The screen that shows most of a rectangle, or else the nearest one. Requires at least one screen."""

    def seen(screen: QRect) -> tuple[int, int]:
        both = screen & rect
        away = screen.center() - rect.center()
        return max(0, both.width()) * max(0, both.height()), -QPoint.dotProduct(away, away)

    return max(screens, key=seen)


def pulled_back(rect: QRect, screens: Sequence[QRect]) -> QRect:
    """Move a rectangle onto a screen (and shrink it if necessary) if too little of it is visible to grab it."""
    screen = screen_of(rect, screens)
    seen = screen & rect
    enough = seen.width() >= min(_MIN_SEEN_PX, rect.width()) and seen.height() >= min(_MIN_SEEN_PX, rect.height())
    return rect if enough else inside(rect, screen)


def inside(rect: QRect, screen: QRect) -> QRect:
    """Move a rectangle (and shrink it if necessary) so that it is entirely on the screen."""
    width, height = min(rect.width(), screen.width()), min(rect.height(), screen.height())
    left = min(max(rect.left(), screen.left()), screen.right() + 1 - width)
    top = min(max(rect.top(), screen.top()), screen.bottom() + 1 - height)
    return QRect(left, top, width, height)


def aside(card: QRect, taken: Sequence[QRect], screens: Sequence[QRect], now: QRect | None = None) -> QRect | None:
    """The nearest place for a card on one screen where it covers no other rectangle.

    Args:
        card: its intended rectangle.
        taken: rectangles that it must not cover or touch.
        screens: at least one.
        now: its current rectangle, preferred if the intended place is not free.

    Returns:
        The rectangle of the card; None if there is no such place.
    """
    kept_free = [rect.adjusted(-_AWAY_PX, -_AWAY_PX, _AWAY_PX, _AWAY_PX) for rect in taken]

    def free(place: QRect) -> bool:
        return not any(place.intersects(rect) for rect in kept_free)

    if free(card):
        return card
    if now is not None:
        here = inside(QRect(now.topLeft(), card.size()), screen_of(now, screens))
        if here.size() == card.size() and free(here):
            return here
    lefts, tops = [card.left()], [card.top()]
    for rect in kept_free:
        lefts += [rect.left() - card.width(), rect.right() + 1]
        tops += [rect.top() - card.height(), rect.bottom() + 1]
    places = [
        place
        for screen in screens
        for left in lefts
        for top in tops
        if (place := inside(QRect(QPoint(left, top), card.size()), screen)).size() == card.size() and free(place)
    ]

    def far(place: QRect) -> int:
        way = place.center() - card.center()
        return QPoint.dotProduct(way, way)

    return min(places, key=far, default=None)


def beside(size: QSize, card: QRect, screen: QRect) -> QRect:
    """The place for a box that belongs to a card: beside it on the wider side, or above, or below.

    The card can then grow without covering it, unless it grows upwards and the box is above.
    """
    to_left = QRect(QPoint(card.left() - _AWAY_PX - size.width(), card.top()), size)
    to_right = QRect(QPoint(card.right() + 1 + _AWAY_PX, card.top()), size)
    outer = card.right() + 1 - size.width() if card.center().x() > screen.center().x() else card.left()
    above = QRect(QPoint(outer, card.top() - _AWAY_PX - size.height()), size)
    below = QRect(QPoint(outer, card.bottom() + 1 + _AWAY_PX), size)
    sides = [to_left, to_right] if card.center().x() > screen.center().x() else [to_right, to_left]
    places = [inside(place, screen) for place in (*sides, above, below)]
    return next((place for place in places if not place.intersects(card)), places[-1])


def grows_upwards(rect: QRect, screen: QRect) -> bool:
    """Whether a card should grow upwards: in the lower part of a screen."""
    return rect.center().y() > screen.top() + 0.6 * screen.height()

"""Where the overlay goes: kept for each layout of monitors, and never off every screen."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QScreen

_MIN_SEEN_PX = 80
_AWAY_PX = 16
"""Between two windows; as wide as the shadow of one."""


def layout_key(screens: Iterable[QScreen]) -> str:
    """Names an arrangement of monitors, whatever their order, for instance ``0,0,1920x1080;1920,0,1280x1024``."""
    return ";".join(sorted(_spelled(screen.geometry()) for screen in screens))


def _spelled(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()},{rect.width()}x{rect.height()}"


def screen_of(rect: QRect, screens: Sequence[QRect]) -> QRect:
    """The screen that shows most of a rectangle, or else the nearest one. Needs at least one screen."""

    def seen(screen: QRect) -> tuple[int, int]:
        both = screen & rect
        away = screen.center() - rect.center()
        return max(0, both.width()) * max(0, both.height()), -QPoint.dotProduct(away, away)

    return max(screens, key=seen)


def pulled_back(rect: QRect, screens: Sequence[QRect]) -> QRect:
    """The rectangle, moved (and narrowed if need be) onto a screen where too little of it can be seen to grab it."""
    screen = screen_of(rect, screens)
    seen = screen & rect
    enough = seen.width() >= min(_MIN_SEEN_PX, rect.width()) and seen.height() >= min(_MIN_SEEN_PX, rect.height())
    return rect if enough else inside(rect, screen)


def inside(rect: QRect, screen: QRect) -> QRect:
    """The rectangle, moved (and made smaller if it must be) so that all of it is on the screen."""
    width, height = min(rect.width(), screen.width()), min(rect.height(), screen.height())
    left = min(max(rect.left(), screen.left()), screen.right() + 1 - width)
    top = min(max(rect.top(), screen.top()), screen.bottom() + 1 - height)
    return QRect(left, top, width, height)


def aside(card: QRect, taken: Sequence[QRect], screens: Sequence[QRect], now: QRect | None = None) -> QRect | None:
    """The nearest place for a card where it covers nothing that is taken, all of it on one screen.

    Args:
        card: where it would be.
        taken: what it must not cover, nor touch.
        screens: at least one.
        now: where it is; it stays there as long as it cannot be where it would be, but can be there.

    Returns:
        the card, with its size; None where there is no such place.
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
    """Where a box goes that belongs to a card: beside it, where the screen is wider; or above, or below.

    The card then grows without covering it, unless it grows upwards and the box is above.
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
    """Whether text that needs more room should push the top edge: for a place in the lower part of a screen."""
    return rect.center().y() > screen.top() + 0.6 * screen.height()

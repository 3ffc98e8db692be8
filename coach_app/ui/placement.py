"""Where the overlay goes: kept for each layout of monitors, and never off every screen."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QScreen

_LEAST_SEEN_PX = 80


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
    enough = seen.width() >= min(_LEAST_SEEN_PX, rect.width()) and seen.height() >= min(_LEAST_SEEN_PX, rect.height())
    return rect if enough else inside(rect, screen)


def inside(rect: QRect, screen: QRect) -> QRect:
    """The rectangle, moved (and made smaller if it must be) so that all of it is on the screen."""
    width, height = min(rect.width(), screen.width()), min(rect.height(), screen.height())
    left = min(max(rect.left(), screen.left()), screen.right() + 1 - width)
    top = min(max(rect.top(), screen.top()), screen.bottom() + 1 - height)
    return QRect(left, top, width, height)


def grows_upwards(rect: QRect, screen: QRect) -> bool:
    """Whether text that needs more room should push the top edge: for a place in the lower part of a screen."""
    return rect.center().y() > screen.top() + 0.6 * screen.height()

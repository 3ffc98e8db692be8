"""Detects pictures that are black because the game prevents being captured."""

import os
import time
from collections.abc import Callable

from PIL import Image

from coach_app.capture.source import FrameSource, Loss, SourceLost
from coach_app.capture.windows import open_desktop
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame

BLACK_AFTER_S = 2.0
"""How long the picture is black before it is called so; games fade to black for shorter."""
BLACK_UP_TO = 3
"""Brightest channel value (0 to 255) that still counts as black."""


def front_is_full_screen() -> bool:
    """Whether the front-most window fills its monitor."""
    try:
        desktop = open_desktop()
    except CoachError:
        return False
    try:
        return any(window.full_screen for window in desktop.windows()[:1])
    finally:
        desktop.close()


class BlackGuard:
    """Passes on the frames of a source, and reports when they have been black for a while.

    Args:
        source: owned from now on.
        full_screen: whether the game is in full screen; called once whenever the picture turns black.
        clock: returns monotonic seconds.
    """

    def __init__(
        self,
        source: FrameSource,
        full_screen: Callable[[], bool] = front_is_full_screen,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._source = source
        self._full_screen = full_screen
        self._clock = clock
        self._black_since_s: float | None = None
        self._lost: SourceLost | None = None

    @property
    def description(self) -> str:
        """Description of the source."""
        return self._source.description

    def grab(self) -> Frame | SourceLost:
        """The source's frame, or BLACK or EXCLUSIVE with a remedy."""
        item = self._source.grab()
        if isinstance(item, SourceLost) or not is_black(item.pixels):
            self._black_since_s = self._lost = None
            return item
        now_s = self._clock()
        if self._black_since_s is None:
            self._black_since_s = now_s
        if now_s - self._black_since_s < BLACK_AFTER_S:
            return item
        if self._lost is None:
            self._lost = _explain(self._full_screen())
        return self._lost

    def close(self) -> None:
        """Close the source; may be called twice."""
        self._source.close()


def is_black(image: Image.Image) -> bool:
    """Whether a frame is entirely black; a few pixels decide that for most pictures."""
    few = image.resize((16, 9), Image.Resampling.NEAREST)
    return all(high <= BLACK_UP_TO for picture in (few, image) for _, high in _extrema(picture)[:3])


def _extrema(image: Image.Image) -> tuple[tuple[int, int], ...]:
    return image.getextrema()  # type: ignore[return-value] # one pair for each channel


def _explain(full_screen: bool) -> SourceLost:
    if full_screen:
        return SourceLost(
            Loss.EXCLUSIVE,
            "The game runs in exclusive full screen, which cannot be captured. "
            "Set it to “borderless window” in its video settings.",
        )
    if "WAYLAND_DISPLAY" in os.environ:
        return SourceLost(
            Loss.BLACK,
            "The picture is black: by itself the coach reads only windows of X11 programs on Wayland. "
            "Choose “Window or screen (Wayland)” as what to watch.",
        )
    return SourceLost(
        Loss.BLACK,
        "The picture has been black for a while. If the game is not dark, set it to “borderless window”, "
        "or choose its window in the settings.",
    )

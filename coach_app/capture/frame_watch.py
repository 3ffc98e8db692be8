"""The rate at which a game draws, as the system tells it from outside the game."""

import os
import sys
from collections.abc import Iterable
from typing import Final, Protocol

from coach_app.domain.errors import CoachError

PAUSE_S: Final = 2.0
"""A game that draws nothing for longer stood still; that is no time between two frames."""
_ONE_FRAME_S = 0.003
"""What is drawn within this time is one frame: games draw a frame in several pieces."""


class FrameWatch(Protocol):
    """Watches one window. Used from one thread at a time."""

    @property
    def pid(self) -> int | None:
        """The process of the window; None if unknown."""

    def gaps_s(self) -> tuple[float, ...]:
        """Seconds between the frames since the last call; empty if there were none, or they cannot be told.

        Raises:
            CoachError: the window or the screen is gone.
        """

    def close(self) -> None:
        """Give everything back; may be called twice."""


def open_frame_watch(window_id: int) -> FrameWatch | None:
    """Watch a window; None where this system does not tell when a window of another program draws.

    Raises:
        CoachError: the window or the screen is gone.
    """
    if sys.platform == "win32":
        from coach_app.capture.dwm import ComposedFrames

        return ComposedFrames(window_id)
    if sys.platform == "darwin" or not os.environ.get("DISPLAY"):
        return None
    from coach_app.capture.x11_damage import DamagedWindow

    return DamagedWindow(window_id)


class Gaps:
    """Makes frames of the moments at which something was drawn.

    Moments are given in order, in seconds of any clock.
    """

    def __init__(self) -> None:
        self._frame_s: float | None = None

    def between(self, moments_s: Iterable[float]) -> tuple[float, ...]:
        """Seconds between consecutive frames, from the last one of the previous call on."""
        gaps = []
        for moment_s in moments_s:
            if self._frame_s is not None:
                gap_s = moment_s - self._frame_s
                if gap_s < _ONE_FRAME_S:
                    continue
                if gap_s <= PAUSE_S:
                    gaps.append(gap_s)
            self._frame_s = moment_s
        return tuple(gaps)


def window_gone() -> CoachError:
    """The error for a window that is gone."""
    return CoachError("The game's window is gone.")

"""Captures a monitor or a part of the desktop: through mss, or by our own code where mss cannot decode the colours."""

import contextlib
import os
import sys
import time
from typing import Protocol

import mss
from mss.exception import ScreenShotError
from PIL import Image

from coach_app.capture.source import Loss, SourceLost
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame, Place
from coach_app.domain.source import MonitorSpec, RegionSpec

REOPEN_AFTER_S = 2.0
"""How often the screen is opened anew: mss reads the layout of the monitors, and sizes its memory for it, only then."""

# mss asserts that the server answers.
_ERRORS = (ScreenShotError, AssertionError, CoachError)

Box = tuple[int, int, int, int]


class _Reader(Protocol):
    """Reads rectangles of the virtual desktop."""

    def monitors(self) -> list[Box]:
        """Left, top, right, bottom of the whole desktop, then of each monitor."""

    def grab(self, box: Box) -> Image.Image:
        """A picture, RGB or RGBX; valid until the next one."""

    def close(self) -> None:
        """Release everything."""


class _MssReader:
    def __init__(self) -> None:
        self._mss = mss.MSS()

    def monitors(self) -> list[Box]:
        return [_box_of(monitor) for monitor in self._mss.monitors]

    def grab(self, box: Box) -> Image.Image:
        shot = self._mss.grab(box)
        return Image.frombuffer("RGBX", (shot.size.width, shot.size.height), shot.raw, "raw", "RGBX", 0, 1)  # no copy

    def close(self) -> None:
        self._mss.close()


def _open() -> _Reader:
    """Open the first reader that suits this screen: mss supports only 8 bits per channel.

    Raises:
        CoachError, ScreenShotError: there is none.
    """
    try:
        return _MssReader()
    except ScreenShotError:
        if sys.platform != "linux" or not os.environ.get("DISPLAY"):
            raise
    from coach_app.capture.x11 import X11Root

    return X11Root()


class Screen:
    """A monitor, or a rectangle of the virtual desktop, with all windows on it."""

    def __init__(self, spec: MonitorSpec | RegionSpec) -> None:
        self._spec = spec
        self._reader: _Reader | None = None
        self._opened_s = 0.0

    @property
    def description(self) -> str:
        """For instance ``monitor 1``."""
        spec = self._spec
        if isinstance(spec, MonitorSpec):
            return f"monitor {spec.index}"
        return f"region of {spec.width} by {spec.height} pixels"

    def grab(self) -> Frame | SourceLost:
        """The newest picture; UNAVAILABLE where the monitor is unplugged or the region is outside of all monitors."""
        try:
            return self._grab()
        except _ERRORS:
            self.close()
        try:  # retry with the current layout: the resolution may just have changed
            return self._grab()
        except CoachError as error:
            self.close()
            return SourceLost(Loss.UNAVAILABLE, str(error))
        except _ERRORS:
            self.close()
            if os.environ.get("WAYLAND_DISPLAY"):
                return SourceLost(
                    Loss.UNAVAILABLE,
                    "Wayland does not let the coach read the screen by itself. "
                    "Choose “Window or screen (Wayland)” as what to watch.",
                )
            return SourceLost(Loss.UNAVAILABLE, "The screen cannot be read. Choose another monitor or a window.")

    def close(self) -> None:
        """Give everything back; may be called twice."""
        if self._reader is not None:
            with contextlib.suppress(*_ERRORS):  # the server has gone away
                self._reader.close()
            self._reader = None

    def _grab(self) -> Frame | SourceLost:
        now_s = time.monotonic()
        if self._reader is not None and now_s - self._opened_s >= REOPEN_AFTER_S:
            self.close()
        if self._reader is None:
            self._reader = _open()
            self._opened_s = now_s
        box = self._box(self._reader.monitors())
        if box is None:
            if isinstance(self._spec, MonitorSpec):
                return SourceLost(Loss.UNAVAILABLE, f"Monitor {self._spec.index} is not connected.")
            return SourceLost(Loss.UNAVAILABLE, "The chosen part of the screen is outside of all monitors.")
        return Frame(self._reader.grab(box), place=Place(box=box))

    def _box(self, monitors: list[Box]) -> Box | None:
        """The rectangle to capture: left, top, right, bottom. The first entry of ``monitors`` is the whole desktop."""
        spec = self._spec
        if isinstance(spec, MonitorSpec):
            return monitors[spec.index] if spec.index < len(monitors) else None
        all_left, all_top, all_right, all_bottom = monitors[0]
        left, top = max(spec.left, all_left), max(spec.top, all_top)
        right, bottom = min(spec.left + spec.width, all_right), min(spec.top + spec.height, all_bottom)
        return (left, top, right, bottom) if left < right and top < bottom else None


def _box_of(monitor: mss.models.Monitor) -> Box:
    left, top = int(monitor["left"]), int(monitor["top"])
    return left, top, left + int(monitor["width"]), top + int(monitor["height"])

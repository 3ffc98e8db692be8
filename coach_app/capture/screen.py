"""Frames of a monitor or of a part of the desktop, through mss."""

import contextlib
import time

import mss
from mss.exception import ScreenShotError
from PIL import Image

from coach_app.capture.source import Loss, SourceLost
from coach_app.domain.frame import Frame
from coach_app.domain.source import MonitorSpec, RegionSpec

REOPEN_AFTER_S = 2.0
"""How often mss is opened anew: it reads the layout of the monitors, and sizes its memory for it, only then."""

# It asserts that the server answers.
_MSS_ERRORS = (ScreenShotError, AssertionError)

Box = tuple[int, int, int, int]


class Screen:
    """A monitor, or a rectangle of the virtual desktop; what lies above it is in the picture, too."""

    def __init__(self, spec: MonitorSpec | RegionSpec) -> None:
        self._spec = spec
        self._mss: mss.MSS | None = None
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
        except _MSS_ERRORS:
            self.close()
        try:  # once more with the layout as it is now: the resolution may just have changed
            return self._grab()
        except _MSS_ERRORS:
            self.close()
            return SourceLost(
                Loss.UNAVAILABLE,
                "The screen cannot be read. Start the coach on a desktop that allows screenshots (X11, not Wayland).",
            )

    def close(self) -> None:
        """Give mss back; may be called twice."""
        if self._mss is not None:
            with contextlib.suppress(*_MSS_ERRORS):  # a server that has gone away
                self._mss.close()
            self._mss = None

    def _grab(self) -> Frame | SourceLost:
        now_s = time.monotonic()
        if self._mss is not None and now_s - self._opened_s >= REOPEN_AFTER_S:
            self.close()
        if self._mss is None:
            self._mss = mss.MSS()
            self._opened_s = now_s
        box = self._box([_box_of(monitor) for monitor in self._mss.monitors])
        if box is None:
            if isinstance(self._spec, MonitorSpec):
                return SourceLost(Loss.UNAVAILABLE, f"Monitor {self._spec.index} is not connected.")
            return SourceLost(Loss.UNAVAILABLE, "The chosen part of the screen is outside of all monitors.")
        shot = self._mss.grab(box)
        size = (shot.size.width, shot.size.height)
        return Frame(Image.frombuffer("RGBX", size, shot.raw, "raw", "RGBX", 0, 1))  # no copy

    def _box(self, monitors: list[Box]) -> Box | None:
        """What to grab: left, top, right, bottom. The first of mss's monitors is all of them together."""
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

"""How often the desktop of Windows is composed, by the timings of its window manager (DWM). Untested on this platform.

Windows tells nobody outside a program when a single window draws. What it tells is how many frames of the desktop were
put together. While a game draws all the time, these are its frames; a full-screen game past the window manager, or one
faster than the monitor, is not seen.
"""

import ctypes
import time
from collections.abc import Callable
from typing import Any

_QPC = ctypes.c_uint64
_COUNT = ctypes.c_uint64
_UINT = ctypes.c_uint32


class _Ratio(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("numerator", _UINT), ("denominator", _UINT))


class TimingInfo(ctypes.Structure):
    """DWM_TIMING_INFO up to the count of composed frames; the rest is only room."""

    _pack_ = 1
    _fields_ = (
        ("cbSize", _UINT),
        ("rateRefresh", _Ratio),
        ("qpcRefreshPeriod", _QPC),
        ("rateCompose", _Ratio),
        ("qpcVBlank", _QPC),
        ("cRefresh", _COUNT),
        ("cDXRefresh", _UINT),
        ("qpcCompose", _QPC),
        ("cFrame", _COUNT),
        ("rest", ctypes.c_uint8 * 228),
    )


class ComposedFrames:
    """See `coach_app.capture.frame_watch.FrameWatch`; the frames between two calls count as evenly spaced.

    Args:
        window_id: the game's window, for its process.
        dwm, user: the libraries; replaced in tests.
        clock: seconds; replaced in tests.
    """

    def __init__(
        self,
        window_id: int,
        dwm: Any = None,
        user: Any = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._dwm = dwm or _library("dwmapi")
        self._clock = clock
        self._last: tuple[float, int] | None = None
        pid = _UINT(0)
        (user or _library("user32")).GetWindowThreadProcessId(ctypes.c_void_p(window_id), ctypes.byref(pid))
        self._pid = int(pid.value) or None

    @property
    def pid(self) -> int | None:
        """The process of the window."""
        return self._pid

    def gaps_s(self) -> tuple[float, ...]:
        """See FrameWatch."""
        info = TimingInfo(cbSize=ctypes.sizeof(TimingInfo))
        if self._dwm.DwmGetCompositionTimingInfo(None, ctypes.byref(info)) != 0:
            self._last = None
            return ()
        now = (self._clock(), int(info.cFrame))
        before, self._last = self._last, now
        if before is None or now[1] <= before[1]:
            return ()
        count = now[1] - before[1]
        return ((now[0] - before[0]) / count,) * count

    def close(self) -> None:
        """Nothing to give back."""


def _library(name: str) -> Any:
    return ctypes.WinDLL(name)  # type: ignore[attr-defined,unused-ignore]

"""How often a game draws, seen from outside; on a real screen in ``tests/gui/test_governor.py``."""

import ctypes
from collections.abc import Iterator
from typing import Any

import pytest

from coach_app.capture.dwm import ComposedFrames, TimingInfo
from coach_app.capture.frame_watch import Gaps, open_frame_watch


def test_what_is_drawn_at_once_is_one_frame_and_a_pause_is_none() -> None:
    # GIVEN a game that draws each frame in two pieces, 20 ms after the one before, and then pauses
    gaps = Gaps()
    # WHEN the moments come in parts THEN the times between the frames are the same
    assert gaps.between([1.0, 1.001, 1.02, 1.021]) == pytest.approx((0.02,))
    assert gaps.between([1.04, 1.041]) == pytest.approx((0.02,))
    assert gaps.between([]) == ()
    assert gaps.between([5.0, 5.02]) == pytest.approx((0.02,))


class Dwm:
    """The window manager of Windows, as far as it is asked."""

    def __init__(self, counts: Iterator[int | None]) -> None:
        self._counts = counts

    def DwmGetCompositionTimingInfo(self, window: object, info: Any) -> int:
        assert window is None  # anything else is refused since Windows 8.1
        assert info._obj.cbSize == 292
        if (count := next(self._counts)) is None:
            return -2147024809
        info._obj.cFrame = count
        return 0


class User:
    def GetWindowThreadProcessId(self, window: object, pid: Any) -> int:
        pid._obj.value = 4711
        return 1


def test_frames_of_windows_are_those_that_the_desktop_was_composed_of() -> None:
    # GIVEN a desktop that is composed 60 times, then not at all, then cannot be asked, then 30 times a second
    counts: Iterator[int | None] = iter([100, 160, 160, None, 500, 530])
    times = iter([0.0, 1.0, 2.0, 4.0, 5.0])
    watch = ComposedFrames(7, Dwm(counts), User(), lambda: next(times))
    assert watch.pid == 4711
    # WHEN it is asked THEN the first time there is nothing to compare with, and then the frames are told
    told = [watch.gaps_s() for _ in range(6)]
    assert [len(gaps) for gaps in told] == [0, 60, 0, 0, 0, 30]
    assert told[1] == pytest.approx((1 / 60,) * 60)
    assert sum(told[5]) == pytest.approx(1.0)
    watch.close()


def test_the_structure_is_as_windows_documents_it() -> None:
    # GIVEN the documented layout, without padding THEN size and place of what is read are right
    assert ctypes.sizeof(TimingInfo) == 292
    assert TimingInfo.cFrame.offset == 56


def test_without_a_screen_that_tells_there_is_nothing_to_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN Wayland alone WHEN a window is to be watched THEN it cannot be, and that is no error
    monkeypatch.delenv("DISPLAY", raising=False)
    assert open_frame_watch(5) is None

"""Lists and captures windows on any platform."""

import os
import sys
from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from coach_app.capture.source import Loss
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame


@dataclass(frozen=True)
class WindowInfo:
    """One window of another program.

    Attributes:
        id: the platform's handle.
        title: current title; may change while the window is open.
        program: name of the program, constant between runs.
        pid: process that owns it; None if unknown.
        left: left edge of the client area on the virtual desktop, in physical pixels, like the next three.
        minimised: minimised, or on another virtual desktop.
        full_screen: whether it fills a monitor without a frame.
    """

    id: int
    title: str
    program: str
    pid: int | None
    left: int
    top: int
    width: int
    height: int
    minimised: bool
    full_screen: bool = False


class NoPicture(Exception):
    """A window currently has no picture."""

    def __init__(self, reason: Loss) -> None:
        self.reason = reason
        super().__init__(reason.value)


class Desktop(Protocol):
    """The windows of one platform. Used from one thread."""

    def windows(self) -> list[WindowInfo]:
        """Ordinary windows, front-most first, without docks and desktops."""

    def capture(self, window_id: int) -> Frame:
        """Capture the client area of a window without its frame, complete even where it is covered.

        Raises:
            NoPicture: it is minimised, closed or cannot be read.
            CoachError: the screen itself is gone.
        """

    def close(self) -> None:
        """Give everything back; may be called twice."""


def open_desktop() -> Desktop:
    """Open the desktop of this platform.

    Raises:
        CoachError: there is no screen.
    """
    if sys.platform == "win32":
        from coach_app.capture.win32 import WindowsDesktop

        return WindowsDesktop()
    if sys.platform == "darwin":
        from coach_app.capture.macos import MacDesktop

        return MacDesktop()
    from coach_app.capture.x11 import X11Desktop

    return X11Desktop()


def list_windows(excluded_pids: Collection[int] = ()) -> list[WindowInfo]:
    """The open windows, front-most first, except those of this process and of ``excluded_pids``.

    Takes a few milliseconds; may be called from any thread.

    Raises:
        CoachError: there is no screen.
    """
    desktop = open_desktop()
    try:
        return without(desktop.windows(), excluded_pids)
    finally:
        desktop.close()


def without(windows: list[WindowInfo], excluded_pids: Collection[int]) -> list[WindowInfo]:
    """The windows that belong neither to this process nor to ``excluded_pids``."""
    return [window for window in windows if window.pid != os.getpid() and window.pid not in excluded_pids]


def thumbnail(window: WindowInfo, side_px: int) -> Image.Image | None:
    """A picture of a window that fits into a ``side_px`` square; None if it has none now (minimised, closed)."""
    try:
        desktop = open_desktop()
    except CoachError:
        return None
    try:
        image = desktop.capture(window.id).image
    except (NoPicture, CoachError):
        return None
    finally:
        desktop.close()
    image.thumbnail((side_px, side_px), Image.Resampling.BILINEAR, reducing_gap=2.0)
    return image

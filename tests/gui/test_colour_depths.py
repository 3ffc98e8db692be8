"""Screens with other colours than 8 bits each: 10 bits, as good monitors have, and 16 bits a pixel, as remote ones."""

import os
import subprocess
from collections.abc import Iterator

import pytest
from Xlib import X
from Xlib.display import Display

from coach_app.capture.screen import Screen
from coach_app.capture.x11 import X11Desktop
from coach_app.domain.frame import Frame
from coach_app.domain.source import MonitorSpec, RegionSpec

GREY, ORANGE = (128, 128, 128), (240, 130, 20)


@pytest.fixture
def screen_of(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    """Starts a screen of a depth, and makes it the one of this process."""
    servers: list[subprocess.Popen[bytes]] = []

    def start(depth: int) -> None:
        read, write = os.pipe()
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", f"200x120x{depth}", "-noreset", "-nolisten", "tcp"]
        servers.append(subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL))
        os.close(write)
        with os.fdopen(read) as told:
            monkeypatch.setenv("DISPLAY", f":{told.readline().strip()}")

    yield start
    for server in servers:
        server.terminate()
        server.wait()


def show(colour: tuple[int, int, int], left: int) -> Display:
    """A window of another connection, 60 by 50, filled with a colour as this screen writes it."""
    display = Display()
    screen = display.screen()
    kinds = [kind for depth in screen.allowed_depths for kind in depth.visuals]
    kind = next(kind for kind in kinds if kind.visual_id == screen.root_visual)
    pixel = 0
    for value, mask in zip(colour, (kind.red_mask, kind.green_mask, kind.blue_mask), strict=True):
        shift = (mask & -mask).bit_length() - 1
        pixel |= round(value / 255 * (mask >> shift)) << shift
    window = screen.root.create_window(
        left, 30, 60, 50, 0, screen.root_depth, X.InputOutput, X.CopyFromParent, background_pixel=pixel
    )
    window.set_wm_class("game", "Game")
    window.set_wm_name(f"window {left}")
    window.map()
    display.sync()
    return display


@pytest.mark.parametrize(("depth", "most_wrong"), [(30, 0), (24, 0), (16, 4)])
def test_windows_and_screens_have_the_colours_that_are_shown(screen_of, depth: int, most_wrong: int) -> None:  # type: ignore[no-untyped-def]
    # GIVEN a screen of this depth with two windows
    screen_of(depth)
    programs = [show(GREY, 10), show(ORANGE, 101)]
    desktop = X11Desktop()
    screen, region = Screen(MonitorSpec(index=1)), Screen(RegionSpec(left=101, top=30, width=33, height=20))
    try:
        # WHEN the windows, the monitor and a part of it are captured
        ids = {window.title: window.id for window in desktop.windows()}
        pictures = [desktop.capture(ids[f"window {left}"]).image.copy() for left in (10, 101)]
        whole, part = screen.grab(), region.grab()
        assert isinstance(whole, Frame)
        assert isinstance(part, Frame)
        # THEN their colours are right
        seen = [pictures[0].getpixel((30, 20)), pictures[1].getpixel((30, 20))]
        seen += [whole.image.convert("RGB").getpixel(point) for point in ((40, 50), (150, 79))]
        seen += [part.image.convert("RGB").getpixel((32, 19))]
        wanted = [GREY, ORANGE, GREY, ORANGE, ORANGE]
        wrong = [abs(a - b) for one, other in zip(seen, wanted, strict=True) for a, b in zip(one, other, strict=True)]  # type: ignore[arg-type]
        assert max(wrong) <= most_wrong, seen
        assert whole.image.size == (200, 120)
    finally:
        screen.close()
        region.close()
        desktop.close()
        for program in programs:
            program.close()

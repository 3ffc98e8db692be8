"""Capture on a real Wayland desktop: sway without a screen, its portal, and PipeWire."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import ImageColor

from coach_app.capture import wayland
from coach_app.capture.choose import open_source
from coach_app.capture.picked import can_be_picked
from coach_app.capture.source import FrameSource, Loss, SourceLost
from coach_app.domain.frame import Frame
from coach_app.domain.source import WaylandSpec
from tests.gui.wayland import SIZE, WaylandDesktop, missing_programs, wayland_desktop
from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(
    bool(missing_programs()), reason=f"a Wayland desktop needs programs that are missing: {missing_programs()}"
)


@pytest.fixture
def sway(_nothing_left_over: None) -> Iterator[WaylandDesktop]:
    with wayland_desktop() as desktop:
        yield desktop


@pytest.fixture
def source(sway: WaylandDesktop, monkeypatch: pytest.MonkeyPatch) -> Iterator[FrameSource]:
    """What was picked on the desktop, opened as the app opens it."""
    for name in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, sway.env[name])
    monkeypatch.setattr(wayland, "AGAIN_AFTER_S", 0.2)
    wait_until(can_be_picked, what="the portal")
    source = open_source(WaylandSpec())
    yield source
    source.close()


def painted(sway: WaylandDesktop, source: FrameSource, colour: str) -> Frame:
    """The first picture that has this colour in its middle, after it was painted.

    It is painted anew every other second: a picture that is sent while the stream still begins may be lost, and a
    monitor that stands still sends no other.
    """
    wanted, again_s = ImageColor.getrgb(colour), 0.0

    def look() -> Frame | None:
        nonlocal again_s
        if time.monotonic() > again_s:
            sway.paint(colour)
            again_s = time.monotonic() + 2.0
        frame = source.grab()
        if isinstance(frame, SourceLost) or frame.image.getpixel((SIZE[0] // 2, SIZE[1] // 2)) != wanted:
            return None
        return frame

    found = wait_until(look, 40.0, what=f"a picture of {colour}")  # a portal that starts again takes its time
    assert found
    return found


def test_what_was_picked_is_seen_and_comes_back_after_it_was_closed(
    sway: WaylandDesktop, source: FrameSource, coach_home: Path
) -> None:
    # GIVEN a monitor of a Wayland desktop that the user picked
    # WHEN it is watched THEN its pictures arrive, as they change
    assert painted(sway, source, "#0080ff").image.size == SIZE
    painted(sway, source, "#ff8000")
    token = (coach_home / "data" / "picked-on-wayland").read_text()
    # WHEN the desktop's part that sends the pictures fails THEN that is said
    sway.start_portal()
    lost = wait_until(lambda: item if isinstance(item := source.grab(), SourceLost) else None, what="their end")
    assert lost
    assert lost.reason is Loss.UNAVAILABLE
    # THEN they come back by themselves, without another choice by the user
    painted(sway, source, "#80ff00")
    assert token

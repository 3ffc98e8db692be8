"""Capture of real windows: moved, covered, resized, minimised, closed and opened again."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image

from coach_app.capture.choose import open_source
from coach_app.capture.source import FrameSource, Loss, SourceLost
from coach_app.capture.windows import WindowInfo, list_windows, thumbnail
from coach_app.capture.x11 import X11Desktop
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import AutoSpec, MonitorSpec, RegionSpec, SourceSpec, WindowSpec
from tests.gui.desktop import Desktop, Program, Window
from tests.waiting import wait_until

PROGRAM = Path(__file__).parents[1] / "fakes" / "window_program.py"
RED, GREEN, BLUE, YELLOW = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)


def start(
    desktop: Desktop, title: str, left: int, top: int, width: int, height: int, *look: str
) -> tuple[Program, Window]:
    program = desktop.start(sys.executable, PROGRAM, title, str(left), str(top), str(width), str(height), *look)
    return program, desktop.window(f"^{title}$")


@contextmanager
def opened(spec: SourceSpec, *patterns: str, excluded: tuple[int, ...] = ()) -> Iterator[FrameSource]:
    games = [GameProfile(id="game", title="Game", window=pattern, prompt="What next?") for pattern in patterns]
    source = open_source(spec, games=games, excluded_pids=excluded)
    try:
        yield source
    finally:
        source.close()


def corners(image: Image.Image) -> list[object]:
    right, bottom = image.width - 1, image.height - 1
    return [image.getpixel(point) for point in ((0, 0), (right, 0), (0, bottom), (right, bottom))]


def shows(source: FrameSource, size: tuple[int, int], title: str = "quarters one") -> bool:
    """Whether the source gives the whole window now: its four colours up to the outermost pixels, and no other."""
    frame = source.grab()
    return (
        isinstance(frame, Frame)
        and frame.image.size == size
        and corners(frame.image) == [RED, GREEN, BLUE, YELLOW]
        and {colour for _, colour in frame.image.getcolors(1000) or []} == {RED, GREEN, BLUE, YELLOW}
        and frame.title == title
    )


def lost(source: FrameSource) -> Loss | None:
    item = source.grab()
    return item.reason if isinstance(item, SourceLost) else None


def test_a_window_is_complete_wherever_it_is(desktop: Desktop) -> None:
    # GIVEN a window in a frame of the window manager
    program, window = start(desktop, "quarters one", 300, 200, 401, 303)
    with opened(WindowSpec(title="quarters one", program="Quarters", pid=program.pid)) as source:
        # WHEN it is in plain view, THEN its client area is captured, without the frame
        wait_until(lambda: shows(source, (401, 303)), what="the window's picture")

        # WHEN it is moved, THEN it is followed
        window.move(900, 500)
        wait_until(lambda: window.geometry()[0] >= 900, what="the move")
        assert shows(source, (401, 303))

        # WHEN another window and an overlay cover it, THEN neither is in the picture
        start(desktop, "cover", 880, 480, 500, 400, "#808080")
        start(desktop, "overlay", 950, 550, 200, 100, "#ffffff", "overlay")
        wait_until(lambda: desktop.picture().getpixel((1000, 600)) == (255, 255, 255), what="the overlay")
        assert desktop.picture().getpixel((1200, 700)) == (128, 128, 128)
        assert shows(source, (401, 303))

        # WHEN most of it is outside of the screen, THEN the picture is still complete
        window.activate()
        window.move(-250, 950)
        wait_until(lambda: window.geometry()[0] < 0, what="the move out of the screen")
        wait_until(lambda: shows(source, (401, 303)), what="the picture of a window that is mostly off screen")


def test_a_window_is_followed_through_new_sizes(desktop: Desktop) -> None:
    # GIVEN a captured window
    _, window = start(desktop, "quarters one", 300, 200, 400, 300)
    with opened(WindowSpec(title="quarters one", program="Quarters")) as source:
        wait_until(lambda: shows(source, (400, 300)), what="the window's picture")

        for width, height in ((700, 500), (120, 90), (1200, 800)):
            # WHEN its size changes
            window.resize(width, height)

            # THEN the picture has the new size
            wait_until(lambda: shows(source, (width, height)), what="the new size")  # noqa: B023 (called now)


def test_a_window_that_is_minimised_or_closed_is_said_and_found_again(desktop: Desktop) -> None:
    # GIVEN a captured window
    program, window = start(desktop, "quarters one", 300, 200, 400, 300)
    with opened(WindowSpec(title="quarters one", program="Quarters", pid=program.pid)) as source:
        wait_until(lambda: shows(source, (400, 300)), what="the window's picture")

        # WHEN it is minimised, THEN that is said
        window.minimise()
        wait_until(lambda: lost(source) is Loss.MINIMISED, what="the loss")

        # WHEN it comes back, THEN so does the picture
        window.activate()
        wait_until(lambda: shows(source, (400, 300)), what="the picture after it was minimised")

        # WHEN it is closed, THEN that is said
        window.close()
        wait_until(lambda: lost(source) is Loss.CLOSED, what="the loss")
        program.stop()
        item = source.grab()
        assert isinstance(item, SourceLost)
        assert "quarters one" in item.sentence

        # WHEN the program is started again, with another title, THEN it is found by its program
        start(desktop, "quarters - level 2", 500, 100, 300, 200)
        wait_until(lambda: shows(source, (300, 200), "quarters - level 2"), what="the picture of the new window")


def test_a_killed_program_is_a_loss_and_nothing_more(desktop: Desktop) -> None:
    # GIVEN a captured window
    program, _ = start(desktop, "quarters one", 300, 200, 400, 300)
    with opened(WindowSpec(title="quarters one")) as source:
        wait_until(lambda: shows(source, (400, 300)), what="the window's picture")

        # WHEN its program is killed while it is grabbed again and again
        program.process.kill()

        # THEN the grabs end in a loss
        wait_until(lambda: lost(source) is Loss.CLOSED, what="the loss")


def test_a_known_game_is_found_when_it_is_opened(desktop: Desktop) -> None:
    # GIVEN no game, only another window and an excluded one that is called like a game
    start(desktop, "mail", 100, 100, 300, 200)
    excluded, _ = start(desktop, "my GAME help", 100, 400, 300, 200)
    with opened(AutoSpec(), "", "game", excluded=(excluded.pid,)) as source:
        assert lost(source) is Loss.CLOSED

        # WHEN a game is opened, THEN it is found
        start(desktop, "The Game", 500, 300, 320, 240)
        wait_until(lambda: shows(source, (320, 240), "The Game"), what="the game's picture")
        assert source.description == "The Game"


def test_windows_are_listed_with_thumbnails(desktop: Desktop) -> None:
    # GIVEN a window, a window in front of it, a minimised one and an overlay
    first, window = start(desktop, "quarters one", 300, 200, 400, 300)
    second, _ = start(desktop, "quarters two", 350, 250, 400, 300, "#808080")
    _, hidden = start(desktop, "quarters three", 700, 600, 400, 300)
    start(desktop, "overlay", 950, 550, 200, 100, "#ffffff", "overlay")
    hidden.minimise()
    wait_until(lambda: not hidden.is_visible(), what="the window to be minimised")

    # WHEN the windows are listed
    def ours() -> dict[str, WindowInfo]:
        return {info.title: info for info in list_windows() if "quarters" in info.title or info.title == "overlay"}

    wait_until(lambda: ours()["quarters three"].minimised, what="the minimised window in the list")
    found = ours()

    # THEN the ordinary ones are there, the front-most first, with all that there is to know
    assert [title for title in found if title != "quarters three"] == ["quarters two", "quarters one"]
    assert window.geometry() == tuple(
        getattr(found["quarters one"], side) for side in ("left", "top", "width", "height")
    )
    assert (found["quarters one"].pid, found["quarters two"].pid) == (first.pid, second.pid)
    assert found["quarters one"].program == "Quarters"
    assert not found["quarters one"].full_screen

    # AND the covered one has a complete thumbnail, the minimised one none
    small = thumbnail(found["quarters one"], 100)
    assert small is not None
    assert small.size == (100, 75)
    assert corners(small) == [RED, GREEN, BLUE, YELLOW]
    assert thumbnail(found["quarters three"], 100) is None

    # WHEN processes are excluded, THEN their windows are not listed
    assert "quarters one" not in {info.title for info in list_windows([first.pid])}


def test_monitors_and_regions_show_what_is_on_the_screen(desktop: Desktop) -> None:
    # GIVEN a window at a known place
    _, window = start(desktop, "quarters one", 300, 200, 400, 300)
    left, top, width, height = window.geometry()
    wait_until(lambda: desktop.picture().getpixel((left, top)) == RED, what="the window on the screen")

    # WHEN the monitor and the region of the window are captured, THEN both show it
    with opened(MonitorSpec()) as monitor, opened(RegionSpec(left=left, top=top, width=width, height=height)) as region:
        whole = monitor.grab()
        assert isinstance(whole, Frame)
        assert whole.image.size == (1920, 1080)
        assert whole.image.getpixel((left + 3, top + 3)) == RED
        part = region.grab()
        assert isinstance(part, Frame)
        assert corners(part.image) == [RED, GREEN, BLUE, YELLOW]

    # WHEN a region is partly outside, THEN the part inside is captured
    with opened(RegionSpec(left=1900, top=-20, width=100, height=100)) as partly:
        frame = partly.grab()
        assert isinstance(frame, Frame)
        assert frame.image.size == (20, 80)

    # WHEN there is no such monitor or place, THEN that is said
    with opened(MonitorSpec(index=7)) as missing, opened(RegionSpec(left=9000, top=0, width=9, height=9)) as outside:
        assert lost(missing) is Loss.UNAVAILABLE
        assert lost(outside) is Loss.UNAVAILABLE


def test_without_shared_memory_the_picture_is_the_same(desktop: Desktop, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN an X server that shares no memory with this process, as over ssh
    def refuse(*_: object) -> None:
        raise OSError("no shared memory")

    monkeypatch.setattr("coach_app.capture.x11.SharedMemoryReader", refuse)
    start(desktop, "quarters one", 300, 200, 401, 303)

    # WHEN a window is captured, THEN it is complete
    with opened(WindowSpec(title="quarters one")) as source:
        wait_until(lambda: shows(source, (401, 303)), what="the window's picture")


def test_no_shared_memory_is_left_behind(desktop: Desktop) -> None:
    # GIVEN the shared memory of the system
    def segments() -> int:
        return len(Path("/proc/sysvipc/shm").read_text().splitlines())

    start(desktop, "quarters one", 300, 200, 400, 300)
    before = segments()

    # WHEN a window was captured, in several sizes, and its source is closed
    with opened(WindowSpec(title="quarters one")) as source:
        wait_until(lambda: shows(source, (400, 300)), what="the window's picture")
        assert segments() == before + 1
        desktop.window("^quarters one$").resize(900, 700)
        wait_until(lambda: shows(source, (900, 700)), what="the new size")
        assert segments() == before + 1

    # THEN nothing is left
    wait_until(lambda: segments() == before, what="the memory to be given back")


def test_a_window_with_a_border_of_its_own_is_captured_without_it(desktop: Desktop) -> None:
    # GIVEN a window with an X11 border of five pixels, which belongs to its pixmap
    from Xlib.display import Display

    start(desktop, "quarters one", 300, 200, 400, 300, "quarters", "overlay")
    connection = Display()
    window = connection.create_resource_object("window", desktop.window("^quarters one$").id)
    window.configure(border_width=5)
    window.change_attributes(border_pixel=0xFF00FF)
    connection.sync()

    # WHEN it is captured, THEN the border is not in the picture
    capture = X11Desktop()
    try:
        frame = capture.capture(window.id)
    finally:
        capture.close()
        connection.close()
    assert frame.image.size == (400, 300)
    assert corners(frame.image) == [RED, GREEN, BLUE, YELLOW]

"""Keys and capture on KDE's desktop: KWin without a screen, with its portal."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from coach_app.capture import wayland
from coach_app.capture.choose import open_source
from coach_app.capture.picked import can_be_picked, keep_pick, kept_pick
from coach_app.capture.source import FrameSource, Loss, SourceLost
from coach_app.domain.source import WaylandSpec
from coach_app.ui.hotkeys import Hotkeys
from tests.gui.kwin import COLOURS, LEFT_ALT, LEFT_CTRL, SIZE, SPACE, TAB, KdeDesktop, P, kde_desktop, why_not
from tests.gui.qt import application, qt_wait
from tests.waiting import wait_until

pytestmark = pytest.mark.skipif(bool(why_not()), reason=why_not())


@pytest.fixture
def kde(_nothing_left_over: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[KdeDesktop]:
    with kde_desktop() as desktop:
        for name in ("DBUS_SESSION_BUS_ADDRESS", "WAYLAND_DISPLAY", "XDG_RUNTIME_DIR"):
            monkeypatch.setenv(name, desktop.env[name])
        wait_until(can_be_picked, what="the portal")
        yield desktop


@pytest.fixture
def hotkeys(kde: KdeDesktop) -> Iterator[Hotkeys]:
    application()
    hotkeys = Hotkeys()
    yield hotkeys
    hotkeys.close()
    hotkeys.deleteLater()


def test_kde_gives_the_keys_and_tells_of_each_press(kde: KdeDesktop, hotkeys: Hotkeys) -> None:
    # GIVEN KDE's desktop, and what it says of the keys
    decided: list[object] = []
    told: list[tuple[str, str]] = []
    hotkeys.decided.connect(decided.append)
    hotkeys.pressed.connect(lambda action: told.append(("pressed", action)))
    hotkeys.released.connect(lambda action: told.append(("released", action)))
    # WHEN keys are wanted THEN the desktop gives them
    assert hotkeys.set_bindings({"ask": "Ctrl+Alt+Space", "pause": "Ctrl+Alt+P"}) == []
    qt_wait(lambda: decided, "the desktop's decision")
    assert decided == [{"ask": "Ctrl+Alt+Space", "pause": "Ctrl+Alt+P"}]
    # WHEN one is pressed on a keyboard THEN that is told, and its release
    kde.keyboard.press(LEFT_CTRL, LEFT_ALT, P)
    kde.keyboard.release(P, LEFT_ALT, LEFT_CTRL)
    qt_wait(lambda: told == [("pressed", "pause"), ("released", "pause")], "a press and a release")
    # WHEN one is held until the desktop repeats it THEN it is pressed once
    kde.keyboard.press(LEFT_CTRL, LEFT_ALT, SPACE)
    qt_wait(lambda: ("pressed", "ask") in told, "a press")
    end = time.monotonic() + 0.8  # repeated after 0.6 s, 25 times a second
    qt_wait(lambda: time.monotonic() > end, "the repeats")
    kde.keyboard.release(SPACE, LEFT_ALT, LEFT_CTRL)
    qt_wait(lambda: ("released", "ask") in told, "a release")
    assert told[2:] == [("pressed", "ask"), ("released", "ask")]
    # WHEN other keys are pressed THEN nothing is told
    kde.keyboard.press(P, TAB)
    kde.keyboard.release(P, TAB)
    kde.keyboard.press(LEFT_CTRL, LEFT_ALT, P)
    kde.keyboard.release(P, LEFT_ALT, LEFT_CTRL)
    qt_wait(lambda: told[4:] == [("pressed", "pause"), ("released", "pause")], "the keys after those")


@pytest.fixture
def source(kde: KdeDesktop, coach_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FrameSource]:
    """The desktop's window, which the user has picked earlier."""
    monkeypatch.setattr(wayland, "AGAIN_AFTER_S", 60.0)
    kde.show_window()
    keep_pick(kde.pick_window())
    source = open_source(WaylandSpec())
    yield source
    source.close()


def test_a_window_of_kde_is_seen_until_it_is_closed(kde: KdeDesktop, source: FrameSource) -> None:
    # GIVEN a window that the user has picked once WHEN it is watched THEN KDE does not ask again
    def lost(words: str) -> SourceLost | None:
        item = source.grab()
        return item if isinstance(item, SourceLost) and words in item.sentence else None

    # THEN of a window that stands still KWin 5 sends nothing, which is said
    wait_until(lambda: lost("until something in the window moves"), 20.0, "the stream")
    assert kept_pick()

    # WHEN something moves in it THEN it is seen, and nothing else of the desktop
    def seen(wanted: Sequence[tuple[int, int, int]], again_after_s: float) -> tuple[int, int, int]:
        """Have the window show its other colour, and wait for one that is wanted."""
        again_s = 0.0

        def look() -> tuple[int, int, int] | None:
            nonlocal again_s
            if time.monotonic() > again_s:
                kde.keyboard.press(TAB)
                kde.keyboard.release(TAB)
                again_s = time.monotonic() + again_after_s
            item = source.grab()
            colours = None if isinstance(item, SourceLost) else item.image.getcolors()
            return next((colour for colour in wanted if colours == [(SIZE[0] * SIZE[1], colour)]), None)

        colour = wait_until(look, 20.0, f"a picture of {wanted}")
        assert colour
        return colour

    colour = seen(COLOURS, 2.0)  # what is sent while the stream still begins may be lost
    for _ in range(3):
        colour = seen([other for other in COLOURS if other != colour], 60.0)
    # WHEN it is closed THEN that is said
    kde.close_window()
    closed = wait_until(lambda: lost("closed"), 20.0, "its end")
    assert closed
    assert closed.reason is Loss.CLOSED

"""What the user picks on a Wayland desktop, with a portal and pictures that the tests make."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach_app.capture import wayland
from coach_app.capture.picked import can_be_picked, forget_pick, keep_pick, kept_pick
from coach_app.capture.source import Loss, SourceLost
from coach_app.capture.wayland import WaylandSource
from coach_app.domain.frame import Frame
from tests.fakes.bus import session_bus
from tests.fakes.portal import FakePortal, portal
from tests.waiting import wait_until

SESSION = "/org/freedesktop/portal/desktop/session/1_1/coach"
OFFERED = {"ScreenCast": {"AvailableSourceTypes": 3, "AvailableCursorModes": 7, "version": 5}}


class Pictures:
    """A stream that shows one colour."""

    def __init__(self, *opened: int) -> None:
        self.opened = opened
        self.window_invalid = self.stopped = False
        self.colour = (255, 0, 0, 0)  # blue, green, red, unused

    def get_frame(self) -> Any:
        return np.full((3, 4, 4), self.colour, np.uint8)

    def stop(self) -> None:
        self.stopped = True


def streams(number: int, kind: int = 2) -> dict[str, tuple[str, Any]]:
    about = {"source_type": ("u", kind), "size": ("(ii)", (4, 3)), "position": ("(ii)", (10, 20))}
    return {"streams": ("a(ua{sv})", [(number, about)]), "restore_token": ("s", f"token {number}")}


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePortal]:
    """A desktop where the user picks a window at once."""
    monkeypatch.setattr(wayland, "AGAIN_AFTER_S", 0.0)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    with session_bus(tmp_path / "b") as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        answers: dict[str, Any] = {
            "CreateSession": lambda _: (0, {"session_handle": ("s", SESSION)}),
            "SelectSources": lambda _: (0, {}),
            "Start": lambda _: (0, streams(7)),
        }
        with portal(dict(OFFERED), answers) as fake:
            yield fake


def _soon() -> None:
    time.sleep(0.002)


class Watched:
    """A source, and the streams that it has opened."""

    def __init__(self) -> None:
        self.streams: list[Pictures] = []
        self.source = WaylandSource(open_stream=self._opened)

    def _opened(self, *about: int) -> Pictures:
        self.streams.append(Pictures(*about))
        return self.streams[-1]

    def frame(self) -> Frame:
        found = wait_until(lambda: isinstance(item := self.source.grab(), Frame) and item, 10, "a picture", _soon)
        assert found
        return found

    def lost(self, words: str) -> SourceLost:
        def look() -> SourceLost | None:
            item = self.source.grab()
            return item if isinstance(item, SourceLost) and words in item.sentence else None

        found = wait_until(look, 10, words, _soon)
        assert found
        return found


@pytest.fixture
def watched(desktop: FakePortal) -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.source.close()
    watched.source.close()


def test_a_window_is_picked_once(desktop: FakePortal, watched: Watched) -> None:
    # GIVEN a desktop on which nothing was picked yet WHEN the source is opened THEN the desktop is asked for a window
    # or monitor without the pointer, and to remember the choice
    frame = watched.frame()
    ((session, wanted),) = desktop.called("SelectSources")
    assert session == SESSION
    assert {name: wanted[name][1] for name in ("types", "cursor_mode", "persist_mode", "multiple")} == {
        "types": 3,
        "cursor_mode": 1,
        "persist_mode": 2,
        "multiple": False,
    }
    assert "restore_token" not in wanted
    # THEN its pictures are those of the stream, in the right colours
    assert watched.streams[0].opened[1:] == (7, 4, 3)
    assert (frame.image.size, frame.image.getpixel((0, 0)), frame.place) == ((4, 3), (0, 0, 255), None)
    # WHEN it is opened again THEN the desktop is shown its token, and gives another one
    watched.source.close()
    desktop.answers["Start"] = lambda _: (0, streams(8))
    watched.frame()
    assert desktop.called("SelectSources")[1][1]["restore_token"][1] == "token 7"
    assert kept_pick() == "token 8"
    # WHEN it is forgotten THEN the desktop asks
    forget_pick()
    watched.source.close()
    watched.frame()
    assert "restore_token" not in desktop.called("SelectSources")[2][1]


def test_a_monitor_is_somewhere_on_the_desktop(desktop: FakePortal, watched: Watched) -> None:
    # GIVEN a monitor that is picked WHEN it is watched THEN it is known where it is
    desktop.answers["Start"] = lambda _: (0, streams(7, kind=1))
    place = watched.frame().place
    assert place
    assert place.box == (10, 20, 14, 23)


@pytest.mark.parametrize("how", ["session", "stream", "portal"])
def test_what_was_closed_is_said_and_comes_back(desktop: FakePortal, watched: Watched, how: str) -> None:
    # GIVEN a window that is watched
    watched.frame()
    # WHEN it is closed
    if how == "session":
        desktop.close_session(SESSION)
    elif how == "stream":
        watched.streams[0].window_invalid = True
    else:
        desktop.close()
    # THEN that is said
    if how == "portal":
        assert watched.lost("lost").reason is Loss.UNAVAILABLE
    else:
        assert watched.lost("closed").reason is Loss.CLOSED
        # THEN it comes back by itself
        watched.frame()
        assert len(watched.streams) == 2
    assert watched.streams[0].stopped


def test_while_the_user_chooses_it_is_said_where(
    desktop: FakePortal, watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a desktop that asks the user
    monkeypatch.setattr(wayland, "_QUICK_S", 0.0)
    desktop.answers["Start"] = lambda _: None
    # WHEN it is waited for the choice THEN it is said where to look
    watched.lost("in the window that your desktop shows")
    wait_until(lambda: watched.source.grab() and desktop.called("Start"))
    # WHEN the user has chosen THEN it is seen
    desktop.answer("Start", 0, streams(7))
    watched.frame()


def test_whoever_picks_nothing_is_not_asked_again(desktop: FakePortal, watched: Watched) -> None:
    # GIVEN a user who closes the desktop's window
    desktop.answers["Start"] = lambda _: (1, {})
    watched.lost("Nothing was picked")
    # WHEN it is looked again THEN the desktop is left alone
    for _ in range(5):
        watched.lost("Nothing was picked")
    assert len(desktop.called("Start")) == 1


def test_an_older_desktop_shows_the_pointer_and_remembers_nothing(desktop: FakePortal, watched: Watched) -> None:
    # GIVEN a portal that knows neither tokens nor pictures without the pointer
    desktop.properties["ScreenCast"] = {"AvailableSourceTypes": 1, "AvailableCursorModes": 2, "version": 1}
    # WHEN it is asked THEN only for what it knows
    watched.frame()
    wanted = desktop.called("SelectSources")[0][1]
    assert (wanted["types"][1], wanted.keys() & {"cursor_mode", "persist_mode"}) == (1, set())


def test_a_desktop_that_refuses_is_asked_again(desktop: FakePortal, watched: Watched) -> None:
    # GIVEN a desktop that fails WHEN it works again THEN there are pictures
    desktop.answers["SelectSources"] = lambda _: (2, {})
    watched.lost("did not do")
    desktop.answers["SelectSources"] = lambda _: (0, {})
    watched.frame()


def test_a_token_that_is_refused_is_not_shown_again(desktop: FakePortal, watched: Watched) -> None:
    # GIVEN a kept token that the desktop does not take WHEN it is asked again THEN without a token
    keep_pick("damaged")
    desktop.answers["SelectSources"] = lambda body: (2 if "restore_token" in body[1] else 0, {})
    watched.lost("did not do")
    watched.frame()
    assert kept_pick() == "token 7"


def test_where_nothing_can_be_picked_that_is_known(desktop: FakePortal, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a desktop with the portal THEN something can be picked
    assert can_be_picked()
    # WHEN it has none, or there is no bus, or it is no Wayland THEN nothing can
    desktop.properties.clear()
    assert not can_be_picked()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
    assert not can_be_picked()
    monkeypatch.delenv("WAYLAND_DISPLAY")
    assert not can_be_picked()


def test_without_a_bus_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a session without D-Bus WHEN it is watched THEN that is said
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    lost = WaylandSource().grab()
    assert isinstance(lost, SourceLost)
    assert "D-Bus" in lost.sentence

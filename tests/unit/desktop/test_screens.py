"""Whether windows can be shown."""

import gc
import sys
import warnings

import pytest

from coach_app.desktop.screens import need_screen, prefer_xwayland
from coach_app.domain.errors import CoachError


def test_without_a_screen_that_is_said_before_qt_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a Linux machine without a screen
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    # WHEN a window is to be opened THEN that is refused
    with pytest.raises(CoachError, match="no screen"):
        need_screen()
    # WHEN Qt is told to go without one, or there is one THEN it is not
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    need_screen()
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    need_screen()


@pytest.mark.parametrize("name", [":9876", "nonsense", "localhost:9876.0", "unix/:99999", ":-1", "\x1b[31m:1"])
@pytest.mark.parametrize("platform", ["", "xcb"])
def test_a_screen_that_cannot_be_reached_is_one_sentence(
    name: str, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a DISPLAY that leads nowhere
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    monkeypatch.setenv("DISPLAY", name)
    # WHEN a window is to be opened THEN it is said before Qt ends the process
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # python-xlib leaves its sockets to the garbage collector
        with pytest.raises(CoachError, match="cannot be reached") as refused:
            need_screen()
        assert "\x1b" not in str(refused.value)
        del refused
        gc.collect()
    # WHEN Qt is told to go without a screen THEN nobody looks for one
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    need_screen()


@pytest.mark.parametrize(
    ("environment", "platform"),
    [
        ({"DISPLAY": ":0"}, "xcb"),
        ({}, None),  # no XWayland
        ({"DISPLAY": ":9876"}, None),  # one that does not answer
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "wayland"}, "wayland"),  # the user's choice
    ],
)
def test_windows_are_those_of_xwayland_where_there_is_one(
    environment: dict[str, str], platform: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a Wayland desktop
    def reach(name: str) -> None:
        if name != ":0":
            raise CoachError("It does not answer.")

    monkeypatch.setattr("coach_app.desktop.screens._reach", reach)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    # WHEN Qt is about to start THEN it is told to use XWayland
    prefer_xwayland(environment)
    assert environment.get("QT_QPA_PLATFORM") == platform
    # WHEN it is no Wayland desktop THEN nothing is changed
    monkeypatch.delenv("WAYLAND_DISPLAY")
    elsewhere = {"DISPLAY": ":0"}
    prefer_xwayland(elsewhere)
    assert elsewhere == {"DISPLAY": ":0"}

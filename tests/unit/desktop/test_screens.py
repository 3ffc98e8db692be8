"""Whether windows can be shown."""

import sys

import pytest

from coach_app.desktop.screens import need_screen
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

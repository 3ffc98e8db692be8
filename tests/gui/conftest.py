"""Real windows on a real X11 screen, with a window manager and a compositor. Without a screen these tests fail."""

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.gui.desktop import Desktop
from tests.waiting import wait_until

os.environ["QT_QPA_PLATFORM"] = "xcb"


def _window_manager() -> str:
    root = subprocess.run(["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"], capture_output=True, text=True, check=False)
    return root.stdout if "window id" in root.stdout else ""


def _screen_is_composited() -> bool:
    """Whether someone owns the selection that the EWMH reserves for the compositor."""
    from Xlib import display

    connection = display.Display()
    try:
        return bool(connection.get_selection_owner(connection.intern_atom("_NET_WM_CM_S0")))
    finally:
        connection.close()


@pytest.fixture(scope="session", autouse=True)
def _screen() -> None:
    if not os.environ.get("DISPLAY"):
        pytest.fail("No screen: run packaging/virtual-desktop .venv/bin/pytest tests/gui, or make test.", pytrace=False)
    wait_until(_window_manager, what="a window manager (packaging/virtual-desktop starts one)")
    wait_until(_screen_is_composited, what="a compositor (packaging/virtual-desktop starts one)")


@pytest.fixture
def desktop(tmp_path: Path, request: pytest.FixtureRequest, _nothing_left_over: None) -> Iterator[Desktop]:
    """A person at the screen; see ``Desktop``. Programs end, and the mouse goes back into a corner, after the test."""
    desktop = Desktop(tmp_path, re.sub(r"\W+", "-", request.node.name).strip("-"))
    desktop.move_mouse(1919, 1079)
    yield desktop
    desktop.close()

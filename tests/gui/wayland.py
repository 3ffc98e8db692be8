"""A Wayland desktop without a screen: sway, PipeWire with WirePlumber, and the portal of wlroots."""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from coach_app.desktop.processes import running
from tests.fakes.bus import session_bus
from tests.waiting import wait_until

_PORTALS = Path("/usr/libexec")
COMMON_PROGRAMS = (
    *("pipewire", "wireplumber", "dbus-daemon"),
    *(str(_PORTALS / name) for name in ("xdg-desktop-portal", "xdg-permission-store")),
)
PROGRAMS = ("sway", str(_PORTALS / "xdg-desktop-portal-wlr"), *COMMON_PROGRAMS)
SIZE = (640, 480)
_SWAY = """
output HEADLESS-1 resolution {size[0]}x{size[1]} position 0 0
xwayland disable
"""
# The user's choice in the desktop's picker: there is only one monitor.
_PICKER = "[screencast]\nchooser_type=none\noutput_name=HEADLESS-1\nmax_fps=30\n"


def missing_programs(wanted: Sequence[str] = PROGRAMS) -> list[str]:
    """What is not installed here."""
    return [program for program in wanted if shutil.which(program) is None]


class WaylandDesktop:
    """The desktop, once it runs.

    Args:
        folder: for sockets and settings.
        env: for programs on this desktop.
    """

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self._folder, self.env = folder, env
        self._portal = contextlib.ExitStack()

    def paint(self, colour: str) -> None:
        """Fill the monitor with a colour (``#rrggbb``)."""
        (ipc,) = self._folder.glob("sway-ipc.*")
        command = ["swaymsg", "-s", str(ipc), f"output * background {colour} solid_color"]
        subprocess.run(command, env=dict(self.env), check=True, capture_output=True)

    def start_portal(self) -> None:
        """Start what sends pictures of the monitor, or start it anew: all that it sent until then ends."""
        self._portal.close()
        log = self._folder / "portal.log"
        log.write_bytes(b"")
        command = [str(_PORTALS / "xdg-desktop-portal-wlr"), "-l", "DEBUG"]
        self._portal.enter_context(running(command, self.env, log))
        wait_until(lambda: "registry listeners run" in log.read_text(), what="the portal of wlroots")

    def close(self) -> None:
        """End the portal; all else ends with `wayland_desktop`."""
        self._portal.close()


@contextlib.contextmanager
def wayland_desktop() -> Iterator[WaylandDesktop]:
    """Start the desktop; takes about a second."""
    # Not in pytest's folders, which are closed to other users.
    with tempfile.TemporaryDirectory(prefix="coach-wayland-") as name, _desktop_in(Path(name)) as desktop:
        yield desktop


@contextlib.contextmanager
def _desktop_in(folder: Path) -> Iterator[WaylandDesktop]:
    for name, text in (("sway", _SWAY.format(size=SIZE)), ("xdg-desktop-portal-wlr", _PICKER)):
        (folder / "config" / name).mkdir(parents=True)
        (folder / "config" / name / "config").write_text(text, encoding="utf-8")
    env = {name: os.environ[name] for name in ("PATH", "HOME", "LC_ALL") if name in os.environ}
    env |= {"XDG_RUNTIME_DIR": str(folder), "XDG_CONFIG_HOME": str(folder / "config"), "XDG_CURRENT_DESKTOP": "sway"}
    with contextlib.ExitStack() as stack:
        sway = ["sway"]
        if os.getuid() == 0:  # sway refuses to
            stack.callback(shutil.chown, folder, 0)
            shutil.chown(folder, "nobody")
            sway = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups", "sway"]
        headless = {"WLR_BACKENDS": "headless", "WLR_RENDERER": "pixman", "WLR_LIBINPUT_NO_DEVICES": "1"}
        stack.enter_context(running(sway, env | headless, folder / "sway.log"))
        wait_until(lambda: (folder / "wayland-1").is_socket(), what="sway")
        between = str(Path(__file__).with_name("wayland_dmabuf.py"))
        command = [sys.executable, "-S", between, str(folder / "wayland-1"), str(folder / "wayland-dmabuf")]
        stack.enter_context(running(command, env, folder / "dmabuf.log"))
        env["WAYLAND_DISPLAY"] = "wayland-dmabuf"
        start_pipewire(stack, folder, env)
        wait_until((folder / "wayland-dmabuf").is_socket, what="the offer of DMA-BUF")
        desktop = WaylandDesktop(folder, env)
        stack.callback(desktop.close)
        desktop.start_portal()
        start_desktop_portal(stack, folder, env)
        yield desktop


def start_pipewire(stack: contextlib.ExitStack, folder: Path, env: dict[str, str]) -> None:
    """Start a session bus, whose address becomes part of the environment, and PipeWire with WirePlumber."""
    env["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(session_bus(folder))
    stack.enter_context(running(["pipewire"], env, folder / "pipewire.log"))
    wait_until((folder / "pipewire-0").is_socket, what="PipeWire")
    stack.enter_context(running(["wireplumber"], env, folder / "wireplumber.log"))


def start_desktop_portal(stack: contextlib.ExitStack, folder: Path, env: Mapping[str, str]) -> None:
    """Start what all desktops have in common of their portals; the desktop's own part already runs."""
    stack.enter_context(running([str(_PORTALS / "xdg-permission-store")], env))
    stack.enter_context(running([str(_PORTALS / "xdg-desktop-portal")], env, folder / "desktop-portal.log"))

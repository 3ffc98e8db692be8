"""KDE's desktop without a screen: KWin, which draws by software, PipeWire with WirePlumber, and the portal of KDE."""

import contextlib
import os
import shutil
import socket
import struct
import sys
import tempfile
import uuid
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from coach_app.desktop.processes import running
from tests.gui.wayland import COMMON_PROGRAMS, missing_programs, start_desktop_portal, start_pipewire
from tests.waiting import wait_until

SIZE = (400, 300)
"""Of the window that the desktop shows, in pixels."""
COLOURS = ((0x00, 0x80, 0xFF), (0xFF, 0x80, 0x00))
"""Of that window, in turns: another one with each key that it gets."""
LEFT_CTRL, LEFT_ALT, SPACE, P, TAB = 29, 56, 57, 25, 15
"""Keys, as Linux counts them (linux/input-event-codes.h)."""

_LIBRARIES = Path("/usr/lib")
_PORTAL = next((str(path) for path in _LIBRARIES.glob("*/libexec/xdg-desktop-portal-kde")), "xdg-desktop-portal-kde")
_TITLE = "A window of two colours"
_WINDOW = f"""
import itertools
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def keyPressEvent(self, _):
        self.setStyleSheet("background: rgb(%d, %d, %d)" % next(colours))
app, colours = QApplication([]), itertools.cycle({COLOURS})
window = Window(windowTitle={_TITLE!r})
window.resize(*{SIZE})
window.keyPressEvent(None)
window.show()
app.exec()
"""


def why_not() -> str:
    """What this system lacks for the desktop; empty where nothing is."""
    if missing := missing_programs(("kwin_wayland", _PORTAL, *COMMON_PROGRAMS)):
        return f"KDE's desktop needs programs that are missing: {missing}"
    return "" if any(_LIBRARIES.glob("*/libkwin.so.5")) else "KDE's desktop is another one here than KWin 5"


class Keyboard:
    """A keyboard that KWin takes for a real one, by KDE's protocol for made-up input (``org_kde_kwin_fake_input``).

    Args:
        compositor: the socket of the Wayland compositor.
    """

    _FAKE_INPUT: Final = b"org_kde_kwin_fake_input\0"

    def __init__(self, compositor: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(str(compositor))
        self._send(1, 1, struct.pack("<I", 2))  # wl_display.get_registry: object 2
        # wl_registry.bind: object 3, version 4
        bind = struct.pack("<II", self._number(), len(self._FAKE_INPUT)) + self._FAKE_INPUT + struct.pack("<II", 4, 3)
        self._send(2, 0, bind)
        self._send(3, 0, (struct.pack("<I", 5) + b"test\0\0\0\0") * 2)  # authenticate: program and reason

    def press(self, *keys: int) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self._send(3, 10, struct.pack("<II", key, 1))

    def release(self, *keys: int) -> None:
        """Release keys."""
        for key in keys:
            self._send(3, 10, struct.pack("<II", key, 0))

    def close(self) -> None:
        """Unplug it."""
        self._socket.close()

    def _send(self, thing: int, request: int, arguments: bytes) -> None:
        self._socket.sendall(struct.pack("<II", thing, (8 + len(arguments)) << 16 | request) + arguments)

    def _number(self) -> int:
        """The compositor's number for the protocol; it lists all that it knows."""
        listed = b""
        while self._FAKE_INPUT not in listed:
            listed += self._socket.recv(65536)
        at = listed.index(self._FAKE_INPUT)
        return int.from_bytes(listed[at - 8 : at - 4], sys.byteorder)


class KdeDesktop:
    """The desktop, once it runs.

    Args:
        folder: for sockets and settings.
        env: for programs on this desktop.
    """

    def __init__(self, folder: Path, env: Mapping[str, str]) -> None:
        self.env = env
        self.keyboard = Keyboard(folder / env["WAYLAND_DISPLAY"])
        self._bus: DBusConnection = open_dbus_connection(env["DBUS_SESSION_BUS_ADDRESS"])
        self._window = contextlib.ExitStack()

    def show_window(self) -> None:
        """Open a window, which gets the keyboard."""
        command = [sys.executable, "-c", _WINDOW]
        self._window.enter_context(running(command, {**self.env, "QT_QPA_PLATFORM": "wayland"}))
        wait_until(self._windows, 20.0, "the window")

    def pick_window(self) -> str:
        """Have the portal know the window as the user's choice, as after its picker; returns the token for it.

        The picker itself is a part of Plasma's workspace, which is not installed.
        """
        token = str(uuid.uuid4())
        number = self._windows()[0][0].removeprefix("0_")
        # What the portal of KDE remembers: a QMap of QVariants as Qt's QDataStream writes it.
        kept = struct.pack(">I", 1) + _qt_string("windows") + struct.pack(">IBI", 11, 0, 1) + _qt_string(number)
        store = "org.freedesktop.impl.portal.PermissionStore"
        to = DBusAddress("/" + store.replace(".", "/"), store, store)
        data = ("(suv)", ("KDE", 1, ("ay", kept)))
        self._call(to, "Set", "sbsa{sas}v", "screencast", True, token, {"": ["yes"]}, data)
        return token

    def close_window(self) -> None:
        """Close the window."""
        self._window.close()

    def close(self) -> None:
        """Close what this opened; all else ends with `kde_desktop`."""
        self._window.close()
        self.keyboard.close()
        self._bus.close()

    def _windows(self) -> list[tuple[Any, ...]]:
        """Windows as KWin lists them for searches; each begins with its number."""
        to = DBusAddress("/WindowsRunner", "org.kde.KWin", "org.kde.krunner1")
        found: list[tuple[Any, ...]] = self._call(to, "Match", "s", _TITLE)
        return found

    def _call(self, to: DBusAddress, method: str, signature: str, *body: Any) -> Any:
        reply = self._bus.send_and_get_reply(new_method_call(to, method, signature, body), timeout=10)
        return reply.body[0] if reply.body else None


def _qt_string(text: str) -> bytes:
    return struct.pack(">I", 2 * len(text)) + text.encode("utf-16-be")


@contextlib.contextmanager
def kde_desktop() -> Iterator[KdeDesktop]:
    """Start the desktop; takes about two seconds."""
    with tempfile.TemporaryDirectory(prefix="coach-kwin-") as name, _desktop_in(Path(name)) as desktop:
        yield desktop


@contextlib.contextmanager
def _desktop_in(folder: Path) -> Iterator[KdeDesktop]:
    env = {name: os.environ[name] for name in ("PATH", "LC_ALL", "VIRTUAL_ENV", "PYTHONPATH") if name in os.environ}
    env |= {"HOME": str(folder), "XDG_RUNTIME_DIR": str(folder), "XDG_CURRENT_DESKTOP": "KDE"}
    env |= {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("CONFIG", "DATA", "CACHE")}
    # A copy, as it lacks the rights that the program's file asks for and containers do not give.
    program = str(shutil.copy(str(shutil.which("kwin_wayland")), folder))
    with contextlib.ExitStack() as stack:
        start_pipewire(stack, folder, env)
        screen = ["--virtual", "--width", "1024", "--height", "768", "--socket", "wayland-1", "--no-lockscreen"]
        unasked = {"KWIN_WAYLAND_NO_PERMISSION_CHECKS": "1"}  # of whoever makes up input
        stack.enter_context(running([program, *screen], env | unasked, folder / "kwin.log"))
        wait_until((folder / "wayland-1").is_socket, 20.0, "KWin")
        env["WAYLAND_DISPLAY"] = "wayland-1"
        portal_log = folder / "portal-kde.log"
        says = {"QT_QPA_PLATFORM": "wayland", "QT_LOGGING_RULES": "xdp-kde*=true"}
        stack.enter_context(running([_PORTAL], env | says, portal_log))
        wait_until(lambda: b"Registry initialized" in portal_log.read_bytes(), 20.0, "the portal of KDE")
        start_desktop_portal(stack, folder, env)
        desktop = KdeDesktop(folder, env)
        stack.callback(desktop.close)
        yield desktop

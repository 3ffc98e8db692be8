"""Checks for a screen, and starts a virtual one where there is none: Xvfb with a window manager (Linux)."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, MutableMapping

from coach_app.desktop.processes import END_WITH_US, ended, running, wait_for
from coach_app.domain.errors import CoachError
from coach_app.domain.words import printable

_PROGRAMS = {"Xvfb": "xvfb", "openbox": "openbox", "picom": "picom"}
_DESKTOP = 0x2A3348
"""Colour of the desktop, RGB."""


def has_display() -> bool:
    """Whether windows can be shown here."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def is_wayland() -> bool:
    """Whether this is a Wayland desktop, where only windows of X11 programs can be read, and keys be taken, without its
    help."""
    return sys.platform == "linux" and bool(os.environ.get("WAYLAND_DISPLAY"))


def prefer_xwayland(environment: MutableMapping[str, str]) -> None:
    """Let Qt run under XWayland where there is one; call before creating a QApplication.

    Wayland lets no program put a window above others, or at a place of its choice, as the overlay has to be.
    """
    if is_wayland() and environment.get("DISPLAY") and not environment.get("QT_QPA_PLATFORM"):
        with contextlib.suppress(CoachError):
            _reach(environment["DISPLAY"])
            environment["QT_QPA_PLATFORM"] = "xcb"


def need_screen() -> None:
    """Raise if Qt has no screen, which would end the process, unless it was told to do without one.

    On Wayland Qt is told to use XWayland, see `prefer_xwayland`.

    Raises:
        CoachError: no windows can be shown here, or the screen that ``DISPLAY`` names cannot be reached.
    """
    platform = os.environ.get("QT_QPA_PLATFORM", "")
    if sys.platform == "linux" and not platform.startswith(("offscreen", "minimal", "vnc", "wayland", "linuxfb")):
        _need_display(os.environ.get("DISPLAY", ""))
    if not has_display() and not os.environ.get("QT_QPA_PLATFORM"):
        raise CoachError(
            "There is no screen to open a window on.", 'Start it in a desktop session, or use "coach demo" without one.'
        )
    prefer_xwayland(os.environ)


def _need_display(name: str) -> None:
    """Raise if an X11 screen cannot be reached; under Wayland, Qt does not use it."""
    if name and not os.environ.get("WAYLAND_DISPLAY"):
        _reach(name)


def _reach(name: str) -> None:
    from Xlib.display import Display
    from Xlib.error import ConnectionClosedError, DisplayError, XauthError, XNoAuthError

    try:
        Display(name).close()
    except (DisplayError, XauthError, XNoAuthError, ConnectionClosedError, OSError, ValueError) as error:
        raise CoachError(
            f"The screen “{printable(name)}” cannot be reached.", "Start the coach on a desktop, or set DISPLAY to one."
        ) from error


@contextlib.contextmanager
def virtual_screen(size: tuple[int, int] = (1280, 720), compositor: bool = True) -> Iterator[dict[str, str]]:
    """Start a virtual screen with openbox and picom; yields the environment for programs to appear on it.

    Args:
        size: width and height in pixels.
        compositor: whether windows can be translucent.

    Raises:
        CoachError: a program is missing or does not start.
    """
    if missing := [package for program, package in _PROGRAMS.items() if shutil.which(program) is None]:
        raise CoachError(
            "This machine has no screen, and a virtual one needs programs that are not installed.",
            f"Install them: apt-get install {' '.join(missing)}",
        )
    with contextlib.ExitStack() as stack:
        display = stack.enter_context(_xvfb(size))
        env = {key: value for key, value in os.environ.items() if key not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        env |= {"DISPLAY": display, "XDG_SESSION_TYPE": "x11", "NO_AT_BRIDGE": "1"}
        # Without a session bus, each program would start its own, which outlives it.
        env.setdefault("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        _paint_desktop(display, size)
        stack.enter_context(running(["openbox", "--sm-disable"], env))
        wait_for("The window manager", lambda: _has_window_manager(display))
        if compositor:
            stack.enter_context(running(["picom", "--config", "/dev/null", "--backend", "xrender"], env))
            wait_for("The compositor", lambda: _has_compositor(display))
        yield env


@contextlib.contextmanager
def some_screen(size: tuple[int, int]) -> Iterator[None]:
    """The existing screen, or else a virtual one, for the windows and captures of this process.

    Args:
        size: width and height of a virtual one in pixels.

    Raises:
        CoachError: there is no screen, and no virtual one can be started.
    """
    if has_display():
        yield
        return
    with virtual_screen(size) as env:
        os.environ["DISPLAY"] = env["DISPLAY"]
        try:
            yield
        finally:
            del os.environ["DISPLAY"]


@contextlib.contextmanager
def _xvfb(size: tuple[int, int]) -> Iterator[str]:
    """Start the server on a free display; yields the display's name."""
    read, write = os.pipe()
    with os.fdopen(read) as number:
        screen = f"{size[0]}x{size[1]}x24"
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"]
        server = subprocess.Popen(
            command,
            pass_fds=(write,),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=END_WITH_US,
        )
        os.close(write)
        with ended(server):
            if not (display := number.readline().strip()):
                raise CoachError("The virtual screen (Xvfb) did not start.", "Run Xvfb by hand to see why.")
            yield f":{display}"


def _has_window_manager(display: str) -> bool:
    from Xlib.display import Display

    with contextlib.closing(Display(display)) as connection:
        name = connection.intern_atom("_NET_SUPPORTING_WM_CHECK")
        return connection.screen().root.get_full_property(name, 0) is not None


def _has_compositor(display: str) -> bool:
    from Xlib import X
    from Xlib.display import Display

    with contextlib.closing(Display(display)) as connection:
        owner = connection.get_selection_owner(connection.intern_atom("_NET_WM_CM_S0"))
        return bool(owner != X.NONE)


def _paint_desktop(display: str, size: tuple[int, int]) -> None:
    """Paint the desktop dark, as the root pixmap, where compositors look for it."""
    from Xlib import X, Xatom
    from Xlib.display import Display

    with contextlib.closing(Display(display)) as connection:
        connection.set_close_down_mode(X.RetainPermanent)
        root = connection.screen().root
        pixmap = root.create_pixmap(*size, connection.screen().root_depth)
        pixmap.fill_rectangle(root.create_gc(foreground=_DESKTOP), 0, 0, *size)
        for name in ("_XROOTPMAP_ID", "ESETROOT_PMAP_ID"):
            root.change_property(connection.intern_atom(name), Xatom.PIXMAP, 32, [pixmap.id])
        root.change_attributes(background_pixmap=pixmap)
        root.clear_area()
        connection.sync()

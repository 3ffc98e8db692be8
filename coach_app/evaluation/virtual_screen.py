"""A screen that nobody sees: Xvfb with a window manager and a compositor, for machines without a display (Linux)."""

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from PIL import Image

from coach_app.domain.errors import CoachError

_log = logging.getLogger(__name__)
_PROGRAMS = {"Xvfb": "xvfb", "openbox": "openbox", "picom": "picom"}
_START_S = 15.0
_END_S = 5.0

T = TypeVar("T")


def has_display() -> bool:
    """Whether windows can be shown here."""
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


@contextlib.contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block: asked first, killed if it does not listen; everything in its group too."""
    try:
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            process.wait(_END_S)
        except subprocess.TimeoutExpired:
            _log.warning("%s did not end when asked", process.args)
            process.kill()
            process.wait()
        if sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)


def start(command: Sequence[str], env: Mapping[str, str], log: Path | None = None) -> subprocess.Popen[bytes]:
    """Start a program in a process group of its own, so that Ctrl-C reaches only us and we end it in order.

    Args:
        command: the program and its arguments.
        env: all of its environment.
        log: file for what it prints; None throws that away.
    """
    with contextlib.ExitStack() as stack:
        out = stack.enter_context(log.open("ab")) if log else subprocess.DEVNULL
        return subprocess.Popen(
            command, env=dict(env), stdin=subprocess.DEVNULL, stdout=out, stderr=out, start_new_session=True
        )


def wait_for(what: str, look: Callable[[], T | None], seconds: float = _START_S) -> T:
    """The first result that is not None of looking every 20 ms.

    Raises:
        CoachError: it did not come in time.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (found := look()) is not None:
            return found
        time.sleep(0.02)
    raise CoachError(f"{what} did not come up within {seconds:.0f} seconds.", "Try again when the machine is idle.")


@contextlib.contextmanager
def virtual_screen(size: tuple[int, int] = (1280, 720)) -> Iterator[dict[str, str]]:
    """A virtual screen with openbox and picom; yields the environment for programs that shall appear on it.

    Args:
        size: width and height in pixels.

    Raises:
        CoachError: a program is missing or does not start.
    """
    if missing := [package for program, package in _PROGRAMS.items() if shutil.which(program) is None]:
        raise CoachError(
            "This machine has no screen, and a virtual one needs programs that are not installed.",
            f"Install them: apt-get install {' '.join(missing)}",
        )
    with contextlib.ExitStack() as stack:
        read, write = os.pipe()
        with os.fdopen(read, "rb") as number:
            screen = f"{size[0]}x{size[1]}x24"
            command = ["Xvfb", "-displayfd", str(write), "-screen", "0", screen, "-nolisten", "tcp", "-noreset"]
            server = subprocess.Popen(
                command,
                pass_fds=(write,),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            os.close(write)
            stack.enter_context(ended(server))
            display = number.readline().decode().strip()
        if not display:
            raise CoachError("The virtual screen (Xvfb) did not start.", "Run Xvfb by hand to see why.")
        env = {key: value for key, value in os.environ.items() if key not in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM")}
        env |= {"DISPLAY": f":{display}", "XDG_SESSION_TYPE": "x11"}
        _paint_desktop(env["DISPLAY"], size)
        stack.enter_context(ended(start(["openbox", "--sm-disable"], env)))
        wait_for("The window manager", lambda: _has_window_manager(env["DISPLAY"]))
        stack.enter_context(ended(start(["picom", "--config", "/dev/null", "--backend", "xrender"], env)))
        wait_for("The compositor", lambda: _has_compositor(env["DISPLAY"]))
        yield env


def _has_window_manager(display: str) -> bool | None:
    from Xlib.display import Display

    with contextlib.closing(Display(display)) as connection:
        check = connection.screen().root.get_full_property(connection.intern_atom("_NET_SUPPORTING_WM_CHECK"), 0)
        return True if check else None


def _has_compositor(display: str) -> bool | None:
    from Xlib import X
    from Xlib.display import Display

    with contextlib.closing(Display(display)) as connection:
        owner = connection.get_selection_owner(connection.intern_atom("_NET_WM_CM_S0"))
        return True if owner != X.NONE else None


def _paint_desktop(display: str, size: tuple[int, int]) -> None:
    """A quiet dark gradient, kept as the root pixmap, where compositors look for it."""
    from Xlib import X, Xatom
    from Xlib.display import Display

    column = Image.new("RGB", (1, 2))
    column.putdata([(38, 50, 72), (18, 22, 34)])
    picture = column.resize(size, Image.Resampling.BILINEAR)
    with contextlib.closing(Display(display)) as connection:
        connection.set_close_down_mode(X.RetainPermanent)
        root = connection.screen().root
        pixmap = root.create_pixmap(*size, connection.screen().root_depth)
        pixmap.put_pil_image(root.create_gc(), 0, 0, picture)
        for name in ("_XROOTPMAP_ID", "ESETROOT_PMAP_ID"):
            root.change_property(connection.intern_atom(name), Xatom.PIXMAP, 32, [pixmap.id])
        root.change_attributes(background_pixmap=pixmap)
        root.clear_area()
        connection.sync()

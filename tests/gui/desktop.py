"""A person at a desktop: starts programs, looks at the screen, moves the mouse, presses keys. X11, by xdotool."""

import os
import re
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageGrab
from Xlib import X
from Xlib.display import Display

from tests.waiting import wait_until

PICTURES = Path(__file__).parents[2] / "out" / "test-pictures"


def _xdotool(*words: object) -> str:
    """Output of one xdotool command; empty where it found nothing or the window is gone."""
    return subprocess.run(["xdotool", *map(str, words)], capture_output=True, text=True, check=False).stdout.strip()


@dataclass(frozen=True)
class Window:
    """A top-level window by its X11 id; left, top, width and height are in pixels and without the frame."""

    id: int

    @property
    def title(self) -> str:
        return _xdotool("getwindowname", self.id)

    @property
    def pid(self) -> int:
        return int(_xdotool("getwindowpid", self.id) or 0)

    def _info(self) -> str:
        return subprocess.run(["xwininfo", "-id", str(self.id)], capture_output=True, text=True, check=False).stdout

    def geometry(self) -> tuple[int, int, int, int]:
        """Left, top, width, height on the screen; all 0 where the window is gone."""
        info = self._info()
        names = ("Absolute upper-left X", "Absolute upper-left Y", "Width", "Height")
        found = [re.search(rf"{name}: +(-?\d+)", info) for name in names]
        left, top, width, height = (int(number[1]) if number else 0 for number in found)
        return left, top, width, height

    def is_visible(self) -> bool:
        """Mapped: neither closed nor minimised. It may be covered."""
        return "IsViewable" in self._info()

    def move(self, left: int, top: int) -> None:
        """Put its frame there."""
        _xdotool("windowmove", self.id, left, top)

    def resize(self, width: int, height: int) -> None:
        _xdotool("windowsize", self.id, width, height)

    def activate(self) -> None:
        """Raise it and give it the focus, as a click on its title does; brings a minimised one back."""
        _xdotool("windowactivate", "--sync", self.id)

    def take_keys(self) -> None:
        """Give it the focus without the window manager, as a game does that bypasses it."""
        _xdotool("windowfocus", "--sync", self.id)

    def minimise(self) -> None:
        _xdotool("windowminimize", self.id)

    def close(self) -> None:
        """Ask it to close, as its close button does."""
        subprocess.run(["wmctrl", "-i", "-c", str(self.id)], check=True)


@dataclass(frozen=True)
class Program:
    """A program that a test started; ``output`` holds its standard output and error."""

    process: "subprocess.Popen[bytes]"
    output: Path

    @property
    def pid(self) -> int:
        return self.process.pid

    def stop(self, deadline_s: float = 5.0) -> int:
        """End it and its children in order, by force after the deadline; returns its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(deadline_s)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
        return self.process.wait()


class Desktop:
    """The screen of this test. Programs that it started end with the test."""

    def __init__(self, folder: Path, test_name: str) -> None:
        self._folder = folder
        self._test_name = test_name
        self._programs: list[Program] = []

    def start(self, *argv: str | Path, env: Mapping[str, str] | None = None) -> Program:
        """Start a program, ``env`` added to this process's environment."""
        output = self._folder / f"program-{len(self._programs)}.txt"
        with output.open("wb") as file:
            process = subprocess.Popen(
                [str(word) for word in argv],
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                env={**os.environ, **(env or {})},
                start_new_session=True,
            )
        self._programs.append(Program(process, output))
        return self._programs[-1]

    def windows(self, title: str = "", pid: int | None = None) -> list[Window]:
        """Visible windows now; ``title`` is a regular expression found in theirs."""
        by = ["--all", "--pid", pid] if pid else []
        found = _xdotool("search", "--onlyvisible", *by, "--name", title or ".")
        return [Window(int(number)) for number in found.split()]

    def window(self, title: str = "", pid: int | None = None, deadline_s: float = 20.0) -> Window:
        """Wait for a visible window."""
        return wait_until(lambda: self.windows(title, pid), deadline_s, f"a window {title!r} of process {pid}")[0]

    def managed(self) -> list[int]:
        """The numbers of the windows that the window manager looks after, those of ended programs until it noticed."""
        display = Display()
        try:
            root = display.screen().root
            found = root.get_full_property(display.intern_atom("_NET_CLIENT_LIST"), X.AnyPropertyType)
            return list(found.value) if found else []
        finally:
            display.close()

    def focused(self) -> Window | None:
        """The window that gets the keys."""
        number = _xdotool("getwindowfocus")
        return Window(int(number)) if number else None

    def move_mouse(self, x: int, y: int) -> None:
        _xdotool("mousemove", x, y)

    def click(self, x: int, y: int, button: int = 1) -> None:
        _xdotool("mousemove", x, y, "click", button)

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Press the left button at ``start``, move in steps as a hand does, release at ``end``."""
        steps = [
            (start[0] + (end[0] - start[0]) * step // 8, start[1] + (end[1] - start[1]) * step // 8)
            for step in range(9)
        ]
        moves = [word for x, y in steps[1:] for word in ("mousemove", x, y, "sleep", 0.02)]
        _xdotool("mousemove", *start, "mousedown", 1, "sleep", 0.05, *moves, "mouseup", 1)

    def key(self, *keys: str) -> None:
        """Press keys, each named as xdotool does: ``ctrl+alt+a``, ``Return``."""
        _xdotool("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        _xdotool("type", "--delay", 15, text)

    def picture(self) -> Image.Image:
        """The whole screen now, RGB, as a person sees it."""
        return ImageGrab.grab(xdisplay="").convert("RGB")

    def keep_picture(self, name: str) -> Path:
        """Save the whole screen as ``out/test-pictures/TEST-NAME.png`` for a person to look at."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{self._test_name}-{name}.png"
        self.picture().save(path)
        return path

    def close(self) -> None:
        """End every program that is still running."""
        for program in reversed(self._programs):
            program.stop()

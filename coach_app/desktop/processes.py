"""Runs programs for a demo or a measurement, and always ends them."""

import contextlib
import ctypes
import logging
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from coach_app.domain.errors import CoachError

_log = logging.getLogger(__name__)
_START_S = 15.0
_END_S = 5.0

T = TypeVar("T")


def coach_command(*arguments: str) -> list[str]:
    """The command line for ``coach`` with these arguments, from a checkout, a wheel or the bundle."""
    frozen = getattr(sys, "frozen", False)
    return [sys.executable, *([] if frozen else ["-m", "coach_app"]), *arguments]


def _end_with_us() -> None:
    """Called in a new process on Linux: have it killed if its parent is killed and cannot end it properly."""
    assert _LIBC
    _LIBC.prctl(_PR_SET_PDEATHSIG, _SIGKILL)


_PR_SET_PDEATHSIG, _SIGKILL = 1, 9  # Windows has no signal.SIGKILL
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
END_WITH_US = _end_with_us if sys.platform == "linux" else None
"""For ``preexec_fn``."""


@contextlib.contextmanager
def running(
    command: Sequence[str], env: Mapping[str, str], log: Path | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program for the duration of the block.

    It gets its own process group, so that Ctrl-C reaches only us and we can end everything properly: it is asked to end
    first, and killed if it does not.

    Args:
        command: the program and its arguments.
        env: its complete environment.
        log: file for its output; None discards it.
    """
    with contextlib.ExitStack() as stack:
        out = stack.enter_context(log.open("ab")) if log else subprocess.DEVNULL
        process = subprocess.Popen(
            command,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
            preexec_fn=END_WITH_US,
        )
    with ended(process):
        yield process


@contextlib.contextmanager
def ended(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """End a process and its group at the end of the block."""
    try:
        yield
    finally:
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


def check_running(process: subprocess.Popen[bytes], log: Path) -> bool:
    """Whether a process is still running; False if it ended successfully.

    Raises:
        CoachError: it failed; the sentence quotes the last line of its output.
    """
    if process.poll():
        printed = log.read_text(errors="replace").strip().splitlines()
        raise CoachError(printed[-1] if printed else f"The window ended unexpectedly (status {process.returncode}).")
    return process.returncode is None


def wait_for(what: str, look: Callable[[], T | None], seconds: float = _START_S) -> T:
    """Poll every 20 ms until the result is neither None nor False, and return it.

    Raises:
        CoachError: it did not come in time.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.02)
    raise CoachError(f"{what} did not appear within {seconds:.0f} seconds.", "Try again when the machine is idle.")

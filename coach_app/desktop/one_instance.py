"""One coach for each user and screen: a second start finds the first one, and hands on what it was started with.

On Windows through a named pipe, elsewhere through a socket that is a file; nothing of it can be reached over a network.
"""

import contextlib
import hashlib
import logging
import os
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Client, Listener
from pathlib import Path

from coach_app.desktop.folders import data_dir
from coach_app.domain.errors import CoachError

log = logging.getLogger(__name__)

_ANSWER_S = 5.0
"""A coach that runs takes a message at once; one that has just been started, or is ending, within this time."""
_MAX_BYTES = 100_000
_TAKEN = b"taken"


def only_one(message: bytes, on_message: Callable[[bytes], None]) -> "Door | None":
    """Be the only coach here, or tell the one that is already running.

    What a coach left behind that was killed is taken over.

    Args:
        message: for the coach that is already running.
        on_message: called in a thread of the door with what later starts have to say.

    Returns:
        The door, to be closed at the end; None where another coach runs and was told the message.

    Raises:
        CoachError: another coach runs, but does not answer.
    """
    address = _address()
    deadline = time.monotonic() + _ANSWER_S
    while True:
        if _knock(address, message):
            return None
        try:
            return Door(address, on_message)
        except OSError as taken:
            if time.monotonic() > deadline:
                raise CoachError(
                    "The coach is already running, but does not answer.",
                    "End it, if need be by its process, and try again.",
                ) from taken
        time.sleep(0.05)


class Door:
    """Where later starts knock. From any thread.

    Args:
        address: of the pipe or socket.
        on_message: see `only_one`.

    Raises:
        OSError: another coach has this address.
    """

    def __init__(self, address: str, on_message: Callable[[bytes], None]) -> None:
        self._address, self._on_message = address, on_message
        self._closing = False
        self._lock = _lock(Path(address).with_suffix(".lock"))
        with contextlib.suppress(OSError):
            if self._lock is not None:
                Path(address).unlink()  # of a coach that was killed: its lock is gone with it
        self._listener = Listener(address, backlog=8)
        self._thread = threading.Thread(target=self._serve, name="door", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Let the next start be the first one; may be called twice."""
        if self._closing:
            return
        self._closing = True
        _knock(self._address, b"")  # the thread waits for one
        self._thread.join(_ANSWER_S)
        self._listener.close()
        if self._lock is not None:
            os.close(self._lock)

    def _serve(self) -> None:
        while not self._closing:
            try:
                with self._listener.accept() as line:
                    if line.poll(_ANSWER_S) and (message := line.recv_bytes(_MAX_BYTES)):
                        self._on_message(message)
                    line.send_bytes(_TAKEN)
            except (OSError, EOFError):
                log.info("A later start went away before it was heard.")


def _knock(address: str, message: bytes) -> bool:
    """Whether a coach took a message."""
    try:
        with Client(address) as line:
            line.send_bytes(message)
            return line.poll(_ANSWER_S) and line.recv_bytes(len(_TAKEN)) == _TAKEN
    except (OSError, EOFError):
        return False


def _address() -> str:
    """Of the coach of this user, with these folders, on this screen."""
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY", "").removesuffix(".0")
    mark = hashlib.sha256(f"{data_dir().resolve()}\n{screen}".encode()).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\coach-{mark}"
    # A short path: that of a socket has at most 103 bytes.
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    folder = Path(runtime, "coach") if runtime else Path(tempfile.gettempdir(), f"coach-{os.getuid()}")
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        kept = folder.stat()
        if kept.st_uid == os.getuid() and not stat.S_IMODE(kept.st_mode) & 0o077:
            return str(folder / f"{mark}.sock")
    except OSError as error:
        log.warning("%s cannot be used: %s", folder, error.strerror)
    data_dir().mkdir(parents=True, exist_ok=True)
    return str(data_dir() / "coach.sock")


def _lock(path: Path) -> int | None:
    """Hold a file that the system lets go of when this process ends in whatever way; None on Windows, where a pipe
    itself is like that.

    Raises:
        OSError: another process holds it.
    """
    if sys.platform == "win32":
        return None
    import fcntl

    file = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        raise
    return file

"""A single instance for each user and screen: a second start passes its arguments to the first one.

Uses a named pipe on Windows and a Unix domain socket elsewhere, neither reachable over a network.
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


def single_instance(message: bytes, on_message: Callable[[bytes], None]) -> "InstanceListener | None":
    """Become the only instance, or pass a message to the one that is already running.

    The remains of an instance that was killed are taken over.

    Args:
        message: sent to the running instance.
        on_message: called in the listener's thread with the messages of later starts.

    Returns:
        The listener, to be closed at the end; None if another instance is running and took the message.

    Raises:
        CoachError: another instance is running but does not answer.
    """
    address = _address()
    deadline = time.monotonic() + _ANSWER_S
    while True:
        if _send(address, message):
            return None
        try:
            return InstanceListener(address, on_message)
        except OSError as taken:
            if time.monotonic() > deadline:
                raise CoachError(
                    "The coach is already running, but does not answer.",
                    "Quit it (end its process if necessary), and try again.",
                ) from taken
        time.sleep(0.05)


def told_running_instance(message: bytes) -> bool:
    """Pass a message to the running instance; False if there is none."""
    return _send(_address(), message)


class InstanceListener:
    """Listens for later starts. May be used from any thread.

    Args:
        address: address of the pipe or socket.
        on_message: see `single_instance`.

    Raises:
        OSError: another instance has this address.
    """

    def __init__(self, address: str, on_message: Callable[[bytes], None]) -> None:
        self._address, self._on_message = address, on_message
        self._closing = False
        self._lock = _lock(Path(address).with_suffix(".lock"))
        with contextlib.suppress(OSError):
            if self._lock is not None:
                Path(address).unlink()  # of an instance that was killed: its lock is gone with it
        self._listener = Listener(address, backlog=8)
        self._thread = threading.Thread(target=self._serve, name="single-instance", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop listening; may be called twice."""
        if self._closing:
            return
        self._closing = True
        _send(self._address, b"")  # wakes the thread up
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


def _send(address: str, message: bytes) -> bool:
    """Send a message; False if no instance is listening."""
    try:
        with Client(address) as line:
            line.send_bytes(message)
            return line.poll(_ANSWER_S) and line.recv_bytes(len(_TAKEN)) == _TAKEN
    except (OSError, EOFError):
        return False


def _address() -> str:
    """The address for this user, these folders and this screen."""
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY", "").removesuffix(".0")
    mark = hashlib.sha256(f"{data_dir().resolve()}\n{screen}".encode()).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\coach-{mark}"
    # Short, as the path of a socket has at most 103 bytes.
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
    """Lock a file until this process ends, however it ends; None on Windows, where the pipe itself is exclusive.

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

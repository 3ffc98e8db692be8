"""Servers of others, started on the loopback."""

import os
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

START_S = 90.0


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def serving(command: Sequence[object], answers: str, folder: Path, **environment: str) -> Iterator[None]:
    """A server that runs until the end of the block.

    Args:
        command: starts it.
        answers: an address that it answers once it is ready.
        folder: gets its log.
        environment: variables that it is given besides those of this process.
    """
    log = folder / "log"
    variables: Mapping[str, str] = os.environ | environment
    with log.open("w") as written:
        process = subprocess.Popen([str(word) for word in command], stdout=written, stderr=written, env=variables)
    try:
        deadline = time.monotonic() + START_S
        while not _answers(answers):
            assert process.poll() is None, log.read_text()
            assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.1)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False

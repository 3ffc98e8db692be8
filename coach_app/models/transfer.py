"""Receives files over HTTP: resumes where a connection broke, and waits where the other side is busy."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

import httpx2

from coach_app.domain.errors import CoachError
from coach_app.models.catalogue import ModelEntry
from coach_app.models.listing import File, Listing
from coach_app.models.progress import Meter

SILENCE_S = 20.0
_TRIES = 6
_TRIES_TO_BEGIN = 3
_MAX_WAIT_S = 300.0
_TRICKLE_BYTES, _TRICKLE_S = 60_000, 60.0
"""A connection that brings less than so much in such a time is as good as broken."""
_WORTH_BYTES = 4096
"""A connection that brought less counts as one that failed."""


class Source(Protocol):
    """Where the files of a model come from.

    Attributes:
        offline: whether the user's settings forbid access.
    """

    offline: bool

    def listing(self, entry: ModelEntry) -> Listing:
        """The files of a model that are needed.

        Raises:
            CoachError: there are none, or the source cannot be reached.
        """

    def fetch(self, listing: Listing, file: File, part: Path, meter: Meter) -> None:
        """Append the missing bytes of a file to its part; does not check them.

        Raises:
            CoachError: the source cannot be reached, or refuses the file.
            OSError: it cannot be written.
        """


def patiently(
    ask: Callable[[], Any],
    unreachable: str,
    lost: str,
    sleep: Callable[[float], None] = time.sleep,
    waiting: Callable[[], None] = lambda: None,
    part: Path | None = None,
) -> Any:
    """Ask, and retry if the connection breaks or the other side is busy, as long as there is progress.

    Args:
        ask: makes the request.
        unreachable: the sentence of the error if nothing came.
        lost: the same if the connection broke for good.
        sleep: waits for a number of seconds.
        waiting: called before each wait.
        part: the file that grows.

    Raises:
        CoachError: it cannot be reached.
        httpx2.HTTPError: it answered with an error, which is the error's ``response``.
    """
    failures, had = 0, -1
    while True:
        try:
            return ask()
        except httpx2.HTTPError as error:
            wait = _seconds_to_wait(error, failures)
            has = part.stat().st_size if part and part.exists() else 0
            worth_it = had >= 0 and has - had >= _WORTH_BYTES
            failures, had = (0 if worth_it else failures + 1), has
            if wait is None or failures >= (_TRIES if part else _TRIES_TO_BEGIN):
                if not isinstance(error, httpx2.RequestError):
                    raise
                raise CoachError(
                    lost if has else unreachable,
                    "Try again later; what has been downloaded is kept, and only the rest is requested.",
                ) from error
            waiting()
            sleep(wait)


def receive(
    answer: Callable[[dict[str, str]], AbstractContextManager[httpx2.Response]],
    check: Callable[[httpx2.Response], Any],
    part: Path,
    file: File,
    meter: Meter,
) -> None:
    """Append the missing bytes to a part.

    Args:
        answer: makes the request with these headers.
        check: raises if it was answered with an error.
        part: the incomplete file.
        file: what it is to become.
        meter: counts the bytes.

    Raises:
        httpx2.HTTPError: the connection broke, or what ``check`` raises.
        OSError: it cannot be written.
    """
    have = part.stat().st_size if part.exists() else 0
    if have > file.size:
        part.unlink()
        have = 0
    if have == file.size:
        part.touch()
        return
    headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={have}-"} if have else {})}
    with answer(headers) as response:
        if response.is_error:
            response.read()
        check(response)
        goes_on = response.status_code == 206 and response.headers.get("Content-Range", "").startswith(f"bytes {have}-")
        if have and not goes_on:
            meter.lost(have)
        with part.open("ab" if goes_on else "wb") as out:
            trickle = _Trickle()
            for chunk in response.iter_raw():
                trickle.check(len(chunk))
                chunk = chunk[: file.size - out.tell()]  # never more than was listed
                out.write(chunk)
                meter.came(file, len(chunk))
                if out.tell() >= file.size:
                    break
    if part.stat().st_size < file.size:
        raise httpx2.RemoteProtocolError("The answer ended too early.")


class _Trickle:
    """Detects a connection that delivers next to nothing without being silent."""

    def __init__(self) -> None:
        self._since, self._bytes = time.monotonic(), 0

    def check(self, count: int) -> None:
        """Note that ``count`` bytes have arrived."""
        self._bytes += count
        now = time.monotonic()
        if self._bytes >= _TRICKLE_BYTES:
            self._since, self._bytes = now, 0
        elif now - self._since > _TRICKLE_S:
            raise httpx2.ReadTimeout("trickles")


def _seconds_to_wait(error: httpx2.HTTPError, failures: int) -> float | None:
    """Seconds to wait before asking again; None if that would not help."""
    wait = min(2.0**failures, 30.0)
    response = getattr(error, "response", None)
    if response is None:
        return wait
    if response.status_code not in (408, 429, 500, 502, 503, 504):
        return None
    requested = response.headers.get("Retry-After", "")
    wait = float(requested) if requested.isdecimal() else wait
    return wait if wait <= _MAX_WAIT_S else None

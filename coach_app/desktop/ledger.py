"""The log of network traffic: when, where to, what for and how many bytes; never its contents.

A file of JSON lines, shared by all processes of the user. A request gets one line when it is sent, so that it is logged
even if the process is killed while waiting, and one when its answer has arrived; the lines of a request are added up.
The newest requests are kept individually, all older ones as one sum for each destination and purpose.
"""

import contextlib
import json
import logging
import os
from collections.abc import Callable, Hashable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from coach_app.desktop.files import write_atomically
from coach_app.desktop.folders import data_dir
from coach_app.domain.errors import CoachError

_log = logging.getLogger(__name__)

Kind = Literal["download", "server", "translation"]
_KEPT = 1_000
_LINE_BYTES = 320
_PATIENCE_S = 0.5


@dataclass(frozen=True)
class Entry:
    """One request, part of one, or the sum of several.

    Attributes:
        at: when it was sent, in seconds since the epoch; for a sum, when the first one was.
        kind: its purpose.
        origin: its destination, for instance ``https://huggingface.co``; the rest of the URL may reveal contents.
        here: whether the destination is a program on this computer, so that nothing left it.
        sent_bytes: size of request line, headers and body.
        received_bytes: size of status line, headers and body, before decompression.
        requests: number of requests; 0 for a later part of one.
        id: id of the request; empty for a sum.
    """

    at: float
    kind: Kind
    origin: str
    here: bool
    sent_bytes: int = 0
    received_bytes: int = 0
    requests: int = 1
    id: str = ""


class Ledger:
    """The log. Any thread and any process may add to it.

    Args:
        path: the file; neither it nor its folder need exist.
        kept: how many of the newest requests are kept individually, separately for remote and local destinations.
    """

    def __init__(self, path: Path, kept: int = _KEPT) -> None:
        self._path = path
        self._kept = kept

    def record(self, entry: Entry) -> None:
        """Add a request, or part of one. Failures are only logged, so that they never fail the request itself."""
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self._path.with_name(f".{self._path.name}.lock"), timeout=_PATIENCE_S):
                with open(self._path, "a", encoding="utf-8", opener=_private) as file:
                    file.write(json.dumps(asdict(entry)) + "\n")
                    size = file.tell()
                if size > 4 * self._kept * _LINE_BYTES:
                    self._shorten()
        except (OSError, Timeout, CoachError) as error:
            _log.warning(
                "%d bytes sent to and %d received from %s could not be written down: %s",
                *(entry.sent_bytes, entry.received_bytes, entry.origin, type(error).__name__),
            )

    def entries(self) -> list[Entry]:
        """The individual requests, oldest first."""
        return self._requests(self._lines())

    def totals(self) -> list[Entry]:
        """The sums of all requests ever made, one for each destination and purpose."""
        return _added_up(self._lines(), lambda line: (line.kind, line.origin, line.here))

    def _shorten(self) -> None:
        lines = self._lines()
        requests = self._requests(lines)
        kept = {
            entry.id for here in (True, False) for entry in [one for one in requests if one.here == here][-self._kept :]
        }
        older = _added_up(
            (replace(line, id="") for line in lines if line.id not in kept),
            lambda line: (line.kind, line.origin, line.here),
        )
        rest = [entry for entry in requests if entry.id in kept]
        text = "".join(json.dumps(asdict(entry)) + "\n" for entry in [*older, *rest])
        write_atomically(self._path, text.encode(), "The network log", private=True)

    def _requests(self, lines: Iterable[Entry]) -> list[Entry]:
        return _added_up((line for line in lines if line.id), lambda line: line.id)

    def _lines(self) -> list[Entry]:
        try:
            text = self._path.read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return []
        lines = []
        for line in text.splitlines():
            with contextlib.suppress(ValueError, TypeError):  # cut off by a full disk, or written by a later version
                lines.append(Entry(**json.loads(line)))
        return lines


def ledger() -> Ledger:
    """The user's log."""
    return Ledger(data_dir() / "network.jsonl")


def _added_up(lines: Iterable[Entry], key: Callable[[Entry], Hashable]) -> list[Entry]:
    sums: dict[Hashable, Entry] = {}
    for line in lines:
        known = sums.get(key(line))
        sums[key(line)] = line if known is None else _sum(known, line)
    return list(sums.values())


def _sum(one: Entry, other: Entry) -> Entry:
    return replace(
        one,
        at=min(one.at, other.at),
        sent_bytes=one.sent_bytes + other.sent_bytes,
        received_bytes=one.received_bytes + other.received_bytes,
        requests=one.requests + other.requests,
        id=one.id if one.id == other.id else "",
    )


def _private(path: str, flags: int) -> int:
    """Opener for a file that only its owner may read."""
    return os.open(path, flags, 0o600)

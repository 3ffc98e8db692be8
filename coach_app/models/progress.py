"""The progress and speed of a download."""

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self

from coach_app.domain.errors import CoachError
from coach_app.models.listing import File, Listing

_REPORT_EVERY_S = 0.2
_SPEED_OVER_S = 8.0
_QUIET_S = 2.0
"""The download counts as waiting after this long without a byte."""
_WATCH_EVERY_S = 1.0
_LEAST_BYTES_PER_S = 10_000
_LEAST_OVER_S = 300.0
"""A download that brings less on average over such a time is given up: a large model would take weeks."""
_LONGEST_PAUSE_S = 30.0
"""Of a longer pause no more counts: the hub asked to wait, a file was being checked, or the computer slept."""


@dataclass(frozen=True)
class Progress:
    """The progress of a download.

    Attributes:
        phase: bytes are arriving, none are (the hub is silent, or asked to wait), a checksum is being computed, or a
            checkpoint made of what came.
        file: name of the current file.
        done_bytes: bytes of all files received, including earlier attempts.
        total_bytes: size of all files.
        bytes_per_s: mean over the last seconds; 0 while waiting.
        seconds_left: estimate at that speed; None while nothing arrives.
    """

    phase: Literal["downloading", "waiting", "checking", "converting"]
    file: str
    done_bytes: int
    total_bytes: int
    bytes_per_s: float
    seconds_left: float | None

    def pace(self) -> str:
        """Speed and remaining time, in a few words."""
        if self.phase in ("checking", "converting"):
            return self.phase
        if self.phase == "waiting" or self.seconds_left is None:
            return "waiting for the hub"
        minutes, seconds = divmod(round(self.seconds_left), 60)
        left = f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min {seconds:02} s"
        return f"{self.bytes_per_s / 1e6:.1f} MB/s, {left} left"


Report = Callable[[Progress], None]
"""Called some times a second, one call at a time, in the thread of the download; where nothing comes, every second in
a thread of its own. What it raises ends the download, and keeps what came."""


class Meter:
    """Counts the bytes received and reports a few times per second; as a context manager, also while none arrive.

    Args:
        listing: all files.
        partial: folder that collects them.
        report: called with the progress.
        clock: returns seconds.
    """

    def __init__(
        self, listing: Listing, partial: Path, report: Report, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._total = listing.total_bytes()
        self._done = listing.here_bytes(partial)
        self._report = report
        self._clock = clock
        self._pace = _Pace(clock())
        self._came: deque[tuple[float, int]] = deque([(clock(), 0)])  # times, and bytes of this run until then
        self._last = 0.0
        self._awaited: File | None = None  # the file being received
        self._heard = 0.0
        self._refusal: BaseException | None = None  # raised by ``report`` in the thread
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="download-watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_WATCH_EVERY_S):
            self.look()

    def look(self) -> None:
        """Report that nothing has arrived for a while; an exception of ``report`` is raised again with the next
        report."""
        with self._lock:
            if self._awaited and not self._refusal and self._clock() - self._heard >= _QUIET_S:
                try:
                    self._say("waiting", self._awaited)
                except BaseException as refusal:
                    self._refusal = refusal

    def begin(self, file: File) -> None:
        """Note that a file is being received."""
        with self._lock:
            self._awaited, self._heard = file, self._clock()

    def came(self, file: File, count: int) -> None:
        """Bytes of a file have come.

        Raises:
            CoachError: too few of them for minutes.
        """
        with self._lock:
            now = self._heard = self._clock()
            self._done += count
            self._pace.came(count, now)
            self._came.append((now, self._came[-1][1] + count))
            while len(self._came) > 2 and self._came[1][0] < now - _SPEED_OVER_S:
                self._came.popleft()
            if now - self._last >= _REPORT_EVERY_S:
                self._say("downloading", file)

    def lost(self, count: int) -> None:
        """Note that bytes of an earlier attempt have to be received again."""
        with self._lock:
            self._done -= count

    def wait(self, file: File) -> None:
        with self._lock:
            self._say("waiting", file)

    def check(self, file: File) -> None:
        with self._lock:
            self._awaited = None
            self._say("checking", file)

    def _say(self, phase: Literal["downloading", "waiting", "checking"], file: File) -> None:
        if self._refusal:
            raise self._refusal
        now = self._last = self._clock()
        since, before = self._came[0]
        speed = 0.0 if phase == "waiting" else (self._came[-1][1] - before) / max(now - since, 0.001)
        left = (self._total - self._done) / speed if speed > 0 else None
        self._report(Progress(phase, file.name, self._done, self._total, speed, left))


class _Pace:
    """Finds out whether a download is too slow to be waited for, whatever connections it takes.

    Args:
        now: when it begins, in seconds.
    """

    def __init__(self, now: float) -> None:
        self._last, self._counted_s, self._bytes = now, 0.0, 0

    def came(self, count: int, now: float) -> None:
        """So many bytes have come.

        Raises:
            CoachError: too few for minutes.
        """
        self._counted_s += min(now - self._last, _LONGEST_PAUSE_S)
        self._last = now
        self._bytes += count
        if self._counted_s < _LEAST_OVER_S:
            return
        if self._bytes < self._counted_s * _LEAST_BYTES_PER_S:
            raise CoachError(
                "The download is too slow: less than 10 kB per second for five minutes.",
                "Try again later, or on a faster connection; what has been downloaded is kept, and only the rest is "
                "requested.",
            )
        self._counted_s, self._bytes = 0.0, 0

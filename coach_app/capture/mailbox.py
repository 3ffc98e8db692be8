"""The capture thread, and the one-slot mailbox through which its pictures reach the event loop."""

import asyncio
import logging
import threading
import time
from collections.abc import Callable

from coach_app.capture.source import FrameSource, Loss, SourceLost
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame

logger = logging.getLogger(__name__)

IDLE_INTERVAL_S = 1.0
"""Time between two grabs while no one waits for a picture."""
REOPEN_AFTER_S = 2.0
"""Time between two attempts to open a source that could not be opened."""

Captured = Frame | SourceLost


class Mailbox:
    """Holds the newest picture until it is taken; a newer one replaces it. For a single reader.

    Args:
        loop: the event loop of the reader.
        on_waiting: called in the loop's thread when the reader starts waiting.
        fresh_for_s: pictures older than this are no longer handed out.
    """

    def __init__(self, loop: asyncio.AbstractEventLoop, on_waiting: Callable[[], None], fresh_for_s: float) -> None:
        self._loop = loop
        self._on_waiting = on_waiting
        self.fresh_for_s = fresh_for_s
        self._lock = threading.Lock()
        self._slot: tuple[float, Captured] | None = None
        self._latest: Captured | None = None
        self._arrived = asyncio.Event()
        self._waiting = False

    @property
    def waiting(self) -> bool:
        """Whether the reader is waiting; may be called from any thread."""
        return self._waiting

    @property
    def latest(self) -> Captured | None:
        """The newest item, taken or not; None before the first."""
        return self._latest

    def put(self, item: Captured) -> None:
        """Store a picture, replacing one that was not taken; may be called from any thread."""
        with self._lock:
            wake = self._slot is None
            self._slot = (time.monotonic(), item)
            self._latest = item
        if wake:  # otherwise the wake-up for the replaced one is still pending, or nobody waits
            post(self._loop, self._arrived.set)

    def clear(self) -> None:
        """Discard a picture that has not been taken, for instance after a change of source; may be called from any
        thread."""
        with self._lock:
            self._slot = self._latest = None

    async def next(self) -> Captured:
        """Wait for the newest picture not yet taken, or the reason why there is none. Call in the event loop only."""
        try:
            while True:
                self._arrived.clear()
                with self._lock:
                    slot, self._slot = self._slot, None
                if slot is not None and time.monotonic() - slot[0] <= self.fresh_for_s:
                    return slot[1]
                self._waiting = True
                self._on_waiting()
                await self._arrived.wait()
        finally:
            self._waiting = False


class CaptureThread:
    """Captures one source in its own thread and puts the pictures into ``mailbox``.

    All methods are called in the event loop's thread. While nobody waits for a picture, one is captured each second. A
    source that fails is closed and reopened; meanwhile the reader gets a SourceLost with a sentence.

    Args:
        source_opener: opens the source; called in the capture thread, so that the source lives in one thread only.
        interval_s: time between two captures.
    """

    def __init__(self, source_opener: Callable[[], FrameSource], interval_s: float = 0.1) -> None:
        self._opener = source_opener
        self._interval_s = interval_s
        self._loop = asyncio.get_running_loop()
        self._condition = threading.Condition()
        self._snapshots: list[asyncio.Future[Captured]] = []
        self._changed = False
        self._paused = False
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="capture", daemon=True)
        self.mailbox = Mailbox(self._loop, self._wake, fresh_for_s=2 * interval_s)

    def start(self) -> None:
        """Start capturing."""
        self._thread.start()

    def pause(self) -> None:
        """Capture nothing until ``resume``, except for ``snapshot``."""
        with self._condition:
            self._paused = True
        self.mailbox.clear()

    def resume(self) -> None:
        """Continue after ``pause``."""
        with self._condition:
            self._paused = False
            self._condition.notify()

    def change_source(self, source_opener: Callable[[], FrameSource]) -> None:
        """Switch to another source; pictures of the old one are no longer handed out."""
        with self._condition:
            self._opener = source_opener
            self._changed = True
            self.mailbox.clear()
            self._condition.notify()

    def change_interval(self, interval_s: float) -> None:
        """Change the time between two captures."""
        with self._condition:
            self._interval_s = interval_s
            self.mailbox.fresh_for_s = 2 * interval_s
            self._condition.notify()

    async def snapshot(self) -> Captured:
        """Capture a picture now, even while paused; for questions about this moment."""
        future: asyncio.Future[Captured] = self._loop.create_future()
        with self._condition:
            if self._stopping:
                raise CoachError("The capture has ended.")
            self._snapshots.append(future)
            self._condition.notify()
        return await future

    def stop(self) -> None:
        """End the thread and close the source; may be called twice, and without ``start``. Takes a few milliseconds."""
        with self._condition:
            self._stopping = True
            self._condition.notify()
        if self._thread.ident is not None:
            self._thread.join(timeout=5.0)
        for future in self._snapshots:
            future.cancel()
        self._snapshots.clear()

    def _wake(self) -> None:
        with self._condition:
            self._condition.notify()

    def _run(self) -> None:
        source: FrameSource | None = None
        last_s = -IDLE_INTERVAL_S
        delay_s = 0.0
        while True:
            with self._condition:
                self._wait_until_due(last_s, delay_s)
                if self._stopping:
                    break
                changed, self._changed = self._changed, False
                opener = self._opener
                snapshots, self._snapshots = self._snapshots, []
            if changed and source is not None:
                _close(source)
                source = None
            last_s, delay_s = time.monotonic(), 0.0
            try:
                source = source or opener()
                item = source.grab()
            except CoachError as error:
                item, delay_s = SourceLost(Loss.UNAVAILABLE, str(error)), REOPEN_AFTER_S
            except Exception:
                logger.exception("The source failed and is opened again.")
                sentence = "The picture could not be read; the coach tries again by itself."
                item, delay_s = SourceLost(Loss.UNAVAILABLE, sentence), REOPEN_AFTER_S
            if delay_s and source is not None:
                _close(source)
                source = None
            with self._condition:
                if not self._changed and not self._paused:
                    self.mailbox.put(item)
            for future in snapshots:
                post(self._loop, _resolve, future, item)
        if source is not None:
            _close(source)

    def _wait_until_due(self, last_s: float, delay_s: float) -> None:
        """Wait, holding the condition, until there is something to do: stop, a change, a snapshot or the next
        capture."""
        while not (self._stopping or self._changed or self._snapshots):
            if self._paused:
                self._condition.wait()
                continue
            interval_s = self._interval_s if self.mailbox.waiting else IDLE_INTERVAL_S
            left_s = last_s + max(interval_s, delay_s) - time.monotonic()
            if left_s <= 0:
                return
            self._condition.wait(left_s)


def post(loop: asyncio.AbstractEventLoop, callback: Callable[..., object], *args: object) -> None:
    """Run a callback in the loop's thread; does nothing if the loop is closed, as its reader is gone."""
    try:
        loop.call_soon_threadsafe(callback, *args)
    except RuntimeError:
        logger.debug("The event loop is closed.")


def _resolve(future: "asyncio.Future[Captured]", item: Captured) -> None:
    if not future.done():
        future.set_result(item)


def _close(source: FrameSource) -> None:
    try:
        source.close()
    except Exception:
        logger.exception("The source could not be closed.")

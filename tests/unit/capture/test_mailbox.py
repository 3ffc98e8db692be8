"""The capture thread and its mailbox."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable

import pytest

from coach_app.capture.mailbox import IDLE_INTERVAL_S, CaptureThread
from coach_app.capture.source import FrameSource, Loss, SourceLost
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from tests.fakes.frames import FakeSource, plain
from tests.waiting import wait_until

Start = Callable[[Callable[[], FrameSource]], CaptureThread]


class Counting:
    """A source that numbers its pictures in their titles."""

    description = "counting"

    def __init__(self) -> None:
        self.grabs = 0
        self.threads: set[int] = set()

    def grab(self) -> Frame | SourceLost:
        self.grabs += 1
        self.threads.add(threading.get_ident())
        return plain("red", (8, 8), title=str(self.grabs))

    def close(self) -> None:
        self.threads.add(threading.get_ident())


@pytest.fixture
async def start() -> AsyncIterator[Start]:
    """Starts capture threads, which end with the test."""
    threads = []

    def begin(opener: Callable[[], FrameSource]) -> CaptureThread:
        threads.append(CaptureThread(opener, interval_s=0.02))
        threads[-1].start()
        return threads[-1]

    yield begin
    for thread in threads:
        thread.stop()


async def number(capture: CaptureThread) -> int:
    """Number of the next picture of Counting."""
    item = await asyncio.wait_for(capture.mailbox.next(), 5)
    assert isinstance(item, Frame)
    return int(item.title)


async def test_pictures_come_one_after_the_other_and_live_in_one_thread(start: Start) -> None:
    # GIVEN a capture thread
    source = Counting()
    capture = start(lambda: source)

    # WHEN pictures are awaited
    numbers = [await number(capture) for _ in range(5)]
    capture.stop()

    # THEN each is a new one, and the source was used in the capture thread only
    assert numbers == sorted(set(numbers))
    assert len(source.threads) == 1
    assert threading.get_ident() not in source.threads


async def test_a_slow_reader_gets_the_newest_picture(start: Start) -> None:
    # GIVEN a reader that has taken one picture and is busy then
    source = Counting()
    capture = start(lambda: source)
    await number(capture)

    # WHEN the loop itself is blocked until there is another one, and for a while, and it reads again
    wait_until(lambda: source.grabs >= 2, what="a grab while nobody waits")
    grabbed = source.grabs
    time.sleep(0.1)  # noqa: ASYNC251 (a blocked loop is what this is about)

    # THEN what has become old in the slot is not handed out
    assert await number(capture) > grabbed


async def test_hardly_anything_is_grabbed_while_nobody_waits(start: Start) -> None:
    # GIVEN a capture thread whose reader has gone
    source = Counting()
    capture = start(lambda: source)
    await number(capture)
    before, began_s = source.grabs, time.monotonic()

    # WHEN fifteen intervals go by
    await asyncio.sleep(0.3)

    # THEN it has grabbed at most once a second
    assert source.grabs - before <= 1 + (time.monotonic() - began_s) / IDLE_INTERVAL_S


async def test_paused_it_grabs_nothing_but_snapshots(start: Start) -> None:
    # GIVEN a paused capture
    source = Counting()
    capture = start(lambda: source)
    await number(capture)
    capture.pause()
    waiting = asyncio.create_task(capture.mailbox.next())
    await asyncio.sleep(0.05)
    grabbed = source.grabs
    await asyncio.sleep(0.1)
    assert source.grabs == grabbed

    # WHEN a snapshot is wanted
    asked_at = time.time()
    snapshot = await asyncio.wait_for(capture.snapshot(), 5)

    # THEN it shows this moment, and the reader still waits
    assert isinstance(snapshot, Frame)
    assert snapshot.captured_at >= asked_at
    assert not waiting.done()

    # WHEN it goes on
    capture.resume()

    # THEN the reader gets a picture
    item = await asyncio.wait_for(waiting, 5)
    assert isinstance(item, Frame)
    assert int(item.title) > int(snapshot.title)


async def test_after_a_change_nothing_of_the_old_source_comes(start: Start) -> None:
    # GIVEN a capture of one source
    old, new = FakeSource([plain("red", title="old")]), FakeSource([plain("blue", title="new")])
    capture = start(lambda: old)
    await capture.mailbox.next()

    # WHEN the source is changed
    capture.change_source(lambda: new)

    # THEN the next picture is of the new one, and the old one is closed
    item = await asyncio.wait_for(capture.mailbox.next(), 5)
    assert isinstance(item, Frame)
    assert item.title == "new"
    assert old.closed == 1


async def test_a_source_that_cannot_be_opened_is_said_and_tried_again(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a source that can be opened at the second attempt only
    monkeypatch.setattr("coach_app.capture.mailbox.REOPEN_AFTER_S", 0.05)
    attempts: list[FrameSource] = []

    def opener() -> FrameSource:
        attempts.append(FakeSource([plain("red")]))
        if len(attempts) == 1:
            raise CoachError("The recording is gone.", "Choose another.")
        return attempts[-1]

    # WHEN pictures are awaited
    capture = start(opener)
    items = [await asyncio.wait_for(capture.mailbox.next(), 5) for _ in range(2)]

    # THEN the reason comes first, then the picture
    assert items[0] == SourceLost(Loss.UNAVAILABLE, "The recording is gone. Choose another.")
    assert isinstance(items[1], Frame)


async def test_a_source_that_fails_is_opened_again(
    start: Start, monkeypatch: pytest.MonkeyPatch, expect_warning: Callable[[str], None]
) -> None:
    # GIVEN a source that breaks in a way nobody thought of
    monkeypatch.setattr("coach_app.capture.mailbox.REOPEN_AFTER_S", 0.05)
    expect_warning("The source failed")
    broken, sound = FakeSource([ZeroDivisionError()]), FakeSource([plain("red")])
    sources: list[FrameSource] = [broken, sound]

    # WHEN pictures are awaited
    capture = start(lambda: sources.pop(0))
    items = [await asyncio.wait_for(capture.mailbox.next(), 5) for _ in range(2)]

    # THEN it is closed, opened again, and the user is told in between
    assert isinstance(items[0], SourceLost)
    assert isinstance(items[1], Frame)
    assert broken.closed == 1


async def test_it_stops_cleanly_also_when_it_never_started_or_the_loop_is_gone(start: Start) -> None:
    # GIVEN one that never started, one that runs and one whose loop is closed
    source = FakeSource([plain("red")])
    idle = CaptureThread(lambda: source)
    capture = start(lambda: source)
    await capture.mailbox.next()

    async def leave_running() -> CaptureThread:
        orphan = CaptureThread(lambda: FakeSource([plain("red")]), 0.001)
        orphan.start()
        await orphan.mailbox.next()
        return orphan

    orphan = await asyncio.to_thread(lambda: asyncio.run(leave_running()))

    # WHEN they are stopped, twice
    for thread in (idle, idle, capture, capture, orphan):
        thread.stop()

    # THEN the source is closed once, and nothing runs any more
    assert source.closed == 1
    assert not [thread for thread in threading.enumerate() if thread.name == "capture"]
    with pytest.raises(CoachError):
        await capture.snapshot()


async def test_a_cancelled_reader_loses_nothing(start: Start) -> None:
    # GIVEN a reader that was cancelled while it waited
    source = FakeSource([plain("red", title="first"), SourceLost(Loss.CLOSED, "Closed.")])
    capture = start(lambda: source)
    capture.pause()
    reader = asyncio.create_task(capture.mailbox.next())
    await asyncio.sleep(0)
    reader.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reader

    # WHEN another one reads
    capture.resume()

    # THEN it gets the next thing
    assert await asyncio.wait_for(capture.mailbox.next(), 5)

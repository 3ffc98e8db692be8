"""``coach bench soak`` on an app that answers at once: what it asks, when it ends, and what it makes of its samples."""

import asyncio
import itertools
import mmap
import os
from types import SimpleNamespace
from typing import Any

import pytest

from coach_app.assembly.outlet import Outlet
from coach_app.domain.advice import Advice, Source
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.evaluation.bench.soak import Sample, Screen, Soak, grown
from coach_app.games.catalogue import showcase
from coach_app.session.events import AnswerFinished, AnswerTranslated, Event, Notice, NoticeAbout


class QuickApp:
    """Answers every question at once, and advises on every level that it sees. Stops, or fails, at an answer.

    Args:
        stops_at: the number of an answer; 0 is none.
        fails_at: likewise.
    """

    def __init__(self, stops_at: int = 0, fails_at: int = 0) -> None:
        self.events = Outlet[Event]()
        self.stop = asyncio.Event()
        self.room = SimpleNamespace(client=SimpleNamespace(pid=os.getpid()))
        self.session = self
        self.asked: list[str] = []
        self._ends = {"stop": stops_at, "fail": fails_at}
        self._numbers = itertools.count(1)

    def see(self, level: int) -> None:
        self._answer("")

    def ask(self, question: str, about: Frame | GameProfile) -> None:
        self._answer(question, *(() if isinstance(about, Frame) else (Source("a section", "of a guide"),)))

    def _answer(self, question: str, *sources: Source) -> None:
        number = next(self._numbers)
        advice = Advice("Go up.", "up", "quick", 0.0, 1.0, 1.0, 3, question=question, sources=sources)
        told: list[Event] = [AnswerFinished(number, advice, translating=True), AnswerTranslated(number, advice)]
        if number == self._ends["stop"]:
            self.stop.set()
        if number == self._ends["fail"]:
            told = [Notice(NoticeAbout.ANSWER, "The engine is gone.", "Start again.")]
        self.asked.append(question)
        for event in told:
            asyncio.get_running_loop().call_soon(self.events, event)


class Watched(Screen):
    """Shows its levels to an app at once."""

    def __init__(self, app: QuickApp) -> None:
        self._app: QuickApp | None = None
        super().__init__(showcase())
        self._app = app

    def next(self) -> None:
        super().next()
        if self._app:
            self._app.see(self.seed)


def soak_of(app: Any) -> tuple[Soak, list[str]]:
    said: list[str] = []
    screen = Watched(app)
    soak = Soak(app, screen, said.append)
    return soak, said


async def test_every_kind_of_request_is_made_until_it_is_enough() -> None:
    # GIVEN an app WHEN it is asked 100 times
    app = QuickApp()
    soak, said = soak_of(app)
    await soak.run(100, 0)
    # THEN each kind was among it, rounds are whole, and after each it was measured
    assert soak.counts.keys() == {"advice", "question", "game question", "translation"}
    assert soak.counts.total() >= 100
    assert len(soak.interface_samples) == len(soak.engine_samples) == len(said) >= 2
    assert soak.interface_samples[-1].requests == soak.counts.total()
    assert soak.engines == {os.getpid()}
    # THEN no question was asked twice
    questions = [question for question in app.asked if "level" in question]
    assert len(questions) == len(set(questions)) > 10


@pytest.mark.parametrize("stops_at", [1, 40])
async def test_it_ends_with_the_app_and_gives_what_there_is(stops_at: int) -> None:
    # GIVEN a soak without end WHEN the user presses Ctrl-C THEN what there is so far is given
    soak, said = soak_of(QuickApp(stops_at))
    async with asyncio.timeout(60):
        await soak.run(0, 0)
    assert soak.counts.total() >= stops_at
    assert soak.engine_samples[-1].requests == soak.counts.total()
    rows = grown("engine", soak.engine_samples)
    assert (rows[0].value is None) == (len(said) < 2)


async def test_an_answer_that_fails_ends_it() -> None:
    # GIVEN an app whose engine dies WHEN it is asked on THEN the sentence of the app is what is told
    soak, _ = soak_of(QuickApp(fails_at=5))
    with pytest.raises(CoachError, match="engine is gone"):
        await soak.run(0, 0)


@pytest.mark.parametrize(
    ("megabytes", "first", "second", "share"),
    [([100, 110, 120, 120, 120], 1000.0, 0.0, 0.0), ([50, 50, 50, 55, 60], 0.0, 500.0, 0.2)],
)
def test_the_second_half_is_compared_with_the_first(
    megabytes: list[int], first: float, second: float, share: float
) -> None:
    # GIVEN memory that grows in one half of the requests only WHEN both are compared THEN that is seen
    samples = [Sample(10 * at, 10**6 * each, 20 + at, 7) for at, each in enumerate(megabytes)]
    value = {row.name: row.value for row in grown("engine", samples)}
    assert value["memory growth per 1,000 requests, first half"] == pytest.approx(first)
    assert value["memory growth per 1,000 requests, second half"] == pytest.approx(second)
    assert value["growth of memory in the second half"] == pytest.approx(share)
    assert [value[f"files, {when}"] for when in ("at first", "half way", "at the end")] == [20, 22, 24]
    assert value["threads, at the end"] == 7


def test_a_process_is_looked_at_from_outside() -> None:
    # GIVEN this process WHEN it is sampled, and again with more memory THEN that is seen; files and threads are counted
    before = Sample.of(os.getpid(), 0)
    # Straight from the system and filled in small pieces: what the heap has free, or keeps, would be counted otherwise.
    held = mmap.mmap(-1, 30_000_000, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    for _ in range(300):
        held.write(b"1" * 100_000)
    after = Sample.of(os.getpid(), 10)
    assert after.memory_bytes - before.memory_bytes == pytest.approx(len(held), rel=0.2)
    assert after.requests == 10
    assert after.files >= 3
    assert after.threads >= 1

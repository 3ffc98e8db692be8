"""``coach bench soak``: what a long evening costs. The whole app is asked again and again, and what grows is told."""

import asyncio
import contextlib
import itertools
import os
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import psutil
from PIL import Image

from coach_app.assembly.overlay_app import App
from coach_app.assembly.plan import AppPlan
from coach_app.assembly.unseen import run_unseen
from coach_app.desktop.folders import config_dir
from coach_app.domain.actions import HOTKEYS
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.evaluation.bench.report import Report, Row
from coach_app.games import catalogue, profiles
from coach_app.games.game import Game
from coach_app.knowledge import library
from coach_app.models.catalogue import choose_models_dir, models_dir, resolve
from coach_app.session.events import AnswerFinished, AnswerTranslated, Event, Notice, NoticeAbout, QValuesRead
from coach_app.settings.schema import Settings
from coach_app.settings.store import save

SEED = 500_000
_WAIT_S = 120.0
_ROUND = {"advice": 12, "question": 8, "game question": 4}
"""Of each round: only the first advice of one has to wait until the answer before was read."""


@dataclass(frozen=True)
class Sample:
    """What one process uses at one moment.

    Attributes:
        requests: that had been answered by then.
        memory_bytes: its own. On Linux what it has allocated, in memory or swapped out; elsewhere its USS, which also
            moves when other programs load or leave the same libraries.
        files: open files, pipes and sockets; handles on Windows.
        threads: of the process.
    """

    requests: int
    memory_bytes: int
    files: int
    threads: int

    @classmethod
    def of(cls, pid: int, requests: int) -> "Sample":
        """A process as it is now."""
        process = psutil.Process(pid)
        files = process.num_fds() if hasattr(process, "num_fds") else process.num_handles()
        return cls(requests, _allocated_bytes(pid) or process.memory_full_info().uss, files, process.num_threads())


def _allocated_bytes(pid: int) -> int:
    """Memory that belongs to no file, as Linux counts it; 0 elsewhere."""
    status = Path(f"/proc/{pid}/status")
    lines = status.read_text().splitlines() if status.is_file() else []
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(("RssAnon:", "VmSwap:")))


def bench_soak(model: str, requests: int, minutes: float, say: Callable[[str], None]) -> Report:
    """Ask the whole app, which draws into windows that nobody sees, for as long as is wanted or until Ctrl-C.

    Each picture, question and text is another one: unasked advice about a practice game with a second opinion,
    questions about its picture, game questions, and the Japanese of all that is said.

    Args:
        model: name or folder; empty is the bundled coach.
        requests: to the engine; 0 counts none.
        minutes: after which it ends; 0 never does.
        say: told how far it is.

    Returns:
        For the app's process and the engine's: growth of memory per 1,000 requests in each half, and what else grows.

    Raises:
        CoachError: the model cannot be loaded, or an answer did not come.
    """
    entry = resolve(model or Settings().general.model)
    with _home():
        plan = AppPlan(language="ja", model=str(entry.path()), values=True)
        screen = Screen(catalogue.showcase())
        soak = run_unseen(plan, lambda: screen, lambda app: Soak(app, screen, say).run(requests, minutes * 60))
    return Report(
        name="soak",
        subject={"game": screen.game.id, "seed": SEED, "model": entry.name, "minutes": round(soak.took_s / 60, 1)},
        rows=(
            *(Row("requests", kind, count) for kind, count in sorted(soak.counts.items())),
            *grown("interface", soak.interface_samples),
            *grown("engine", soak.engine_samples),
            Row("engine", "starts", len(soak.engines)),
        ),
    )


def grown(of: str, samples: Sequence[Sample]) -> list[Row]:
    """What grew in the first half of the samples, in which caches are filled, and in the second."""
    middle = len(samples) // 2
    halves = {"first half": samples[: middle + 1], "second half": samples[middle:]}
    rows = [
        Row(of, f"memory growth per 1,000 requests, {name}", _slope_mb(half) if len(half) > 1 else None, "MB")
        for name, half in halves.items()
    ]
    at = {"at first": samples[:1], "half way": samples[middle : middle + 1], "at the end": samples[-1:]}
    for name, sample in at.items():
        rows.append(Row(of, f"memory of its own, {name}", _mb(sample[0].memory_bytes) if sample else None, "MB"))
    for what in ("files", "threads"):
        for name, sample in at.items():
            rows.append(Row(of, f"{what}, {name}", getattr(sample[0], what) if sample else None))
    if len(samples) > 2 and samples[middle].memory_bytes:
        growth = samples[-1].memory_bytes / samples[middle].memory_bytes - 1
        rows.append(Row(of, "growth of memory in the second half", round(growth, 4), "share"))
    return rows


def _slope_mb(samples: Sequence[Sample]) -> float:
    """The line through the samples: a single large one does not decide."""
    slope = np.polyfit([each.requests for each in samples], [each.memory_bytes for each in samples], 1)[0]
    return _mb(float(slope) * 1000)


def _mb(memory_bytes: float) -> float:
    return round(memory_bytes / 1e6, 2)


@contextlib.contextmanager
def _home() -> Iterator[None]:
    """The user's folders are elsewhere for the block: nothing of it shall be in the history, and no key be taken.

    The models stay: game questions are answered by one.
    """
    before, models = os.environ.get("COACH_HOME"), models_dir()
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        os.environ["COACH_HOME"] = folder
        settings = Settings().with_value("general", "welcomed", True).with_value("gate", "cooldown_s", 0.0)
        for action in HOTKEYS:
            settings = settings.with_value("hotkeys", action, "")
        save(settings, config_dir() / "settings.toml")
        if models.is_dir():
            choose_models_dir(models)
        try:
            yield
        finally:
            del os.environ["COACH_HOME"]
            if before is not None:
                os.environ["COACH_HOME"] = before


class Screen:
    """A source of frames: one level of a practice game after the other.

    Args:
        game: a practice game.

    Attributes:
        game: that game.
        seed: of the level that is shown.
    """

    def __init__(self, game: Game) -> None:
        self.game = game
        assert game.practice
        self.description = game.practice.title
        self._env = game.make()
        self.seed = SEED - 1
        self.next()

    def next(self) -> None:
        """Show the next level."""
        self.seed += 1
        self._image = Image.fromarray(self._env.reset(seed=self.seed)[0])

    def grab(self) -> Frame:
        """What is shown now."""
        return Frame(self._image, title=self.description)

    def close(self) -> None:
        """Nothing is open."""


class Soak:
    """Asks the app.

    Args:
        app: running.
        screen: what it watches.
        say: told how far it is.

    Attributes:
        counts: requests that were answered, by kind.
        interface_samples, engine_samples: one after each round, and one at the end.
        engines: process ids of the engine.
        took_s: all of it.
    """

    def __init__(self, app: App, screen: Screen, say: Callable[[str], None]) -> None:
        self._app, self._screen, self._say = app, screen, say
        self.counts: Counter[str] = Counter()
        self.interface_samples: list[Sample] = []
        self.engine_samples: list[Sample] = []
        self.engines: set[int] = set()
        self.took_s = 0.0
        self._reported = asyncio.Event()
        self._failure: Notice | None = None
        game = library.default_game()
        self._guided: GameProfile = profiles.find(game)
        self._topics = itertools.cycle(section.title for section in library.load(game).sections)
        app.events.listen(self._on_event)

    async def run(self, requests: int, seconds: float) -> "Soak":
        """Ask until enough was answered, the time is over, or the app is to stop.

        Args:
            requests: 0 counts none.
            seconds: 0 sets no limit.

        Raises:
            CoachError: an answer failed, or did not come.
        """
        began = time.monotonic()
        work = asyncio.create_task(self._ask(requests))
        stop = asyncio.create_task(self._app.stop.wait())
        try:
            await asyncio.wait((work, stop), timeout=seconds or None, return_when=asyncio.FIRST_COMPLETED)
            if work.done():
                await work
        finally:
            work.cancel()
            stop.cancel()
            await asyncio.wait((work, stop))
        self.took_s = time.monotonic() - began
        if not self.interface_samples or self.interface_samples[-1].requests < self.counts.total():
            self._sample()  # it was ended in the middle of a round
        return self

    async def _ask(self, requests: int) -> None:
        while not requests or self.counts.total() < requests:
            for kind, times in _ROUND.items():
                for _ in range(times):
                    await self._one(kind)
            self._sample()

    async def _one(self, kind: str) -> None:
        """Have one answer made, shown and translated."""
        answers, translations = self._answers(), self.counts["translation"]
        session = self._app.session
        if kind == "advice":
            self._screen.next()
        elif kind == "question":
            self._screen.next()
            session.ask(f"Where should I go in level {self._screen.seed}", self._screen.grab())
        else:
            session.ask(f"{next(self._topics)}?", self._guided)
        try:
            async with asyncio.timeout(_WAIT_S):
                while self._answers() == answers or self.counts["translation"] == translations:
                    self._reported.clear()
                    await self._reported.wait()
                    if self._failure:
                        raise CoachError(self._failure.message, self._failure.remedy)
        except TimeoutError:
            raise CoachError("The coach gave no answer in two minutes.", "The log file says more.") from None

    def _answers(self) -> int:
        return sum(self.counts[kind] for kind in _ROUND)

    def _on_event(self, event: Event) -> None:
        match event:
            case AnswerFinished(advice=advice):
                self.counts["game question" if advice.sources else "question" if advice.question else "advice"] += 1
            case AnswerTranslated():
                self.counts["translation"] += 1
            case QValuesRead():
                self.counts["Q-values"] += 1
            case Notice(about=NoticeAbout.ANSWER):
                self._failure = event
        self._reported.set()

    def _sample(self) -> None:
        total = self.counts.total()
        self.interface_samples.append(Sample.of(os.getpid(), total))
        parts = [f"{total:,} requests: the interface takes {_mb(self.interface_samples[-1].memory_bytes)} MB"]
        if engine := self._app.room.client.pid:
            self.engines.add(engine)
            self.engine_samples.append(Sample.of(engine, total))
            parts.append(f"the engine {_mb(self.engine_samples[-1].memory_bytes)} MB")
        self._say(", ".join(parts) + ".")

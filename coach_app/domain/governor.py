"""How far the coach gives way to the game: steps, taken one by one when the game suffers, and taken back slowly.

Pure: observations and times are passed in. To know what is the coach's fault, it is switched off for short whiles: what
the game does then is what it does without the coach.
"""

import math
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np

_STEADY_HZ = 15.0
"""A game that draws less often stands still most of the time, and cannot lose frames that one would see."""
_CLOCK_S = 0.001
"""How exactly the system tells when a frame came."""


class Step(IntEnum):
    """How far the coach gives way; each step includes those before it."""

    FULL = 0
    """It does not."""
    PRIORITY = 1
    """It has the processor only when nobody else wants it."""
    DETAIL = 2
    """Pictures are looked at in the lowest detail."""
    WAITS = 3
    """There is more time between two pieces of advice."""
    CAPTURES = 4
    """The screen is captured less often, and there is still more time between two pieces of advice."""
    SLEEP = 5
    """The model is unloaded, until the game has enough or the player asks a question."""


@dataclass(frozen=True)
class FrameTimes:
    """The times between a game's frames.

    Attributes:
        gaps_s: seconds from each frame to the next, in which the game drew all the time.
    """

    gaps_s: tuple[float, ...] = ()

    @classmethod
    def of(cls, readings: Iterable["Reading"]) -> "FrameTimes":
        """Those of all readings together."""
        return cls(tuple(gap for reading in readings for gap in reading.gaps_s))

    @cached_property
    def mean_s(self) -> float:
        """Mean time between frames; 0 without any."""
        return sum(self.gaps_s) / len(self.gaps_s) if self.gaps_s else 0.0

    @cached_property
    def p99_s(self) -> float:
        """Its 99th percentile; 0 without any."""
        return float(np.percentile(self.gaps_s, 99)) if self.gaps_s else 0.0

    @property
    def is_steady(self) -> bool:
        """Whether the game draws all the time, so that frames can be lost."""
        return len(self.gaps_s) >= _STEADY_HZ and self.mean_s <= 1 / _STEADY_HZ

    def lost(self, without: "FrameTimes") -> float:
        """Share of the frames without the coach that are missing here; 0 if there are as many."""
        return max(0.0, 1 - without.mean_s / self.mean_s) if self.gaps_s and without.gaps_s else 0.0

    def late(self, without: "FrameTimes", tolerance: float) -> int:
        """How many frames take longer than nearly all do without the coach, by this factor."""
        longest_s = without.p99_s * tolerance + _CLOCK_S
        return int(np.count_nonzero(np.asarray(self.gaps_s) > longest_s))


@dataclass(frozen=True)
class Reading:
    """What was observed for about a second.

    Attributes:
        gaps_s: seconds from each frame of the game to the next; empty if they are unknown or it drew none.
        starved: whether the game wants more of the processor than there is.
        memory_full: whether the memory of the graphics card is nearly full.
        answering: whether the coach worked on an answer.
        processor: what the coach's processes used of the processor, in cores.
        memory_bytes: resident memory of the coach's processes.
        watts: power of the graphics card; None if unknown.
    """

    gaps_s: tuple[float, ...] = ()
    starved: bool = False
    memory_full: bool = False
    answering: bool = False
    processor: float = 0.0
    memory_bytes: int = 0
    watts: float | None = None


@dataclass(frozen=True)
class Cost:
    """What the coach costs: what was observed with it, and shortly after without it.

    Attributes:
        at_s: when it was measured.
        seconds: seconds with it, seconds without it.
        with_coach: the game's frames with the coach.
        without: the game's frames without it; either is empty if the game draws too rarely, or it is unknown.
        processor: what its processes used, in cores.
        memory_bytes: resident memory of its processes.
        watts: additional power of the graphics card; None if unknown.
    """

    at_s: float
    seconds: tuple[int, int]
    with_coach: FrameTimes
    without: FrameTimes
    processor: float
    memory_bytes: int
    watts: float | None

    @property
    def lost(self) -> float:
        """Share of the game's frames that were lost to the coach."""
        return self.with_coach.lost(self.without)


@dataclass(frozen=True)
class GovernorRules:
    """When to give way. A reading is about a second.

    Attributes:
        windows: for each step, the fewest readings to judge it by. Where advice is rare, a short while may by chance
            hold none of it or too much, and the more the next step takes from the player, the surer it must be needed.
        longest: readings to judge by, at most.
        settle: readings that are not judged while an answer goes on that was begun before the step, at most; from
            `Step.WAITS` on.
        rest: readings without the coach.
        rests: so many rests are compared with together, if they agree and are not older than `remeasure_s`.
        lost: share of lost frames that is too much.
        late: share of late frames that is too much, and by which factor a frame is late.
        sure: how sure a judgement must be, in standard deviations.
        doubt_s: before giving way, the comparison must be newer than this.
        remeasure_s: without suffering, the comparison is renewed this often.
        calm_s: a step is taken back after this long without suffering; doubled each time that this was too early.
        longest_calm_s: at most.
    """

    windows: tuple[int, ...] = (4, 4, 4, 10, 20)
    longest: int = 30
    settle: int = 5
    rest: int = 3
    rests: int = 3
    lost: float = 0.015
    late: tuple[float, float] = (0.01, 1.15)
    sure: float = 2.0
    doubt_s: float = 30.0
    remeasure_s: float = 300.0
    calm_s: float = 60.0
    longest_calm_s: float = 600.0


_PATIENCE = 3
"""A rest that is disturbed by questions is given up after so many times its length."""


class Governor:
    """Decides on the step, and on rests: the short whiles in which the coach is off to be measured.

    Args:
        rules: when to give way.
        lowest: the last step that may be taken; with `Step.FULL` the coach is off only to be measured on demand.

    Attributes:
        step: how far the coach gives way now.
        resting: whether the coach has to be off now.
        cost: the last measurement; None before the first.
    """

    def __init__(self, rules: GovernorRules | None = None, lowest: Step = Step.SLEEP) -> None:
        self._rules = rules or GovernorRules()
        self.lowest = lowest
        self.restart()

    def restart(self) -> None:
        """Another game, or none: forget everything."""
        self.step = Step.FULL
        self.resting = False
        self.cost: Cost | None = None
        self._with: deque[Reading] = deque(maxlen=self._rules.longest)
        self._without: list[Reading] = []
        self._rested = 0
        self._disturbed = False
        self._spoilt_s = float("-inf")
        self._rests: list[tuple[float, tuple[Reading, ...]]] = []
        self._before = FrameTimes()
        self._calm_s = self._rules.calm_s
        self._calm_since_s: float | None = None
        self._taken_back_s: float | None = None
        self._skip = 1

    def measure(self) -> None:
        """Switch the coach off as soon as possible to measure what it costs."""
        self.resting, self._without, self._rested, self._skip = True, [], 0, 1
        self._disturbed = False

    def observe(self, reading: Reading, now_s: float) -> None:
        """Take a reading, and decide; changes the attributes.

        Args:
            reading: of the time since the last one.
            now_s: seconds of a monotonic clock.
        """
        if self._skip:  # it is partly of the time before the last decision
            goes_on = self.step >= Step.WAITS and reading.answering and not self.resting
            self._skip = self._skip - 1 if goes_on else 0
        elif self.resting:
            self._rest(reading, now_s)
        else:
            self._with.append(reading)
            self._judge(now_s)

    def _rest(self, reading: Reading, now_s: float) -> None:
        self._rested += 1
        if not (reading.answering or self._disturbed):  # nor just after an answer, which still has its effects
            self._without.append(reading)
        self._disturbed = reading.answering
        if len(self._without) >= self._rules.rest:
            self._remember(tuple(self._without), now_s)
            self.cost = _cost(tuple(self._with), self._without, now_s)
            self._go_on()
        elif self._rested >= _PATIENCE * self._rules.rest:
            self._spoilt_s = now_s
            self._go_on()

    def _go_on(self) -> None:
        self.resting = False
        self._with.clear()
        self._skip = 1

    def _remember(self, rest: tuple[Reading, ...], now_s: float) -> None:
        """Compare with this rest from now on, and with earlier ones if the game runs as it did then."""
        new = FrameTimes.of(rest)
        kept = []
        for at_s, readings in self._rests:
            old = FrameTimes.of(readings)
            agree = new.is_steady and old.is_steady and not (self._worse(new, old) or self._worse(old, new))
            if agree and now_s - at_s <= self._rules.remeasure_s:
                kept.append((at_s, readings))
        self._rests = [*kept, (now_s, rest)][-self._rules.rests :]
        self._before = FrameTimes.of(reading for _, readings in self._rests for reading in readings)

    def _judge(self, now_s: float) -> None:
        fewest = self._rules.windows[min(self.step, len(self._rules.windows) - 1)]
        if len(self._with) < fewest:
            return
        recent = tuple(self._with)[-fewest:]
        frames = FrameTimes.of(recent)
        age_s = now_s - self._rests[-1][0] if self._rests else float("inf")
        if not self._rests or not self._suffers(recent, frames):
            if self._needs_reference(recent, frames, age_s):
                self._measure_soon(now_s)
            else:
                self._take_back(now_s)
        elif self.step >= self.lowest:
            self._calm_since_s = None
        elif age_s > self._rules.doubt_s:
            self._measure_soon(now_s)
        else:
            full = all(reading.memory_full for reading in recent)  # which only sleep helps against
            self._give_way(Step.SLEEP if full else Step(self.step + 1), now_s)

    def _measure_soon(self, now_s: float) -> None:
        """Measure, unless nothing may follow from it, or the player has just asked too much for it."""
        if self.lowest is not Step.FULL and now_s - self._spoilt_s > self._rules.doubt_s:
            self.measure()

    def _needs_reference(self, recent: Sequence[Reading], frames: FrameTimes, age_s: float) -> bool:
        if self.step is Step.SLEEP:
            return False
        if not self._rests:
            return frames.is_steady or all(reading.starved for reading in recent)
        known = FrameTimes.of(self._rests[-1][1]).is_steady
        return frames.is_steady and age_s > (self._rules.remeasure_s if known else self._rules.doubt_s)

    def _suffers(self, recent: Sequence[Reading], frames: FrameTimes) -> bool:
        before = self._before
        if frames.is_steady and before.is_steady:  # a sudden harm is seen in what is recent, a small one in all
            return self._worse(frames, before) or self._worse(FrameTimes.of(self._with), before)
        if frames.gaps_s or before.gaps_s:  # it stands still, or no longer does
            return False
        return all(reading.starved for reading in recent) and not any(
            reading.starved for _, readings in self._rests for reading in readings
        )

    def _worse(self, frames: FrameTimes, before: FrameTimes) -> bool:
        """Whether more frames are lost or late than may be, beyond what chance does to any game."""
        share, tolerance = self._rules.late
        lost = len(frames.gaps_s) * max(0.0, frames.mean_s / before.mean_s - 1)
        return self._surely_more(frames.late(before, tolerance), share * len(frames.gaps_s)) or self._surely_more(
            lost, self._rules.lost * (len(frames.gaps_s) + lost)
        )

    def _surely_more(self, count: float, allowed: float) -> bool:
        """Whether a number of rare events is above what is allowed, given its own chance (Poisson: its root)."""
        return count - self._rules.sure * math.sqrt(count) > allowed

    def _give_way(self, step: Step, now_s: float) -> None:
        too_early = self._taken_back_s is not None and now_s - self._taken_back_s < self._calm_s
        self._calm_s = min(2 * self._calm_s, self._rules.longest_calm_s) if too_early else self._rules.calm_s
        self._taken_back_s = None
        self._change(min(step, self.lowest))

    def _take_back(self, now_s: float) -> None:
        if self.step is Step.FULL:
            return
        if self._calm_since_s is None:
            self._calm_since_s = now_s
        elif now_s - self._calm_since_s >= self._calm_s:
            self._change(Step(self.step - 1))
            self._taken_back_s = now_s

    def _change(self, step: Step) -> None:
        self.step = step
        self._with.clear()
        self._calm_since_s = None
        self._skip = self._rules.settle


def _cost(readings: Sequence[Reading], without: Sequence[Reading], now_s: float) -> Cost:
    worked = [reading for reading in readings if reading.answering] or list(readings)
    frames, before = FrameTimes.of(worked), FrameTimes.of(without)
    shown = frames.is_steady and before.is_steady
    watts = [reading.watts for reading in worked if reading.watts is not None]
    idle = [reading.watts for reading in without if reading.watts is not None]
    return Cost(
        at_s=now_s,
        seconds=(len(worked), len(without)),
        with_coach=frames if shown else FrameTimes(),
        without=before if shown else FrameTimes(),
        processor=sum(reading.processor for reading in worked) / max(1, len(worked)),
        memory_bytes=max((reading.memory_bytes for reading in (*worked, *without)), default=0),
        watts=sum(watts) / len(watts) - sum(idle) / len(idle) if watts and idle else None,
    )

"""``coach bench governor``: what the coach costs a game that is drawn all the time, with and without the governor."""

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from coach_app.desktop.processes import check_running, coach_command, running, wait_for
from coach_app.desktop.screens import some_screen
from coach_app.domain.errors import CoachError
from coach_app.domain.governor import FrameTimes
from coach_app.evaluation.bench.report import Report, Row
from coach_app.evaluation.bench.steady_game import RATE_HZ
from coach_app.evaluation.json_lines import JsonLines
from coach_app.games.catalogue import showcase
from coach_app.settings.schema import GateSettings, GovernorSettings, OverlaySettings, Settings
from coach_app.settings.store import save

ALONE: Final = "without the coach"
FULL: Final = "with the coach at full speed"
GOVERNED: Final = "with the governor"
SEED: Final = 500000
_SCREEN = (1920, 1080)
_START_S = 180.0
_CHANGE_S = 0.3
"""From one position of the game to the next: what changes more often is an animation to the coach, which it ignores."""

Line = dict[str, Any]


@dataclass(frozen=True)
class Stretch:
    """What was measured in one part.

    Attributes:
        of: which part.
        gaps_ms: times between the game's frames, by its own clock.
        lost: frames that were not drawn in time, by its own count.
        answers: pieces of advice that came.
        steps: the governor's steps in order, with the seconds since the coach was up.
    """

    of: str
    gaps_ms: tuple[float, ...]
    lost: int
    answers: int = 0
    steps: tuple[tuple[float, int], ...] = ()

    @property
    def lost_share(self) -> float:
        """Share of the frames that were lost."""
        return self.lost / max(1, self.lost + len(self.gaps_ms))

    @property
    def p99_ms(self) -> float:
        """99th percentile of the times between frames."""
        return float(np.percentile(self.gaps_ms, 99)) if self.gaps_ms else 0.0


def bench_governor(
    model: str, seconds: float, settle_s: float, work_ms: float, threads: int, say: Callable[[str], None]
) -> Report:
    """Measure on the X11 screen, or on a virtual one if there is none.

    Args:
        model: name or folder; empty to follow the settings.
        seconds: how long each part is measured.
        settle_s: how long each part runs before that, in which the governor finds its step.
        work_ms: processor time that each thread of the game needs for each frame.
        threads: how many threads the game has, which work at once.
        say: called with progress messages.

    Returns:
        Lost frames and the 99th percentile of the frame time of a game alone, with the coach at full speed, and with
        the governor; for comparison, the percentiles relative to the game alone.

    Raises:
        CoachError: a part did not start.
    """
    stretches = []
    with contextlib.ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="coach-bench-")))
        stack.enter_context(some_screen(_SCREEN))
        if "DISPLAY" not in os.environ:
            raise CoachError("The governor can be measured only on X11.", "Run it on Linux, or without any screen.")
        for number, of in enumerate((ALONE, FULL, GOVERNED)):
            say(f"Drawing a game for {settle_s + seconds:.0f} s, {of}…")
            folder = work / str(number)
            folder.mkdir()
            load = ("--work-ms", str(work_ms), "--threads", str(threads))
            stretches.append(_stretch(of, folder, model, seconds, settle_s, load))
    subject = {"model": model, "seconds": seconds, "settle_s": settle_s, "work_ms": work_ms, "threads": threads}
    return report(stretches, subject)


def report(stretches: Sequence[Stretch], subject: Line) -> Report:
    """The report on all parts; the game alone comes first."""
    alone = stretches[0]
    rows, ratios = [], []
    for one in stretches:
        rows += [
            Row(one.of, "frames drawn", len(one.gaps_ms)),
            Row(one.of, "frames lost", round(one.lost_share, 4), "share"),
            Row(one.of, "frame time, 99th percentile", round(one.p99_ms, 2), "ms"),
        ]
        if one is not alone:
            # by their rate: the seconds that a log notes don't begin at the same moment
            missing = FrameTimes(one.gaps_ms).lost(FrameTimes(alone.gaps_ms))
            rows.append(Row(one.of, "frames fewer than without the coach", round(missing, 4), "share"))
            rows.append(Row(one.of, "pieces of advice", one.answers))
            ratios.append(Row(one.of, "frame time, 99th percentile", round(one.p99_ms / (alone.p99_ms or 1), 3), "×"))
    return Report(
        name="governor",
        subject={"game": showcase().id, "seed": SEED, "rate_hz": RATE_HZ, **subject},
        rows=tuple(rows),
        ratios=tuple(ratios),
        details={"steps": {one.of: one.steps for one in stretches if one.steps}},
    )


def _stretch(of: str, folder: Path, model: str, seconds: float, settle_s: float, load: Sequence[str]) -> Stretch:
    env = {**os.environ, "COACH_HOME": str(folder / "home")}
    save(_settings(of == GOVERNED), folder / "home" / "config" / "settings.toml")
    log, trace = folder / "game.jsonl", JsonLines(folder / "trace.jsonl")
    events: list[Line] = []

    def happened(event: str) -> list[Line]:
        events.extend(trace.new_lines())
        return [line for line in events if line["event"] == event]

    def is_ready() -> bool:
        return any(line["phase"] == "ready" for line in happened("Engine"))

    command = coach_command("bench", "steady-game", str(log), *load, "--change-s", str(_CHANGE_S))
    with contextlib.ExitStack() as stack:
        game = stack.enter_context(running(command, env, folder / "game.log"))
        wait_for("The game", lambda: check_running(game, folder / "game.log") and log.exists(), _START_S)
        if of != ALONE:
            coach = coach_command("--game", showcase().id, "--trace", str(folder / "trace.jsonl"))
            app = stack.enter_context(
                running([*coach, *(["--model", model] if model else [])], env, folder / "coach.log")
            )
            wait_for("The coach", lambda: check_running(app, folder / "coach.log") and is_ready(), _START_S)
        up = time.time()
        time.sleep(settle_s)
        begun = time.time()
        time.sleep(seconds)
        ended = time.time()
        check_running(game, folder / "game.log")
        answers = sum(begun <= line["at"] <= ended for line in happened("AnswerFinished"))
    drawn = [line for line in JsonLines(log).new_lines() if begun + 1 <= line["at"] <= ended]
    steps = tuple((round(line["at"] - up, 1), line["step"]) for line in events if line["event"] == "Step")
    return Stretch(
        of, tuple(gap for line in drawn for gap in line["gaps_ms"]), sum(line["lost"] for line in drawn), answers, steps
    )


def _settings(governed: bool) -> Settings:
    """The coach speaks as often as it can, and asks nothing."""
    return Settings(
        gate=GateSettings(cooldown_s=0.0, settle_s=0.0),
        governor=GovernorSettings(on=governed),
        overlay=OverlaySettings(fade_after_s=0.0),
    )

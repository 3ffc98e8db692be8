"""``coach bench live``: measures the cost of the live loop with the real app beside a real game window."""

import contextlib
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil
from PIL import Image

from coach_app.advisor.local import model_input
from coach_app.capture.choose import open_source
from coach_app.capture.source import FrameSource
from coach_app.desktop.processes import check_running, coach_command, running, wait_for
from coach_app.desktop.screens import some_screen
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.gate import ChangeGate
from coach_app.domain.source import MonitorSpec
from coach_app.evaluation.bench.report import Report, Row
from coach_app.evaluation.demo.desk import Desk, desk
from coach_app.evaluation.json_lines import JsonLines
from coach_app.games import catalogue, profiles

SEED = 500000
ANSWERS = 30
_SCREEN = (1920, 1080)
_GRABS = 200
_SIDE_PX = 336
_START_S = 120.0
_ANSWER_S = 60.0
_MEDIAN = "median"

Line = dict[str, Any]


def bench_live(model: str, still_seconds: float, say: Callable[[str], None]) -> Report:
    """Measure on the X11 screen, or on a virtual one if there is none.

    Args:
        model: name or folder; empty to follow the settings.
        still_seconds: how long to watch a still screen.
        say: called with progress messages.

    Returns:
        Median and 99th percentile of times, and memory; for comparison the same with a naive implementation: every
        frame fully converted and shrunk, and nothing shown before the whole answer.

    Raises:
        CoachError: a part did not start, or did not answer in time.
    """
    with contextlib.ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="coach-bench-")))
        stack.enter_context(some_screen(_SCREEN))
        if "DISPLAY" not in os.environ:
            raise CoachError("The live loop can be measured only on X11.", "Run it on Linux, or without any screen.")
        env = {**os.environ, "COACH_HOME": str(work / "home")}
        watched = stack.enter_context(desk(env["DISPLAY"]))
        shown = catalogue.showcase()
        game = coach_command("practice", shown.id, "--seed", str(SEED), "--state-log", str(work / "state.jsonl"))
        practice = stack.enter_context(running(game, env, work / "practice.log"))
        window = wait_for("The practice game", lambda: watched.window_of(practice.pid), _START_S)
        say("Capturing the screen…")
        frame_px, rows = _bench_frames()
        say("Starting the coach…")
        coach = coach_command("--game", shown.id, "--trace", str(work / "trace.jsonl"), "--ticks")
        started_at = time.time()
        app = stack.enter_context(running([*coach, *(["--model", model] if model else [])], env, work / "coach.log"))
        record = _Record(work, lambda: check_running(app, work / "coach.log"))
        up = record.wait("WindowUp", 0, _START_S)
        start_ms = round((up["at"] - started_at) * 1000)
        rows.append(Row("app", "time to window", start_ms, "ms"))
        record.wait("AnswerFinished", 0, _START_S)
        controls = watched.window_of(app.pid)
        if controls:
            watched.minimise(controls)
        watched.focus(window)
        say(f"Watching a still screen for {still_seconds:.0f} s…")
        calls = _still_calls(record, still_seconds)
        rows.append(Row("app", f"answers on a screen that is still for {still_seconds:g} s", calls))
        say(f"Asking for {ANSWERS} pieces of advice…")
        model_used, more = _bench_answers(record, watched)
        rows += [*more, *_memory("interface", app.pid), *_memory("engine", record.last("Engine")["pid"])]
    return Report(
        name="live",
        subject={"game": shown.id, "seed": SEED, "model": model_used, "answers": ANSWERS, "frame_px": frame_px},
        rows=tuple(rows),
        ratios=_compared(rows),
    )


class _Record:
    """The records written by the coach and the game so far."""

    def __init__(self, work: Path, check: Callable[[], object]) -> None:
        self._check = check
        self._trace = JsonLines(work / "trace.jsonl")
        self._states = JsonLines(work / "state.jsonl")
        self._lines: list[Line] = []
        self._state: Line | None = None

    def events(self, name: str) -> list[Line]:
        """All events of a kind."""
        self._check()
        self._lines += self._trace.new_lines()
        return [line for line in self._lines if line["event"] == name]

    def last(self, name: str) -> Line:
        """The newest event of a kind; there must be one."""
        return self.events(name)[-1]

    def wait(self, name: str, count: int, seconds: float) -> Line:
        """Wait for the first event of a kind beyond ``count``."""
        return wait_for(f"The coach's {name}", lambda: self.events(name)[count : count + 1], seconds)[0]

    def position(self) -> Line | None:
        """The current position, if a move can be made."""
        for line in self._states.new_lines():
            self._state = line
        return None if self._state is None or self._state["done"] else self._state


def _bench_frames() -> tuple[list[int], list[Row]]:
    """Measure frames of the whole screen, from the capture to the model's input."""
    from mss import MSS

    profile = profiles.profile_of(catalogue.showcase().id)
    gate = ChangeGate()
    times: dict[str, list[float]] = {name: [] for name in ("capture", "gate", "shrink", "input", "plain")}
    source = open_source(MonitorSpec())
    try:
        for _ in range(_GRABS):
            began = time.perf_counter()
            frame = _grab(source)
            grabbed = time.perf_counter()
            gate.offer(frame, time.monotonic())
            judged = time.perf_counter()
            model_input(frame.pixels, profile, _SIDE_PX)
            ended = time.perf_counter()
            times["capture"].append(grabbed - began)
            times["gate"].append(judged - grabbed)
            times["shrink"].append(ended - judged)
            times["input"].append(ended - judged + grabbed - began)
    finally:
        source.close()
    with MSS() as screen:
        for _ in range(_GRABS // 4):
            began = time.perf_counter()
            shot = screen.grab(screen.monitors[1])
            Image.frombytes("RGB", shot.size, shot.bgra, "raw", "BGRX").resize((_SIDE_PX, _SIDE_PX))
            times["plain"].append(time.perf_counter() - began)
    names = {
        "capture": "capture",
        "shrink": "shrink",
        "gate": "gate",
        "input": "capture to input",
        "plain": "capture to input by plain means",
    }
    return list(frame.pixels.size), [row for key, name in names.items() for row in _percentiles(name, times[key])]


def _grab(source: FrameSource) -> Frame:
    frame = source.grab()
    if not isinstance(frame, Frame):
        raise CoachError(frame.sentence)
    return frame


def _still_calls(record: _Record, seconds: float) -> int:
    before = len(record.events("AnswerStarted"))
    time.sleep(seconds)
    return len(record.events("AnswerStarted")) - before


def _bench_answers(record: _Record, watched: Desk) -> tuple[str, list[Row]]:
    """Repeatedly move and wait for the advice."""
    answers: list[Line] = []
    shown_s: list[float] = []
    gaps_s: list[float] = []
    for _ in range(ANSWERS):
        position = wait_for("A position to play", record.position)
        done, ticks = len(record.events("AnswerFinished")), len(record.events("Ticks"))
        watched.press(catalogue.showcase().keys[position["optimal_moves"][0]][0])
        finished = record.wait("AnswerFinished", done, _ANSWER_S)
        answers.append(finished["advice"])
        shown_s.append(finished["at"] - finished["advice"]["captured_at"])
        gaps_s += [gap / 1000 for gap in record.wait("Ticks", ticks, _ANSWER_S)["intervals_ms"]]
    tokens = round(float(np.mean([answer["tokens"] for answer in answers])), 1)
    return answers[-1]["model"], [
        *_percentiles("first word", [answer["first_word_ms"] / 1000 for answer in answers]),
        *_percentiles("whole answer", [answer["latency_ms"] / 1000 for answer in answers]),
        *_percentiles("captured to shown", shown_s),
        *_percentiles("gap between the overlay's ticks", gaps_s),
        Row("mean", "tokens of an answer", tokens),
    ]


def _memory(of: str, pid: int) -> list[Row]:
    used = psutil.Process(pid).memory_full_info()
    return [
        Row(of, "memory (RSS)", round(used.rss / 1e6), "MB"),
        Row(of, "memory of its own (USS)", round(used.uss / 1e6), "MB"),
    ]


def _compared(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Speed-ups over the naive implementation, by the medians."""
    ms = {row.name: row.value for row in rows if row.of == _MEDIAN}
    pairs = {
        "capture to input": ("capture to input by plain means", "capture to input"),
        "something to read": ("whole answer", "first word"),
    }
    return tuple(
        Row("plain means / coach", name, round((ms[plain] or 0) / (ms[ours] or 1), 2), "×")
        for name, (plain, ours) in pairs.items()
    )


def _percentiles(name: str, seconds: Sequence[float]) -> list[Row]:
    """Median and 99th percentile."""
    p50, p99 = np.percentile(np.asarray(seconds) * 1000, [50, 99])
    return [
        Row(_MEDIAN, name, round(float(p50), 2), "ms"),
        Row("99th percentile", name, round(float(p99), 2), "ms"),
    ]

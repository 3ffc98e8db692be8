"""``coach demo``: a practice game beside the coach; without a screen on a virtual one, played by an autopilot."""

import contextlib
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from coach_app.assembly.engine_room import chosen_coach
from coach_app.desktop.processes import check_running, coach_command, running, wait_for
from coach_app.desktop.screens import has_display, need_screen, virtual_screen
from coach_app.domain.errors import CoachError
from coach_app.evaluation.demo.advice import Line, advice_line, is_complete, joined_advice
from coach_app.evaluation.demo.autopilot import READING_S, Autopilot
from coach_app.evaluation.demo.desk import Box, Desk, desk
from coach_app.evaluation.demo.film import Film
from coach_app.evaluation.json_lines import JsonLines
from coach_app.games import catalogue, profiles
from coach_app.settings.schema import Settings

START_S = 60.0
"""How long the coach may take to its first advice; importing and loading a model is slow on a busy machine."""
_POLL_S = 0.05
_SCREEN = (1040, 600)
_GAME_AT = (32, 32)


@dataclass(frozen=True)
class DemoPlan:
    """The parameters of a demo.

    Attributes:
        game: the id of a practice game.
        seed: seed of its first episode.
        seconds: duration from the first advice; None until the game is closed, or 40 on a virtual screen.
        out: output folder.
        language: language of the advice.
        model: name or folder; empty to follow the settings.
        virtual: always use a virtual screen.
    """

    game: str = field(default_factory=lambda: catalogue.showcase().id)
    seed: int = 0
    seconds: float | None = None
    out: Path = Path("out/demo")
    language: Literal["en", "ja"] | None = None
    model: str = ""
    virtual: bool = False


def run_demo(plan: DemoPlan, settings: Settings, say: Callable[[str], None]) -> None:
    """Run a demo, and write ``advice.jsonl`` (and ``demo.png``, ``demo.gif`` for a virtual screen).

    All processes have ended when this returns or raises, even on Ctrl-C.

    Args:
        plan: what to show.
        settings: the user's settings; a virtual screen uses the defaults, so that every demo looks the same.
        say: called with each line for the user.

    Raises:
        CoachError: there is no such practice game, the coach does not know it, a part did not start, stopped, or the
            folder cannot be written.
    """
    game = catalogue.to_practise(plan.game)
    assert game.practice
    virtual = plan.virtual or not has_display()
    if not virtual:
        need_screen()
    coach = chosen_coach(Settings() if virtual else settings, plan.model)
    if sentence := coach.refusal(profiles.profile_of(game.id)):
        raise CoachError(sentence, "Name it with --model.")
    try:
        plan.out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CoachError(
            f"The folder {plan.out} cannot be written: {error.strerror}.", "Choose another one with --out."
        ) from error
    with contextlib.ExitStack() as stack:
        work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="coach-demo-")))
        if virtual:
            say("No screen is used: the game is played on a virtual one by itself.")
            env = stack.enter_context(virtual_screen(_SCREEN))
            # Do not touch the user's own settings and history.
            env["COACH_HOME"] = str(work / "home")
            watched: Desk | None = stack.enter_context(desk(env["DISPLAY"]))
        else:
            say(f"{game.practice.goal} Close the game's window to end.")
            env, watched = dict(os.environ), None
        stage = _Stage(plan, work, env, say)
        with stage.playing():
            try:
                if watched:
                    _film(stage, watched, Autopilot({move: keys[0] for move, keys in game.keys.items()}))
                else:
                    stage.follow(plan.seconds)
            finally:
                stage.keep_advice()


class _Stage:
    """The running game and coach, with their records."""

    def __init__(self, plan: DemoPlan, work: Path, env: dict[str, str], say: Callable[[str], None]) -> None:
        self.plan = plan
        self.say = say
        self.work = work
        self.trace: list[Line] = []
        self.positions: list[Line] = []
        self._env = env
        self._trace_reader = JsonLines(work / "trace.jsonl")
        self._state_reader = JsonLines(work / "state.jsonl")
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    @contextlib.contextmanager
    def playing(self) -> Iterator[None]:
        plan, work = self.plan, self.work
        game = coach_command("practice", plan.game, "--seed", str(plan.seed), "--state-log", str(work / "state.jsonl"))
        coach = coach_command("--game", plan.game, "--trace", str(work / "trace.jsonl"))
        coach += ["--q-values"] if profiles.find(plan.game).qnet else []
        if plan.language:
            game += ["--lang", plan.language]
            coach += ["--lang", plan.language]
        coach += ["--model", plan.model] if plan.model else []
        with (
            running(coach, self._env, work / "coach.log") as self._processes["coach"],
            running(game, self._env, work / "practice.log") as self._processes["practice"],
        ):
            yield

    def pid(self, name: str) -> int:
        """Process id of the coach or the practice game."""
        return self._processes[name].pid

    def ended(self) -> bool:
        """Whether the user closed the game or the coach.

        Raises:
            CoachError: one of them failed.
        """
        going_on = [check_running(process, self.work / f"{name}.log") for name, process in self._processes.items()]
        return not all(going_on)

    def look(self) -> tuple[list[Line], list[Line]]:
        """Read the new lines of both records; new advice is printed."""
        events, positions = self._trace_reader.new_lines(), self._state_reader.new_lines()
        self.trace += events
        self.positions += positions
        for line in events:
            if is_complete(line):
                advice = line["advice"]
                text = advice["text_ja"] or advice["text"]
                self.say(f"{time.strftime('%H:%M:%S')}  {text}  ({advice['latency_ms']:.0f} ms)")
        return events, positions

    def follow(self, seconds: float | None) -> None:
        """Print the advice until the time is over or a window was closed."""
        deadline = time.monotonic() + seconds if seconds else None
        while not self.ended() and (deadline is None or time.monotonic() < deadline):
            self.look()
            time.sleep(_POLL_S)

    def keep_advice(self) -> None:
        """Write advice.jsonl: the advice with the optimal moves; there are none once an episode has ended."""
        self.look()
        lines = [advice_line(event, self.positions) for event in joined_advice(self.trace)]
        lines = [line for line in lines if line["optimal_moves"]]
        path = self.plan.out / "advice.jsonl"
        path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
        right = sum(line["move"] in line["optimal_moves"] for line in lines)
        self.say(f"{len(lines)} pieces of advice, {right} of them with an optimal move: {path}")


def _film(stage: _Stage, watched: Desk, autopilot: Autopilot) -> None:
    """Play and film on the virtual screen."""
    window = wait_for("The game's window", lambda: watched.window_of(stage.pid("practice")), START_S)
    watched.place(window, *_GAME_AT)
    controls = wait_for("The coach's window", lambda: watched.window_of(stage.pid("coach")), START_S)
    watched.minimise(controls)  # A virtual screen has no tray, and the window of buttons would only be in the way.
    watched.focus(window)
    film = Film(stage.work, watched.picture)
    overlays: list[Box] = []
    end = time.monotonic() + START_S
    heard_any = False
    while time.monotonic() < end:
        if stage.ended():
            raise CoachError("A window of the demo was closed too early.")
        events, positions = stage.look()
        for position in positions:
            autopilot.see(position)
        if any(line["event"] in ("AnswerStarted", "AnswerWords") for line in events):
            autopilot.since = time.time()  # wait for an answer in progress, however slow the machine is
        for line in events:
            if line["event"] == "OverlayPlaced":
                overlays.append(Box(line["left"], line["top"], line["width"], line["height"]))
            elif line["event"] == "AnswerStarted" and not heard_any:
                heard_any = True
                end = time.monotonic() + (stage.plan.seconds or 40.0)
            elif is_complete(line) and autopilot.hear(line["advice"]["captured_at"], line["advice"]["move"]):
                film.mark(time.time() + READING_S / 2)
        if heard_any and (key := autopilot.key()):
            watched.press(key)
        film.shoot()
        time.sleep(_POLL_S)
    if not heard_any:
        raise CoachError(
            f"The coach gave no advice within {START_S:.0f} seconds.", "Try again when the machine is idle."
        )
    film.finish(stage.plan.out, [watched.frame_box(window), *overlays])
    stage.say(f"The pictures: {stage.plan.out / 'demo.png'} and {stage.plan.out / 'demo.gif'}")

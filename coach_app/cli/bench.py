"""``coach bench``."""

import asyncio
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach_app.cli.options import (
    COPIED_GAMES,
    PRACTICE_GAMES,
    CheckpointOption,
    JsonOption,
    LocalModelOption,
    ModelOption,
    SeedOption,
    SizeOption,
    print_json,
    say,
    size_of,
    user_settings,
)
from coach_app.games.catalogue import showcase, to_play, to_practise

if TYPE_CHECKING:
    from coach_app.evaluation.bench.report import Report

bench = typer.Typer(help="Measure what the coach costs.", rich_markup_mode=None)


@bench.command("live")
def bench_live(
    still_seconds: Annotated[float, typer.Option(min=1, help="How long to watch a still screen.")] = 60.0,
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure the live loop: capture, gate, answers, the overlay's rhythm, memory, time to window."""
    from coach_app.evaluation.bench.live import bench_live as measure

    show(measure(model, still_seconds, say), as_json)


@bench.command("governor")
def bench_governor(
    seconds: Annotated[float, typer.Option(min=5, help="How long each part is measured.")] = 60.0,
    settle: Annotated[
        float, typer.Option(min=0, help="Seconds before that, for the governor to find its step.")
    ] = 60.0,
    work_ms: Annotated[
        float, typer.Option(min=0, help="Processor time of each thread of the game for each of its 60 frames.")
    ] = 12.0,
    threads: Annotated[int, typer.Option(min=1, help="Threads of the game, which work at once.")] = 2,
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure frames that a game loses: alone, beside the coach at full speed, and with the governor."""
    from coach_app.evaluation.bench.governor import bench_governor as measure

    show(measure(model, seconds, settle, work_ms, threads, say), as_json)


@bench.command("steady-game", hidden=True)
def bench_steady_game(
    log: Annotated[Path, typer.Argument(help="Gets a JSON line a second.")],
    work_ms: Annotated[float, typer.Option(min=0, help="Processor time for each frame.")] = 6.0,
    threads: Annotated[int, typer.Option(min=1, help="Threads that take it, at once.")] = 1,
    change_s: Annotated[float, typer.Option(min=0.01, help="Seconds from one position to the next.")] = 0.25,
    frames: Annotated[int, typer.Option(min=0, help="Ends after so many frames; 0 for never.")] = 0,
    seed: SeedOption = 500_000,
) -> None:
    """Draw a practice game 60 times a second, for the measurement of the governor."""
    from coach_app.evaluation.bench.steady_game import play

    play(showcase(), seed, log, work_ms / 1000, change_s, frames, threads)


@bench.command("soak")
def bench_soak(
    requests: Annotated[int, typer.Option(min=0, help="Number of requests to the engine; 0 sets no limit.")] = 1_000,
    minutes: Annotated[float, typer.Option(min=0, help="How long to ask; 0 sets no limit.")] = 0.0,
    model: LocalModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure how memory, open files and threads grow over many requests. Ctrl+C gives the report so far."""
    from coach_app.evaluation.bench.soak import bench_soak as measure

    show(measure(model, requests, minutes, say), as_json)


@bench.command("positions")
def bench_positions(
    game: Annotated[str, typer.Argument(help=PRACTICE_GAMES)] = showcase().id,
    agent: Annotated[str, typer.Option(help="coach, teacher or random.")] = "coach",
    count: Annotated[int, typer.Option(min=1, help="Number of positions at each scale.")] = 100,
    seed: SeedOption = 500_000,
    size: SizeOption = "",
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure how often advice is right through a live capture of the game's window, at 1x to 4x."""
    from coach_app.desktop.screens import some_screen
    from coach_app.evaluation.bench import positions
    from coach_app.evaluation.playing import opened_agent
    from coach_app.ui.practice_stage import PracticeStage, run_on_stage

    shown = to_practise(game)

    async def measure(stage: PracticeStage) -> "Report":
        async with opened_agent(user_settings(), agent, game, model) as player:
            return await positions.run(shown, player.agent, stage, count, seed, size_of(size))

    with some_screen((1920, 1080)):
        report = run_on_stage(shown, measure, size_of(size))
    show(report, as_json)


@bench.command("agreement")
def bench_agreement(
    game: Annotated[str, typer.Argument(help=PRACTICE_GAMES)] = showcase().id,
    count: Annotated[int, typer.Option(min=1, help="Number of positions.")] = 300,
    seed: SeedOption = 500_000,
    size: SizeOption = "",
    model: ModelOption = "",
    checkpoint: CheckpointOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure how often the coach is right where the Q-network agrees with it, and where it does not."""
    from rich.console import Console
    from rich.progress import Progress

    from coach_app.evaluation.agents import BothAgent
    from coach_app.evaluation.bench import agreement
    from coach_app.evaluation.playing import opened_agent
    from coach_app.games.positions import positions

    asked_about = to_play(game)

    async def measure(on_progress: Callable[[int, int], None]) -> "Report":
        async with opened_agent(user_settings(), "coach+dqn", game, model, checkpoint) as opened:
            assert isinstance(opened.agent, BothAgent)
            asked = positions(asked_about, count, seed, size_of(size))
            return await agreement.run(asked_about, opened.agent, asked, on_progress)

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Asking", total=count)
        report = asyncio.run(measure(lambda done, _: bar.update(task, completed=done)))
    show(report, as_json)


@bench.command("hedge")
def bench_hedge(
    game: Annotated[str, typer.Argument(help=PRACTICE_GAMES)] = showcase().id,
    count: Annotated[int, typer.Option(min=1, help="Number of positions at each scale.")] = 100,
    seed: SeedOption = 700_000,
    size: SizeOption = "",
    model: ModelOption = "",
    checkpoint: CheckpointOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure how often the second opinion differs from the advice, is shown, and is right, through a live capture."""
    from coach_app.desktop.screens import some_screen
    from coach_app.evaluation.agents import BothAgent
    from coach_app.evaluation.bench import hedge
    from coach_app.evaluation.playing import opened_agent
    from coach_app.ui.practice_stage import PracticeStage, run_on_stage

    shown = to_practise(game)

    async def measure(stage: PracticeStage) -> "Report":
        async with opened_agent(user_settings(), "coach+dqn", game, model, checkpoint) as opened:
            assert isinstance(opened.agent, BothAgent)
            return await hedge.run(shown, opened.agent, stage, count, seed, size_of(size))

    with some_screen((1920, 1080)):
        report = run_on_stage(shown, measure, size_of(size))
    show(report, as_json)


@bench.command("features")
def bench_features(
    steps: Annotated[int, typer.Option(min=1, help="Frames of the rollout.")] = 1_600,
    model: LocalModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure the Q-network's features per second: the article's 50 generated tokens against one forward pass."""
    from coach_app.evaluation.bench.features import bench_features as measure

    show(measure(model or user_settings().general.model, steps, say), as_json)


@bench.command("engine")
def bench_engine(
    model: LocalModelOption = "",
    shape: Annotated[
        str, typer.Option(metavar="7b", help="Measure random weights of these dimensions; needs a graphics card.")
    ] = "",
    runs: Annotated[int, typer.Option(min=1, help="Number of answers by each method at each level of detail.")] = 10,
    as_json: JsonOption = False,
) -> None:
    """Measure answers at each detail of the pictures: as the article makes them, and as the coach does."""
    from coach_app.evaluation.bench.engine import bench_engine as measure

    show(measure(model or user_settings().general.model, shape, runs, say), as_json)


@bench.command("four-bit")
def bench_four_bit(
    runs: Annotated[int, typer.Option(min=1, help="Answers in each layout.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Measure answers in 4 bits on this processor, packed and not, and in 32 bits: random weights, no card."""
    from coach_app.evaluation.bench.four_bit import bench_four_bit as measure

    show(measure(runs, say), as_json)


@bench.command("score")
def bench_score(
    game: Annotated[str, typer.Argument(help=PRACTICE_GAMES)] = showcase().id,
    count: Annotated[int, typer.Option(min=1, help="Number of positions.")] = 100,
    episodes: Annotated[int, typer.Option(min=0, help="Episodes to play, beside random moves.")] = 10,
    steps: Annotated[int, typer.Option(min=1, help="Maximum steps per episode.")] = 300,
    live: Annotated[
        bool, typer.Option("--live", help="Through a live capture of the game's window, at 1x to 4x.")
    ] = False,
    seed: SeedOption = 500_000,
    size: SizeOption = "",
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure what a model is good for in a practice game, and keep it as its score card beside the model."""
    from coach_app.desktop.screens import some_screen
    from coach_app.evaluation.bench import score
    from coach_app.evaluation.playing import opened_agent
    from coach_app.games.profiles import profile_of
    from coach_app.models.score import keep_score
    from coach_app.ui.practice_stage import PracticeStage, run_on_stage

    shown = to_practise(game)
    profile = profile_of(shown.id)

    async def measure(stage: PracticeStage | None = None) -> "Report":
        async with opened_agent(user_settings(), "coach", game, model) as opened:
            assert opened.room
            advisor, coach = opened.room.advisor(), opened.room.coach
            try:
                found = await score.run(
                    shown,
                    opened.agent,
                    advisor,
                    profile,
                    count,
                    episodes,
                    steps,
                    seed,
                    size_of(size),
                    stage,
                    points=bool(coach.server or not coach.entry.games or coach.entry.points or profile.bearings),
                )
            finally:
                await advisor.close()
            if coach.server is None:
                say(f"The score card: {keep_score(coach.entry.path(), shown.id, found)}")
            return score.report(shown, opened.agent.model, found)

    if not live:
        show(asyncio.run(measure()), as_json)
        return
    with some_screen((1920, 1080)):
        report = run_on_stage(shown, measure, size_of(size))
    show(report, as_json)


@bench.command("calibrate")
def bench_calibrate(
    game: Annotated[str, typer.Argument(help=PRACTICE_GAMES)] = showcase().id,
    count: Annotated[int, typer.Option(min=10, help="Number of positions to learn from, and to measure with.")] = 300,
    seed: SeedOption = 560_000,
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Learn how far a model's confidence in its moves can be trusted, and keep that on its score card for the game."""
    from coach_app.evaluation.bench import calibrate
    from coach_app.evaluation.playing import opened_agent
    from coach_app.models.score import keep_calibration

    shown = to_practise(game)

    async def measure() -> "Report":
        async with opened_agent(user_settings(), "coach", game, model) as opened:
            assert opened.room
            found = await calibrate.run(
                shown, opened.agent, count, seed, lambda done, of: say(f"{done} of {of}") if done % 10 == 0 else None
            )
            kept = keep_calibration(opened.room.coach.entry.path(), shown.id, found.calibration)
            say(f"The score card: {kept}")
            return calibrate.report(shown, opened.agent.model, found)

    show(asyncio.run(measure()), as_json)


@bench.command("review")
def bench_review(
    game: Annotated[str, typer.Argument(help=COPIED_GAMES)] = showcase().id,
    count: Annotated[int, typer.Option(min=1, help="Number of planted mistakes.")] = 50,
    seed: SeedOption = 500_000,
    size: SizeOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure how many planted mistakes a review finds, and how many it invents."""
    from coach_app.evaluation.bench.review import run

    show(run(to_play(game), count, seed, size_of(size), say), as_json)


def show(report: "Report", as_json: bool) -> None:
    """Print a report as one JSON object, or as a table: one section per subject, then the ratios."""
    if as_json:
        print_json(report.model_dump(mode="json"))
        return
    from rich.console import Console
    from rich.table import Table

    subject = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in report.subject.items())
    table = Table("Of", "Measured", caption=f"{report.command}\n{report.machine}\n{subject}")
    table.add_column("Value", justify="right")
    for rows in (report.rows, report.ratios):
        for of in dict.fromkeys(row.of for row in rows):
            for number, row in enumerate(row for row in rows if row.of == of):
                table.add_row("" if number else of, row.name, row.text())
            table.add_section()
    Console().print(table)

"""``coach bench``."""

import asyncio
import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from coach_app.cli.options import (
    PRACTICE_GAMES,
    CheckpointOption,
    JsonOption,
    LocalModelOption,
    ModelOption,
    SeedOption,
    SizeOption,
    end_in_order_when_terminated,
    print_json,
    print_report,
    say,
    size_of,
    user_settings,
)
from coach_app.games.catalogue import showcase, to_play, to_practise

bench = typer.Typer(help="Measure what the coach costs.", rich_markup_mode=None)


@bench.command("live")
def bench_live(
    still_seconds: Annotated[float, typer.Option(min=1, help="How long a still screen is watched.")] = 60.0,
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure the live loop: capture, gate, answers, the overlay's rhythm, memory, time to window."""
    from coach_app.evaluation.bench.live import bench_live as measure

    end_in_order_when_terminated()
    print_report(measure(model, still_seconds, say), as_json)


@bench.command("positions")
def bench_positions(
    game: Annotated[str, typer.Argument(help=PRACTICE_GAMES)] = showcase().id,
    agent: Annotated[str, typer.Option(help="coach, teacher or random.")] = "coach",
    count: Annotated[int, typer.Option(min=1, help="Positions at each scale.")] = 100,
    seed: SeedOption = 500_000,
    size: SizeOption = "",
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure how often advice is right through a live capture of the game's window, at 1x to 4x."""
    from coach_app.desktop.screens import some_screen
    from coach_app.evaluation.bench import positions as live_positions
    from coach_app.evaluation.playing import opened_agent
    from coach_app.ui.practice_stage import PracticeStage, run_on_stage

    shown = to_practise(game)

    async def measure(stage: PracticeStage) -> live_positions.LiveReport:
        async with opened_agent(user_settings(), agent, game, model) as player:
            return await live_positions.run(shown, player.agent, stage, count, seed, size_of(size))

    end_in_order_when_terminated()
    with some_screen((1920, 1080)):
        report = run_on_stage(shown, measure, size_of(size))
    if as_json:
        print_json(report.model_dump(mode="json"))
    else:
        for at in report.scales:
            typer.echo(f"{at.scale:.1f}x: {at.score.optimal_move_rate:.1%} of {count} moves optimal")


@bench.command("agreement")
def bench_agreement(
    game: Annotated[str, typer.Argument(help=PRACTICE_GAMES)] = showcase().id,
    count: Annotated[int, typer.Option(min=1, help="Positions.")] = 300,
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
    asked = positions(asked_about, count, seed, size_of(size))

    async def measure(on_progress: Callable[[int, int], None]) -> agreement.AgreementReport:
        async with opened_agent(user_settings(), "coach+dqn", game, model, checkpoint) as opened:
            assert isinstance(opened.agent, BothAgent)
            return await agreement.run(asked_about, opened.agent, asked, on_progress)

    with Progress(console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task("Asking", total=count)
        report = asyncio.run(measure(lambda done, _: bar.update(task, completed=done)))
    if as_json:
        print_json(report.model_dump(mode="json"))
        return
    for name, part in (
        ("all", report.every),
        ("agree", report.agree),
        ("disagree", report.disagree),
        ("no move", report.no_move),
    ):
        right = f"coach right {part.coach_right:.1%}, network right {part.network_right:.1%}" if part.positions else ""
        typer.echo(f"{name:9} {part.positions:5} positions  {right}".rstrip())


@bench.command("features")
def bench_features(
    steps: Annotated[int, typer.Option(min=1, help="Frames of the rollout.")] = 1_600,
    model: LocalModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Measure the Q-network's features a second: the article's 50 generated tokens against one forward pass."""
    from coach_app.training.feature_bench import bench_features as measure

    print_report(measure(model or user_settings().general.model, steps, say), as_json)


@bench.command("engine")
def bench_engine(
    model: LocalModelOption = "",
    shape: Annotated[
        str, typer.Option(metavar="7b", help="Measure random weights of these dimensions; needs a graphics card.")
    ] = "",
    runs: Annotated[int, typer.Option(min=1, help="Answers of each way at each detail.")] = 10,
    as_json: JsonOption = False,
) -> None:
    """Measure answers at each detail of the pictures: as the article makes them, and as the coach does."""
    from coach_app.engine.bench import bench_engine as measure

    end_in_order_when_terminated()
    report = measure(model or user_settings().general.model, shape, runs, say)
    if as_json:
        print_json(report)
    else:
        _print_levels(report)


def _print_levels(report: dict[str, Any]) -> None:
    """One row for each detail and way, and the ratios."""
    from rich.console import Console
    from rich.table import Table

    table = Table(caption=f"{report['model']}, {report['bits']} bits; {report['machine']}; {report['runs']} runs")
    for title in ("Detail", "Tokens of the picture", "Way", "First word", "Whole answer", "Tokens/s", "Memory"):
        table.add_column(title, justify="left" if title in ("Detail", "Way") else "right")
    for level in report["details"]:
        head = [level["detail"], str(level["picture_tokens"])]
        for way in ("article", "coach"):
            row = level[way]
            seen = f"{row['first_word_ms']:.0f} ms", f"{row['answer_ms']:.0f} ms", f"{row['tokens_per_s']:.1f}"
            table.add_row(*head, way, *seen, f"{row['peak_memory_bytes'] / 1e9:.2f} GB")
            head = ["", ""]
        for name, key in (("further question", "follow_up"), ("looked at before", "looked_ahead")):
            table.add_row("", "", name, f"{level['coach'][f'{key}_first_word_ms']:.0f} ms")
        ratios = level["ratios"]
        first, answer, speed = (f"{ratios[name]:.1f}×" for name in ("first_word", "answer", "tokens_per_s"))
        table.add_row("", "", "ratio", first, answer, speed)
        for name, key in (("looked at before", "looked_ahead"), ("further to first", "follow_up")):
            last = key == "follow_up"
            table.add_row("", "", f"ratio, {name}", f"{ratios[f'{key}_first_word']:.1f}×", end_section=last)
    Console().print(table)


@bench.command("tips")
def bench_tips(
    adapter: Annotated[str, typer.Option(metavar="NAME|FOLDER", help="The text adapter.")] = "melee",
    game: Annotated[str, typer.Option(help="Whose guides are searched.")] = "melee",
    count: Annotated[int, typer.Option(min=1, help="Held-out questions that are asked.")] = 200,
    seed: SeedOption = 0,
    as_json: JsonOption = False,
) -> None:
    """Measure answers to questions that no adapter learned from: base against adapter, with and without passages."""
    from rich.console import Console
    from rich.table import Table

    from coach_app.training import tips_bench

    report = asyncio.run(tips_bench.bench_tips(adapter, game, count, seed, say))
    if as_json:
        print_json(report.model_dump(mode="json"))
        return
    rows = tips_bench.table(report)
    shown = Table(*rows[0], caption=f"{report.adapter} on {report.base}, {report.questions} held-out questions")
    for row in rows:
        shown.add_row(*map(str, row.values()))
    Console().print(shown)

"""``coach demo``, ``coach practice``, ``coach play`` and ``coach what-if``."""

import asyncio
import contextlib
from pathlib import Path
from typing import Annotated, Any

import typer

from coach_app.cli.options import (
    COPIED_GAMES,
    GAMES_TO_PLAY,
    PRACTICE_GAMES,
    CheckpointOption,
    JsonOption,
    LanguageOption,
    ModelOption,
    SeedOption,
    SizeOption,
    end_in_order_when_terminated,
    language_of,
    print_json,
    say,
    size_of,
    user_settings,
)
from coach_app.cli.terminal import write
from coach_app.games.catalogue import showcase, to_practise

playing = typer.Typer(rich_markup_mode=None)


@playing.command()
def demo(
    game: Annotated[str, typer.Option(help=PRACTICE_GAMES)] = showcase().id,
    seed: SeedOption = 0,
    seconds: Annotated[
        float | None, typer.Option(min=1, help="Length in seconds; without a screen, 40 by default.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder for the pictures and the advice.")] = Path("out/demo"),
    language: LanguageOption = "",
    model: ModelOption = "",
    virtual: Annotated[bool, typer.Option("--virtual", help="Always use a virtual screen.")] = False,
) -> None:
    """Show the coach beside a practice game; without a screen it plays by itself and saves pictures."""
    from coach_app.evaluation.demo.run import DemoPlan, run_demo

    end_in_order_when_terminated()
    plan = DemoPlan(game, seed, seconds, out, language_of(language), model, virtual)
    run_demo(plan, user_settings(), write)


@playing.command()
def practice(
    game: Annotated[str, typer.Argument(help=PRACTICE_GAMES)],
    seed: SeedOption = 0,
    size: SizeOption = "",
    language: Annotated[str, typer.Option("--lang", metavar="en|ja", help="Language of the window.")] = "",
    state_log: Annotated[Path | None, typer.Option(help="Record every state and move as JSON lines.")] = None,
) -> None:
    """Play a practice game by hand, in a window."""
    from coach_app.ui.language import chosen_language
    from coach_app.ui.practice import run_practice

    chosen = language_of(language) or chosen_language(user_settings().general.interface)
    raise typer.Exit(run_practice(game, seed, size_of(size), state_log, language=chosen))


@playing.command()
def play(
    game: Annotated[str, typer.Argument(help=GAMES_TO_PLAY)],
    agent: Annotated[
        str, typer.Option(help="coach, dqn, coach+dqn, teacher, random, or one of the game's own players.")
    ],
    episodes: Annotated[int, typer.Option(min=1, help="Number of episodes.")] = 100,
    seed: SeedOption = 0,
    size: SizeOption = "",
    steps: Annotated[int | None, typer.Option(min=1, help="Maximum steps per episode, for long games.")] = None,
    gif: Annotated[Path | None, typer.Option(help="Record what the coach saw and said.")] = None,
    live: Annotated[
        bool, typer.Option("--live", help="Show the game in a window at 1x to 4x, and let the agent watch that.")
    ] = False,
    language: LanguageOption = "",
    model: ModelOption = "",
    checkpoint: CheckpointOption = "",
    as_json: JsonOption = False,
) -> None:
    """Let an agent play a game, and report how well."""
    from rich.console import Console

    from coach_app.cli.play_board import live_board
    from coach_app.evaluation.playing import PlayPlan, play_game

    plan = PlayPlan(
        game, agent, episodes, seed, size_of(size), steps, gif, model, checkpoint, language=language_of(language)
    )
    console = Console(stderr=True)
    with contextlib.ExitStack() as stack:
        watched: dict[str, Any] = {}
        if not as_json and console.is_terminal:
            board = stack.enter_context(live_board(episodes, console))
            watched = {"on_progress": board.show_progress, "on_step": board.show_step}
        if live:
            from coach_app.desktop.screens import some_screen
            from coach_app.ui.practice_stage import run_on_stage

            end_in_order_when_terminated()
            game_shown = to_practise(game)
            stack.enter_context(some_screen((1920, 1080)))
            report, recorded = run_on_stage(
                game_shown, lambda stage: play_game(plan, user_settings(), **watched, stage=stage), plan.size
            )
        else:
            report, recorded = asyncio.run(play_game(plan, user_settings(), **watched))
    if recorded:
        say(recorded)
    if as_json:
        print_json(report.model_dump(mode="json", exclude_none=True))
        return
    rate = report.optimal_move_rate
    optimal = "" if rate is None else f"optimal moves {rate:.1%}, "
    write(
        f"{report.agent} on {report.game}, {report.episodes} episodes: mean reward {report.mean_reward:.3f} "
        f"± {report.std_reward:.3f}, {optimal}{report.latency_ms_p50:.0f} ms a decision"
    )
    for name, rate in (report.done or {}).items():
        write(f"  done: {name}: {rate:.1%}")
    for name, rate in (report.achievements or {}).items():
        write(f"  {name.replace('_', ' ')}: {rate:.0%}")
    if report.achievement_score is not None:
        write(f"  score {report.achievement_score:.1f}")


@playing.command("what-if")
def ask_what_if(
    game: Annotated[str, typer.Argument(help=COPIED_GAMES)],
    question: Annotated[str, typer.Argument(help="For instance: What if I had gone left?")] = "",
    seed: SeedOption = 0,
    size: SizeOption = "",
    steps: Annotated[
        str,
        typer.Option(
            metavar="MOVES|NUMBER",
            help="The moves that were made, separated by commas, or how many of the teacher's; the last one is in "
            "question.",
        ),
    ] = "",
    after: Annotated[
        str,
        typer.Option(
            metavar="MOVES|NUMBER",
            help="Instead of --steps: the moves before; the teacher's next one is in question.",
        ),
    ] = "",
    instead: Annotated[str, typer.Option(metavar="MOVE", help="The other move, if there is no question.")] = "",
    ahead: Annotated[int, typer.Option(min=0, help="Number of moves that the teacher makes after it.")] = 5,
    picture: Annotated[Path, typer.Option(help="Where to save both pictures, side by side.")] = Path("out/what-if.png"),
    as_json: JsonOption = False,
) -> None:
    """Tell what would have happened with another move, by making it in a copy of the game."""
    from coach_app.evaluation.what_if import WhatIfPlan, answer

    plan = WhatIfPlan(game, seed, size_of(size), steps, after, question, instead, ahead, picture)
    moves, found = answer(plan)
    if as_json:
        outcomes = {"made": found.made.as_json(), "instead": found.instead.as_json()}
        print_json({"game": game, "seed": seed, "before": moves, **outcomes, "picture": str(picture)})
        return
    write(found.text)
    say(f"Both pictures: {picture}")

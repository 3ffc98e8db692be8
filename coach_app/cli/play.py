"""``coach demo``, ``coach practice``, ``coach play`` and ``coach what-if``."""

import asyncio
import contextlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

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
    language_of,
    print_json,
    say,
    size_of,
    user_settings,
)
from coach_app.cli.terminal import write
from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import showcase, to_practise

if TYPE_CHECKING:
    from coach_app.evaluation.play import PlayReport
    from coach_app.evaluation.playing import PlayPlan

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
        str,
        typer.Option(
            help="coach, dqn, coach+dqn, teacher, random, text, text-tuned, or one of the game's own players; several "
            "are separated by commas, and play the same seeds."
        ),
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
    adapter: Annotated[
        str, typer.Option(metavar="NAME|FOLDER", help="The adapter of text-tuned, which plays by reading.")
    ] = "",
    greedy: Annotated[
        bool, typer.Option("--greedy", help="Agents that read take the most likely words instead of drawing them.")
    ] = False,
    memory: Annotated[bool, typer.Option("--memory", help="The coach recalls what is remembered of the game.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Let an agent play a game, and report how well."""
    from coach_app.evaluation.playing import PlayPlan
    from coach_app.evaluation.reading import TEXT_AGENTS

    names = agent.split(",")
    if (gif or live) and len(names) > 1:
        raise typer.BadParameter("Record or watch one agent at a time.")
    plan = PlayPlan(
        game,
        "",
        episodes,
        seed,
        size_of(size),
        steps,
        gif,
        model,
        checkpoint,
        language_of(language),
        adapter,
        greedy,
        memory,
    )
    reports = list["PlayReport"]()
    for name in names:
        report, recorded = _played(replace(plan, agent=name), live, as_json)
        if recorded:
            say(recorded)
        if not as_json:
            _show(report, len(names) > 1 or name in TEXT_AGENTS)
        reports.append(report)
    if as_json:
        rows = [report.model_dump(mode="json", exclude_none=True) for report in reports]
        print_json(rows[0] if len(rows) == 1 else {"plays": rows})


def _played(plan: "PlayPlan", live: bool, as_json: bool) -> "tuple[PlayReport, str]":
    """Let one agent play, and show how it does where somebody looks on."""
    from rich.console import Console

    from coach_app.cli.play_board import live_board
    from coach_app.evaluation.playing import play_game

    console = Console(stderr=True)
    with contextlib.ExitStack() as stack:
        watched: dict[str, Any] = {}
        if not as_json and console.is_terminal:
            board = stack.enter_context(live_board(plan.episodes, console))
            watched = {"on_progress": board.show_progress, "on_step": board.show_step}
        if not live:
            return asyncio.run(play_game(plan, user_settings(), **watched))
        from coach_app.desktop.screens import some_screen
        from coach_app.ui.practice_stage import run_on_stage

        game_shown = to_practise(plan.game)
        stack.enter_context(some_screen((1920, 1080)))
        return run_on_stage(
            game_shown, lambda stage: play_game(plan, user_settings(), **watched, stage=stage), plan.size
        )


def _show(report: "PlayReport", reads: bool) -> None:
    """Print a report; of agents that read or are compared, also each reward, as a table, and how they chose."""
    rate = report.optimal_move_rate
    optimal = "" if rate is None else f"optimal moves {rate:.1%}, "
    write(
        f"{report.agent} on {report.game}, {report.episodes} episodes: mean reward {report.mean_reward:.3f} "
        f"± {report.std_reward:.3f}, {optimal}{report.latency_ms_p50:.0f} ms a decision"
    )
    if reads:
        write(
            f"  commonest move: {report.commonest_move}, {report.commonest_share:.0%} of all; entropy "
            f"{report.entropy_bits:.2f} bits; {report.no_move} answers without a move"
        )
        rewards = (f"| {reward:.1f} |" for reward in report.rewards)
        write("\n".join(["| Rewards (Random Seeds) |", "| --- |", *rewards]))
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
    guess_of: Annotated[
        Path | None,
        typer.Option("--guess", metavar="IMAGE", help="A picture of a game that cannot be copied: a model guesses."),
    ] = None,
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Tell what would have happened with another move, by making it in a copy of the game, or as a model's guess."""
    if guess_of:
        _guess(game, question, instead, guess_of, model, as_json)
        return
    from coach_app.evaluation.what_if import WhatIfPlan, answer

    plan = WhatIfPlan(game, seed, size_of(size), steps, after, question, instead, ahead, picture)
    moves, found = answer(plan)
    if as_json:
        outcomes = {"made": found.made.as_json(), "instead": found.instead.as_json()}
        print_json({"game": game, "seed": seed, "before": moves, **outcomes, "picture": str(picture)})
        return
    write(found.text)
    say(f"Both pictures: {picture}")


def _guess(game: str, question: str, instead: str, picture: Path, model: str, as_json: bool) -> None:
    """Let a model say what a move would lead to, and say that it is a guess."""
    from coach_app.assembly.once import advise_once
    from coach_app.games.profiles import find
    from coach_app.games.what_if import move_asked
    from coach_app.learning.questions import what_happens

    if bool(question) == bool(instead):
        raise CoachError("The other move is missing, or named twice.", "Ask a question, or name it with --instead.")
    move = instead or move_asked(question, find(game).moves)
    asked = advise_once(
        user_settings(),
        picture,
        game,
        what_happens(move),
        False,
        model,
        lambda words: None,
        lambda error: say(str(error)),
    )
    found = asyncio.run(asked)
    if as_json:
        print_json({"game": game, "instead": move, "guess": found.text, "model": found.model})
        return
    write(found.text)
    say(f"This is a guess of {found.model}: the game was not asked.")

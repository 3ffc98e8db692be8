"""The command line: reads arguments, calls what does the work, and prints. Nothing else prints.

Heavy imports are inside the commands, so that each one starts fast. Results go to standard output, everything else to
standard error; with ``--json`` one JSON object is all that is printed there. Failures are CoachErrors, which
``__main__`` says in one sentence.
"""

import asyncio
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from coach_app import __version__
from coach_app.cli.bench import bench
from coach_app.cli.guides import guides
from coach_app.cli.language import said
from coach_app.cli.models import models
from coach_app.cli.options import (
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
    streamed,
)
from coach_app.cli.train import train
from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import showcase

app = typer.Typer(
    name="coach",
    help="A live game coach: looks at the screen and says the next move in an overlay.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(models, name="models")
app.add_typer(guides, name="guides")
if not getattr(sys, "frozen", False):  # the bundle for players leaves out what only these need
    app.add_typer(train, name="train")
    app.add_typer(bench, name="bench")


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"coach {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    game: Annotated[str, typer.Option(help="Watch the window of this game, whatever the settings say.")] = "",
    language: LanguageOption = "",
    model: ModelOption = "",
    trace: Annotated[Path | None, typer.Option(hidden=True, help="Record what happens as JSON lines.")] = None,
    ticks: Annotated[bool, typer.Option("--ticks", hidden=True, help="Record the interface's rhythm too.")] = False,
    values: Annotated[bool, typer.Option("--q-values", help="Show the Q-values, whatever the settings say.")] = False,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version.")
    ] = False,
) -> None:
    """Start the coach: an overlay over your game."""
    if context.invoked_subcommand is not None:
        return
    from coach_app.assembly.overlay_app import AppPlan, run_app

    raise typer.Exit(run_app(AppPlan(game, language_of(language), model, trace, ticks, values)))


@app.command()
def demo(
    game: Annotated[str, typer.Option(help=PRACTICE_GAMES)] = showcase().id,
    seed: SeedOption = 0,
    seconds: Annotated[float | None, typer.Option(min=1, help="How long; 40 without a screen.")] = None,
    out: Annotated[Path, typer.Option(help="Folder for the pictures and the advice.")] = Path("out/demo"),
    language: LanguageOption = "",
    model: ModelOption = "",
    virtual: Annotated[bool, typer.Option("--virtual", help="Use a virtual screen even where there is one.")] = False,
) -> None:
    """Show the coach beside a practice game; without a screen it plays by itself and leaves pictures."""
    from coach_app.evaluation.demo.run import DemoPlan, run_demo

    end_in_order_when_terminated()
    plan = DemoPlan(game, seed, seconds, out, language_of(language), model, virtual)
    run_demo(plan, typer.echo)


@app.command()
def practice(
    game: Annotated[str, typer.Argument(help=PRACTICE_GAMES)],
    seed: SeedOption = 0,
    size: SizeOption = "",
    language: Annotated[str, typer.Option("--lang", metavar="en|ja", help="Language of the window.")] = "",
    state_log: Annotated[Path | None, typer.Option(hidden=True, help="Record every state as JSON lines.")] = None,
) -> None:
    """Play a practice game by hand, in a window."""
    from coach_app.ui.practice import run_practice

    raise typer.Exit(run_practice(game, seed, size_of(size), state_log, language=language_of(language)))


@app.command()
def advise(
    image: Annotated[Path, typer.Argument(help="A picture of the game.")],
    game: Annotated[str, typer.Option(help="Its profile.")],
    question: Annotated[str, typer.Option(help="Asked instead of the profile's prompt.")] = "",
    language: LanguageOption = "",
    model: ModelOption = "",
    as_json: JsonOption = False,
) -> None:
    """Advice about one picture."""
    from coach_app.assembly.once import advise_once

    japanese = language_of(language) == "ja"

    def complain(error: CoachError) -> None:
        typer.echo(said(str(error)), err=True)

    with streamed(as_json) as show:
        advice = asyncio.run(advise_once(image, game, question, japanese, model, show, complain))
    if not as_json:
        typer.echo(f"\n{advice.text_ja}" if advice.text_ja else "")
        return
    result: dict[str, Any] = {
        "advice": advice.text,
        "move": advice.move,
        "model": advice.model,
        "latency_ms": round(advice.latency_ms, 1),
        "tokens": advice.tokens,
    }
    if japanese or advice.text_ja:
        result["advice_ja"] = advice.text_ja
    print_json(result)


@app.command()
def ask(
    text: Annotated[str, typer.Argument(help="The question.")],
    adapter: Annotated[
        str,
        typer.Option(
            metavar="NAME|FOLDER|NAME@URL", help="What the answer is learned from: an adapter, or a text model."
        ),
    ] = "melee",
    game: Annotated[str, typer.Option(help="Whose guides are searched; empty is the adapter's game.")] = "",
    language: LanguageOption = "",
    as_json: JsonOption = False,
) -> None:
    """Ask a question about a game in general."""
    from coach_app.assembly.once import ask_once

    shown = list[str]()
    with streamed(as_json) as show:

        def keep(words: str) -> None:
            shown.append(words)
            show(words)

        answer = asyncio.run(ask_once(text, adapter, game, language_of(language) == "ja", keep))
    if not as_json:
        whole = answer.text if answer.quoted or not answer.tokens else ""
        typer.echo(f"\n{whole}" if shown and whole else whole)
        if answer.text_ja:
            typer.echo(answer.text_ja)
        for section in answer.sources:
            typer.echo(f"[{section.id}] {section.title}")
        return
    result: dict[str, Any] = {
        "answer": answer.text,
        "sources": [{"id": part.id, "title": part.title, "text": part.text} for part in answer.sources],
        "model": answer.model,
        "adapter": answer.adapter,
        "quoted": answer.quoted,
        "latency_ms": round(answer.latency_ms, 1),
    }
    if answer.text_ja:
        result["answer_ja"] = answer.text_ja
    print_json(result)


@app.command()
def play(
    game: Annotated[str, typer.Argument(help=GAMES_TO_PLAY)],
    agent: Annotated[str, typer.Option(help="coach, dqn, coach+dqn, teacher or random.")],
    episodes: Annotated[int, typer.Option(min=1, help="How many.")] = 100,
    seed: SeedOption = 0,
    size: SizeOption = "",
    steps: Annotated[int | None, typer.Option(min=1, help="Most steps of an episode, for games that are long.")] = None,
    gif: Annotated[Path | None, typer.Option(help="Record what was seen and said.")] = None,
    language: LanguageOption = "",
    model: ModelOption = "",
    checkpoint: CheckpointOption = "",
    as_json: JsonOption = False,
) -> None:
    """Let an agent play a game, and report how well."""
    from rich.console import Console

    from coach_app.assembly.once import PlayPlan, play_game
    from coach_app.cli.play_board import live_board

    plan = PlayPlan(
        game, agent, episodes, seed, size_of(size), steps, gif, model, checkpoint, language=language_of(language)
    )
    console = Console(stderr=True)
    if as_json or not console.is_terminal:
        report, recorded = asyncio.run(play_game(plan))
    else:
        with live_board(episodes, console) as board:
            report, recorded = asyncio.run(play_game(plan, board.show_progress, board.show_step))
    if recorded:
        say(recorded)
    if as_json:
        print_json(report.model_dump(mode="json", exclude_none=True))
        return
    rate = report.optimal_move_rate
    optimal = "" if rate is None else f"optimal moves {rate:.1%}, "
    typer.echo(
        f"{report.agent} on {report.game}, {report.episodes} episodes: mean reward {report.mean_reward:.3f} "
        f"± {report.std_reward:.3f}, {optimal}{report.latency_ms_p50:.0f} ms a decision"
    )

"""The command line: parses arguments, calls the code that does the work, and prints. Nothing else prints.

Heavy imports are inside the commands, so that each one starts fast. Results go to standard output, everything else to
standard error; with ``--json`` the only output is one JSON object. Failures are CoachErrors, which ``__main__`` prints
as one sentence.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from coach_app import __version__
from coach_app.cli.advice import advice
from coach_app.cli.bench import bench
from coach_app.cli.bench_learning import bench_learning
from coach_app.cli.guides import guides
from coach_app.cli.language import translated
from coach_app.cli.learn import learn
from coach_app.cli.models import models
from coach_app.cli.options import LanguageOption, ModelOption, language_of
from coach_app.cli.play import playing
from coach_app.cli.privacy import privacy
from coach_app.cli.review import reviewing
from coach_app.cli.running import running
from coach_app.cli.terminal import keep_libraries_quiet, write
from coach_app.cli.train import train
from coach_app.desktop.folders import log_dir

app = typer.Typer(
    name="coach",
    help="A live game coach: watches the screen and suggests the next move in an overlay.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.add_typer(playing)
app.add_typer(reviewing)
app.add_typer(advice)
app.add_typer(running)
app.add_typer(privacy)
app.add_typer(models, name="models")
app.add_typer(guides, name="guides")
if not getattr(sys, "frozen", False):  # the bundle for players omits the dependencies of these
    app.add_typer(learn, name="learn")
    app.add_typer(train, name="train")
    bench.add_typer(bench_learning)
    app.add_typer(bench, name="bench")


def _print_version(wanted: bool) -> None:
    if wanted:
        write(f"coach {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    game: Annotated[str, typer.Option(help="Watch the window of this game, whatever the settings say.")] = "",
    language: LanguageOption = "",
    model: ModelOption = "",
    trace: Annotated[Path | None, typer.Option(hidden=True, help="Record what happens as JSON lines.")] = None,
    ticks: Annotated[
        bool, typer.Option("--ticks", hidden=True, help="Also record how smoothly the interface runs.")
    ] = False,
    values: Annotated[
        bool, typer.Option("--q-values", help="Show the second opinion, whatever the settings say.")
    ] = False,
    version: Annotated[
        bool, typer.Option("--version", is_eager=True, callback=_print_version, help="Print the version.")
    ] = False,
) -> None:
    """Start the coach: an overlay over your game."""
    if context.invoked_subcommand is not None:
        keep_libraries_quiet(log_dir() / "coach.log")
        return
    from coach_app.assembly.plan import AppPlan, only_coach

    plan = AppPlan(game, language_of(language), model, trace, ticks, values)
    with only_coach(plan) as starts:
        if starts is None:
            write(translated("The coach is already running; this start was passed on to it."), aside=True)
            return
        from coach_app.assembly.overlay_app import run_app

        raise typer.Exit(run_app(plan, starts))

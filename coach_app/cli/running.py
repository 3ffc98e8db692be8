"""``coach do``."""

from typing import Annotated

import typer

from coach_app.cli.options import ACTION_NAMES
from coach_app.domain.actions import ACTIONS
from coach_app.domain.errors import CoachError

running = typer.Typer(rich_markup_mode=None)


@running.command("do")
def do_action(action: Annotated[str, typer.Argument(help=ACTION_NAMES)]) -> None:
    """Have the running coach do something, as its hotkeys and its menu do: for desktops without global hotkeys."""
    from coach_app.assembly.plan import AppPlan
    from coach_app.desktop.one_instance import told_running_instance

    names = [known.name for known in ACTIONS]
    if action not in names:
        raise CoachError(f"There is no action “{action}”.", f"Actions are {', '.join(names)}.")
    if not told_running_instance(AppPlan(do=action).as_message()):
        raise CoachError("The coach is not running.", "Start it with: coach")

"""``coach do``."""

import os
import shlex
import shutil
from typing import Annotated

import typer

from coach_app.cli.options import ACTION_NAMES
from coach_app.cli.terminal import write
from coach_app.domain.actions import ACTIONS
from coach_app.domain.errors import CoachError

running = typer.Typer(rich_markup_mode=None)


@running.command("do")
def do_action(
    action: Annotated[str, typer.Argument(help=ACTION_NAMES)] = "",
    lines: Annotated[
        bool,
        typer.Option("--lines", help="Print what to add to the desktop's settings, so that your hotkeys do this."),
    ] = False,
) -> None:
    """Have the running coach do something, as its hotkeys and its menu do: for desktops without global hotkeys."""
    from coach_app.assembly.plan import AppPlan
    from coach_app.desktop.one_instance import told_running_instance

    if lines:
        for line in _lines():
            write(line)
        return
    names = [known.name for known in ACTIONS]
    if action not in names:
        raise CoachError(f"There is no action “{action}”.", f"Actions are {', '.join(names)}.")
    if not told_running_instance(AppPlan(do=action).as_message()):
        raise CoachError("The coach is not running.", "Start it with: coach")


def _lines() -> list[str]:
    """For each hotkey, what makes this desktop carry out its action."""
    from coach_app.desktop.processes import coach_command
    from coach_app.domain.actions import HELD
    from coach_app.domain.compositor_keys import line_to_add
    from coach_app.domain.hotkeys import parse_hotkey
    from coach_app.settings.store import load, settings_file

    coach = "coach" if shutil.which("coach") else shlex.join(coach_command())
    desktop = os.environ.get("XDG_CURRENT_DESKTOP", "")
    keys = load(settings_file())[0].hotkeys.bindings()
    wanted = {action: parse_hotkey(key) for action, key in keys.items() if key and action not in HELD}
    return [line_to_add(desktop, chord, f"{coach} do {action}") for action, chord in wanted.items()]

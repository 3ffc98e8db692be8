"""``coach models``."""

from typing import TYPE_CHECKING

import typer

from coach_app.cli.options import JsonOption, print_json
from coach_app.domain.errors import CoachError

if TYPE_CHECKING:
    from coach_app.models.catalogue import ModelEntry

models = typer.Typer(help="The models that give advice.", rich_markup_mode=None)


@models.command("list")
def list_models(as_json: JsonOption = False) -> None:
    """The models that the coach knows, and which of them are on this computer."""
    from coach_app.models.catalogue import catalogue

    rows = [
        {
            "name": entry.name,
            "title": entry.title,
            "role": entry.role,
            "games": list(entry.games),
            "licence": entry.licence,
            "size_bytes": entry.size_bytes,
            "installed": _is_here(entry),
        }
        for entry in catalogue()
    ]
    if as_json:
        print_json({"models": rows})
        return
    for entry in catalogue():
        games, here = ", ".join(entry.games) or "any game", "installed" if _is_here(entry) else "not here"
        typer.echo(f"{entry.name:24} {here:10} {entry.title} ({games})")


def _is_here(entry: "ModelEntry") -> bool:
    try:
        entry.path()
    except CoachError:
        return False
    return True

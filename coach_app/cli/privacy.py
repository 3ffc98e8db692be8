"""``coach privacy``."""

from typing import Annotated

import typer

from coach_app.cli.language import translated
from coach_app.cli.options import JsonOption, print_json, say
from coach_app.cli.terminal import write
from coach_app.domain.errors import CoachError

privacy = typer.Typer(rich_markup_mode=None)


@privacy.command("privacy")
def show_privacy(
    delete: Annotated[bool, typer.Option("--delete", help="Delete all that is stored, for good.")] = False,
    keep: Annotated[
        list[str] | None,
        typer.Option(metavar="KIND", help="Do not delete this kind, for instance models; may be repeated."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Delete without asking.")] = False,
    as_json: JsonOption = False,
) -> None:
    """What the coach sent over the network, and what it keeps on this computer and where."""
    from coach_app.assembly.privacy import delete_kept, report

    if delete:
        from coach_app.desktop.one_instance import told_running_instance

        if told_running_instance(b""):
            raise CoachError("The coach is still running.", "Quit it, or delete on its Privacy page.")
        if not yes:
            typer.confirm(translated("Delete all of it for good?"), abort=True, err=True)
        delete_kept(keep or ())
    found = report()
    if as_json:
        print_json(found)
        return
    if found["offline"]:
        say("The coach is set to stay offline.")
    write(f"Sent to other computers: {found['sent_away_bytes']} bytes")
    for entry in found["network"]:
        where = "this computer" if entry["here"] else "away"
        counts = f"{entry['sent_bytes']:>12} sent {entry['received_bytes']:>14} received"
        write(f"  {entry['kind']:12} {where:14} {counts}  {entry['origin']}")
    write("Stored on this computer:")
    for one in found["stored"]:
        places = ", ".join(one["places"]) or "the system's keyring"
        write(f"  {one['kind']:13} {one['bytes'] / 1e6:10.1f} MB  {places}")

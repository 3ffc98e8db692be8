"""What the coach keeps on this computer: in which files, how large they are, and deleting them.

Everything in the coach's own folders belongs to some kind, so that nothing is left out.
"""

import contextlib
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from coach_app.desktop.folders import config_dir, data_dir, log_dir
from coach_app.domain.errors import CoachError

Kind = Literal[
    "settings",
    "key",
    "profiles",
    "guides",
    "history",
    "translations",
    "recordings",
    "experience",
    "memory",
    "feedback",
    "models",
    "network",
    "logs",
    "other",
]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
_NAMES: Final[dict[str, Kind]] = {
    "settings.toml": "settings",
    "picked-on-wayland": "settings",
    "profiles": "profiles",
    "guides": "guides",
    "history.sqlite": "history",
    "translations.sqlite": "translations",
    "recordings": "recordings",
    "experience": "experience",
    "memory.sqlite": "memory",
    "feedback.sqlite": "feedback",
    "models": "models",
    "network.jsonl": "network",
}
"""Beginnings of names in the folders of settings and data, and what these files are; copies and locks included."""


@dataclass(frozen=True)
class Stored:
    """All that is kept of one kind.

    Attributes:
        kind: what it is.
        places: its files and folders; empty if the system keeps it.
        files: number of files.
        bytes: their size.
    """

    kind: Kind
    places: tuple[Path, ...]
    files: int
    bytes: int


def inventory(models: Iterable[Path] = ()) -> list[Stored]:
    """What is kept, in the order of `KINDS`; kinds of which there is nothing are left out.

    Args:
        models: folders of downloaded models outside of the data folder; those that do not exist are skipped.
    """
    places: dict[Kind, list[Path]] = {}
    for kind, place in [*_own(), *(("models", folder) for folder in models if folder.is_dir())]:
        places.setdefault(kind, []).append(place)
    return [_measured(kind, tuple(places[kind])) for kind in KINDS if kind in places]


def delete(stored: Iterable[Stored], keep: Collection[str] = ()) -> None:
    """Delete files for good, and the coach's folders if that leaves them empty. Links are removed, not followed.

    Args:
        stored: what is kept, see `inventory`.
        keep: kinds to keep.

    Raises:
        CoachError: some could not be deleted; all others are.
    """
    failed = []
    for place in [place for one in stored if one.kind not in keep for place in one.places]:
        for file in list(_files(place)):
            if not _deleted(file):
                failed.append(file)
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place, ignore_errors=True)
    for folder in (log_dir(), config_dir(), data_dir()):
        with contextlib.suppress(OSError):
            folder.rmdir()
    if failed:
        raise CoachError(f"Not everything could be deleted: {failed[0]} is in use.", "Close what uses it; try again.")


def _own() -> Iterator[tuple[Kind, Path]]:
    """Everything in the coach's folders, which on some systems are one."""
    logs = log_dir()
    if logs.is_dir():
        yield "logs", logs
    for folder in dict.fromkeys((config_dir(), data_dir())):
        for place in sorted(folder.iterdir()) if folder.is_dir() else ():
            if place != logs:
                yield _kind_of(place.name), place


def _kind_of(name: str) -> Kind:
    return next((kind for start, kind in _NAMES.items() if name.removeprefix(".").startswith(start)), "other")


def _measured(kind: Kind, places: tuple[Path, ...]) -> Stored:
    sizes = []
    for file in (file for place in places for file in _files(place)):
        with contextlib.suppress(OSError):  # it is gone by now
            sizes.append(file.lstat().st_size)
    return Stored(kind, places, len(sizes), sum(sizes))


def _files(place: Path) -> Iterator[Path]:
    if place.is_symlink() or not place.is_dir():
        yield place
        return
    for folder, folders, names in os.walk(place):
        links = [name for name in folders if Path(folder, name).is_symlink()]
        yield from (Path(folder, name) for name in [*names, *links])


def _deleted(file: Path) -> bool:
    """Delete a file. One that a program holds open, which Windows does not delete, is emptied."""
    try:
        file.unlink(missing_ok=True)
    except OSError:
        try:
            os.truncate(file, 0)
        except OSError:
            return False
    return True

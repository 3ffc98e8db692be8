"""What there is to learn from of a game, counted without reading it all."""

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from coach_app.desktop.folders import recording_file
from coach_app.domain.errors import CoachError
from coach_app.learning.experience import HOWS, experience_dir

_FOLDERS = ("episodes", "pictures", "archives")


@dataclass(frozen=True)
class Overview:
    """What was collected of a game.

    Attributes:
        episodes: number of episodes by where they come from; ways without any are left out.
        steps: in all of them.
        bytes: of them and their pictures.
        questions: number of questions to learn from.
        held_out: number of questions for the test.
    """

    episodes: Mapping[str, int] = field(default_factory=dict)
    steps: int = 0
    bytes: int = 0
    questions: int = 0
    held_out: int = 0


def experience_folder(game: str) -> Path:
    """The folder of a game's experiences.

    Args:
        game: id of the game.
    """
    return experience_dir() / game.replace("/", "-").lower()


def overview(folder: Path) -> Overview:
    """Count what is in a folder of experiences; damaged files count as nothing, and so does a missing folder."""
    import pyarrow
    from pyarrow import parquet

    episodes: Counter[str] = Counter()
    steps = 0
    for file in (folder / "episodes").glob("*.parquet"):
        try:
            steps += parquet.read_metadata(file).num_rows
        except (OSError, pyarrow.ArrowException):
            continue
        episodes[file.name.partition("-")[0]] += 1
    return Overview(
        {how: episodes[how] for how in HOWS if episodes[how]},
        steps,
        sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()),
        _lines(folder / "questions-train.jsonl"),
        _lines(folder / "questions-test.jsonl"),
    )


def delete_collected(game: str) -> None:
    """Delete what was collected and recorded of a game, and the questions made of it, for good. What a model learned of
    it, memories and ratings stay.

    Args:
        game: id of the game.

    Raises:
        CoachError: some could not be deleted; all else is.
    """
    folder, failed = experience_folder(game), list[OSError]()
    for place in (*(folder / name for name in _FOLDERS), *folder.glob("questions-*"), recording_file(game)):
        try:
            if place.is_dir():
                shutil.rmtree(place)
            else:
                place.unlink(missing_ok=True)
        except OSError as error:
            failed.append(error)
    if failed:
        raise CoachError(f"Not all was deleted: {failed[0].strerror or failed[0]}.", f"Delete {folder} yourself.")


def _lines(file: Path) -> int:
    try:
        return file.read_bytes().count(b"\n")
    except OSError:
        return 0

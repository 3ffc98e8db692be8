"""What the player says of advice: thumbs up or down, why, and how it should have been said. On this computer only."""

import io
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PIL import Image

from coach_app.desktop.folders import data_dir
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import rgb, shrink
from coach_app.knowledge.database import Database

PICTURE_SIDE_PX: Final = 672
_MAX_CHARACTERS: Final = 1_000
_COLUMNS: Final = "id, game, at, prompt, text, move, model, good, critique, better, picture IS NOT NULL"
_PROBE: Final = f"SELECT {_COLUMNS} FROM rating LIMIT 1"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS rating (
    id INTEGER PRIMARY KEY,
    game TEXT NOT NULL,
    at REAL NOT NULL,
    prompt TEXT NOT NULL,
    text TEXT NOT NULL,
    move TEXT NOT NULL,
    model TEXT NOT NULL,
    good INTEGER NOT NULL,
    critique TEXT NOT NULL DEFAULT '',
    better TEXT NOT NULL DEFAULT '',
    picture BLOB,
    UNIQUE (game, at, text)
);
PRAGMA user_version = 1;
"""


@dataclass(frozen=True)
class Rated:
    """Advice that the player rates.

    Attributes:
        game: id of the game.
        at: when its picture was taken, in seconds since the epoch.
        prompt: what the model was asked.
        text: what it answered, in English.
        move: the move that it named; may be empty.
        model: its name.
    """

    game: str
    at: float
    prompt: str
    text: str
    move: str = ""
    model: str = ""


@dataclass(frozen=True)
class Rating:
    """What the player said of advice.

    Attributes:
        id: number of the rating.
        of: the advice.
        good: thumbs up, or down.
        critique: why, in one line; may be empty.
        better: how it should have been said, in English; empty if the player did not say.
        has_picture: whether the picture is kept.
    """

    id: int
    of: Rated
    good: bool
    critique: str
    better: str
    has_picture: bool


def feedback_file() -> Path:
    """The file of all ratings."""
    return data_dir() / "feedback.sqlite"


class Feedback:
    """The player's ratings. Any thread may call; all calls wait for the disk.

    Args:
        path: the database; a missing folder is created.

    Attributes:
        notice: what the player should know about the file; empty if there is nothing.

    Raises:
        CoachError: the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path, _SCHEMA, _PROBE, "The feedback")
        self.notice = self._database.notice

    def rate(self, of: Rated, good: bool, picture: Image.Image | None = None) -> int:
        """Rate advice; a second rating of the same advice replaces the first.

        Args:
            of: the advice.
            good: thumbs up, or down.
            picture: what the model saw; None keeps none, or the one that is kept already.

        Returns:
            Number of the rating.

        Raises:
            CoachError: it could not be written.
        """
        row = (of.game, of.at or time.time(), of.prompt, of.text, of.move, of.model, good, _packed(picture))
        with self._database.changing() as database:
            ((number,),) = database.execute(
                "INSERT INTO rating (game, at, prompt, text, move, model, good, picture)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (game, at, text) DO UPDATE SET"
                " good = excluded.good, picture = coalesce(excluded.picture, picture) RETURNING id",
                row,
            ).fetchall()
        return int(number)

    def explain(self, number: int, critique: str | None = None, better: str | None = None) -> None:
        """Say why, or how it should have been said; None leaves what is there.

        Raises:
            CoachError: there is no such rating, or it could not be written.
        """
        said = [text if text is None else " ".join(text.split())[:_MAX_CHARACTERS] for text in (critique, better)]
        with self._database.changing() as database:
            changed = database.execute(
                "UPDATE rating SET critique = coalesce(?, critique), better = coalesce(?, better) WHERE id = ?",
                [*said, number],
            ).rowcount
        if not changed:
            raise CoachError(f"There is no rating {number}.", "List them with: coach learn GAME feedback")

    def find(self, game: str, at: float, text: str) -> Rating | None:
        """The rating of some advice; None if there is none.

        Raises:
            CoachError: it cannot be read.
        """
        return next((rating for rating in self.of(game) if (rating.of.at, rating.of.text) == (at, text)), None)

    def of(self, game: str) -> list[Rating]:
        """The ratings of a game's advice, newest first.

        Raises:
            CoachError: they cannot be read.
        """
        with self._database.reading() as database:
            rows = database.execute(
                f"SELECT {_COLUMNS} FROM rating WHERE game = ? ORDER BY at DESC, id DESC", [game]
            ).fetchall()
        return [
            Rating(number, Rated(*of), bool(good), critique, better, bool(has_picture))
            for number, *of, good, critique, better, has_picture in rows
        ]

    def picture(self, number: int) -> Image.Image | None:
        """The picture that was rated, RGB; None if none is kept.

        Raises:
            CoachError: it cannot be read.
        """
        with self._database.reading() as database:
            row = database.execute("SELECT picture FROM rating WHERE id = ?", [number]).fetchone()
        if not (row and row[0]):
            return None
        with Image.open(io.BytesIO(row[0])) as image:
            return image.convert("RGB")

    def delete(self, numbers: Iterable[int]) -> int:
        """Delete ratings.

        Returns:
            How many there were.

        Raises:
            CoachError: they could not be deleted.
        """
        with self._database.changing() as database:
            return sum(database.execute("DELETE FROM rating WHERE id = ?", [each]).rowcount for each in numbers)

    def delete_game(self, game: str) -> int:
        """Delete all ratings of a game; see `delete`."""
        with self._database.changing() as database:
            return database.execute("DELETE FROM rating WHERE game = ?", [game]).rowcount

    def close(self) -> None:
        """Close the file; may be called twice."""
        self._database.close()


def _packed(picture: Image.Image | None) -> bytes | None:
    if picture is None:
        return None
    file = io.BytesIO()
    shrink(rgb(picture), PICTURE_SIDE_PX).save(file, "WEBP", lossless=True, method=0)
    return file.getvalue()

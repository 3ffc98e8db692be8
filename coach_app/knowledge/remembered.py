"""Remembers situations of games: what was seen, what was done, and how it went. SQLite, on this computer only."""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from coach_app.desktop.folders import data_dir
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.knowledge.database import Database
from coach_app.knowledge.likeness import WIDTH, Features, is_same, likeness

LIMIT: Final = 1_000
"""So many situations of a game are remembered."""
TOP: Final = 3
"""So many are recalled at most."""
_ALIKE: Final = 0.6
_TRIALS: Final = 5
_LEAST_HELP: Final = 0.5
"""A memory that was recalled at least so often, and helped in a smaller part of these cases, is forgotten: the values
of ReMe (Cao et al. 2025, arXiv:2512.10696)."""
_SAID: Final = "said/"
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS memory (
    id INTEGER PRIMARY KEY,
    game TEXT NOT NULL,
    origin TEXT NOT NULL,
    at REAL NOT NULL,
    seen TEXT NOT NULL,
    done TEXT NOT NULL,
    came TEXT NOT NULL,
    value REAL NOT NULL,
    sure INTEGER NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    recalled INTEGER NOT NULL DEFAULT 0,
    helped INTEGER NOT NULL DEFAULT 0,
    features BLOB NOT NULL,
    UNIQUE (game, origin)
);
PRAGMA user_version = 1;
"""
_COLUMNS: Final = "id, game, origin, at, seen, done, came, value, sure, note, recalled, helped"
_PROBE: Final = f"SELECT {_COLUMNS}, features FROM memory LIMIT 1"
_WORST_FIRST: Final = "(helped + 1.0) / (recalled + 2.0), abs(value), at"


@dataclass(frozen=True)
class Happened:
    """What happened in a situation.

    Attributes:
        origin: where it comes from, such as an episode and its step; what is known is not remembered again.
        seen: what was seen, in words; may be empty.
        done: the move that was made, or advised.
        came: how it went, in words.
        value: how well it went: above 0 well, below 0 badly, 0 if nobody knows.
        sure: whether that came of this very move, not of a later one.
        features: of the picture and what was seen; see `features_of`.
        at: when, in seconds since the epoch.
    """

    origin: str
    seen: str
    done: str
    came: str
    value: float
    sure: bool
    features: Features
    at: float = 0.0


@dataclass(frozen=True)
class Memory:
    """A remembered situation; for the fields not explained here see `Happened`.

    Attributes:
        id: number of the memory.
        game: id of the game.
        note: the player's own words, told instead of all others; empty if there are none.
        recalled: how often it was recalled where it is known how that went.
        helped: in how many of these cases it went better.
    """

    id: int
    game: str
    origin: str
    at: float
    seen: str
    done: str
    came: str
    value: float
    sure: bool
    note: str
    recalled: int
    helped: int

    @property
    def text(self) -> str:
        """What a model is told, in English."""
        if self.note:
            return self.note
        seen = f" ({self.seen})" if self.seen else ""
        verb = "advised" if self.origin.startswith(_SAID) else "done"
        done = f"“{self.done}” was {verb}" if self.done else f"nothing was {verb}"
        return f"In a situation like this{seen}, {done}: {self.came}."

    @property
    def short(self) -> str:
        """What the player is shown in a list: what was done and came of it first."""
        return self.note or f"{self.done or '-'}: {self.came}" + (f" ({self.seen})" if self.seen else "")


@dataclass(frozen=True)
class Recalled:
    """What is remembered of situations like the present one.

    Attributes:
        memories: the most alike first.
        shunned: moves that went badly in this very situation, and never well.
    """

    memories: tuple[Memory, ...] = ()
    shunned: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of the memories."""
        return tuple(memory.id for memory in self.memories)

    @property
    def texts(self) -> tuple[str, ...]:
        """What a model is told."""
        return tuple(memory.text for memory in self.memories)


def origin_of(advice: Advice) -> str:
    """The origin of a memory of advice."""
    return f"{_SAID}{advice.captured_at:.3f}"


def memory_file() -> Path:
    """The file of all games' memories."""
    return data_dir() / "memory.sqlite"


class Memories:
    """The memories of all games. Any thread may call; all calls wait for the disk.

    A damaged file is kept aside, and a new one started.

    Args:
        path: the database; a missing folder is created.
        limit: number of memories of a game; those that helped least, then those that matter least, go first.

    Attributes:
        notice: what the player should know about the file; empty if there is nothing.

    Raises:
        CoachError: the file cannot be opened.
    """

    def __init__(self, path: Path, limit: int = LIMIT) -> None:
        self._limit = limit
        self._features: dict[str, tuple[list[int], Features]] = {}
        self._database = Database(path, _SCHEMA, _PROBE, "The memory")
        self.notice = self._database.notice

    def add(self, game: str, happened: Iterable[Happened]) -> int:
        """Remember situations.

        Returns:
            How many are new.

        Raises:
            CoachError: they could not be written.
        """
        rows = [
            (
                *(game, one.origin, one.at or time.time(), one.seen, one.done, one.came, one.value, one.sure),
                one.features.astype(np.float16).tobytes(),
            )
            for one in happened
        ]
        with self._changing(game) as database:
            before = database.total_changes
            database.executemany(
                "INSERT OR IGNORE INTO memory (game, origin, at, seen, done, came, value, sure, features)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            new = database.total_changes - before
            database.execute(
                "DELETE FROM memory WHERE id IN (SELECT id FROM memory WHERE game = ? AND note = ''"
                f" ORDER BY {_WORST_FIRST} LIMIT max(0, (SELECT count(*) FROM memory WHERE game = ?) - ?))",
                (game, game, self._limit),
            )
        return new

    def recall(self, game: str, features: Features, count: int = TOP) -> Recalled:
        """What is remembered of situations like this one.

        Args:
            game: id of the game.
            features: of the present situation.
            count: maximum number of memories.

        Raises:
            CoachError: the memory cannot be read.
        """
        with self._database.reading() as database:
            ids, known = self._known(database, game)
            if not ids:
                return Recalled()
            alike = likeness(known, features)
            nearest = [int(at) for at in np.argsort(-alike, kind="stable")[:count] if alike[at] >= _ALIKE]
            same = [int(at) for at in np.flatnonzero(is_same(known, features))]
            found = _by_id(database, [ids[at] for at in {*nearest, *same}])
        memories = tuple(found[ids[at]] for at in nearest)
        here = [found[ids[at]] for at in same if found[ids[at]].done]
        well = {memory.done for memory in here if memory.value > 0}
        badly = dict.fromkeys(memory.done for memory in here if memory.value < 0 and memory.sure)
        return Recalled(memories, tuple(move for move in badly if move not in well))

    def judge(self, ids: Sequence[int], helped: bool) -> None:
        """Count how it went where memories were recalled, and forget those that hardly ever help.

        Raises:
            CoachError: it could not be written.
        """
        with self._changing() as database:
            marks = ", ".join("?" * len(ids))
            database.execute(
                f"UPDATE memory SET recalled = recalled + 1, helped = helped + ? WHERE id IN ({marks})", [helped, *ids]
            )
            database.execute(
                f"DELETE FROM memory WHERE id IN ({marks}) AND note = '' AND recalled >= ? AND helped < recalled * ?",
                [*ids, _TRIALS, _LEAST_HELP],
            )

    def of(self, game: str) -> list[Memory]:
        """The memories of a game, newest first.

        Raises:
            CoachError: the memory cannot be read.
        """
        with self._database.reading() as database:
            rows = database.execute(f"SELECT {_COLUMNS} FROM memory WHERE game = ? ORDER BY at DESC, id DESC", [game])
            return [Memory(*row) for row in rows]

    def counts(self) -> dict[str, int]:
        """How many memories there are of each game.

        Raises:
            CoachError: the memory cannot be read.
        """
        with self._database.reading() as database:
            return dict(database.execute("SELECT game, count(*) FROM memory GROUP BY game ORDER BY game"))

    def edit(self, memory_id: int, note: str) -> None:
        """Replace what a memory says; empty restores its own words. What was edited is never forgotten by itself.

        Raises:
            CoachError: there is no such memory, or it could not be written.
        """
        with self._changing() as database:
            changed = database.execute(
                "UPDATE memory SET note = ? WHERE id = ?", [" ".join(note.split()), memory_id]
            ).rowcount
        if not changed:
            raise CoachError(f"There is no memory {memory_id}.", "List them with: coach learn GAME memory")

    def rate(self, origin: str, value: float) -> None:
        """Note how well it went, for sure, with what has this origin; unknown ones are ignored.

        Raises:
            CoachError: it could not be written.
        """
        with self._changing() as database:
            database.execute("UPDATE memory SET value = ?, sure = TRUE WHERE origin = ?", [value, origin])

    def delete(self, ids: Iterable[int]) -> int:
        """Delete memories.

        Returns:
            How many there were.

        Raises:
            CoachError: they could not be deleted.
        """
        with self._changing() as database:
            return sum(database.execute("DELETE FROM memory WHERE id = ?", [each]).rowcount for each in ids)

    def delete_game(self, game: str) -> int:
        """Delete all memories of a game; see `delete`."""
        with self._changing() as database:
            return database.execute("DELETE FROM memory WHERE game = ?", [game]).rowcount

    def close(self) -> None:
        """Close the file; may be called twice."""
        self._database.close()

    def _known(self, database: sqlite3.Connection, game: str) -> tuple[list[int], Features]:
        """Ids and features of a game's memories."""
        if game not in self._features:
            rows = database.execute("SELECT id, features FROM memory WHERE game = ? AND came != '' ORDER BY id", [game])
            kept = [(number, blob) for number, blob in rows if len(blob) == 2 * WIDTH]  # or of another version
            packed = np.frombuffer(b"".join(blob for _, blob in kept), np.float16)
            self._features[game] = [number for number, _ in kept], packed.reshape(-1, WIDTH).astype(np.float32)
        return self._features[game]

    @contextmanager
    def _changing(self, game: str | None = None) -> Iterator[sqlite3.Connection]:
        """Change the memories of a game, or of any."""
        with self._database.changing() as database:
            yield database
            if game is None:
                self._features.clear()
            else:
                self._features.pop(game, None)


def _by_id(database: sqlite3.Connection, ids: Sequence[int]) -> dict[int, Memory]:
    marks = ", ".join("?" * len(ids))
    rows = database.execute(f"SELECT {_COLUMNS} FROM memory WHERE id IN ({marks})", ids)
    return {row[0]: Memory(*row) for row in rows}

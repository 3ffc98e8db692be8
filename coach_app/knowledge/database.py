"""A small SQLite database of the user's, on this computer only."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from coach_app.desktop.files import keep_aside, make_private
from coach_app.domain.errors import CoachError

_DAMAGED: Final = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)


class Database:
    """A database that any thread may use; all calls wait for the disk. A damaged file is kept aside.

    Args:
        path: its file; a missing folder is created.
        schema: SQL that makes what is missing.
        probe: a query that fails for any other database.
        what: name of its content as the subject of a sentence, for instance ``"The memory"``.

    Attributes:
        notice: what the user should know about the file; empty if there is nothing.

    Raises:
        CoachError: the file cannot be opened.
    """

    def __init__(self, path: Path, schema: str, probe: str, what: str) -> None:
        self._path, self._what = path, what
        self._lock = threading.Lock()
        self.notice = ""
        with self._telling():
            make_private(path)
            try:
                self._connection = _open(path, schema, probe)
            except sqlite3.Error as error:
                if getattr(error, "sqlite_errorcode", None) not in _DAMAGED:
                    raise
                kept = keep_aside(path, "broken")
                self.notice = f"{what} was damaged, so a new one was started. The old one is kept as {kept}."
                self._connection = _open(path, schema, probe)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read; nobody else uses it meanwhile.

        Raises:
            CoachError: it cannot be read.
        """
        with self._lock, self._telling():
            yield self._connection

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Change all or nothing; nobody else uses it meanwhile.

        Raises:
            CoachError: it cannot be changed.
        """
        with self._lock, self._telling(), self._connection:
            yield self._connection

    def close(self) -> None:
        """Close the file; may be called twice."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def _telling(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise CoachError(
                f"{self._what} could not be used ({error}).", f"Make room for, or allow writing to, {self._path}."
            ) from error


def _open(path: Path, schema: str, probe: str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=2.0, check_same_thread=False)
    try:
        connection.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version > 1:
            raise sqlite3.NotSupportedError("it was written by a newer coach")
        connection.executescript(schema)
        connection.execute(probe)
    except sqlite3.Error:
        connection.close()
        raise
    return connection

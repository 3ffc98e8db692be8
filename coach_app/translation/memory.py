"""Remembers translations, so that no sentence is sent or computed twice."""

import logging
import sqlite3
import threading
import time
from collections.abc import Collection
from pathlib import Path

from coach_app.desktop.files import make_private
from coach_app.domain.errors import CoachError

_log = logging.getLogger(__name__)

# SQLITE_ERROR here means that the file has a different schema. Locked, full and read-only files are not damaged.
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR)
_SCHEMA = """
CREATE TABLE IF NOT EXISTS sentences (
    english TEXT PRIMARY KEY, japanese TEXT NOT NULL, origin TEXT NOT NULL, used_at REAL NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS by_use ON sentences (used_at);
"""


class TranslationMemory:
    """English sentences and their Japanese, in SQLite.

    Every method may be called from any thread, and none raises: if the disk fails, translations are kept in memory
    until the app ends, and ``problem`` says so. A file that is not our database is renamed to ``….broken`` (earlier
    ones are kept), never deleted.

    Args:
        file: the database; its folder is created. None keeps translations in memory only.
        limit: maximum number of sentences; the least recently used go first.
    """

    def __init__(self, file: Path | None, limit: int = 20_000) -> None:
        self.problem: CoachError | None = None
        self._limit = limit
        self._lock = threading.Lock()
        self._closed = False
        self._database = _open(None) if file is None else self._open_or_replace(file)

    def recall(self, english: str, origins: Collection[str]) -> str | None:
        """The Japanese of a sentence, if it came from one of ``origins``."""
        with self._lock:
            if self._closed:
                return None
            try:
                row = self._database.execute(
                    "SELECT japanese, origin FROM sentences WHERE english = ?", (english,)
                ).fetchone()
                if row is None or row[1] not in origins:
                    return None
                with self._database as database:
                    database.execute("UPDATE sentences SET used_at = ? WHERE english = ?", (time.time(), english))
            except sqlite3.Error as error:
                self._leave_the_disk(error)
                return None
            return str(row[0])

    def recall_english(self, japanese: str, origins: Collection[str]) -> str | None:
        """The English of a Japanese sentence, if one of ``origins`` translated it in either direction."""
        with self._lock:
            if self._closed:
                return None
            try:
                rows = self._database.execute(
                    "SELECT english, origin FROM sentences WHERE japanese = ? ORDER BY used_at DESC", (japanese,)
                ).fetchall()
            except sqlite3.Error as error:
                self._leave_the_disk(error)
                return None
            return next((str(english) for english, origin in rows if origin in origins), None)

    def remember(self, english: str, japanese: str, origin: str) -> None:
        """Store a translation with the name of its translator; replaces an older one."""
        with self._lock:
            if self._closed:
                return
            try:
                self._write(english, japanese, origin)
            except sqlite3.Error as error:
                self._leave_the_disk(error)
                self._write(english, japanese, origin)

    def close(self) -> None:
        """Close the file; may be called twice. Afterwards nothing is recalled or stored."""
        with self._lock:
            self._closed = True
            self._database.close()

    def _write(self, english: str, japanese: str, origin: str) -> None:
        with self._database as database:
            database.execute(
                "INSERT OR REPLACE INTO sentences VALUES (?, ?, ?, ?)", (english, japanese, origin, time.time())
            )
            database.execute(
                "DELETE FROM sentences WHERE english IN (SELECT english FROM sentences ORDER BY used_at DESC"
                " LIMIT -1 OFFSET ?)",
                (self._limit,),
            )

    def _open_or_replace(self, file: Path) -> sqlite3.Connection:
        try:
            make_private(file)
            try:
                return _open(file)
            except sqlite3.Error as error:
                if error.sqlite_errorcode not in _DAMAGED:
                    raise
                aside = _set_aside(file)
                self.problem = CoachError(
                    "The memory of past translations was damaged and has been started anew.",
                    f"The damaged file was kept as {aside}.",
                )
                return _open(file)
        except (OSError, sqlite3.Error) as error:
            self._tell(error)
            return _open(None)

    def _leave_the_disk(self, error: sqlite3.Error) -> None:
        self._tell(error)
        self._database.close()
        self._database = _open(None)

    def _tell(self, error: Exception) -> None:
        _log.info("translation memory without its file: %s", error)
        self.problem = CoachError(
            f"Translations cannot be saved ({error}); they are kept until the coach quits.",
            "Check the free space and the permissions of the coach's data folder.",
        )


def _open(file: Path | None) -> sqlite3.Connection:
    database = sqlite3.connect(file or ":memory:", timeout=1.0, check_same_thread=False)
    try:
        if database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            damage = sqlite3.DatabaseError("the file is damaged")
            damage.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise damage
        database.executescript(_SCHEMA)
        database.execute("SELECT english, japanese, origin, used_at FROM sentences LIMIT 1")
        # Write-ahead, not synced at each commit: losing the last sentences in a power cut costs nothing.
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
    except BaseException:
        database.close()
        raise
    return database


def _set_aside(file: Path) -> Path:
    aside = file.with_name(f"{file.name}.broken")
    number = 1
    while aside.exists():
        number += 1
        aside = file.with_name(f"{file.name}.broken{number}")
    file.rename(aside)
    for companion in ("-wal", "-shm"):
        file.with_name(file.name + companion).unlink(missing_ok=True)
    return aside

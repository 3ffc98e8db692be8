"""Past advice, kept on this computer only: SQLite with full-text search."""

import csv
import io
import json
import logging
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PIL import Image

from coach_app.desktop.files import keep_aside, make_private, write_atomically
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import shrink
from coach_app.settings.schema import HistorySettings

log = logging.getLogger(__name__)

PICTURE_SIDE_PX: Final = 640
_VERSION: Final = 2
# "trigram" finds parts of words, and Japanese, which has no spaces between words.
_SCHEMA: Final = f"""
CREATE TABLE IF NOT EXISTS entry (
    id INTEGER PRIMARY KEY,
    at REAL NOT NULL,
    game TEXT NOT NULL,
    question TEXT NOT NULL,
    text TEXT NOT NULL,
    text_ja TEXT NOT NULL,
    move TEXT NOT NULL,
    model TEXT NOT NULL,
    latency_ms REAL NOT NULL,
    picture BLOB,
    sources TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS entry_at ON entry (at);
CREATE VIRTUAL TABLE IF NOT EXISTS entry_words USING fts5 (
    question, text, text_ja, game, content='entry', content_rowid='id', tokenize='trigram'
);
CREATE TRIGGER IF NOT EXISTS entry_added AFTER INSERT ON entry BEGIN
    INSERT INTO entry_words (rowid, question, text, text_ja, game)
    VALUES (new.id, new.question, new.text, new.text_ja, new.game);
END;
CREATE TRIGGER IF NOT EXISTS entry_deleted AFTER DELETE ON entry BEGIN
    INSERT INTO entry_words (entry_words, rowid, question, text, text_ja, game)
    VALUES ('delete', old.id, old.question, old.text, old.text_ja, old.game);
END;
PRAGMA user_version = {_VERSION};
"""
_COLUMNS: Final = "id, at, game, question, text, text_ja, move, model, latency_ms, picture, sources"
_BACKUPS: Final = 3
_USUAL_LOSS: Final = 25
"""So many entries may become too old from one start to the next; of more, a copy is kept first."""
_FROM_VERSION_1: Final = """
BEGIN;
ALTER TABLE entry ADD COLUMN sources TEXT NOT NULL DEFAULT '';
PRAGMA user_version = 2;
COMMIT;
"""


@dataclass(frozen=True)
class Entry:
    """One remembered piece of advice, or a question and its answer.

    Attributes:
        id: consecutive number.
        at: when its frame was captured, in seconds since the epoch.
        game: id of the profile.
        question: the user's question; empty for unasked advice.
        text: English text.
        text_ja: Japanese text; may be empty.
        move: the advised move; may be empty.
        model: name of the model.
        latency_ms: time from the request to the last word.
        has_picture: whether a picture was stored.
        sources: passages that the answer is based on; may be empty.
    """

    id: int
    at: float
    game: str
    question: str
    text: str
    text_ja: str
    move: str
    model: str
    latency_ms: float
    has_picture: bool
    sources: str = ""


class History:
    """The history. Any thread may call except the interface's, as calls wait for the disk.

    A history that cannot be opened is replaced: a damaged file is kept aside and a new one started; if no file can be
    written, advice is kept in memory until the coach quits.

    Args:
        path: the database; a missing folder is created.
        rules: what to keep, and for how long; can be changed by `apply`.

    Attributes:
        notices: problems with the file that the user should know about, one sentence each.
    """

    def __init__(self, path: Path, rules: HistorySettings) -> None:
        self._path = path
        self._rules = rules
        self._lock = threading.Lock()
        self._failing = False
        self._deleted: list[tuple[object, ...]] = []
        self.notices: list[str] = []
        self._database = self._open()
        self.apply(rules)

    def apply(self, rules: HistorySettings) -> None:
        """Change the rules, and delete entries that are too old.

        Age is relative to the newest entry, not to the clock, which may be wrong. If many entries would be deleted at
        once, a copy of the file is kept, and a notice says so.
        """
        with self._lock:
            self._rules = rules
            if not rules.days:
                return
            try:
                self._delete_older_than(rules.days)
            except (sqlite3.Error, OSError) as error:
                log.warning("old history could not be deleted: %s", error)

    def add(self, advice: Advice, game: str, picture: Image.Image | None = None) -> None:
        """Store a piece of advice, if the rules allow it.

        Args:
            advice: the advice, translated if that was wanted; one without text is a situation in which nothing was
                said, of which only the picture is worth keeping.
            game: id of the profile.
            picture: what the coach saw, RGB; stored only if the rules allow pictures.

        Raises:
            CoachError: it could not be written. Further failures are only logged, until writing works again.
        """
        with self._lock:
            if not self._rules.keep:
                return
            kept = _jpeg(picture) if picture is not None and self._rules.keep_pictures else None
            if not advice.text and kept is None:
                return
            row = (
                advice.captured_at, game, advice.question, advice.text, advice.text_ja or "",
                advice.move or "", advice.model, advice.latency_ms, kept,
                "\n\n".join(f"{source.title}\n{source.text}" for source in advice.sources),
            )  # fmt: skip
            try:
                with self._mending("Advice could not be remembered"), self._database:
                    self._database.execute(
                        "INSERT INTO entry"
                        " (at, game, question, text, text_ja, move, model, latency_ms, picture, sources)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                        row,
                    )
            except CoachError as error:
                if self._failing:
                    log.warning("%s", error)
                    return
                self._failing = True
                raise
            self._failing = False

    def search(self, text: str = "", limit: int = 500) -> list[Entry]:
        """Entries that contain every word of a text, newest first; all entries for an empty text.

        Raises:
            CoachError: the history cannot be read.
        """
        where, values = _condition(text)
        with self._lock, self._mending("The history could not be read"):
            rows = self._database.execute(
                "SELECT id, at, game, question, text, text_ja, move, model, latency_ms, picture IS NOT NULL, sources"
                f" FROM entry WHERE {where} ORDER BY at DESC, id DESC LIMIT ?",
                [*values, limit],
            )
            return [Entry(*(*values, bool(has_picture), sources)) for *values, has_picture, sources in rows]

    def recent_questions(self, limit: int = 50) -> list[str]:
        """The user's questions, each once, newest last; empty if the history cannot be read."""
        try:
            with self._lock, self._mending("The history could not be read"):
                rows = self._database.execute(
                    "SELECT question FROM entry WHERE question != '' GROUP BY question ORDER BY MAX(at) DESC LIMIT ?",
                    [limit],
                )
                return [question for (question,) in rows][::-1]
        except CoachError as error:
            log.warning("%s", error)
            return []

    def picture(self, entry_id: int) -> bytes | None:
        """The JPEG stored with an entry, or None.

        Raises:
            CoachError: the history cannot be read.
        """
        with self._lock, self._mending("The history could not be read"):
            row = self._database.execute("SELECT picture FROM entry WHERE id = ?", [entry_id]).fetchone()
            return row[0] if row else None

    def delete(self, entry_ids: Iterable[int]) -> None:
        """Delete entries; `undo` restores the last deletion until the coach quits. Unknown ids are ignored.

        Raises:
            CoachError: they could not be deleted.
        """
        ids = json.dumps(list(entry_ids))
        with self._lock, self._mending("The history could not be changed"):
            self._delete_for_user("id IN (SELECT value FROM json_each(?))", [ids])

    def delete_all(self) -> None:
        """Delete everything, including old copies of the file; `undo` restores the entries until the coach quits.

        Raises:
            CoachError: it could not be deleted.
        """
        with self._lock, self._mending("The history could not be changed"):
            self._delete_for_user("TRUE", [])
            for number in range(1, _BACKUPS + 1):
                self._backup(number).unlink(missing_ok=True)

    def undo(self) -> int:
        """Restore what the user deleted last.

        Returns:
            Number of restored entries; 0 if there was nothing to restore.

        Raises:
            CoachError: it could not be written.
        """
        with self._lock, self._mending("The history could not be changed"), self._database:
            places = ", ".join("?" * len(_COLUMNS.split(",")))
            self._database.executemany(f"INSERT OR IGNORE INTO entry ({_COLUMNS}) VALUES ({places})", self._deleted)
            count, self._deleted = len(self._deleted), []
            return count

    def export(self, path: Path, text: str = "") -> int:
        """Write the entries that `search` finds, oldest first, without pictures, as CSV or (``.json``) JSON.

        Returns:
            Number of entries written.

        Raises:
            CoachError: the history cannot be read, or the file not written.
        """
        entries = self.search(text, limit=-1)[::-1]
        rows = [{**asdict(entry), "at": datetime.fromtimestamp(entry.at).astimezone().isoformat()} for entry in entries]
        for row in rows:
            del row["has_picture"]
        if path.suffix.lower() == ".json":
            data = json.dumps(rows, ensure_ascii=False, indent=1).encode("utf-8")
        else:
            data = _csv(rows)
        write_atomically(path, data, "The history")
        return len(rows)

    def close(self) -> None:
        """Close the database; may be called twice."""
        with self._lock:
            self._database.close()

    def _open(self) -> sqlite3.Connection:
        try:
            make_private(self._path)
            return self._connect(str(self._path))
        except (sqlite3.Error, OSError) as error:
            if _is_damage(error):
                try:
                    return self._begin_anew()
                except (sqlite3.Error, OSError) as second:
                    error = second
            self.notices.append(
                f"The history could not be opened ({error}); advice is remembered until you quit. Check {self._path}."
            )
            return self._connect(":memory:")

    def _begin_anew(self) -> sqlite3.Connection:
        """Keep the damaged database and its companion files aside, and start a new one."""
        kept = keep_aside(self._path, "broken")
        for ending in ("-wal", "-shm"):
            beside = self._path.with_name(self._path.name + ending)
            if beside.exists():
                beside.rename(kept.with_name(kept.name + ending))
        database = self._connect(str(self._path))
        self.notices.append(f"The history was damaged, so a new one was started. The old one is kept as {kept}.")
        return database

    def _connect(self, name: str) -> sqlite3.Connection:
        database = sqlite3.connect(name, timeout=2.0, check_same_thread=False)
        try:
            database.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA secure_delete = ON;")
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                raise sqlite3.NotSupportedError("it was written by a newer coach")
            if version == 1:
                database.executescript(_FROM_VERSION_1)
            database.executescript(_SCHEMA)
            database.execute(f"SELECT {_COLUMNS} FROM entry LIMIT 1")
        except sqlite3.Error:
            database.close()
            raise
        return database

    @contextmanager
    def _mending(self, what: str) -> Iterator[None]:
        """Turn errors of SQLite into sentences, and replace a damaged database. Requires the lock."""
        try:
            yield
        except sqlite3.Error as error:
            if not _is_damage(error):
                raise CoachError(f"{what}: {error}.", f"Make room for, or allow writing to, {self._path}.") from error
            log.exception("the history is damaged")
            self._database.close()
            self.notices.clear()
            self._database = self._open()
            raise CoachError(f"{what}.", " ".join(self.notices)) from error

    def _delete_for_user(self, where: str, values: Sequence[object]) -> None:
        self._deleted = self._database.execute(f"SELECT {_COLUMNS} FROM entry WHERE {where}", values).fetchall()
        self._delete(where, values)

    def _delete_older_than(self, days: float) -> None:
        """Requires the lock."""
        # Entries dated in the future were written with a wrong clock, and do not count as newest.
        (newest,) = self._database.execute("SELECT MAX(at) FROM entry WHERE at <= ?", [time.time()]).fetchone()
        if newest is None:
            return
        old = [newest - days * 86400]
        (count,) = self._database.execute("SELECT COUNT(*) FROM entry WHERE at < ?", old).fetchone()
        if count > _USUAL_LOSS:
            for number in range(_BACKUPS, 1, -1):
                if self._backup(number - 1).exists():
                    self._backup(number - 1).replace(self._backup(number))
            kept = self._backup(1)
            kept.touch(mode=0o600)
            self._database.execute("VACUUM INTO :copy", {"copy": str(kept)})
            self.notices.append(f"{count} old entries left the history at once. All of it is kept as {kept}.")
        self._delete("at < ?", old)

    def _backup(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.before-{number}")

    def _delete(self, where: str, values: Sequence[object]) -> None:
        """Delete rows, leaving no trace of them in the files. Requires the lock."""
        with self._database:
            gone = self._database.execute(f"DELETE FROM entry WHERE {where}", values).rowcount
            if gone:
                # Deleted words would stay in the index until its segments are merged.
                self._database.execute("INSERT INTO entry_words (entry_words) VALUES ('optimize')")
        if gone:
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _condition(text: str) -> tuple[str, list[object]]:
    """SQL for "contains every word"; the index has no words of less than three characters."""
    words = text.split()
    quoted = " ".join('"' + word.replace('"', '""') + '"' for word in words if len(word) >= 3)
    parts: list[str] = []
    values: list[object] = []
    if quoted:
        parts.append("id IN (SELECT rowid FROM entry_words WHERE entry_words MATCH ?)")
        values.append(quoted)
    for word in words:
        if len(word) < 3:
            parts.append("instr(lower(question || ' ' || text || ' ' || text_ja || ' ' || game), lower(?))")
            values.append(word)
    return " AND ".join(parts) or "TRUE", values


def _is_damage(error: Exception) -> bool:
    """Whether the file is damaged or not our database, rather than temporarily inaccessible."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return False
    missing_parts = code == sqlite3.SQLITE_ERROR
    return missing_parts or code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    shrink(picture, PICTURE_SIDE_PX).save(file, "JPEG", quality=85)
    return file.getvalue()


def _csv(rows: Sequence[dict[str, object]]) -> bytes:
    file = io.StringIO(newline="")
    names = ("id", "at", "game", "question", "text", "text_ja", "move", "model", "latency_ms", "sources")
    writer = csv.DictWriter(file, names)
    writer.writeheader()
    writer.writerows(rows)
    # Spreadsheets need the byte order mark to read Japanese.
    return file.getvalue().encode("utf-8-sig")

"""Stores a teacher's replies, so that none is requested twice."""

import json
import os
from dataclasses import asdict
from pathlib import Path

from coach_app.domain.errors import CoachError
from coach_app.training.tips.teacher import Reply


class Journal:
    """The replies so far, as JSON lines written immediately, so that an interrupted run can resume.

    Args:
        path: the file; created if missing.

    Raises:
        CoachError: it cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = path.open("a+b")
            self.replies = self._read()
        except OSError as error:
            raise self._trouble(error) from error

    def _read(self) -> dict[str, Reply]:
        self._file.seek(0)
        replies: dict[str, Reply] = {}
        whole = 0
        for line in self._file:
            if not line.endswith(b"\n"):
                break  # interrupted in the middle of a line
            whole += len(line)
            try:
                values = json.loads(line)
                request_id = str(values.pop("id"))
                replies[request_id] = Reply(**values)
            except (ValueError, TypeError, KeyError, AttributeError):
                continue  # will be requested again
        self._file.truncate(whole)
        return replies

    def write(self, request_id: str, reply: Reply) -> None:
        """Store a reply; it is on disk when this returns.

        Raises:
            CoachError: it could not be written; earlier ones are kept.
        """
        try:
            self._file.write(json.dumps({"id": request_id, **asdict(reply)}, ensure_ascii=False).encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            raise self._trouble(error) from error
        self.replies[request_id] = reply

    def close(self) -> None:
        """Close the file."""
        try:
            self._file.close()
        except OSError as error:  # unflushed data that cannot be written
            raise self._trouble(error) from error

    def _trouble(self, error: OSError) -> CoachError:
        return CoachError(
            f"The teacher's replies could not be kept: {error.strerror or error}.",
            f"Make room for, or allow writing to, {self._path}, and start again: what is there is not asked for twice.",
        )

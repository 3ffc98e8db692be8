"""Records events as JSON lines, for the demo, measurements and tests; off unless a file is given."""

import dataclasses
import json
import time
from enum import Enum
from pathlib import Path
from typing import Any

from coach_app.domain.errors import CoachError


class Trace:
    """Writes a line for each event: ``at`` (seconds since the epoch), ``event`` (its name), and its values.

    Args:
        path: the file; an existing one is appended to.

    Raises:
        CoachError: the file cannot be written.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._file = path.open("a", encoding="utf-8")
        except OSError as error:
            raise CoachError(
                f"The trace could not be written: {error.strerror or error}.", f"Allow writing to {path}."
            ) from error

    def event(self, event: Any) -> None:
        """Add an event of a session."""
        self.note(type(event).__name__, **dataclasses.asdict(event))

    def note(self, name: str, **values: Any) -> None:
        """Add a line that is not an event of the session."""
        line = {"at": time.time(), "event": name, **values}
        self._file.write(json.dumps(line, default=_plain, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file; may be called twice."""
        self._file.close()


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no place in a trace")

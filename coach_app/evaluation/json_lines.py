"""Reads JSON lines that another process is still writing."""

import json
from pathlib import Path
from typing import Any


class JsonLines:
    """Reads a file of JSON lines that is still being written.

    Args:
        path: the file; it may not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_to = 0

    def new_lines(self) -> list[dict[str, Any]]:
        """The complete lines added since the last call."""
        if not self._path.exists():
            return []
        with self._path.open("rb") as file:
            file.seek(self._read_to)
            data = file.read()
        whole = data[: data.rfind(b"\n") + 1]
        self._read_to += len(whole)
        return [json.loads(line) for line in whole.splitlines()]

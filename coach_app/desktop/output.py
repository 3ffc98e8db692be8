"""What this process writes: its log, and text on its streams."""

import contextlib
import io
import logging
import logging.handlers
import os
from pathlib import Path

from coach_app.desktop.files import make_private
from coach_app.desktop.folders import log_dir

LOG_BYTES = 1_000_000


def start_log() -> Path | None:
    """Log to ``coach.log`` in the user's log folder, or nowhere where that cannot be written.

    Returns:
        The log file, or None.
    """
    path = log_dir() / "coach.log"
    handler: logging.Handler = logging.NullHandler()  # keeps Python from writing warnings to the terminal
    with contextlib.suppress(OSError):
        make_private(path)
        handler = logging.handlers.RotatingFileHandler(path, maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"))
    logging.captureWarnings(True)  # of libraries: for us, not for the user
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    return path if isinstance(handler, logging.FileHandler) else None


def accept_any_text(*streams: object) -> None:
    """Let these streams take any text: a pipe in an old code page would end the program at the first other letter.

    Where nobody named the encoding (``PYTHONIOENCODING``), what is read by a program is UTF-8.
    """
    for stream in streams:
        if isinstance(stream, io.TextIOWrapper):  # None in a bundle without a console
            named = stream.isatty() or "PYTHONIOENCODING" in os.environ
            stream.reconfigure(encoding=None if named else "utf-8", errors="replace")

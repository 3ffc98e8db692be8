"""The command ``coach``: starts the command line, or what the bundle starts itself for: the engine, a chat template.

Whatever goes wrong, the user reads one sentence; tracebacks go to the log file only.
"""

import contextlib
import io
import logging
import logging.handlers
import multiprocessing
import os
import sys
from pathlib import Path

from coach_app.desktop.files import make_private
from coach_app.desktop.folders import log_dir
from coach_app.domain.errors import CoachError

logger = logging.getLogger(__name__)

LOG_BYTES = 1_000_000
INTERRUPTED = 130
"""Exit code of a program that was ended by Ctrl-C."""


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


def _fail(sentence: str, code: int) -> None:
    from coach_app.cli.language import translated
    from coach_app.cli.terminal import write

    write(translated(sentence), aside=True)
    raise SystemExit(code)


def main() -> None:
    """Run the command line of this process.

    Raises:
        SystemExit: 0 done, 1 could not (said in one sentence), 2 wrong usage, 130 interrupted.
    """
    multiprocessing.freeze_support()
    if sys.argv[1:2] == ["--engine"]:
        from coach_app.engine.__main__ import main as run_engine

        del sys.argv[1]
        run_engine()
        return
    if sys.argv[1:2] == ["--chat"]:
        from coach_app.engine.chat import main as render_chat

        render_chat()
        return

    accept_any_text(sys.stdout, sys.stderr)
    log = start_log()
    try:
        from coach_app.cli import app
        from coach_app.cli.language import run

        run(app)
    except CoachError as error:
        logger.info("Ended with an error that the user was told: %s", type(error.__cause__ or error).__name__)
        _fail(str(error), 1)
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    except Exception as error:
        logger.critical("Ended by an unexpected error", exc_info=error)
        details = f"the details are in {log}" if log else f"the log folder {log_dir()} cannot be written"
        _fail(f"The coach stopped because of an unexpected error ({type(error).__name__}); {details}.", 1)


if __name__ == "__main__":
    main()

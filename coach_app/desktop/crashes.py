"""Counts consecutive crashes of the app in a small file that an orderly exit removes."""

import contextlib
import logging
import os
from collections.abc import Iterator
from pathlib import Path

import psutil

from coach_app.desktop.files import write_atomically
from coach_app.desktop.foreign import json_of, read_file
from coach_app.domain.errors import CoachError

log = logging.getLogger(__name__)


@contextlib.contextmanager
def remembered(file: Path) -> Iterator[int]:
    """Run the app as the block. An orderly exit, which includes an interruption, leaves nothing behind.

    An app that ended with the user's session or with the computer has not crashed.

    Args:
        file: exists while the app runs, and after a crash.

    Yields:
        How often in a row it has crashed before.
    """
    crashes = _before(file)
    with contextlib.suppress(CoachError):  # a full disk must not keep the app from starting
        write_atomically(
            file, f'{{"session": "{_session()}", "crashes": {crashes}}}'.encode(), "The crash counter", private=True
        )
    try:
        yield crashes
    except (CoachError, KeyboardInterrupt, SystemExit):
        _forget(file)
        raise
    _forget(file)


def _before(file: Path) -> int:
    try:
        kept = json_of(read_file(file))
        crashes = kept["crashes"] + 1 if kept["session"] == _session() else 0
    except FileNotFoundError:
        return 0
    except (OSError, ValueError, TypeError, LookupError) as error:
        log.info("%s cannot be read: %s", file, error)
        return 0
    return min(max(0, int(crashes)), 99)


def _forget(file: Path) -> None:
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)


def _session() -> str:
    """An identifier that is constant from log-in to log-out."""
    with contextlib.suppress(OSError):
        return (
            f"{Path('/proc/sys/kernel/random/boot_id').read_text('ascii').strip()} {os.environ.get('XDG_SESSION_ID')}"
        )
    return f"{psutil.boot_time() // 100:.0f}"  # setting the clock moves it a little

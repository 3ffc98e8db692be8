"""Reads and writes the user's small files: nothing is ever half written or thrown away."""

import contextlib
import os
import time
from pathlib import Path

from coach_app.domain.errors import CoachError


def write_atomically(path: Path, data: bytes, what: str, private: bool = False) -> None:
    """Replace a file completely or not at all. If it is a symbolic link, its target is replaced.

    Args:
        path: the file; a missing folder is created.
        data: the new content.
        what: name of the file's content as the subject of a sentence, for instance ``"The settings"``.
        private: whether only its owner may read it.

    Raises:
        CoachError: no permission, a full disk; the old file is untouched.
    """
    path = Path(os.path.realpath(path))
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if private:
            temporary.touch(mode=0o600)
        with temporary.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise CoachError(
            f"{what} could not be saved: {error.strerror or error}.",
            f"Make room for, or allow writing to, {path}.",
        ) from error


def keep_aside(path: Path, mark: str) -> Path:
    """Rename a file (or the target of a symbolic link) to ``NAME.MARK-DATE``, and return its new path.

    Raises:
        OSError: the file cannot be renamed.
    """
    path = Path(os.path.realpath(path))
    stamp = time.strftime("%Y%m%d-%H%M%S")
    aside = path.with_name(f"{path.name}.{mark}-{stamp}")
    count = 1
    while aside.exists():
        count += 1
        aside = path.with_name(f"{path.name}.{mark}-{stamp}-{count}")
    return path.rename(aside)


def make_private(path: Path) -> None:
    """Make a file and its folder accessible to their owner only; creates them if missing and keeps their contents.

    Raises:
        OSError: no permission, a full disk.
    """
    make_private_folder(path.parent)
    path.touch(mode=0o600)
    with contextlib.suppress(OSError):  # belongs to somebody else: can be read and written all the same
        path.chmod(0o600)


def make_private_folder(folder: Path) -> None:
    """Create a folder that only its owner can open.

    Raises:
        OSError: no permission, a full disk.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        folder.chmod(0o700)

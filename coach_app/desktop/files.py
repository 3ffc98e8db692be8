"""Reading and writing the small files of the user: nothing is ever half written or thrown away."""

import contextlib
import os
import time
from pathlib import Path

from coach_app.domain.errors import CoachError


def write_atomically(path: Path, data: bytes, what: str, private: bool = False) -> None:
    """Replace a file as a whole, or leave it as it was. Behind a link, the file that it leads to is replaced.

    Args:
        path: the file; its folder is made where it is missing.
        data: all of the new content.
        what: what is being written, as the start of a sentence, for instance ``"The settings"``.
        private: only its owner may read it.

    Raises:
        CoachError: no permission, a full disk; the old file is untouched.
    """
    path = Path(os.path.realpath(path))
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if private:
            beside.touch(mode=0o600)
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink()
        raise CoachError(
            f"{what} could not be saved: {error.strerror or error}.",
            f"Make room for, or allow writing to, {path}.",
        ) from error


def keep_aside(path: Path, mark: str) -> Path:
    """Rename a file to ``NAME.MARK-DATE`` (behind a link, the one that it leads to), and return its new path.

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
    """Make a file that only its owner can read, in a folder that only its owner can look into; keep what is in both.

    Raises:
        OSError: no permission, a full disk.
    """
    make_private_folder(path.parent)
    path.touch(mode=0o600)
    with contextlib.suppress(OSError):  # somebody else's: to be read and written all the same
        path.chmod(0o600)


def make_private_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into.

    Raises:
        OSError: no permission, a full disk.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(OSError):
        folder.chmod(0o700)

"""The one boundary for untrusted input: files of any kind under any name, JSON and TOML of any shape.

Whatever is wrong with it raises an OSError or a ValueError, which callers turn into a sentence that names the file:
nothing here hangs on a pipe or a device, fills the memory, or raises anything else.
"""

import errno
import json
import os
import stat
import tomllib
from pathlib import Path
from typing import Any, BinaryIO, Final

SMALL_BYTES: Final = 1_000_000
"""Of a file that people write by hand: settings, profiles, lists."""


def open_file(path: Path, max_bytes: int) -> BinaryIO:
    """Open a regular file for reading.

    Raises:
        OSError: it is missing, not a regular file (a pipe, a device, a folder), too large, or not readable.
    """
    # Do not wait for the writer of a pipe.
    number = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        found = os.fstat(number)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is no regular file", str(path))
        if found.st_size > max_bytes:
            raise OSError(errno.EFBIG, f"it is larger than {max_bytes / 1e6:.0f} MB", str(path))
        return os.fdopen(number, "rb")
    except BaseException:
        os.close(number)
        raise


def read_file(path: Path, max_bytes: int = SMALL_BYTES) -> bytes:
    """Read a regular file completely.

    Raises:
        OSError: as for ``open_file``.
    """
    with open_file(path, max_bytes) as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:  # it grew, or its size is unknown
        raise OSError(errno.EFBIG, f"it is larger than {max_bytes / 1e6:.0f} MB", str(path))
    return data


def toml_of(data: bytes) -> dict[str, Any]:
    """Parse a TOML file.

    Raises:
        ValueError: it is not TOML, or not readable: nested too deeply, or with numbers that are too long.
    """
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except ValueError:
        raise
    except Exception as error:
        raise ValueError(f"it cannot be read ({type(error).__name__})") from error


def json_of(data: bytes | str) -> Any:
    """Parse a JSON text.

    Raises:
        ValueError: it is not JSON, or not readable.
    """
    try:
        return json.loads(data)
    except ValueError:
        raise
    except Exception as error:
        raise ValueError(f"it cannot be read ({type(error).__name__})") from error

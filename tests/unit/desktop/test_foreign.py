"""Files of others: of any kind, any size, any content."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coach_app.desktop.foreign import json_of, read_file, toml_of

DEEP = 5_000


def test_a_file_is_read_whole_up_to_its_limit(tmp_path: Path) -> None:
    # GIVEN a small file WHEN it is read THEN it is all there; with a lower limit it is refused
    path = tmp_path / "a.toml"
    path.write_bytes(b"a = 1")
    assert read_file(path) == b"a = 1"
    with pytest.raises(OSError, match="larger than"):
        read_file(path, 4)


@pytest.mark.parametrize("target", ["/dev/zero", "/dev/random", "/proc/self/environ", "fifo", "folder", "none"])
def test_only_files_are_read(tmp_path: Path, target: str) -> None:
    # GIVEN a device, a pipe that nobody writes into, a file that hides its size, a folder, nothing
    path = tmp_path / "settings.toml"
    match target:
        case "fifo":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "none":
            pass
        case _:
            path.symlink_to(target)
    # WHEN it is read THEN that ends at once, with an OSError that says why
    with pytest.raises(OSError) as raised:  # noqa: PT011 (which one depends on the target)
        read_file(path, 10)
    assert raised.value.strerror


@pytest.mark.parametrize(
    ("read", "data"),
    [
        (toml_of, b"a = " + b"[" * DEEP + b"]" * DEEP),
        (toml_of, b"a = " + b"{b=" * DEEP + b"1" + b"}" * DEEP),
        (toml_of, b"[" + b".".join([b"a"] * DEEP) + b"]\nb = 1\n[a"),
        (toml_of, b"a = " + b"9" * DEEP),
        (toml_of, b"a = 1\xff"),
        (toml_of, b"a = 9999-99-99"),
        (json_of, b"[" * 100_000),
        (json_of, b"[" * 100_000 + b"]" * 100_000),
        (json_of, b'{"a":' * 100_000),
        (json_of, b"9" * DEEP),
        (json_of, b"\xff\xfe\x00"),
        (json_of, b""),
    ],
)
def test_what_cannot_be_read_is_a_value_error(read: Callable[[bytes], object], data: bytes) -> None:
    # GIVEN a file that is damaged, or made to break its reader WHEN it is read THEN that is one kind of error
    with pytest.raises(ValueError, match=r".") as raised:
        read(data)
    assert isinstance(raised.value, ValueError)

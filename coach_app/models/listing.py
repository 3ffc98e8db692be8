"""The files of a model: which are needed, how large they are, and whether their bytes are right."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Self

from pydantic import TypeAdapter, ValidationError

from coach_app.desktop.files import write_atomically
from coach_app.desktop.foreign import read_file
from coach_app.models.checkpoint import Role, check_checkpoint

_MAX_BYTES = 10_000_000
_WANTED = (
    "model*.safetensors",
    "model.safetensors.index.json",
    "adapter_model.safetensors",
    "config.json",
    "*_config.json",
    "added_tokens.json",
    "special_tokens_map.json",
    "chat_template.*",
    "tokenizer*.json",
    "tokenizer.model",
    "vocab.*",
    "merges.txt",
    "*.spm",
)
_NAME = "download.json"
_BLOCK_BYTES = 1024**2


def is_wanted(name: str) -> bool:
    """Whether a file of a model is needed, by its name; files in subfolders never are."""
    return any(fnmatch(name, pattern) for pattern in _WANTED) and "/" not in name and "\\" not in name


@dataclass(frozen=True)
class File:
    """A file as described by the hub.

    Attributes:
        name: its name in the model's folder.
        size: size in bytes.
        checksum: SHA-256 for large files, otherwise git's blob hash (SHA-1).
    """

    name: str
    size: int
    checksum: str

    @classmethod
    def of(cls, path: Path) -> Self:
        """Describe a local file.

        Raises:
            OSError: it cannot be read.
        """
        with path.open("rb") as stream:
            return cls(path.name, path.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest())

    def part(self, folder: Path) -> Path:
        """The incomplete file during a download."""
        return folder / f"{self.name}.part"

    def here_bytes(self, folder: Path) -> int:
        """Bytes received so far."""
        for path in (folder / self.name, self.part(folder)):
            if path.is_file():
                return path.stat().st_size
        return 0

    def is_right(self, path: Path) -> bool:
        """Whether a local file has this length and checksum.

        Raises:
            OSError: it cannot be read.
        """
        if not path.is_file() or path.stat().st_size != self.size:
            return False
        if len(self.checksum) == 64:
            digest = hashlib.sha256()
        else:  # git's blob hash: <https://git-scm.com/book/en/v2/Git-Internals-Git-Objects>
            digest = hashlib.sha1(f"blob {self.size}\0".encode(), usedforsecurity=False)
        with path.open("rb") as stream:
            while block := stream.read(_BLOCK_BYTES):
                digest.update(block)
        return digest.hexdigest() == self.checksum


@dataclass(frozen=True)
class Listing:
    """The needed files of a model at one commit; stored beside them."""

    hub_id: str
    revision: str
    commit: str
    files: tuple[File, ...]

    @classmethod
    def kept(cls, folder: Path) -> Self | None:
        """Read the listing stored in a folder; None if there is no usable one."""
        try:
            listing = TypeAdapter(cls).validate_json(read_file(folder / _NAME, _MAX_BYTES))
        except (OSError, ValidationError):
            return None
        return listing if all(is_wanted(file.name) for file in listing.files) else None

    def keep(self, folder: Path) -> None:
        """Store the listing in the folder of its files.

        Raises:
            CoachError: it could not be written.
        """
        write_atomically(folder / _NAME, json.dumps(asdict(self)).encode(), "The list of files")

    def total_bytes(self) -> int:
        """Size of all files in bytes."""
        return sum(file.size for file in self.files)

    def here_bytes(self, folder: Path) -> int:
        """Bytes of all files received so far."""
        return sum(file.here_bytes(folder) for file in self.files)


def is_whole(folder: Path, role: Role) -> bool:
    """Whether a model is complete, with the right checksums as far as they are known.

    Raises:
        CoachError: the checksums are unknown, and it cannot be loaded.
        OSError: it cannot be read.
    """
    if not folder.is_dir():
        return False
    listing = Listing.kept(folder)
    if listing and not all(file.is_right(folder / file.name) for file in listing.files):
        return False
    check_checkpoint(folder, role)
    return True


def cached_files(snapshot: Path) -> Iterator[File]:
    """The files of a snapshot in the Hugging Face cache with known checksums: large ones are named after theirs."""
    for path in sorted(snapshot.iterdir()):
        if is_wanted(path.name) and path.is_file() and re.fullmatch("[0-9a-f]{64}", path.resolve().name):
            yield File(path.name, path.stat().st_size, path.resolve().name)

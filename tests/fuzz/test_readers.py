"""Whatever is in a file of others, reading it gives a value or a sentence.

Not part of the suite: ``FUZZ_MINUTES=10 pytest tests/fuzz`` looks for so long (a second for each kind by itself),
beginning with what ``corpus`` holds. Put what was found into the corpus, and a test of it into the suite.
"""

import contextlib
import os
import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from coach_app.capture.picture import load_picture
from coach_app.domain.errors import CoachError
from coach_app.knowledge.library import read_guide
from coach_app.settings.store import load

CORPUS = Path(__file__).with_name("corpus")
SECONDS = 60 * float(os.environ.get("FUZZ_MINUTES", "0.05")) / 3
SLOWEST_S = 10.0


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The data with some bytes changed, cut out, repeated, or joined by others that readers stumble over."""
    pieces = (
        b"[",
        b"]",
        b"{",
        b"<![",
        b"&#9",
        b"\x00",
        b"\xff",
        b"\n",
        b"=",
        b"'",
        b"9" * 50,
        b"\x1b",
        b"---\n",
        b"# ",
    )
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randint(0, len(changed))
        match chance.randint(0, 4):
            case 0 if at < len(changed):
                changed[at] = chance.randint(0, 255)
            case 1:
                del changed[at : at + chance.randint(1, 20)]
            case 2:
                changed[at:at] = changed[at : at + chance.randint(1, 200)] * chance.randint(1, 30)
            case _:
                changed[at:at] = chance.choice(pieces) * chance.choice((1, 1, 3, 500))
    return bytes(changed[:200_000])


def inputs(kind: str) -> Iterator[tuple[str, bytes]]:
    """The corpus as it is, then changes of it for as long as was asked for: endings of names, and data."""
    seeds = [(path.suffix, path.read_bytes()) for path in sorted((CORPUS / kind).iterdir())]
    yield from seeds
    chance = random.Random(int(os.environ.get("FUZZ_SEED", "1")))
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        suffix, data = chance.choice(seeds)
        yield suffix, mutated(data, chance)


@pytest.mark.timeout(0)
@pytest.mark.parametrize(("kind", "read"), [("settings", load), ("guides", read_guide), ("pictures", load_picture)])
def test_every_file_is_a_value_or_a_sentence(kind: str, read: Callable[[Path], object], tmp_path: Path) -> None:
    # GIVEN files that are nearly in order
    for suffix, data in inputs(kind):
        path = tmp_path / f"input{suffix}"
        path.write_bytes(data)
        began = time.monotonic()
        # WHEN they are read THEN that is done in time, and all that goes wrong is a sentence
        with contextlib.suppress(CoachError):
            read(path)
        assert time.monotonic() - began < SLOWEST_S
        path.unlink()

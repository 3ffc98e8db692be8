"""Pairs of questions and answers, for training and evaluating text adapters."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coach_app.desktop.files import write_atomically
from coach_app.domain.errors import CoachError
from coach_app.domain.resources import game_dir

PAIRS = "pairs.jsonl"
"""The file of the pairs that are made of guides."""


@dataclass(frozen=True)
class Pair:
    """A question and its answer.

    Args:
        question: a player's question.
        answer: one to three sentences.
        section: id of the guide's section that it is based on.
        meaning: common key of paraphrases; empty if not known yet.
        facts: phrases that a correct answer contains, in lower case.
        split: ``train`` or ``held-out``; empty if not split yet.
    """

    question: str
    answer: str
    section: str
    meaning: str = ""
    facts: tuple[str, ...] = ()
    split: str = ""


def shipped_pairs(game: str) -> Path:
    """The file of a game's bundled pairs; may not exist."""
    return game_dir(game) / "tips.jsonl"


def made_pairs(game: str) -> Path:
    """The folder in which ``coach train guides`` leaves its pairs of a game; may not exist."""
    return Path("out/train") / f"guides-{game}"


def pairs_about(game: str) -> Path:
    """The file of the pairs about a game: the bundled ones, or else those that were made of the user's guides.

    Raises:
        CoachError: there are none.
    """
    for path in (shipped_pairs(game), made_pairs(game) / PAIRS):
        if path.is_file():
            return path
    raise CoachError(
        f"There are no questions and answers about “{game}”.", f"Make some with: coach train guides --game {game}"
    )


def as_json_lines(pairs: Iterable[Pair]) -> bytes:
    """The pairs as JSON lines."""
    return b"".join(json.dumps(asdict(pair), ensure_ascii=False).encode() + b"\n" for pair in pairs)


def write_pairs(pairs: Sequence[Pair], path: Path) -> None:
    """Write pairs as JSON lines and as Parquet; ``datasets`` loads both.

    Raises:
        CoachError: there are none, or they could not be written; older files are unchanged.
    """
    import pyarrow
    import pyarrow.parquet

    if not pairs:
        raise CoachError("No pair of question and answer is left.", "Look at the report: it says why each was dropped.")
    write_atomically(path, as_json_lines(pairs), "The questions and answers")
    beside = path.with_suffix(".parquet.tmp")
    try:
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist([asdict(pair) for pair in pairs]), beside)
        beside.replace(path.with_suffix(".parquet"))
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise CoachError(
            f"The questions and answers could not be saved as Parquet: {error.strerror or error}.",
            f"Make room for, or allow writing to, {path.parent}.",
        ) from error


def read_pairs(path: Path) -> list[Pair]:
    """Read pairs from JSON lines.

    Raises:
        CoachError: the file cannot be read, or a line of it is not a pair.
    """
    try:
        lines = path.read_text("utf-8").split("\n")  # answers may contain other line ends
    except (OSError, UnicodeDecodeError) as error:
        raise CoachError(
            f"The questions and answers in {path} could not be read: {error}.", "Check the file."
        ) from error
    pairs = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            pairs.append(_pair(json.loads(line)))
        except (ValueError, TypeError) as error:
            raise CoachError(f"Line {number} of {path} is not a pair of question and answer.", "Correct it.") from error
    return pairs


def _pair(values: Any) -> Pair:
    if not isinstance(values, dict):
        raise TypeError("no object")
    facts = values.pop("facts", [])
    if not isinstance(facts, list) or not all(isinstance(value, str) for value in (*facts, *values.values())):
        raise TypeError("no text")
    return Pair(**values, facts=tuple(facts))

"""Decides when to trust a small translation model.

A model trained on the sentences of a few games turns any other English into fluent but wrong Japanese. Its folder
therefore describes its training data: pairs of neighbouring words, and the confidence on such sentences. A folder
without this file belongs to a general model, which is always trusted.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from coach_app.domain.errors import CoachError

FILE = "confidence.json"
_WORD = re.compile(r"[a-z0-9]+(?:['’-][a-z0-9]+)*")
_EDGE = ""


def word_pairs(text: str) -> list[tuple[str, str]]:
    """Pairs of neighbouring words of a sentence, including its edges; case and punctuation are ignored."""
    words = [_EDGE, *_WORD.findall(text.lower()), _EDGE]
    return list(pairwise(words))


@dataclass(frozen=True)
class Confidence:
    """The criterion for one model.

    Attributes:
        pairs: every pair of neighbouring words in its training sentences.
        min_log_prob: minimum log-probability (natural logarithm) of every token in a trusted translation.
    """

    pairs: frozenset[tuple[str, str]]
    min_log_prob: float

    def knows(self, text: str) -> bool:
        """Whether an English text consists of known word pairs, so that the model is worth asking."""
        return bool(_WORD.search(text.lower())) and self.pairs.issuperset(word_pairs(text))

    def believes(self, log_probs: Sequence[float]) -> bool:
        """Whether to trust a translation with these log-probabilities of its tokens.

        The minimum decides, not the mean: one wrong direction makes a long sentence wrong.
        """
        return bool(log_probs) and min(log_probs) >= self.min_log_prob


def load_confidence(folder: Path) -> Confidence | None:
    """Read the criterion in a model's folder; None if there is none.

    Raises:
        CoachError: the file is damaged.
    """
    file = folder / FILE
    if not file.exists():
        return None
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        pairs = frozenset((first, second) for first, followers in content["pairs"].items() for second in followers)
        return Confidence(pairs, float(content["min_log_prob"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CoachError(
            f"The file {file} cannot be read.",
            "Download or copy the model again, or choose another one in the settings.",
        ) from error


def save_confidence(folder: Path, confidence: Confidence) -> None:
    """Write the criterion into a model's folder."""
    followers: dict[str, list[str]] = {}
    for first, second in sorted(confidence.pairs):
        followers.setdefault(first, []).append(second)
    content = {"min_log_prob": confidence.min_log_prob, "pairs": followers}
    (folder / FILE).write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")

"""When a small translation model may be believed.

A model trained on the sentences of a few games makes fluent Japanese of any other English too, and it is wrong. Its
folder therefore holds what it was trained on: pairs of neighbouring words, and how sure it was of sentences like these.
A folder without the file is that of a model for any text, which is always believed.
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
    """Neighbouring words of a sentence, its edges included; case and punctuation do not count."""
    words = [_EDGE, *_WORD.findall(text.lower()), _EDGE]
    return list(pairwise(words))


@dataclass(frozen=True)
class Confidence:
    """The rule of one model.

    Attributes:
        pairs: every pair of neighbouring words in its training sentences.
        min_log_prob: the least natural logarithm of a probability that a token of a believed translation has.
    """

    pairs: frozenset[tuple[str, str]]
    min_log_prob: float

    def knows(self, text: str) -> bool:
        """Whether an English text is made of what the model was trained on, and is worth asking it."""
        return bool(_WORD.search(text.lower())) and self.pairs.issuperset(word_pairs(text))

    def believes(self, log_probs: Sequence[float]) -> bool:
        """Whether a translation with these logarithms of its tokens' probabilities can be shown.

        The least of them counts, not their mean: one wrong direction makes a long sentence wrong.
        """
        return bool(log_probs) and min(log_probs) >= self.min_log_prob


def load_confidence(folder: Path) -> Confidence | None:
    """The rule in a model's folder, None where there is none.

    Raises:
        CoachError: if the file is damaged.
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
    """Write the rule into a model's folder."""
    followers: dict[str, list[str]] = {}
    for first, second in sorted(confidence.pairs):
        followers.setdefault(first, []).append(second)
    content = {"min_log_prob": confidence.min_log_prob, "pairs": followers}
    (folder / FILE).write_text(json.dumps(content, separators=(",", ":")) + "\n", encoding="utf-8")

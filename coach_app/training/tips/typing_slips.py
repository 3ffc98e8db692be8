"""Questions as players type them in a hurry: in small letters, with letters swapped, doubled, dropped or mistyped."""

import random
import re
from collections.abc import Set

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SHORTEST = 6


def as_typed(question: str, spared: Set[str], rng: random.Random) -> str:
    """A question with one or two slips in its longer words, mostly in small letters and without a question mark.

    Args:
        question: correctly written.
        spared: words in lower case that stay, as nobody could tell what was meant.
        rng: chooses the slips.
    """
    found = re.finditer(rf"\b[a-z]{{{_SHORTEST},}}\b", question)
    places = [match.span() for match in found if match[0] not in spared]
    for start, end in sorted(rng.sample(places, min(len(places), rng.randint(1, 2))), reverse=True):
        question = question[:start] + _slipped(question[start:end], rng) + question[end:]
    if rng.random() < 0.7:
        question = question.lower()
    return question.rstrip("?") if rng.random() < 0.5 else question


def _slipped(word: str, rng: random.Random) -> str:
    """A word with one slip, its first letter apart."""
    at = rng.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    near = next((row[max(0, row.index(letter) - 1)] for row in _ROWS if letter in row), letter)
    return rng.choice(
        (
            before + after[:1] + letter + after[1:],
            before + letter + letter + after,
            before + after,
            before + near + after,
        )
    )

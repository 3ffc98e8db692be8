"""Corrects typing mistakes in questions: replaces an unknown word by a similar known one.

The distance is optimal string alignment (Damerau 1964): letters swapped, omitted, added or replaced. To keep correct
English from turning into words of a game, short words are corrected only if two letters are swapped.
"""

import functools
import re
from collections.abc import Iterable

_WORD = re.compile(r"[a-z]{3,}")
_SHORTEST, _LONG = 6, 9
"""A word of so many letters may have another mistake than a swap, and one of so many two."""


def corrected(text: str, known: frozenset[str], wanted: frozenset[str]) -> str:
    """Correct the mistyped words of a text.

    Args:
        text: text in lower case.
        known: correct words, left unchanged.
        wanted: possible corrections.
    """
    return _WORD.sub(lambda match: match[0] if _is_known(match[0], known) else _meant(match[0], wanted), text)


def words_of(texts: Iterable[str]) -> set[str]:
    """The words in lower-case texts."""
    return {word for text in texts for word in re.findall(r"[a-z]{2,}", text)}


def _is_known(word: str, known: frozenset[str]) -> bool:
    stem = re.sub(r"(?:ing|ed|er|es|s|d|ly)$", "", word)
    stems = {word, stem, stem + "e", word[:-3] + "y" if word.endswith("ies") else word, f"{word}s"}
    if len(stem) > 2 and stem[-1] == stem[-2]:
        stems.add(stem[:-1])
    return not known.isdisjoint(stems)


@functools.lru_cache(maxsize=256)
def _meant(word: str, wanted: frozenset[str]) -> str:
    nearest = min(((_mistakes(word, other), other) for other in wanted if _alike(word, other)), default=(9.0, word))
    return nearest[1] if nearest[0] <= (2 if len(word) >= _LONG else 1) else word


def _alike(word: str, other: str) -> bool:
    if sorted(word) == sorted(other):
        return word[0] == other[0] or word[:2] == other[1::-1]
    return len(word) >= _SHORTEST and len(other) >= _SHORTEST - 1 and word[0] == other[0]


def _mistakes(word: str, other: str) -> float:
    """The number of mistakes between two words; a swap counts slightly less than others."""
    before: list[float] = []
    row = [float(place) for place in range(len(other) + 1)]
    for i, letter in enumerate(word, 1):
        older, before, row = before, row, [float(i)]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 0.9)
            row.append(cost)
    return row[-1]

"""Corrects typing mistakes in questions: replaces an unknown word by a similar known one.

The distance is optimal string alignment (Damerau 1964): letters swapped, omitted, added or replaced. To keep correct
English from turning into words of a game, short words are corrected only if two letters are swapped, or if one is
missing.
"""

import functools
import re
from collections.abc import Iterable

_WORD = re.compile(r"[a-z]{3,}")
_SHORTEST, _LONG = 6, 9
"""A word of so many letters may have another mistake than a swap, and one of so many two."""


def corrected(text: str, known: frozenset[str], wanted: frozenset[str], common: frozenset[str] = frozenset()) -> str:
    """Correct the mistyped words of a text.

    Args:
        text: text in lower case.
        known: correct words, left unchanged.
        wanted: possible corrections.
        common: those that are likelier than others that are as similar.
    """

    def meant(match: re.Match[str]) -> str:
        return match[0] if _is_known(match[0], known) else _meant(match[0], wanted, common)

    return _WORD.sub(meant, text)


def words_of(texts: Iterable[str]) -> set[str]:
    """The words in lower-case texts."""
    return {word for text in texts for word in re.findall(r"[a-z]{2,}", text)}


def _is_known(word: str, known: frozenset[str]) -> bool:
    stem = re.sub(r"(?:ing|ed|er|es|s|d|ly)$", "", word)
    doubled = re.fullmatch(r"(.{2,})(?:ing|ed|er)", word)
    stems = {word, stem, stem + "e", word[:-3] + "y" if word.endswith("ies") else word, f"{word}s"}
    if doubled and stem[-1] == stem[-2]:
        stems.add(stem[:-1])
    return not known.isdisjoint(stems)


@functools.lru_cache(maxsize=256)
def _meant(word: str, wanted: frozenset[str], common: frozenset[str]) -> str:
    similar = ((_mistakes(word, other), other not in common, other) for other in wanted if _alike(word, other))
    nearest = min(similar, default=(9.0, True, word))
    return nearest[2] if nearest[0] <= (2 if len(word) >= _LONG else 1) else word


def _alike(word: str, other: str) -> bool:
    if sorted(word) == sorted(other):
        return word[0] == other[0] or word[:2] == other[1::-1]
    shorter = len(word) == _SHORTEST - 1 and len(other) == _SHORTEST
    return (shorter or (len(word) >= _SHORTEST and len(other) >= _SHORTEST - 1)) and word[0] == other[0]


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

"""Similarity of short texts: the share of common words (Jaccard index)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from math import ceil

from coach_app.knowledge.everyday_words import STOP_WORDS
from coach_app.knowledge.library import Lexicon

_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ers", "ed", "er", "es", "ly", "s", "e", "y")


def words(text: str) -> list[str]:
    """The words of a text in lower case, without possessive endings."""
    return re.findall(r"[^\W_]+", re.sub(r"['’]s?\b", "", text.casefold()))


def stem(word: str) -> str:
    """Strip a word's ending, so that "recover", "recovering" and "recovery" are equal."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] else word


def content_words(text: str, lexicon: Lexicon) -> frozenset[str]:
    """The stems of content words; a compound of the game is one word.

    Args:
        text: text of any length.
        lexicon: vocabulary of the game.
    """
    joined = text.casefold()
    for compound in lexicon.compounds:
        joined = re.sub(rf"\b(?:{compound})", lambda found: re.sub(r"[ -]", "", found[0]), joined)
    ignored = STOP_WORDS.union(lexicon.stop_words)
    return frozenset(stem(word) for word in words(joined) if word not in ignored)


def jaccard(first: Set[str], second: Set[str]) -> float:
    """Size of the intersection divided by that of the union; 1 for two empty sets."""
    return len(first & second) / len(first | second) if first or second else 1.0


def similar(sets: Sequence[Set[str]], threshold: float) -> Iterator[tuple[int, int]]:
    """The pairs of indices, smaller first, of sets with at least this similarity (``threshold`` above 0).

    Compares only sets that share one of their rarest words (the prefix filter of Chaudhuri et al. 2006), so that tens
    of thousands of questions take seconds.
    """
    counts = Counter(word for found in sets for word in found)
    holders: dict[str, list[int]] = defaultdict(list)
    empty: list[int] = []
    for here, found in enumerate(sets):
        if not found:
            yield from ((there, here) for there in empty)
            empty.append(here)
            continue
        rarest = sorted(found, key=lambda word: (counts[word], word))
        prefix = rarest[: len(found) - ceil(threshold * len(found)) + 1]
        for there in sorted({there for word in prefix for there in holders[word]}):
            if jaccard(sets[there], found) >= threshold:
                yield there, here
        for word in prefix:
            holders[word].append(here)


class Groups:
    """Disjoint sets of items (union-find)."""

    def __init__(self, count: int) -> None:
        self._above = list(range(count))

    def of(self, item: int) -> int:
        """The representative of an item's group: its first member."""
        while self._above[item] != item:
            self._above[item] = self._above[self._above[item]]
            item = self._above[item]
        return item

    def join(self, first: int, second: int) -> None:
        """Merge the groups of two items."""
        low, high = sorted((self.of(first), self.of(second)))
        self._above[high] = low

    def members(self) -> list[list[int]]:
        """All groups, in the order of their first members."""
        found: dict[int, list[int]] = defaultdict(list)
        for item in range(len(self._above)):
            found[self.of(item)].append(item)
        return list(found.values())

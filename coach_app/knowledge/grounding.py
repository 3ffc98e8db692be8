"""Keeps only those sentences of an answer whose names and numbers are in its sources."""

import re

from coach_app.knowledge.library import Library
from coach_app.knowledge.naming import foreign_names

# After the end of a sentence, but not after the number of an entry in a list.
_BETWEEN = re.compile(r"(?<=[.!?])(?<!^\d\.)(?<!\n\d\.)(\s+)")
_ENTRY = re.compile(r"^\s*(?:\d+[.)]|[-*•])\s+")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Grounding:
    """Reads an answer as it grows.

    Args:
        guides: the guides, with the game's names.
        known: what an answer may refer to: the question and its passages, including titles.
    """

    def __init__(self, guides: Library, known: str) -> None:
        self._guides, self._known = guides, known
        self._numbers = frozenset(_NUMBER.findall(known))
        self._judged: dict[str, bool] = {}

    @property
    def dropped(self) -> tuple[str, ...]:
        """The sentences that name a thing or a number from nowhere."""
        return tuple(sentence for sentence, stays in self._judged.items() if not stays)

    def kept(self, answer: str, whole: bool) -> str:
        """The sentences of an answer that stay, as they are written.

        Args:
            answer: the answer, or its beginning.
            whole: whether that is all of it; otherwise its last sentence is left out, as more of it may come.
        """
        parts = _BETWEEN.split(answer)
        sentences, gaps = parts[::2], ["", *parts[1::2]]
        text = ""
        for sentence, gap in list(zip(sentences, gaps, strict=True))[: None if whole else -1]:
            if self._stays(sentence):
                text += (gap if text else "") + sentence
        return text.strip()

    def _stays(self, sentence: str) -> bool:
        if sentence not in self._judged:
            numbers = _NUMBER.findall(_ENTRY.sub("", sentence))
            named = foreign_names(sentence, self._known, self._guides)
            self._judged[sentence] = not named and self._numbers.issuperset(numbers)
        return self._judged[sentence]

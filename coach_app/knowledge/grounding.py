"""Keeps those sentences of an answer, and of the last one what there is, whose names and numbers are in its sources,
and that it has not said before: a small model may go round in circles.
"""

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
            whole: whether that is all of it; otherwise its last word may go on, and is left out. A sentence that has
                begun is there as far as it is borne out, and is left out once it is not.
        """
        parts = _BETWEEN.split(answer)
        sentences, gaps = parts[::2], ["", *parts[1::2]]
        text, told = "", list[str]()
        begun = "" if whole else sentences.pop().rpartition(" ")[0]
        for sentence, gap in zip(sentences, gaps, strict=False):
            if sentence not in self._judged:
                self._judged[sentence] = self._is_borne_out(sentence)
            if self._judged[sentence] and not _is_told(sentence, told):
                text += (gap if text else "") + sentence
                told.append(_ENTRY.sub("", sentence))
        if begun and self._is_borne_out(begun) and not _is_told(begun, told):
            text += (gaps[-1] if text else "") + begun
        return text.strip()

    def _is_borne_out(self, words: str) -> bool:
        numbers = _NUMBER.findall(_ENTRY.sub("", words))
        return self._numbers.issuperset(numbers) and not foreign_names(words, self._known, self._guides)


def _is_told(sentence: str, told: list[str]) -> bool:
    """Whether a sentence, or what there is of it, is one of these, or the beginning of one."""
    said = _ENTRY.sub("", sentence).strip()
    return bool(said) and any(each.startswith(said) for each in told)

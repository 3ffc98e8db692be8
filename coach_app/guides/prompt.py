"""How a text model is asked: the passages that were found, the question, and the beginning of an answer.

The sentences of the passages are numbered, and an answer may cite them: ``[3] Hold the centre. [5] Then grab.``
"""

import re
from collections.abc import Sequence

from coach_app.guides.sections import Section

MOST_MARKS = 40
_MARK = re.compile(r"\s*\[\d{1,3}\]\s*")


def sentences(text: str) -> list[str]:
    """The sentences of a text, in its order, each on one line."""
    return [part for part in re.split(r"(?<=[.!?])\s+", " ".join(text.split())) if part]


def mark(number: int) -> str:
    """What stands before the sentence of this number, from 1."""
    return f"[{number}]"


def build_prompt(question: str, passages: Sequence[Section] = ()) -> str:
    """What a text model goes on with.

    Without passages it is the prompt of sangstar/melee-bot, whose adapters so work here too.

    Args:
        question: of a player; it is put on one line.
        passages: sections of guides, the best first.
    """
    number, shown = 0, ""
    for section in passages:
        shown += f"Passage: {section.title}."
        for sentence in sentences(section.text):
            number += 1
            shown += f" {mark(number)} {sentence}"
        shown += "\n"
    return f"{shown}Q: {' '.join(question.split())}\nA: "


def cited(answer: str, passage: Section) -> str:
    """An answer that consists of sentences of a passage, with their marks; any other as it is."""
    told, rest = "", " ".join(answer.split())
    numbered = list(enumerate(sentences(passage.text), 1))
    while rest:
        found = next(((number, text) for number, text in numbered if rest.startswith(text)), None)
        if found is None:
            return answer
        told += f" {mark(found[0])} {found[1]}"
        rest = rest[len(found[1]) :].lstrip()
    return told.lstrip()


def without_marks(answer: str) -> str:
    """What a model says, as a player reads it."""
    return _MARK.sub(" ", answer).strip()

"""How a text model is asked: a question, the passages that were found, and the beginning of an answer.

The sentences of the passages are numbered, and an answer may cite them: ``[3] Hold the centre. [5] Then grab.``
The question comes first, so that even a small model reads the passages with it in mind.
"""

import re
from collections.abc import Sequence

from coach_app.knowledge.sections import Section

MAX_MARKS = 40
NEXT_QUESTION = "\nQ:"
"""Where an answer ends, if the model does not end it by itself."""
_MARK = re.compile(r"\s*\[\d{1,3}\]\s*")
_MARK_AT_END = re.compile(r"\[(\d{1,3})\]$")
_NUMBERED = re.compile(r"\[(\d{1,3})\]( \S.*?)(?= \[\d{1,3}\]|$)", re.MULTILINE)


def sentences(text: str) -> list[str]:
    """The sentences of a text, in its order, each on one line."""
    return [part for part in re.split(r"(?<=[.!?])\s+", " ".join(text.split())) if part]


def mark(number: int) -> str:
    """What stands before the sentence of this number, from 1."""
    return f"[{number}]"


def build_prompt(question: str, passages: Sequence[Section] = ()) -> str:
    """What a text model goes on with.

    Without passages it is the prompt of the first public tips bot (see docs/tips.md), whose adapters so work here too.

    Args:
        question: of a player; it is put on one line.
        passages: sections of guides, the best first.
    """
    number, shown = 0, ""
    for section in passages:
        said = sentences(section.text)
        shown += f"Passage: {section.title}. {numbered(said, number + 1)}\n"
        number += len(said)
    return f"Q: {' '.join(question.split())}\n{shown}A: "


def numbered(said: Sequence[str], first: int = 1) -> str:
    """Sentences, each between its mark and that of the next."""
    shown = "".join(f"{mark(number)} {sentence} " for number, sentence in enumerate(said, first))
    return shown + mark(first + len(said))


def quotable(text: str) -> dict[int, tuple[int, int]]:
    """Where in a text the numbered sentences stand, with the space before them: first character and the one
    behind the last, by number."""
    return {int(found[1]): found.span(2) for found in _NUMBERED.finditer(text)}


def cites(answer: str) -> bool:
    """Whether an answer begins with a mark: what follows marks in it are the sentences themselves."""
    return _MARK.match(answer) is not None


def cited_last(answer: str) -> int:
    """The number of the mark that an answer so far ends with, if it is one that begins with a mark; else 0."""
    found = cites(answer) and _MARK_AT_END.search(answer)
    return int(found[1]) if found else 0


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

"""Builds prompts for text models: a question, the passages found, and the beginning of an answer.

The sentences of the passages are numbered, and an answer may cite them: ``[3] Hold the centre. [5] Then grab.``
A base that goes on with a text reads the question first, so that even a small one has it in mind.
"""

import re
from collections.abc import Sequence

from coach_app.knowledge.sections import Section

MAX_MARKS = 40
NEXT_QUESTION = "\nQ:"
"""Where an answer ends, if the model does not end it by itself."""
UNANSWERED = "The guides do not answer this."
"""How an answer begins where a model that chats finds none in the passages."""
_MARK = re.compile(r"\s*\[\d{1,3}\]\s*")
_MARK_AT_END = re.compile(r"\[(\d{1,3})\]$")
_NUMBERED = re.compile(r"\[(\d{1,3})\]( \S.*?)(?= \[\d{1,3}\]|$)", re.MULTILINE)


def sentences(text: str) -> list[str]:
    """Split a text into sentences, each on one line."""
    return [part for part in re.split(r"(?<=[.!?])\s+", " ".join(text.split())) if part]


def mark(number: int) -> str:
    """The mark before a sentence, by its number from 1."""
    return f"[{number}]"


def build_prompt(question: str, passages: Sequence[Section] = ()) -> str:
    """Build the prompt that a text model continues.

    Without passages it is the prompt of the first public tips bot (see docs/tips.md), so that its adapters work here.

    Args:
        question: a player's question; put on one line.
        passages: sections of guides, best first.
    """
    number, context = 0, ""
    for section in passages:
        lines = sentences(section.text)
        context += f"Passage: {section.title}. {numbered(lines, number + 1)}\n"
        number += len(lines)
    return f"Q: {' '.join(question.split())}\n{context}A: "


def build_chat(question: str, passages: Sequence[Section] = (), before: str = "") -> str:
    """What a model that chats is told: the question, the passages, how to answer, and the question again.

    A model reads from left to right: it has to know what is asked when it reads the passages, and once more when it
    begins to answer.

    Args:
        question: a player's question.
        passages: sections of guides, or excerpts of them, best first.
        before: the question that this one follows up; empty for none.
    """
    asked = f"Question: {' '.join(question.split())}"
    if before:
        asked = f"Earlier question: {' '.join(before.split())}\n{asked}"
    if not passages:
        return asked
    guide = "\n\n".join(f"{section.title}\n{' '.join(section.text.split())}" for section in passages)
    # Told what to say where there is no answer, a small model that was not trained says just that.
    return f"{asked}\n\nGuide:\n{guide}\n\nAnswer from the guide, in one to three sentences of your own.\n{asked}"


def numbered(lines: Sequence[str], first: int = 1) -> str:
    """Join sentences with their marks; the mark of the next number ends the text."""
    text = "".join(f"{mark(number)} {sentence} " for number, sentence in enumerate(lines, first))
    return text + mark(first + len(lines))


def quotable(text: str) -> dict[int, tuple[int, int]]:
    """The spans (start, end) of the numbered sentences in a text, including the space before them, by number."""
    return {int(found[1]): found.span(2) for found in _NUMBERED.finditer(text)}


def cites(answer: str) -> bool:
    """Whether an answer begins with a mark, so that it consists of cited sentences."""
    return _MARK.match(answer) is not None


def cited_last(answer: str) -> int:
    """The number of the mark at the end of a partial answer that cites; 0 if there is none."""
    found = cites(answer) and _MARK_AT_END.search(answer)
    return int(found[1]) if found else 0


def cited(answer: str, passage: Section) -> str:
    """Add the marks to an answer that consists of sentences of a passage; return any other unchanged."""
    answer_with_marks, rest = "", " ".join(answer.split())
    numbered = list(enumerate(sentences(passage.text), 1))
    while rest:
        found = next(((number, text) for number, text in numbered if rest.startswith(text)), None)
        if found is None:
            return answer
        answer_with_marks += f" {mark(found[0])} {found[1]}"
        rest = rest[len(found[1]) :].lstrip()
    return answer_with_marks.lstrip()


def without_marks(answer: str) -> str:
    """Remove the marks from an answer."""
    return _MARK.sub(" ", answer).strip()

"""Builds prompts for text models: a question, the passages found, and the beginning of an answer.

A model that was taught to chat is told all that by its chat template; any other one goes on with a text.
"""

import re
from collections.abc import Sequence

from coach_app.knowledge.sections import Section

NEXT_QUESTION = "\nQ:"
"""Where an answer ends, if the model does not end it by itself."""
UNANSWERED = "The guides do not answer this."
"""How an answer begins where a model that chats finds none in the passages."""


def sentences(text: str) -> list[str]:
    """Split a text into sentences, each on one line."""
    return [part for part in re.split(r"(?<=[.!?])\s+", " ".join(text.split())) if part]


def build_prompt(question: str, passages: Sequence[Section] = ()) -> str:
    """Build the prompt that a text model continues.

    Without passages it is the prompt of the first public tips bot (see docs/tips.md), so that its adapters work here.

    Args:
        question: a player's question; put on one line.
        passages: sections of guides, best first.
    """
    guide = "".join(f"Passage: {section.title}. {' '.join(section.text.split())}\n" for section in passages)
    return f"Q: {' '.join(question.split())}\n{guide}A: "


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
    return f"{asked}\n\nGuide:\n{guide}\n\nAnswer from the guide, in up to five sentences of your own.\n{asked}"

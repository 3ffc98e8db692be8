"""How a text model is asked: the passages that were found, the question, and the beginning of an answer."""

from collections.abc import Sequence

from coach_app.guides.sections import Section


def build_prompt(question: str, passages: Sequence[Section] = ()) -> str:
    """What a text model goes on with.

    Without passages it is the prompt of sangstar/melee-bot, whose adapters so work here too.

    Args:
        question: of a player; it is put on one line.
        passages: sections of guides, the best first.
    """
    shown = "".join(f"Passage: {section.title}. {' '.join(section.text.split())}\n" for section in passages)
    return f"{shown}Q: {' '.join(question.split())}\nA: "

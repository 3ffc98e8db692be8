"""Builds the prompts for vision models."""

from coach_app.domain.pointing import POINT_AT_IT
from coach_app.domain.situation import Situation
from coach_app.games.profiles import prompt_for

MAX_QUESTION_CHARACTERS = 2000
_MAX_REMEMBERED_CHARACTERS = 400
POINTING = (
    "If the answer is about a place in the picture, end it with [POINT:x,y:label], where x and y are fractions of the "
    "picture's width and height, from 0,0 at its top left to 1,1 at its bottom right."
)
"""Tells a model how to point; `read_marks` reads it."""

COMPARING = 'Which of these two moves is better here: "{first}" or "{second}"? Name that one only.'
"""Asks a model for its judgement of two moves. Models prefer what is named first (Zheng et al. 2023, "Judging
LLM-as-a-judge"), so that it takes both orders to tell."""


def build_prompt(situation: Situation) -> str:
    """The user's question, on one line and of limited length; without one, the prompt of the level."""
    asked = " ".join(situation.question.split())[:MAX_QUESTION_CHARACTERS]
    return asked or prompt_for(situation.profile, situation.level)


def coach_prompt(situation: Situation, points: bool) -> str:
    """The same for a coach that was trained on its own prompts.

    Args:
        situation: what is asked about.
        points: whether it was taught to point.
    """
    asked = build_prompt(situation)
    return f"{asked}\n{POINT_AT_IT}" if points and _is_to_point(situation) else asked


def told_prompt(situation: Situation) -> str:
    """The same with everything else in the situation in words, for general models."""
    return "\n".join(part for part in (general_prompt(situation), _tried(situation)) if part)


def general_prompt(situation: Situation) -> str:
    """The same with what is remembered, and how to point where that is wanted, for models that follow instructions."""
    pointing = POINTING if _is_to_point(situation) else ""
    return "\n".join(part for part in (_remembered(situation), build_prompt(situation), pointing) if part)


def _is_to_point(situation: Situation) -> bool:
    return situation.pointing and situation.level == "answer"


def _remembered(situation: Situation) -> str:
    """What is remembered of situations like this one; empty if there is nothing."""
    lines = [f"- {text[:_MAX_REMEMBERED_CHARACTERS]}" for text in situation.remembered]
    return "\n".join(["What happened before in situations like this one:", *lines]) if lines else ""


def _tried(situation: Situation) -> str:
    """A sentence on what was advised here before; empty if nothing was, or no move is wanted."""
    moves = list(dict.fromkeys(situation.tried))
    if not moves or situation.level != "answer":
        return ""
    named = f"{', '.join(moves[:-1])} and {moves[-1]}" if moves[1:] else moves[0]
    wanted = "Look at the whole way again" if set(moves) >= set(situation.profile.moves) else "Advise another move"
    return (
        f"You have advised me here before: {named}. It did not help: I am going round in circles, "
        f"and am back at this very position. {wanted}."
    )

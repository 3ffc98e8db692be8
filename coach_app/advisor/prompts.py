"""What a model is asked."""

from coach_app.domain.situation import Situation

MAX_QUESTION_CHARACTERS = 2000


def build_prompt(situation: Situation) -> str:
    """The user's question as it is, on one line and of bounded length; without one, the profile's prompt."""
    return " ".join(situation.question.split())[:MAX_QUESTION_CHARACTERS] or situation.profile.prompt

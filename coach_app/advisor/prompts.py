"""What a model is asked."""

from coach_app.domain.profile import GameProfile

MAX_QUESTION_CHARACTERS = 2000


def build_prompt(profile: GameProfile, question: str = "") -> str:
    """The user's question as it is, on one line and of bounded length; without one, the profile's prompt."""
    return " ".join(question.split())[:MAX_QUESTION_CHARACTERS] or profile.prompt

"""What a model is good for, said to the user instead of an answer that would only pretend."""

from coach_app.domain.profile import GameProfile
from coach_app.models.catalogue import ModelEntry, catalogue


def out_of_scope_sentence(entry: ModelEntry, profile: GameProfile) -> str | None:
    """Why a model has nothing to say about a game, or None where it has.

    Args:
        entry: the chosen model.
        profile: of the game that is looked at.
    """
    if not entry.games or profile.id in entry.games:
        return None
    able = next((other.title for other in catalogue() if other.role == entry.role and not other.games), "another coach")
    return f"{entry.title} knows only its practice games ({', '.join(entry.games)}). Anything else needs {able}."

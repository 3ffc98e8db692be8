"""Tells the user when a model is not made for a game, in place of a made-up answer."""

from coach_app.domain.profile import GameProfile
from coach_app.models.catalogue import ModelEntry, catalogue


def out_of_scope_sentence(entry: ModelEntry, profile: GameProfile) -> str | None:
    """Why a model cannot advise on a game; None if it can.

    Args:
        entry: the chosen model.
        profile: profile of the game.
    """
    if not entry.games or profile.id in entry.games:
        return None
    able = next((other.title for other in catalogue() if other.role == entry.role and not other.games), "another coach")
    return f"{entry.title} knows only its practice games ({', '.join(entry.games)}). Anything else needs {able}."

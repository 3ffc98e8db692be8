"""Common settings for games of the Arcade Learning Environment, as in the article."""

from operator import methodcaller
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach_app.games.atari_env import AtariEnv

NAMES = "ALE/"
"""How the names of its environments begin."""

copy = methodcaller("copy")
"""Copies an environment that ``make`` has made."""


def make(name: str, frames: int = 9) -> "AtariEnv":
    """Make an environment: no sticky actions, and the game's minimal action set.

    Args:
        name: Gymnasium id, for instance ``ALE/Pong-v5``.
        frames: how many pass in a step.

    Raises:
        CoachError: there is no such game.
        ImportError: the emulator is not installed.
    """
    from coach_app.games.atari_env import AtariEnv

    return AtariEnv(name, frames)

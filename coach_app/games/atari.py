"""Common settings for games of the Arcade Learning Environment, as in the article."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coach_app.games.images import ImageEnv

NAMES = "ALE/"
"""How the names of its environments begin."""


def make(name: str) -> "ImageEnv":
    """Make an environment: nine frames per step, no sticky actions, and the game's minimal action set.

    Args:
        name: Gymnasium id, for instance ``ALE/Pong-v5``.

    Raises:
        CoachError: there is no such game.
        ImportError: the emulator is not installed.
    """
    import ale_py
    import gymnasium

    from coach_app.games.images import make_gymnasium

    ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)
    gymnasium.register_envs(ale_py)
    return make_gymnasium(name, frameskip=9, repeat_action_probability=0.0, full_action_space=False)

"""The teacher of Breakout: it looks ahead in copies of the game, and explains what the picture shows."""

from coach_app.games.atari_env import AtariEnv
from coach_app.games.breakout.search import look_ahead
from coach_app.games.breakout.view import FIRE, LEFT, RIGHT, STAY, View
from coach_app.games.breakout.words import Decision

_NEAR_PX = 45
"""While it cannot be told where the ball comes down, a bar that is no further away waits."""


def decide(game: AtariEnv, view: View, frames: int) -> Decision:
    """What to do now.

    Args:
        game: the emulator's game; it is not changed.
        view: what its picture shows.
        frames: that pass in a step.
    """
    if view.ball is None:
        return Decision(view, STAY if view.is_hidden else FIRE)
    ahead = look_ahead(game, view, frames)
    return Decision(view, ahead.best[0] if ahead and ahead.best else follow(view), ahead)


def follow(view: View) -> str:
    """The move towards the ball, as far as the picture shows where it comes down."""
    if view.ball is None:
        return STAY if view.is_hidden else FIRE
    aim = view.ball.x if view.landing is None else view.landing
    near = _NEAR_PX if view.landing is None else (view.bar.right - view.bar.left) / 2
    if abs(aim - view.bar.centre) <= near:
        return STAY
    return LEFT if aim < view.bar.centre else RIGHT

"""Gymnasium's FrozenLake without slipping, with another lake for every seed: walk to a goal past holes."""

from operator import methodcaller
from typing import TYPE_CHECKING, Any

from coach_app.games.game import ARROWS, Ending, Game, Practice

if TYPE_CHECKING:
    from coach_app.games.images import ImageEnv

MAX_STEPS = 50
"""Of an episode."""


def _environment() -> "ImageEnv":
    from coach_app.games.frozen_lake.env import FrozenLake

    return FrozenLake()


def _ending(env: Any) -> Ending:
    won = env.is_at_goal
    return Ending(won, "You reached the goal!" if won else "You fell through the ice.")


GAME = Game(
    "frozen-lake",
    _environment,
    random_levels=True,
    keys=ARROWS,
    teacher=methodcaller("optimal_moves"),
    possible_moves=methodcaller("possible_moves"),
    state=methodcaller("state"),
    describe=methodcaller("describe"),
    copy=methodcaller("copy"),
    practice=Practice(
        title="Coach practice: Frozen Lake",
        menu="&Frozen Lake",
        goal="Walk over the ice to the goal with the arrow keys.",
        max_steps=MAX_STEPS,
        ending=_ending,
    ),
)

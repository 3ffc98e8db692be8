"""Breakout of the Atari 2600, in the Arcade Learning Environment."""

from functools import partial
from operator import methodcaller
from typing import TYPE_CHECKING, Any

from coach_app.games.game import Ending, Game, Practice

if TYPE_CHECKING:
    from coach_app.games.images import ImageEnv
    from coach_app.games.lessons import Lessons

MAX_STEPS = 5_000
"""Of an episode in the practice window."""


def environment(frames: int) -> "ImageEnv":
    """The game, with so many frames in a step."""
    from coach_app.games.breakout.env import BreakoutEnv

    return BreakoutEnv(frames)


def _lessons() -> "Lessons":
    from coach_app.games.breakout.lessons import curriculum

    return curriculum


def ending(env: Any) -> Ending:
    """How an episode ended."""
    won = not any(map(any, env.view.bricks))
    return Ending(won, "You cleared the wall!" if won else "The last ball is lost.")


GAME = Game(
    "breakout",
    partial(environment, 9),
    other_names=("ALE/Breakout-v5",),
    keys={"left": ("Left", "A"), "right": ("Right", "D"), "stay": ("Down", "S"), "fire": ("Space", "Up", "W")},
    teacher=methodcaller("best_moves"),
    explain=lambda env: str(env.decision().answer),
    possible_moves=methodcaller("possible_moves"),
    state=methodcaller("state"),
    describe=methodcaller("describe"),
    copy=methodcaller("copy"),
    lessons=_lessons,
    coach="breakout-coach",
    scatter=lambda env, seed: env.scatter(seed),
    practice=Practice(
        title="Coach practice: Breakout",
        menu="Breakout: &9 frames a move",
        goal="Serve the ball, and do not let it past the bar; every brick counts.",
        max_steps=MAX_STEPS,
        ending=ending,
        scale=3,
        whole=True,
        idle="stay",
        steps_per_s=2.5,
    ),
)

"""The Grid world of srl-framework, on the article's slippery map: a cat walks to a crate past a hole."""

from operator import methodcaller
from typing import TYPE_CHECKING, Any

from coach_app.games.game import ARROWS, Ending, Game, Practice

if TYPE_CHECKING:
    from coach_app.games.images import ImageEnv
    from coach_app.games.lessons import Lessons

MAX_STEPS = 50
"""Of an episode."""


def _article_map() -> "ImageEnv":
    from coach_app.games.grid.env import GridEnv

    return GridEnv()


def _ending(env: Any) -> Ending:
    won = env.cat == env.level.crate
    lost = "The cat walked into a fire." if env.cat in env.level.fires else "The cat fell into the hole."
    return Ending(won, "The cat reached the crate!" if won else lost)


def _lessons() -> "Lessons":
    from coach_app.games.grid.lessons import curriculum

    return curriculum


GAME = Game(
    "grid",
    _article_map,
    keys=ARROWS,
    teacher=methodcaller("optimal_moves"),
    values=methodcaller("move_values"),
    possible_moves=methodcaller("possible_moves"),
    state=methodcaller("state"),
    describe=methodcaller("describe"),
    copy=methodcaller("copy"),
    leads_to=lambda env, move, label: (env.leads_to(move),),
    scatter=lambda env, seed: env.scatter(seed),
    # It is used on captures of the window, so it learns from them; a decaying rate stabilises the final values.
    dqn={
        "steps": 16_000,
        "captured": 0.8,
        "possible_frames": 4_000,
        "inputs": "features",
        "features": "hidden",
        "hidden": 1_024,
        "last_rate": 3e-5,
        "first_epsilon": 1.0,
        "epsilon": 0.3,
        "batch": 128,
        "envs": 16,
        "evaluate_every": 4_000,
        "episodes": 60,
        "last_episodes": 200,
    },
    lessons=_lessons,
    coach="grid-coach",
    translator="grid-ja",
    practice=Practice(
        title="Coach practice: Grid",
        menu="&Grid",
        goal="Lead the cat to the crate with the arrow keys.",
        max_steps=MAX_STEPS,
        ending=_ending,
    ),
)

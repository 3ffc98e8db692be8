"""Montezuma's Revenge of the Atari 2600, in the Arcade Learning Environment."""

from operator import attrgetter, methodcaller
from typing import TYPE_CHECKING, Any

from coach_app.games.game import Ending, Game, Practice

if TYPE_CHECKING:
    from coach_app.games.images import ImageEnv
    from coach_app.games.lessons import Lessons

MAX_STEPS = 5_000
"""Of an episode in the practice window."""


def _environment() -> "ImageEnv":
    from coach_app.games.montezuma_revenge.env import MontezumaEnv

    return MontezumaEnv()


def _lessons() -> "Lessons":
    from coach_app.games.montezuma_revenge.lessons import curriculum

    return curriculum


def _ending(env: Any) -> Ending:
    return Ending(False, "The last life is lost.")


GAME = Game(
    "montezuma-revenge",
    _environment,
    other_names=("ALE/MontezumaRevenge-v5",),
    keys={
        "left": ("Left", "A"),
        "right": ("Right", "D"),
        "up": ("Up", "W"),
        "down": ("Down", "S"),
        "jump": ("Space",),
        "jump left": ("Q",),
        "jump right": ("E",),
        "wait": ("X",),
    },
    teacher=methodcaller("best_moves"),
    explain=lambda env: str(env.decision().answer),
    possible_moves=methodcaller("possible_moves"),
    state=methodcaller("state"),
    describe=methodcaller("describe"),
    copy=methodcaller("copy"),
    cell=attrgetter("view.cell"),
    lessons=_lessons,
    coach="montezuma-coach",
    scatter=lambda env, seed: env.scatter(seed),
    practice=Practice(
        title="Coach practice: Montezuma's Revenge",
        menu="Monte&zuma's Revenge",
        goal="Get the key, and open a door with it; mind the skull, and do not fall far.",
        max_steps=MAX_STEPS,
        ending=_ending,
        scale=3,
        whole=True,
        idle="wait",
        steps_per_s=6,
    ),
)

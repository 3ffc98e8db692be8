"""BabyAI: missions in words, in a room seen in part (Chevalier-Boisvert et al. 2019, arXiv:1810.08272)."""

from operator import methodcaller
from typing import TYPE_CHECKING, Any

from coach_app.games.game import Ending, ExplainedMove, Game, Player, Practice

if TYPE_CHECKING:
    from coach_app.games.images import ImageEnv
    from coach_app.games.lessons import Lessons

MAX_STEPS = 128
"""Of an episode, as in BALROG."""


def _environment() -> "ImageEnv":
    from coach_app.games.babyai.env import BabyAIEnv

    return BabyAIEnv()


def _lessons() -> "Lessons":
    from coach_app.games.babyai.lessons import curriculum

    return curriculum


def _ending(env: Any) -> Ending:
    return Ending(True, "You did what was asked!")


def _bot() -> Player:
    from coach_app.games.babyai.bot import bots_move

    return lambda env: ExplainedMove(move := bots_move(env), f"Next: {move}.")


GAME = Game(
    "babyai",
    _environment,
    random_levels=True,
    keys={
        "turn left": ("Left", "A"),
        "turn right": ("Right", "D"),
        "forward": ("Up", "W"),
        "pick up": ("E",),
        "drop": ("Q",),
        "toggle": ("Space",),
    },
    teacher=methodcaller("best_moves"),
    explain=lambda env: str(env.decision().answer),
    players={"bot": _bot},
    task=methodcaller("task"),
    possible_moves=methodcaller("possible_moves"),
    state=methodcaller("state"),
    describe=methodcaller("describe"),
    copy=methodcaller("copy"),
    lessons=_lessons,
    coach="babyai-coach",
    leads_to=lambda env, move, label: env.leads_to(move, label),
    scatter=lambda env, seed: env.scatter(seed),
    practice=Practice(
        title="Coach practice: BabyAI",
        menu="BabyAI: bo&xes and keys",
        goal="Do what the mission below the board asks.",
        max_steps=MAX_STEPS,
        ending=_ending,
        scale=2,
        mission=methodcaller("mission"),
    ),
)

"""Crafter, a small survival game (Hafner 2021, https://github.com/danijar/crafter)."""

from operator import methodcaller
from typing import TYPE_CHECKING, Any

from coach_app.games.game import Ending, ExplainedMove, Game, Player, Practice, Tasks

if TYPE_CHECKING:
    from coach_app.games.images import ImageEnv
    from coach_app.games.lessons import Lessons
    from coach_app.games.reading import Reading

MAX_STEPS = 10_000
"""Of an episode."""


def _environment() -> "ImageEnv":
    from coach_app.games.crafter.env import CrafterEnv

    return CrafterEnv()


def _lessons() -> "Lessons":
    from coach_app.games.crafter.lessons import curriculum

    return curriculum


def _reading() -> "Reading":
    from coach_app.games.crafter.reading import READING

    return READING


def _ending(env: Any) -> Ending:
    won = all(env.achievements().values())
    return Ending(won, "You reached all 22 achievements!" if won else "You died.")


def _with_map() -> Player:
    from coach_app.games.crafter.memory import MapTeacher

    teacher = MapTeacher()

    def play(env: Any) -> ExplainedMove:
        decision = teacher.decide(env.view())
        return ExplainedMove(decision.move, decision.answer)

    return play


def _tasks() -> Tasks:
    from coach_app.games.crafter.tasks import CrafterTasks

    return CrafterTasks()


GAME = Game(
    "crafter",
    _environment,
    random_levels=True,
    keys={
        "left": ("Left", "A"),
        "right": ("Right", "D"),
        "up": ("Up", "W"),
        "down": ("Down", "S"),
        "interact": ("E", "Space"),
        "wait": ("X",),
        "sleep": ("Z",),
        "place stone": ("C",),
        "place table": ("T",),
        "place furnace": ("F",),
        "place sapling": ("P",),
        "make wood pickaxe": ("1",),
        "make stone pickaxe": ("2",),
        "make iron pickaxe": ("3",),
        "make wood sword": ("4",),
        "make stone sword": ("5",),
        "make iron sword": ("6",),
    },
    teacher=methodcaller("best_moves"),
    explain=lambda env: str(env.decision().answer),
    players={"teacher-map": _with_map},
    achievements=methodcaller("achievements"),
    tasks=_tasks,
    state=methodcaller("state"),
    describe=methodcaller("describe"),
    reading=_reading,
    copy=methodcaller("copy"),
    leads_to=lambda env, move, label: env.leads_to(move, label),
    scatter=lambda env, seed: env.scatter(seed),
    # Nearly every frame is new, and rewards are rare.
    dqn={
        "steps": 200_000,
        "captured": 0.5,
        "rate": 1e-4,
        "last_rate": 1e-5,
        "first_epsilon": 1.0,
        "envs": 4,
        "updates_per_step": 0.25,
        "evaluate_every": 50_000,
        "episodes": 5,
        "last_episodes": 20,
    },
    lessons=_lessons,
    coach="crafter-coach",
    practice=Practice(
        title="Coach practice: Crafter",
        menu="&Crafter",
        goal="Survive, and reach as many of the 22 achievements as you can.",
        max_steps=MAX_STEPS,
        ending=_ending,
        scale=4,
        whole=True,
    ),
)

"""The Grid world with another map for every seed, without slipping."""

from dataclasses import replace
from typing import TYPE_CHECKING

from coach_app.games.game import Size, Sizes
from coach_app.games.grid.game import GAME as GRID

if TYPE_CHECKING:
    from coach_app.games.images import ImageEnv


def _random_maps(size: Size) -> "ImageEnv":
    from coach_app.games.grid.env import GridEnv

    return GridEnv(random_levels=True, size=size)


assert GRID.practice
GAME = replace(
    GRID,
    id="grid-levels",
    environment=_random_maps,
    sizes=Sizes(default=(6, 5), least=5, most=24),  # the border included
    random_levels=True,
    # It is used on captures of the window, so it learns from them. Computing features costs most, and an update with
    # features alone takes a twentieth of the time of one with both inputs. Without slipping, a smaller discount factor
    # does not change the optimal moves, but separates their values five times as far.
    dqn={
        "steps": 64_000,
        "captured": 0.8,
        "possible_frames": 8_000,
        "inputs": "features",
        "features": "hidden",
        "hidden": 2_048,
        "gamma": 0.8,
        "last_rate": 3e-5,
        "first_epsilon": 1.0,
        "epsilon": 0.3,
        "batch": 256,
        "envs": 16,
        "evaluate_every": 16_000,
        "episodes": 100,
        "last_episodes": 400,
    },
    practice=replace(GRID.practice, title="Coach practice: Grid levels", menu="Grid &levels"),
    lessons=None,  # the coach of the Grid world knows both
    coach="",
    translator="",
    showcase=True,
)

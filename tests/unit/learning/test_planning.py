"""Plans: they reach the goal by the rewards alone."""

from dataclasses import replace
from typing import Any

import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import games
from coach_app.games.images import action_names
from coach_app.learning.planning import Planner, Search

GRID = games()["grid-levels"]


def forbidden(env: Any) -> Any:
    raise AssertionError("the teacher was asked")


@pytest.mark.parametrize("seed", [*range(500_000, 500_003), 1005])  # the last one begins beside the hole
def test_a_plan_reaches_the_goal_on_the_shortest_way_without_a_teacher(seed: int) -> None:
    # GIVEN a level of a game whose teacher must not be asked
    game = replace(GRID, teacher=forbidden, explain=forbidden)
    env: Any = game.make()
    env.reset(seed=seed)
    shortest = env.level.steps_to_crate[env.level.start]
    planner = Planner(game, Search())
    planner.begin(seed)
    # WHEN it is played by planning
    ended, reward = False, 0.0
    while not ended:
        _, reward, terminated, truncated, _ = env.step(action_names(env).index(planner.choose(env).move))
        ended = terminated or truncated
    # THEN the crate is reached as soon as possible
    assert (reward, env.steps) == (1.0, shortest)


def test_the_same_seed_plans_the_same() -> None:
    # GIVEN a level WHEN it is planned twice with a seed THEN move and figures are the same, and the game has not moved
    env = GRID.make()
    env.reset(seed=500_001)
    assert GRID.describe
    before = GRID.describe(env)
    planner = Planner(GRID, Search(simulations=50))
    planner.begin(1)
    first = planner.choose(env)
    planner.begin(1)
    assert planner.choose(env) == first
    assert "50 simulations" in first.why
    assert GRID.describe(env) == before


def test_luck_is_not_foreseen() -> None:
    # GIVEN the slippery map, where a step down beside the hole may slip into it
    game = games()["grid"]
    env: Any = game.make()
    env.reset(seed=3)
    # WHEN the returns of a plan are looked at THEN they are below those of a game without slipping
    planner = Planner(game, Search(simulations=400))
    planner.begin(0)
    found = float(planner.choose(env).why.split()[2])
    assert found < 0.75


def test_a_game_that_cannot_be_copied_cannot_be_planned() -> None:
    with pytest.raises(CoachError, match="cannot be copied"):
        Planner(games()["melee"], Search())

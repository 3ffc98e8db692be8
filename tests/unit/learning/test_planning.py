"""Plans: they reach the goal by the rewards alone."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import games
from coach_app.games.images import action_names
from coach_app.learning.collecting import collect
from coach_app.learning.experience import Store
from coach_app.learning.planning import ArchivePlanner, Planner, Search, seconds_to_explore

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


def test_of_equally_good_moves_the_first_is_planned() -> None:
    # GIVEN lakes, at the beginning of which two moves may be as good
    lake = games()["frozen-lake"]
    env: Any = lake.make()
    assert lake.teacher
    two = []
    for seed in range(600_000, 600_012):
        env.reset(seed=seed)
        if len(best := lake.teacher(env)) > 1:
            # WHEN they are planned, with any luck
            planner = Planner(replace(lake, teacher=forbidden), Search(simulations=300))
            for luck in range(2):
                planner.begin(luck)
                two.append((planner.choose(env).move, min(best, key=action_names(env).index)))
    # THEN it is the first of them, unless so few simulations do not find the way that begins with it
    assert len(two) >= 4
    assert sum(planned == first for planned, first in two) >= 0.7 * len(two)


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


def test_an_archive_plans_to_the_reward_without_a_teacher_and_is_kept(store: Store) -> None:
    # GIVEN a game that says which places there are, and whose teacher must not be asked
    game = replace(
        GRID, teacher=forbidden, explain=forbidden, cell=lambda env: tuple(GRID.state(env)["cat"]) if GRID.state else ()
    )
    told: list[tuple[int, int]] = []
    folder = store.folder / "archives"
    planner = ArchivePlanner(game, folder, 200, lambda *how_far: told.append(how_far))
    # WHEN two episodes are collected by its plans THEN both end with the reward
    found = collect(game, "plan", range(500_000, 500_002), None, 100, planner, store)
    assert (found.episodes, found.won) == (2, 2)
    assert all(step.goal.startswith("reward 0.") for steps in store.episodes("plan") for step in steps)
    assert told[-1][0] >= told[-1][1] == 200
    # and their archives are on disk, so that nothing is explored again
    assert sorted(file.name for file in folder.iterdir()) == ["0500000.json", "0500001.json"]
    before = {file: file.read_bytes() for file in folder.iterdir()}
    again = ArchivePlanner(game, folder, 200)
    again.begin(500_000)
    env = game.make()
    env.reset(seed=500_000)
    first = again.choose(env)
    assert first
    assert first.move == next(iter(store.episodes("plan")))[0].action
    assert {file: file.read_bytes() for file in folder.iterdir()} == before


def test_exploring_takes_time_in_proportion() -> None:
    assert seconds_to_explore(GRID, 1_000_000) > 0


def test_a_game_that_cannot_be_copied_has_no_archive_to_plan_by(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="cannot be copied"):
        ArchivePlanner(games()["melee"], tmp_path, 10)

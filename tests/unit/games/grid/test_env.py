"""The environment: a Gymnasium citizen with the rules and the pictures of the installed package."""

from collections import Counter
from typing import Any

import numpy as np
import pytest
from gymnasium.utils.env_checker import check_env
from srl.envs.grid import Action, Grid

from coach_app.games.catalogue import games
from coach_app.games.grid.env import GridEnv
from coach_app.games.grid.game import MAX_STEPS
from coach_app.games.grid.level import ARTICLE_LEVEL, Level, Move, random_level
from coach_app.games.grid.sprites import TILE_PX, draw

STEPS = 4_000


@pytest.mark.parametrize(("random_levels", "size"), [(False, (6, 5)), (True, (6, 5)), (True, (7, 6))])
def test_gymnasium_accepts_it(random_levels: bool, size: tuple[int, int]) -> None:
    # GIVEN the environment WHEN Gymnasium checks it THEN it neither fails nor warns (warnings are errors here)
    check_env(GridEnv(random_levels, size), skip_render_check=True)  # it always renders, and knows one way only


@pytest.mark.parametrize("level", [ARTICLE_LEVEL, random_level(3), random_level(4, (8, 7))])
def test_pictures_are_the_packages_own(level: Level) -> None:
    # GIVEN a map in the package's own world
    world: Any = Grid(field=[list(row) for row in level.field])
    for cell in [*level.cat_cells, level.crate, level.hole]:
        for facing in Move:
            world.player_pos, world.action = cell, Action(int(facing))
            # WHEN both draw the same state THEN not a pixel differs
            assert np.array_equal(draw(level, cell, facing), world.render_rgb_array())


def test_a_fire_ends_the_episode_as_the_hole_does_and_is_told() -> None:
    # GIVEN a cat beside a fire, which it sees
    env = GridEnv(random_levels=True, size=(7, 6), fires=3)
    level = random_level(3, (7, 6), fires=3)
    env.reset(seed=3)
    fire = level.fires[0]
    assert f"fires: {fire[0]}/{fire[1]}, " in env.describe()
    assert env.state()["fires"] == list(level.fires)
    beside, move = next(
        (cell, move) for cell in level.cat_cells for move in Move if level.neighbour(cell, move) == fire
    )
    env.place(level, beside)
    assert move.name.lower() not in env.optimal_moves()
    assert env.move_values()[move.name.lower()] == -1.0
    # WHEN it walks into it THEN that is the end, and is said
    _, reward, terminated, _, _ = env.step(move)
    assert (reward, terminated, env.optimal_moves()) == (-1.0, True, ())
    practice = games()["grid-fires"].practice
    assert practice
    assert practice.ending(env).text == "The cat walked into a fire."
    # AND the picture shows it, on no square of another kind
    with_fires, without = draw(level, beside), draw(random_level(3, (7, 6)), beside)
    assert with_fires.shape == without.shape
    left, top = fire[0] * TILE_PX, fire[1] * TILE_PX
    burning = with_fires[top : top + TILE_PX, left : left + TILE_PX].astype(int)
    assert ((burning[..., 0] > 200) & (burning[..., 2] < 100)).sum() > 100


def test_a_slippery_step_goes_astray_to_either_side_one_time_in_ten_each() -> None:
    # GIVEN a cat amid free squares of the article's map
    env = GridEnv()
    env.reset(seed=5)
    faced: Counter[Move] = Counter()
    slipped = 0
    for _ in range(STEPS):
        env.place(ARTICLE_LEVEL, (3, 2))
        # WHEN it is sent up
        *_, info = env.step(Move.UP)
        faced[env.facing] += 1
        slipped += info["slipped"]
    # THEN it goes up 80 % of the time, left and right 10 % each, never down
    assert faced[Move.UP] / STEPS == pytest.approx(0.8, abs=0.02)
    assert faced[Move.LEFT] / STEPS == pytest.approx(0.1, abs=0.015)
    assert faced[Move.RIGHT] / STEPS == pytest.approx(0.1, abs=0.015)
    assert faced[Move.DOWN] == 0
    assert slipped == faced[Move.LEFT] + faced[Move.RIGHT]


def test_random_levels_are_firm_ground() -> None:
    env = GridEnv(random_levels=True)
    for seed in range(50):
        env.reset(seed=seed)
        wanted = env.level.neighbour(env.cat, Move.LEFT)
        *_, info = env.step(Move.LEFT)
        assert env.cat == wanted
        assert not info["slipped"]


def test_the_crate_and_the_hole_end_an_episode_and_fifty_steps_do() -> None:
    # GIVEN a level and a cat beside the crate, then beside the hole
    env = GridEnv()
    firm = Level(ARTICLE_LEVEL.field, 1.0)
    for cell, move, reward in [((3, 1), Move.RIGHT, 1.0), ((3, 2), Move.RIGHT, -1.0)]:
        env.place(firm, cell)
        # WHEN it steps there THEN the episode ends with its reward, and there is no best move any more
        _, gained, terminated, truncated, _ = env.step(move)
        assert (gained, terminated, truncated) == (reward, True, False)
        assert env.optimal_moves() == ()

    # WHEN it runs against a wall again and again THEN each step costs, and the fiftieth is the last
    env.place(firm, (1, 3))
    steps = [env.step(Move.LEFT) for _ in range(MAX_STEPS)]
    assert {step[1] for step in steps} == {-0.04}
    assert [step[3] for step in steps] == [False] * (MAX_STEPS - 1) + [True]
    assert not any(step[2] for step in steps)


def test_a_seed_fixes_map_and_slipping_and_no_seed_draws_anew() -> None:
    def walk(env: GridEnv, seed: int) -> list[tuple[int, int]]:
        env.reset(seed=seed)
        cells = []
        for _ in range(20):
            env.step(Move.UP)
            cells.append(env.cat)
        return cells

    # GIVEN two environments WHEN both walk with a seed THEN they slip alike, with another seed otherwise
    assert walk(GridEnv(), 1) == walk(GridEnv(), 1)
    assert any(walk(GridEnv(), 1) != walk(GridEnv(), seed) for seed in range(2, 6))
    # WHEN levels are drawn without a seed THEN they are new ones
    env = GridEnv(random_levels=True)
    env.reset(seed=0)
    fields = set()
    for _ in range(10):
        env.reset()
        fields.add(env.level.field)
    assert len(fields) > 5


def test_the_teacher_earns_on_the_slippery_map_what_it_says_it_is_worth() -> None:
    # GIVEN the article's map WHEN a best move is made each time, for 200 episodes
    env = GridEnv()
    total = 0.0
    for seed in range(200):
        env.reset(seed=seed)
        done = False
        while not done:
            _, reward, terminated, truncated, _ = env.step(Move[env.optimal_moves()[0].upper()])
            total += reward
            done = terminated or truncated
    # THEN the mean is about the package's best known result
    assert total / 200 == pytest.approx(0.73, abs=0.05)

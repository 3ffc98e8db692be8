"""The teacher agrees with the published figures and with the installed package's own value iteration."""

from typing import Any

import pytest
from srl.envs.grid import Grid

from coach_app.games.grid.level import ARTICLE_LEVEL, Level, Move, random_level
from coach_app.games.grid.teacher import action_values, optimal_moves


@pytest.mark.parametrize(("discount", "value"), [(0.9, 0.374), (0.99, 0.698)])
def test_the_article_map_is_worth_what_is_published(discount: float, value: float) -> None:
    # GIVEN the article's map WHEN solved THEN its start is worth the published value, and the first move is up
    q = action_values(ARTICLE_LEVEL, discount)[ARTICLE_LEVEL.start]
    assert q.max() == pytest.approx(value, abs=5e-4)
    assert optimal_moves(ARTICLE_LEVEL, ARTICLE_LEVEL.start) == (Move.UP,)


LEVELS = [ARTICLE_LEVEL, *(Level(random_level(seed).field, 0.8) for seed in range(3)), random_level(7, (7, 6))]


@pytest.mark.parametrize("level", LEVELS)
def test_values_are_those_of_the_package(level: Level) -> None:
    # GIVEN a map, slippery or not WHEN the package solves it
    world: Any = Grid(field=[list(row) for row in level.field], move_prob=level.move_prob)
    theirs = world.calc_action_values(discount=0.9, threshold=1e-9)

    # THEN every action of every square where the cat can stand has the same value (a square without a way out is worth
    # minus a step each time in both)
    ours = action_values(level, 0.9)
    assert ours.keys() == theirs.keys()
    for cell, values in theirs.items():
        assert ours[cell] == pytest.approx([values[move] for move in Move], abs=1e-5)


def test_on_firm_ground_the_best_moves_are_those_of_the_shortest_ways() -> None:
    # GIVEN levels where steps go where they are aimed WHEN the teacher names the best moves
    for seed in range(100):
        level = random_level(seed, (7, 6))
        for cell in level.cat_cells:
            steps = level.steps_to_crate[cell]
            nearer = [m for m in Move if level.steps_to_crate.get(level.neighbour(cell, m)) == steps - 1]
            # THEN they are all those that come one step nearer, and only they
            assert optimal_moves(level, cell) == tuple(nearer)

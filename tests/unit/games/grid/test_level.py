"""Levels: solvable, reproducible, of any size, and never the article's own map."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach_app.games.grid.level import ARTICLE_LEVEL, Move, Tile, random_level

SIZES = [(5, 5), (6, 5), (7, 6), (12, 9)]


@pytest.mark.parametrize("size", SIZES)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**40))
def test_every_level_can_be_solved_and_has_the_parts_of_the_game(size: tuple[int, int], seed: int) -> None:
    # GIVEN any seed WHEN its level is drawn
    level = random_level(seed, size)
    tiles = np.array(level.field)

    # THEN it has the size, one of each thing, a whole border, and a way of two or more steps that avoids the hole
    assert (level.width, level.height) == size
    assert [(tiles == tile).sum() for tile in (Tile.CRATE, Tile.HOLE, Tile.START)] == [1, 1, 1]
    border = np.concatenate([tiles[0], tiles[-1], tiles[:, 0], tiles[:, -1]])
    assert (border == Tile.WALL).all()
    assert level.steps_to_crate[level.start] >= 2
    cell = level.start
    while cell != level.crate:
        near = [level.neighbour(cell, move) for move in Move]
        cell = min(near, key=lambda c: level.steps_to_crate.get(c, 999))
        assert cell != level.hole
    assert set(level.cat_cells) == {c for c in level.steps_to_crate if c != level.crate}


@pytest.mark.parametrize("seed", range(40))
def test_a_level_with_fires_has_a_way_around_them(seed: int) -> None:
    # GIVEN a level with three fires WHEN the shortest way is gone THEN it leads past all of them, and past the hole
    level = random_level(seed, (7, 6), fires=3)
    assert len(level.fires) == 3
    assert level.traps == {level.hole, *level.fires}
    cell, steps = level.start, 0
    while cell != level.crate:
        near = [level.neighbour(cell, move) for move in Move]
        cell, steps = min(near, key=lambda c: level.steps_to_crate.get(c, 999)), steps + 1
        assert cell not in level.traps
    assert steps == level.steps_to_crate[level.start]


def test_a_seed_is_a_level_and_seeds_differ() -> None:
    # GIVEN many seeds WHEN each is drawn twice THEN it is the same level twice, and nearly all are different levels
    levels = [random_level(seed) for seed in range(300)]
    assert levels == [random_level(seed) for seed in range(300)]
    assert len({level.field for level in levels}) > 290
    assert random_level(1, (6, 5)).field != random_level(1, (7, 6)).field


def test_the_articles_map_is_never_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a seed whose first draw is the article's map, with the cat on whatever square
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr("coach_app.games.grid.level.ARTICLE_LEVEL", random_level(0))
        assert random_level(521).layout == ARTICLE_LEVEL.layout
    # WHEN its level is drawn THEN it is another one
    assert random_level(521).layout != ARTICLE_LEVEL.layout


def test_too_small_a_size_is_refused() -> None:
    with pytest.raises(ValueError, match="5 x 5"):
        random_level(0, (4, 5))


def test_walls_stop_the_cat_and_nothing_else_does() -> None:
    # GIVEN the start of the article's map, in its lower left corner
    start = ARTICLE_LEVEL.start
    assert start == (1, 3)
    # WHEN it moves each way THEN the border holds it back, and the free squares let it pass
    assert [ARTICLE_LEVEL.neighbour(start, move) for move in Move] == [(1, 3), (1, 3), (2, 3), (1, 2)]
    assert ARTICLE_LEVEL.neighbour((3, 2), Move.RIGHT) == ARTICLE_LEVEL.hole

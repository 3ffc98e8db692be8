"""Positions of games in random states."""

from dataclasses import replace

import numpy as np
import pytest

from coach_app.games.catalogue import games
from coach_app.games.images import ImageEnv
from coach_app.games.positions import positions

SEED = 500_000


@pytest.mark.parametrize("game_id", ["grid-levels", "frozen-lake", "breakout"])
def test_a_game_that_can_be_copied_is_made_once_for_all_its_positions(game_id: str) -> None:
    # GIVEN a game that can be copied, and the same one as if it could not
    made = list[ImageEnv]()
    game = games()[game_id]

    def environment(*size: object) -> ImageEnv:
        assert game.environment
        made.append(game.environment(*size))
        return made[-1]

    copied = replace(game, environment=environment)
    # WHEN positions are drawn THEN it is made once, and they are the same
    few = positions(copied, 3, SEED)
    assert len(made) == 1
    same = positions(replace(copied, copy=None), 3, SEED)
    assert len(made) >= 4
    for one, other in zip(few, same, strict=True):
        assert one.seed == other.seed
        assert np.array_equal(one.picture(), other.picture())
    # AND each goes on by itself
    before = few[1].picture()
    few[0].env.step(0)
    assert np.array_equal(few[1].picture(), before)

"""What is read off the emulator's pictures, and drawn for players."""

from typing import Any

import numpy as np
import pytest

from coach_app.domain.board import board_edges
from coach_app.games.captures import captured_shot
from coach_app.games.montezuma_revenge.env import MontezumaEnv
from coach_app.games.montezuma_revenge.picture import GLOW, HOLLOW
from coach_app.games.montezuma_revenge.view import MOVES, Place
from coach_app.games.profiles import find


@pytest.fixture(scope="module")
def made() -> MontezumaEnv:
    return MontezumaEnv()


def walk(env: MontezumaEnv, *ways: tuple[str, int]) -> list[str]:
    """Make moves, each so often; the areas that Joe comes through."""
    areas = [env.view.area]
    for move, times in ways:
        for _ in range(times):
            env.act(move)
            if env.view.area != areas[-1]:
                areas.append(env.view.area)
    return areas


def test_the_first_room_is_read(made: MontezumaEnv) -> None:
    # GIVEN a new game WHEN its picture is read THEN everything is where it is
    made.reset(seed=1)
    seen = made.view
    assert (seen.room, seen.joe, seen.area) == ("", Place(80, 93), "middle platform")
    assert (seen.key, seen.doors, seen.items, seen.hats) == (True, (True, True), (), 5)
    assert seen.skull


def test_the_way_down_is_followed(made: MontezumaEnv) -> None:
    # GIVEN a new game WHEN Joe climbs down, and jumps to the rope THEN it is seen where he is
    made.reset(seed=1)
    areas = walk(made, ("down", 11), ("right", 13), ("jump right", 4))
    assert areas[:3] == ["middle platform", "middle ladder", "conveyor belt"]
    assert areas[-1] == "rope"
    # and what he can do there
    assert made.possible_moves() == ("up", "down", "jump left", "jump right", "wait")


def test_a_fall_costs_a_life(made: MontezumaEnv) -> None:
    # GIVEN a new game WHEN Joe walks off the platform THEN he cannot be steered, and is lost
    made.reset(seed=1)
    walk(made, ("left", 6))
    assert made.possible_moves() == ("wait",)
    walk(made, ("wait", 8))
    assert made.view.joe is None
    assert made.view.hats == 4
    assert "Joe is lost." in made.describe()
    # and begins again
    walk(made, ("wait", 20))
    assert made.view.joe == Place(80, 93)


def test_the_picture_shows_what_moves(made: MontezumaEnv) -> None:
    # GIVEN a new game WHEN Joe walks THEN he is drawn dimly where he was
    picture, _ = made.reset(seed=1)
    assert not (picture == GLOW).all(2).any()
    assert (picture[0:144] == HOLLOW).all(2).any()
    assert not (picture[0:144] == 0).all(2).any()
    picture = made.step(MOVES.index("right"))[0]
    assert (picture == GLOW).all(2).sum() > 10
    # and two last moves differ in the panel
    twin: Any = made.copy()
    one, other = made.step(MOVES.index("right"))[0], twin.step(MOVES.index("jump right"))[0]
    assert not np.array_equal(one[144:], other[144:])


def test_the_game_is_found_in_the_capture_of_a_window(made: MontezumaEnv) -> None:
    # GIVEN captures of windows with the game
    rng = np.random.default_rng(5)
    board = find("montezuma-revenge").board
    assert board
    made.reset(seed=1)
    walk(made, ("down", 5))
    found = 0
    for _ in range(10):
        shot = captured_shot(made.render(), rng, 1000)
        assert shot.board
        # WHEN the board is looked for THEN it is found where it is, nearly always
        edges = board_edges(shot.image, board)
        wanted = np.array(shot.board) * np.tile(shot.image.size, 2)
        found += edges is not None and bool(np.abs(np.array(edges) - wanted).max() <= 4)
    assert found >= 9

"""What is read off the emulator's pictures, and drawn for players."""

import numpy as np
import pytest
from PIL import Image

from coach_app.domain.board import board_edges
from coach_app.games import atari
from coach_app.games.breakout.env import NAME
from coach_app.games.breakout.picture import FIELD, GLOW, LEFT_PX, TOP_PX, draw
from coach_app.games.breakout.teacher import follow
from coach_app.games.breakout.view import (
    BAR_BOTTOM,
    MOVES,
    WALL_LEFT,
    WALL_RIGHT,
    WALL_TOP,
    Bar,
    Place,
    View,
    read,
)
from coach_app.games.breakout.words import Decision, describe
from coach_app.games.captures import captured_shot
from coach_app.games.profiles import find

FULL = ((True,) * 18,) * 6
BAR = Bar(80, 96)


def view(ball: Place | None, before: Place | None = None, last: str = "stay") -> View:
    return View(ball, BAR, FULL, 3, before, BAR, last)


def test_what_is_drawn_is_what_the_emulator_shows() -> None:
    # GIVEN a game
    game = atari.make(NAME)
    picture, _ = game.reset(seed=0)
    seen = read(picture)
    same = 0
    for _ in range(60):
        # WHEN its pictures are read and drawn
        move = follow(seen)
        picture = game.step(MOVES.index(move))[0]
        seen = read(picture, seen, move)
        drawn = draw(seen)[WALL_TOP - TOP_PX : BAR_BOTTOM - TOP_PX, WALL_LEFT + LEFT_PX : WALL_RIGHT + LEFT_PX]
        field = np.where(((drawn == FIELD) | (drawn == GLOW)).all(2, keepdims=True), 0, drawn)
        same += np.array_equal(field, picture[WALL_TOP:BAR_BOTTOM, WALL_LEFT:WALL_RIGHT])
    # THEN nearly all of them are the same to the pixel; where the ball is cut off by something, it is drawn whole
    assert same >= 55
    assert seen.lives == 5


@pytest.mark.parametrize(
    ("seen", "lands", "side"),
    [
        (view(Place(60, 120), Place(70, 100)), 28.5, "left of the bar"),
        (view(Place(84, 160), Place(84, 140)), 85.0, "on the bar"),
        (view(Place(140, 145), Place(120, 125)), 121.0, "right of the bar"),  # off the right wall
        (view(Place(60, 100), Place(70, 120)), None, "on the bar"),  # it goes up
        (view(Place(60, 80), Place(70, 60)), None, "on the bar"),  # among the bricks
    ],
)
def test_where_the_ball_comes_down_is_told_from_two_pictures(seen: View, lands: float | None, side: str) -> None:
    assert seen.landing == (None if lands is None else pytest.approx(lands))
    assert seen.side_of_landing == side


@pytest.mark.parametrize(
    ("seen", "flight"),
    [
        (view(Place(60, 120), Place(70, 100)), "down and left"),
        (view(Place(60, 100), Place(60, 120)), "straight up"),
        (view(Place(70, 100), Place(60, 120)), "up and right"),
        (view(Place(60, 120)), ""),
        (view(None), ""),
    ],
)
def test_where_the_ball_flies_is_told_from_two_pictures(seen: View, flight: str) -> None:
    assert seen.flight == flight


def test_what_is_said_ends_with_the_move() -> None:
    # GIVEN a ball that comes down left of the bar WHEN the move goes there THEN the reason says so
    seen = view(Place(60, 120), Place(70, 100))
    assert Decision(seen, "left").answer == "The ball comes down left of the bar. Move left."
    assert Decision(seen, "right").aim == "Take a swing, to be there in time."
    assert Decision(view(None), "fire").answer == "There is no ball: serve one. Next: fire."
    assert "It will land at column 3. The bar reaches from column 10 to 11." in Decision(seen, "left").text
    assert "Before it the ball was at 62, 68." in describe(seen)


def test_the_game_is_found_in_the_capture_of_a_window() -> None:
    # GIVEN captures of windows with the game
    rng = np.random.default_rng(5)
    board = find("breakout").board
    assert board
    found = 0
    for _ in range(20):
        shot = captured_shot(draw(view(Place(60, 120), Place(70, 100))), rng, 1000)
        assert shot.board
        # WHEN the board is looked for THEN it is found where it is, nearly always
        edges = board_edges(shot.image, board)
        wanted = np.array(shot.board) * np.tile(shot.image.size, 2)
        found += edges is not None and bool(np.abs(np.array(edges) - wanted).max() <= 4)
    assert found >= 18


def test_a_picture_is_drawn_from_what_is_told() -> None:
    # GIVEN two views that differ in the last move only THEN their pictures differ in the panel only
    one, other = (draw(view(Place(60, 120), Place(70, 100), last=move)) for move in ("left", "right"))
    assert np.array_equal(one[:-16], other[:-16])
    assert not np.array_equal(one[-16:], other[-16:])
    assert Image.fromarray(one).size == (192, 192)

"""The teacher of Breakout: what it finds in copies is what the game does."""

from typing import Any

import numpy as np
import pytest

from coach_app.games.breakout.env import BreakoutEnv
from coach_app.games.breakout.teacher import follow
from coach_app.games.breakout.view import MOVES
from coach_app.games.catalogue import games
from coach_app.games.positions import rendered


@pytest.fixture(scope="module")
def made() -> BreakoutEnv:
    return BreakoutEnv()


def step(env: BreakoutEnv, move: str) -> tuple[Any, ...]:
    return env.step(MOVES.index(move))


def test_a_ball_is_served_and_returned(made: BreakoutEnv) -> None:
    # GIVEN a new game WHEN there is no ball THEN it is served
    made.reset(seed=1)
    assert made.best_moves() == ("fire",)
    # WHEN the teacher plays THEN the first ball is returned, and hits bricks
    points = 0.0
    for _ in range(25):
        points += float(step(made, made.best_moves()[0])[1])
    assert made.game.lives == 5
    assert points >= 1


def test_looking_ahead_changes_nothing(made: BreakoutEnv) -> None:
    # GIVEN a game in which the ball comes down
    made.reset(seed=2)
    while not (made.view.falls and made.view.ball and made.view.ball.y > 130):
        step(made, follow(made.view))
    before, twin = rendered(made), made.copy()
    # WHEN the teacher looks ahead, twice THEN it says the same, and the game has not moved
    said = made.decision()
    made._decision = None
    assert made.decision() == said
    assert np.array_equal(rendered(made), before)
    assert np.array_equal(step(made, "stay")[0], step(twin, "stay")[0])


def test_a_move_that_is_not_a_best_one_loses_the_ball(made: BreakoutEnv) -> None:
    # GIVEN a ball that is nearly down, and not above the bar
    made.reset(seed=3)
    while not (made.view.falls and made.view.ball and made.view.ball.y > 150 and len(made.decision().best) < 3):
        step(made, made.best_moves()[0])
    best, lives = made.decision().best, made.game.lives
    assert best
    # WHEN another move is made, and whatever the teacher thinks best then THEN the ball is lost
    twin = made.copy()
    step(twin, next(move for move in ("stay", "left", "right") if move not in best))
    for _ in range(6):
        step(twin, twin.best_moves()[0])
    assert twin.game.lives < lives
    # and with a best move it is not
    for _ in range(6):
        step(made, made.best_moves()[0])
    assert made.game.lives == lives


def test_seeds_begin_with_different_pauses_and_small_steps_are_smaller() -> None:
    # GIVEN the game in small steps WHEN the bar is moved THEN it goes less far than in the other
    moved = []
    for game in (games()["breakout"], games()["breakout-4"]):
        env: Any = game.make()
        env.reset(seed=1)
        before = env.view.bar.left
        step(env, "left")
        moved.append(before - env.view.bar.left)
    assert moved[0] > moved[1] > 0

"""What a Q-network would rather do, and when it says nothing."""

import pytest

from coach_app.domain.qvalues import QValues

MOVES = ("left", "down", "right", "up")
ALL = (True, True, True, True)


def values(*worth: float, possible: tuple[bool, ...] = ALL) -> QValues:
    return QValues(MOVES, worth, possible, "some-q", 0.0)


@pytest.mark.parametrize("scale", [0.01, 1.0, 200.0])
@pytest.mark.parametrize(
    ("worth", "expected"),
    [
        ((0.2, 0.1, 0.9, 0.0), "right"),
        ((0.85, 0.1, 0.9, 0.0), ""),  # a near tie
        ((0.9, 0.1, 0.9, 0.0), ""),
        ((0.5, 0.5, 0.5, 0.5), ""),  # all the same
        ((0.86, 0.85, 0.9, 0.84), ""),  # much of what they differ by, but little of what they are
        ((-0.3, -1.0, -0.1, -0.9), "right"),
    ],
)
def test_near_ties_are_silent_whatever_the_scale_of_the_game(
    worth: tuple[float, ...], expected: str, scale: float
) -> None:
    # GIVEN values in any reward WHEN left is advised THEN another move is named only where it is clearly better
    assert values(*(each * scale for each in worth)).preferred_move("left") == expected


@pytest.mark.parametrize("likes", MOVES[1:])
def test_a_network_that_likes_a_wall_best_is_not_sure(likes: str) -> None:
    # GIVEN a network whose favourite is a move that it knows cannot be made WHEN left is advised THEN it says nothing
    worth = [0.1, 0.2, 0.2, 0.2]
    worth[MOVES.index(likes)] = 0.9
    possible = tuple(move != likes for move in MOVES)
    assert values(*worth, possible=possible).preferred_move("left") == ""
    # AND likewise where the advice knows it
    assert values(*worth).preferred_move("left", {likes}) == ""
    assert values(*worth).preferred_move("left", {"left"}) == likes


def test_the_best_move_can_be_made() -> None:
    # GIVEN values of moves that cannot be made WHEN the best one is asked for THEN it is none of them
    assert values(0.9, 0.8, 0.1, 0.0, possible=(False, False, True, True)).best == "right"
    # AND one that is advised is worth what it is, possible or not; another game's is not
    assert values(0.9, 0.8, 0.1, 0.0, possible=(False, True, True, True)).agrees_with("left")
    assert not values(0.9, 0.8, 0.1, 0.0).agrees_with("jump")

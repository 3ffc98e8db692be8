"""What a move cost: by the teacher's values, or by what follows in copies of the game."""

import numpy as np
import pytest

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import find, games
from coach_app.games.game import Game
from coach_app.games.images import ImageEnv, action_names
from coach_app.games.positions import rendered
from coach_app.review.judging import Judge, Verdict

SEED = 500_003


def opened(name: str, *moves: str, seed: int = SEED) -> tuple[Game, ImageEnv]:
    """A game after some moves."""
    game = find(name)
    assert game
    env = game.make()
    env.reset(seed=seed)
    for move in moves:
        env.step(action_names(env).index(move))
    return game, env


def judged(name: str, seed: int) -> dict[str, Verdict]:
    """Every move of a position."""
    game, env = opened(name, seed=seed)
    return {move: Judge(game).judge(env, move) for move in action_names(env)}


@pytest.mark.parametrize("name", ["grid", "grid-levels", "frozen-lake"])
def test_the_teachers_moves_cost_nothing_and_every_other_one_says_what_is_wrong(name: str) -> None:
    for seed in range(500_000, 500_006):
        # GIVEN a position WHEN each of its moves is judged
        game, env = opened(name, seed=seed)
        assert game.teacher
        best = game.teacher(env)
        for move, verdict in judged(name, seed).items():
            # THEN the best ones are right, and the others have a kind, and never a cost below nothing
            assert verdict.best == best
            assert (verdict.kind is None) == (move in best)
            assert verdict.cost == 0 if move in best else verdict.cost >= 0


def test_a_step_into_the_hole_is_the_worst_and_one_into_a_wall_is_idle() -> None:
    # GIVEN the article's map, with the cat above the hole and a wall to its left
    game, env = opened("grid")
    for cell in env.unwrapped.level.cat_cells:  # type: ignore[attr-defined]
        env.unwrapped.cat = cell  # type: ignore[attr-defined]
        kinds = {move: Judge(game).judge(env, move) for move in action_names(env)}
        for move, verdict in kinds.items():
            possible = game.possible_moves(env) if game.possible_moves else ()
            # THEN what runs into a wall changes nothing but the way the cat looks
            if verdict.kind == "idle":
                assert move not in possible
            # and what loses the game costs most of all
            if verdict.kind == "lost":
                assert verdict.cost == max(each.cost for each in kinds.values())


def test_what_comes_after_both_have_earned_the_same_does_not_count() -> None:
    from coach_app.review.judging import _behind

    # GIVEN a reward that comes a step later, and luck afterwards WHEN both are compared
    late = _behind([0.0, 1.0, 0.0, 0.0, 1.0], [1.0, 0.0, 0.0, 0.0, 0.0])
    # THEN only the delay counts
    assert late == pytest.approx(1 - 0.95)
    # GIVEN nothing to be earned WHEN one of them is hurt THEN that counts
    assert _behind([0.0, -0.2, 0.0], [0.0, 0.0, 0.0]) == pytest.approx(0.2 * 0.95)
    # GIVEN a blow in the very step in which what was late is earned, on either side THEN the delay counts all the same
    assert _behind([0.0, 1.0, 0.0], [1.0, -0.2, 0.0]) == pytest.approx(1 - 0.95)
    assert _behind([0.0, 0.0, 1.0], [0.0, 0.8, 0.0]) == pytest.approx(0.8 * (0.95 - 0.95**2))
    # GIVEN a move that is never made good THEN all that is missing counts
    assert _behind([0.0], [0.0, 0.0, 1.0]) == pytest.approx(0.95**2)


def test_judging_changes_nothing() -> None:
    # GIVEN a game WHEN a move is judged
    game, env = opened("frozen-lake")
    before = rendered(env)
    Judge(game).judge(env, "up")
    # THEN it is as it was
    assert np.array_equal(before, rendered(env))


def test_values_agree_with_the_teacher() -> None:
    # GIVEN every game whose teacher knows values
    for game in games().values():
        if game.values is None or game.teacher is None:
            continue
        env = game.make()
        env.reset(seed=SEED)
        values, best = game.values(env), game.teacher(env)
        # THEN the best moves are worth the same, and more than the others
        worst_of_best = min(values[move] for move in best)
        assert set(values) == set(action_names(env))
        assert all(value < worst_of_best for move, value in values.items() if move not in best)


def test_a_game_that_cannot_be_copied_is_refused() -> None:
    with pytest.raises(CoachError, match="cannot be copied"):
        Judge(Game("some-game"))

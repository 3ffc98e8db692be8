"""Training the network that reads moves: what it learns from, what it learns, and when it stays silent."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from coach_app.domain.resources import resources_dir
from coach_app.games.catalogue import to_practise
from coach_app.games.seen_moves import METRICS, SIDE_PX, WEIGHTS, MoveReader, load
from coach_app.training.moves import MovesArgs, Pairs, _chances, _leading, calibrate, collect, fit, least_sure, measured

SIDE = SIDE_PX + 4


def test_pairs_have_a_move_that_changed_something_or_are_unknown() -> None:
    # GIVEN a game WHEN pairs are collected from it twice
    game = to_practise("grid-levels")
    one, again = (collect(game, 40, 650_000) for _ in range(2))
    # THEN they are the same, and every move changed something
    np.testing.assert_array_equal(one.before, again.before)
    assert one.before.shape == one.after.shape == (40, SIDE, SIDE, 3)
    assert np.abs(one.before.astype(int) - one.after).max((1, 2, 3)).min() > 0
    # and some are further apart than a move
    np.testing.assert_array_equal(one.right, again.right)
    assert one.right.any(0).all()
    assert one.right.any(1).all()


def test_every_move_that_leads_to_a_picture_is_right() -> None:
    # GIVEN the start of a level, and what each move leads to
    game = to_practise("grid-levels")
    env = game.make()
    before = env.reset(seed=650_000)[0].copy()
    assert game.copy
    pictures = [game.copy(env).step(move)[0].copy() for move in range(4)]
    # WHEN it is asked which moves lead there THEN it is that one, and those that do the same
    for move, after in enumerate(pictures):
        same = [np.array_equal(after, other) for other in pictures]
        assert _leading(game, env, after, 4) == same
        assert same[move]
    # and what none of them leads to is unknown, as is all where the game cannot be copied
    elsewhere = env.reset(seed=650_001)[0].copy()
    env.reset(seed=650_000)
    assert not any(_leading(game, env, elsewhere, 4))
    assert not any(_leading(replace(game, copy=None), env, before, 4))


def test_captures_show_the_board_alone() -> None:
    pairs = collect(to_practise("grid-levels"), 2, 650_000, captured=True)
    assert pairs.before.shape == (2, SIDE, SIDE, 3)


def test_a_game_is_calibrated_anew_and_the_others_stay(tmp_path: Path) -> None:
    # GIVEN the network that comes with the app, with figures of another game
    shutil.copy(resources_dir() / "models" / "moves" / WEIGHTS, tmp_path)
    other: dict[str, Any] = {"known": {"maze": {"moves": ["up"], "least": 0.5}}, "measured": {"maze": {}}}
    (tmp_path / METRICS).write_text(json.dumps(other), encoding="utf-8")
    # WHEN it is calibrated for one game
    args = MovesArgs(out=tmp_path, games=("grid-levels",), held_back=20, captured=2)
    told = calibrate(args, lambda line: None)
    # THEN most of its moves are named, and the other game is as it was
    assert told["known"]["maze"] == other["known"]["maze"]
    assert told["known"]["grid-levels"]["moves"] == ["left", "down", "right", "up"]
    assert told["measured"]["grid-levels"]["clean"]["read"] > 0.8
    assert load(tmp_path).knows("grid-levels")


def test_a_trivial_case_is_learned() -> None:
    # GIVEN a game in which one move makes the picture brighter, and another one darker
    rng = np.random.default_rng(5)
    before = rng.integers(80, 160, (64, SIDE, SIDE, 3)).astype(np.uint8)
    moves = rng.integers(0, 2, 64)
    after = (before + np.where(moves == 0, 60, -60)[:, None, None, None]).astype(np.uint8)
    pairs = Pairs(before, after, np.eye(5, dtype=bool)[moves])
    lines: list[str] = []
    # WHEN a network is trained on it
    net = fit({"grid": pairs}, MovesArgs(epochs=6, batch=8, rate=0.01), lines.append)
    # THEN it can tell them
    reader = MoveReader({name: value.detach().numpy() for name, value in net.state_dict().items()}, {})
    assert (_chances(reader, "grid", pairs).argmax(1) == moves).mean() > 0.95
    assert len(lines) == 6


@pytest.mark.parametrize(("right", "least"), [(0.7, 0.5), (0.8, 0.8), (1.0, 0.8)])
def test_the_threshold_leaves_out_what_is_often_wrong(right: float, least: float) -> None:
    # GIVEN five readings, the surer the better, one of them "unknown" WHEN a share of right ones is wanted
    chances = np.array([[0.9, 0.1, 0], [0.2, 0.8, 0], [0.7, 0.3, 0], [0.5, 0.4, 0.1], [0, 0.1, 0.9]], np.float32)
    moves = np.array([0, 1, 1, 0, 2])
    # THEN the threshold is the lowest with which it is reached
    assert least_sure(chances, np.eye(3, dtype=bool)[moves], right) == pytest.approx(least)
    assert least_sure(chances[2:3], np.eye(3, dtype=bool)[moves[2:3]], 0.5) is None


def test_what_is_measured_tells_read_right_and_wrongly_read() -> None:
    # GIVEN two moves, of which one is read, and two pairs with several moves, of which one is taken for one
    chances = np.array([[0.9, 0.05, 0.05], [0.4, 0.3, 0.3], [0.8, 0.1, 0.1], [0.1, 0.1, 0.8]], np.float32)
    figures = measured(chances, np.eye(3, dtype=bool)[[0, 1, 2, 2]], 0.5)
    assert figures == {"moves": 2, "read": 0.5, "right": 1.0, "guessed": 0.5, "several": 2, "several_read": 0.5}

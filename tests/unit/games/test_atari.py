"""Copies of Atari games: they use one emulator in turn, and nobody notices."""

import numpy as np
import pytest

from coach_app.games import atari
from coach_app.games.catalogue import to_play
from coach_app.games.images import action_names
from coach_app.games.positions import rendered
from coach_app.games.what_if import played, what_if

NAMES = ("ALE/Breakout-v5", "ALE/MontezumaRevenge-v5", "ALE/Pong-v5")


@pytest.mark.parametrize("name", NAMES)
def test_a_game_and_its_copies_take_turns(name: str) -> None:
    # GIVEN a game, and copies of copies of it at random moments
    env = atari.make(name)
    env.reset(seed=1)
    rng = np.random.default_rng(len(name))
    actions = len(action_names(env))
    env.step(1)
    for _ in range(20):
        for move in rng.integers(actions, size=3):
            env.step(int(move))
        twin = env.copy()
        third = twin.copy()
        # WHEN all make the same moves, each in turn THEN all see and earn the same, and are told the same
        for move in rng.integers(actions, size=4):
            steps = [each.step(int(move)) for each in (env, third, twin)]
            for seen, *told in steps[1:]:
                assert np.array_equal(seen, steps[0][0])
                assert told == list(steps[0][1:])
            assert np.array_equal(rendered(twin), rendered(env))


def test_a_new_episode_does_not_touch_the_copies() -> None:
    # GIVEN a game and its copy
    env, other = atari.make(NAMES[0]), atari.make(NAMES[0])
    for each in (env, other):
        each.reset(seed=1)
        each.step(1)
    twin = env.copy()
    # WHEN the game begins anew, with another seed THEN its copy goes on as the game would have
    env.reset(seed=2)
    for move in (2, 2, 0, 3):
        assert np.array_equal(twin.step(move)[0], other.step(move)[0])
    # and a copy can begin anew without the game noticing
    before = rendered(env)
    twin.reset(seed=3)
    assert np.array_equal(rendered(env), before)
    assert np.array_equal(env.step(0)[0], before)


def test_any_atari_game_can_be_asked_what_if() -> None:
    # GIVEN a game without a folder WHEN it is asked about another move THEN both are what the game does
    game = to_play(NAMES[2])
    env = played(game, 3, ["right"] * 12)
    found = what_if(game, env, "right", "left")
    assert not np.array_equal(found.made.picture, found.instead.picture)
    again = played(game, 3, [*["right"] * 12, "left"])
    assert np.array_equal(found.instead.picture, rendered(again))

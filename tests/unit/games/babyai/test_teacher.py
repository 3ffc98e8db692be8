"""The teachers of BabyAI: what they decide, and how well that goes."""

from collections.abc import Callable

import numpy as np
import pytest

from coach_app.games.babyai.bot import bots_move
from coach_app.games.babyai.env import BabyAIEnv
from coach_app.games.babyai.room import HERE, room_of
from coach_app.games.babyai.view import BOX, TASKS
from coach_app.games.babyai.words import MAX_CHARACTERS, MOVES, Decision

SEEDS = range(701_000, 701_050)


def told(env: BabyAIEnv) -> str:
    """The teacher's move; all that it says on the way is short and ends with it."""
    decision = env.decision()
    assert isinstance(decision, Decision)
    assert len(decision.answer) <= MAX_CHARACTERS
    assert len(decision.text.split()) <= 70
    assert decision.answer.endswith(f"Next: {decision.move}.")
    assert decision.text.endswith(f"Next: {decision.move}.")
    return decision.move


def done(env: BabyAIEnv, player: Callable[[BabyAIEnv], str]) -> bool:
    """Whether a player does the mission."""
    ended = False
    while not ended:
        _, _, terminated, truncated, _ = env.step(MOVES.index(player(env)))
        ended = terminated or truncated
    return env.done


@pytest.mark.parametrize(("player", "least"), [(told, 0.94), (bots_move, 1.0)], ids=["teacher", "bot"])
def test_missions_are_done(player: Callable[[BabyAIEnv], str], least: float) -> None:
    env, results = BabyAIEnv(), []
    for seed in SEEDS:
        env.reset(seed=seed)
        results.append(done(env, player))
    assert np.mean(results) >= least


@pytest.mark.parametrize("player", [told, bots_move], ids=["teacher", "bot"])
def test_a_mission_is_done_from_any_position_without_distractors(player: Callable[[BabyAIEnv], str]) -> None:
    env = BabyAIEnv()
    for seed in (seed for seed in SEEDS if seed // len(TASKS) % 2 == 0):
        # GIVEN a position that random moves led to
        env.scatter(seed)
        # THEN the mission is done from there, and one state has one answer
        assert player(env) == player(env.copy())
        assert done(env, player)


def test_the_room_is_known_from_what_is_in_view() -> None:
    env = BabyAIEnv()
    for seed in SEEDS:
        # GIVEN a position, and where the player really is in its room
        env.scatter(seed)
        x, y = ((place - 1) % 7 for place in env.inner.agent_pos)
        free = {0: 5 - x, 1: 5 - y, 2: x, 3: y}  # to the walls, by minigrid's directions
        quarter = env.inner.agent_dir
        # THEN the view tells the distances to all four walls
        room = room_of(env.view())
        assert [room.front, room.right, room.back, room.left] == [free[(quarter + turn) % 4] for turn in range(4)]
        # AND what it sees is what the player sees
        assert all(HERE.sees(step) == (step[1] >= 0 and abs(step[0]) <= 3) for step in room.squares())


def test_the_teacher_never_opens_a_box() -> None:
    env = BabyAIEnv()
    for seed in SEEDS:
        env.scatter(seed)
        assert env.view().at((0, 1)).kind != BOX or told(env) != "toggle"

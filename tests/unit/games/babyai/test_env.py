"""BabyAI as the coach plays it: its levels, and what its picture shows."""

import numpy as np
import pytest

from coach_app.games.babyai.env import BabyAIEnv
from coach_app.games.babyai.level import DISTRACTORS
from coach_app.games.babyai.picture import NOT_SEEN, UNIT_PX
from coach_app.games.babyai.view import DOOR, KEY, MARGIN, SIDE, TASKS, UNSEEN, Mission, Square, Wanted
from coach_app.games.babyai.words import MOVES

SEEDS = range(700_000, 700_020)


def do(env: BabyAIEnv, *moves: str) -> float:
    """The reward of the last of these moves."""
    return [env.step(MOVES.index(move))[1] for move in moves][-1]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_seen_looks_as_minigrid_draws_it_and_the_rest_is_hidden(seed: int) -> None:
    # GIVEN a position WHEN it is drawn
    env = BabyAIEnv()
    env.scatter(seed)
    ours, theirs = env.render(), env.inner.get_pov_render(UNIT_PX)
    # THEN every square that is seen is minigrid's, and nothing can be told of the others
    for index, square in enumerate(env.view().squares):
        column, row = index % SIDE, index // SIDE
        above, left = row * UNIT_PX, column * UNIT_PX
        drawn = ours[above : above + UNIT_PX, left + MARGIN * UNIT_PX :][:, :UNIT_PX]
        if square.kind == UNSEEN:
            assert (drawn == NOT_SEEN).all()
        else:
            assert np.array_equal(drawn, theirs[above : above + UNIT_PX, left : left + UNIT_PX])


def test_seeds_take_turns_with_the_tasks_without_and_with_distractors() -> None:
    # GIVEN ten seeds in a row
    env, kinds = BabyAIEnv(), list[str]()
    for seed in SEEDS[:10]:
        env.reset(seed=seed)
        kinds.append(env.task())
        # THEN the mission in signs is minigrid's
        assert env.view().mission.first.name in env.inner.mission
        assert env.mission() == env.view().mission.sentence
    # THEN each task has come once without, and then once with eight
    assert kinds == [f"{task}, {number} distractors" for number in (0, DISTRACTORS) for task in TASKS]


def test_a_locked_door_opens_with_its_key_and_that_earns_a_reward() -> None:
    # GIVEN a player with the wrong key before a door, and nothing else around
    env = BabyAIEnv()
    env.reset(seed=TASKS.index("open"))
    while env.view().at((0, 1)).kind != DOOR:
        do(env, env.decision().move)
    door = env.view().at((0, 1))
    carried = env.inner.carrying
    carried.color = next(colour for colour in ("red", "blue") if colour != door.colour)
    # THEN it does not open
    assert "toggle" not in env.possible_moves()
    assert do(env, "toggle") == 0
    assert not env.done
    # AND with the right one it does
    carried.color = door.colour
    assert env.view().carried == Square(KEY, door.colour)
    assert 0 < do(env, "toggle") < 1
    assert env.done


@pytest.mark.parametrize(
    ("mission", "text"),
    [
        (Mission("open", Wanted(DOOR)), "open door"),
        (Mission("put next to", Wanted("ball", "red"), Wanted("box", "grey")), "put red ball next to grey box"),
        (
            Mission("pick up, then go to", Wanted("key", "blue"), Wanted("key", "blue")),
            "pick up blue key then go to blue key",
        ),
    ],
)
def test_a_mission_in_a_few_words(mission: Mission, text: str) -> None:
    assert mission.text == text

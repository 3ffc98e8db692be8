"""What pictures of BabyAI show, unit by unit."""

from itertools import islice

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image

from coach_app.domain.board import find_board
from coach_app.games.babyai.env import BabyAIEnv
from coach_app.games.babyai.lessons.curriculum import (
    BOARD,
    LABELS,
    NOWHERE,
    labels,
    own_games,
    picture,
    scenes,
    unseen_scenes,
)
from coach_app.games.babyai.teacher import decide
from coach_app.games.babyai.view import MARGIN, SIDE, STEPS, Square

NAMES = [*LABELS.values()]


def named(unit: npt.NDArray[np.int64]) -> dict[str, str]:
    """The labels of a unit that say something, by name."""
    values = {label: names[value] for (label, names), value in zip(LABELS.items(), unit, strict=True)}
    return {label: value for label, value in values.items() if value != "none"}


@pytest.mark.parametrize("seed", [500_001, 500_009])
def test_a_scene_looks_as_the_game_draws_it(seed: int) -> None:
    env = BabyAIEnv()
    env.scatter(seed)
    assert np.array_equal(picture(env.view()), env.render())


def test_labels_name_what_is_there() -> None:
    for _, view in islice(unseen_scenes(np.random.default_rng(0)), 50):
        # GIVEN a scene WHEN it is labelled
        shown, decision = labels(view), decide(view)
        # THEN each square says what is on it
        for index, (step, square) in enumerate(zip(STEPS, view.squares, strict=True)):
            said = named(shown[index // SIDE, index % SIDE + MARGIN])
            if step == (0, 0):
                assert said == {"move": decision.move, "goal": decision.goal_kind}
                continue
            assert Square(said["kind"], said.get("colour", ""), said.get("state", "")) == square
            # AND whether the teacher's goal is about it, and how the way to face it begins
            assert ("target" in said) == (decision.target is not None and decision.target[1] == step)
            if step == (0, 1) and square.kind != "wall":
                assert said["way"] == "faced"
        # AND the panel says what is asked for, and what is carried
        mission, carried = view.mission, view.carried
        things = [named(shown[SIDE, column]) for column in (1, 3)[: 1 + (mission.second is not None)]]
        wanted = [mission.first, *([mission.second] if mission.second else [])]
        assert [(thing["kind"], thing["colour"]) for thing in things] == [(w.kind, w.colour or "any") for w in wanted]
        assert "sign" in named(shown[SIDE, 0])
        assert named(shown[SIDE + 1, 0]) == {"sign": "you"}
        assert named(shown[SIDE + 1, 1]) == ({"kind": carried.kind, "colour": carried.colour} if carried else {})
        assert (shown[SIDE:, 4:] == NOWHERE).all()


def test_the_board_is_found_in_every_scene() -> None:
    for _, view in islice(unseen_scenes(np.random.default_rng(1)), 100):
        # GIVEN a picture in a window WHEN the board is looked for THEN that is where it is
        window = Image.new("RGB", (420, 380), "#161a22")
        window.paste(Image.fromarray(picture(view)), (60, 20))
        found = find_board(window, BOARD)
        assert found
        assert np.abs(np.subtract(found, (60, 20, 348, 308))).max() <= 1


def test_scenes_are_the_same_for_a_seed_and_have_everything_in_them() -> None:
    # GIVEN two streams of one seed WHEN they are read
    some, same = (list(islice(scenes(np.random.default_rng(3), 0.5), 300)) for _ in "ab")
    # THEN they are equal; some show something else
    assert some == same
    assert None in some
    # AND all that has a name is shown, but for doors that are not locked: opening one ends an episode
    shown = np.concatenate([labels(view).reshape(-1, len(NAMES)) for view in some if view])
    for number, names in enumerate(NAMES):
        assert set(range(len(names))) - set(shown[:, number]) == ({0, 1} if names[0] == "open" else set())


def test_a_coach_plays_its_own_games_and_the_teacher_steps_in() -> None:
    # GIVEN games of a coach that knows no move, and of one that only turns
    lost, turning = (own_games(np.random.default_rng(5), 4) for _ in range(2))
    assert lost.scenes == turning.scenes
    missions = {view.mission for view in lost.scenes}
    # WHEN they are played
    for _ in range(60):
        lost.play(["", "?", "none", "go"])
        turning.play(["turn left"] * 4)
    # THEN they go on, each in its own way, from mission to mission where the teacher plays
    assert len(lost.scenes) == 4
    assert lost.scenes != turning.scenes
    assert {view.mission for view in lost.scenes} != missions

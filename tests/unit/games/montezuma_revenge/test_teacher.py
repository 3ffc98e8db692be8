"""The teacher of Montezuma's Revenge: what it plans in copies is what the game does, and what it says follows."""

from dataclasses import replace

import numpy as np
import pytest

from coach_app.games.montezuma_revenge.env import MontezumaEnv
from coach_app.games.montezuma_revenge.search import archive, plan, ways
from coach_app.games.montezuma_revenge.teacher import decide
from coach_app.games.montezuma_revenge.view import MOVES, Place, View
from coach_app.games.montezuma_revenge.words import DOOR, OVER, PASS, Decision, describe
from coach_app.games.positions import rendered

STANDS = View("", Place(80, 93), Place(92, 179), True, (True, True), (), 5)


@pytest.fixture(scope="module")
def made() -> MontezumaEnv:
    return MontezumaEnv()


def test_the_archive_that_is_shipped_reached_a_door(made: MontezumaEnv) -> None:
    # GIVEN the archive WHEN its best way is walked THEN key and door are reached, as it says
    found = archive()
    made.reset(seed=found.seed)
    rewards = [made.act(MOVES[move]) for move in found.moves_to(found.best)]
    assert [reward for reward in rewards if reward][:2] == [100, 300]
    assert (sum(rewards), len(rewards)) == (found.best.reward, found.best.steps)


def test_the_first_way_of_the_teacher_goes_down(made: MontezumaEnv) -> None:
    # GIVEN a new game WHEN the teacher is asked THEN its plan is what the game does, step by step
    made.reset(seed=2)
    before, twin = rendered(made), made.copy()
    steps = plan(made.game, made.view)
    assert len(steps) > 10
    for step in steps:
        twin.act(step.move)
        assert twin.view == step.view
    # and the game has not moved
    assert np.array_equal(rendered(made), before)
    # AND what is said names the key, the ladder and the move
    decision = decide(made.view, steps)
    assert (decision.goal, decision.next_area) == ("key", "middle ladder")
    assert decision.answer == f"Get the key. Go to the middle ladder. Next: {decision.move}."
    # AND going on does not plan again
    made.act(made.decision().move)
    assert made._plan == steps[1:]


def test_there_is_a_way_from_every_place_of_the_archive() -> None:
    # GIVEN the archive WHEN the places on the way to key and door are looked at THEN most are at a known distance
    left = ways()
    cells = [cell for cell in archive().places if cell[0] == "" and all(cell[-2:])]
    assert len(cells) > 50
    assert sum(cell in left for cell in cells) > 0.8 * len(cells)


@pytest.mark.parametrize(
    ("decision", "answer", "hint", "nudge"),
    [
        (
            Decision(STANDS, "down", "key", "middle ladder", steps=90),
            "Get the key. Go to the middle ladder. Next: down.",
            "You want the key: next comes the middle ladder.",
            "Look at the middle ladder.",
        ),
        (
            Decision(STANDS, "jump right", "key", "rope", leaps=True),
            "Get the key. Jump to the rope. Next: jump right.",
            "You want the key: next comes the rope.",
            "Look at the rope.",
        ),
        (
            Decision(STANDS, "jump left", "key", "key", leaps=True),
            "Get the key. Jump for the key. Next: jump left.",
            "You want the key.",
            "Look at the key.",
        ),
        (
            Decision(STANDS, "jump left", DOOR, "ground", dodges=OVER),
            "Open a door with the key. Jump over the skull. Next: jump left.",
            "You want the door: next comes the ground.",
            "Watch the skull.",
        ),
        (
            Decision(STANDS, "wait", DOOR, "ground", dodges=PASS),
            "Open a door with the key. Let the skull pass. Next: wait.",
            "You want the door: next comes the ground.",
            "Watch the skull.",
        ),
        (
            Decision(replace(STANDS, joe=None), "wait"),
            "Stay alive. A life is lost: wait. Next: wait.",
            "Stay alive.",
            "Watch out.",
        ),
        (
            Decision(replace(STANDS, doors=(True, False)), "right"),
            "A door is open: go through. Next: right.",
            "A door is open: go through.",
            "Watch out.",
        ),
    ],
)
def test_what_is_said_follows_from_the_decision(decision: Decision, answer: str, hint: str, nudge: str) -> None:
    assert (decision.answer, decision.hint, decision.nudge) == (answer, hint, nudge)
    assert len(decision.answer) <= 200


def test_the_way_to_a_decision_is_told_step_by_step() -> None:
    view = replace(STANDS, joe_before=Place(77, 93), skull_before=Place(93, 179), last="right")
    assert Decision(view, "down", "key", "middle ladder", steps=85).text == (
        "Joe is on the middle platform. He moves right. The skull is 1 right. It rolls left. The key is there. "
        "Get the key. Go to the middle ladder. About 90 steps are left. Next: down."
    )
    assert "Before it Joe was at 77, 46." in describe(view)

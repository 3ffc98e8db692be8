"""What a coach of Crafter is asked and answers."""

from itertools import islice

import numpy as np
import pytest

from coach_app.domain.moves import named_move
from coach_app.domain.phrases import phrases
from coach_app.games.crafter.game import GAME
from coach_app.games.crafter.lessons import text
from coach_app.games.crafter.lessons.pictures import Scene, visible
from coach_app.games.crafter.lessons.questions import PROMPT
from coach_app.games.crafter.lessons.scenes import unseen_scenes
from coach_app.games.crafter.teacher import decide
from coach_app.games.crafter.view import ITEMS, STEPS, View
from coach_app.games.crafter.words import MAX_CHARACTERS, MOVES
from coach_app.games.profiles import profile_of
from coach_app.translation.sentences import holds_latin


def seen(facing: str = "left", **items: int) -> View:
    """Grass, a tree two to the left and one up, a table right of the player."""
    materials = ["grass"] * len(STEPS)
    materials[STEPS.index((-2, -1))], materials[STEPS.index((1, 0))] = "tree", "table"
    counts = {"health": 9, "food": 9, "drink": 9, "energy": 9} | items
    return View(tuple(materials), ("",) * len(STEPS), facing, tuple(counts.get(item, 0) for item in ITEMS), 3)


@pytest.mark.parametrize(
    ("answer", "about", "view", "wanted"),
    [
        (text._where, "tree", seen(), "The nearest tree is 2 left and 1 up."),
        (text._where, "iron", seen(), "I see no iron here."),
        (text._number, "sapling", seen(sapling=2), "You have 2 saplings."),
        (text._number, "stone_pickaxe", seen(), "You have no stone pickaxe."),
        (text._vital, "drink", seen(drink=4), "Your drink is 4 of 9."),
        (text._can_make, "stone_pickaxe", seen(wood=1), "For a stone pickaxe you still need 1 more stone."),
        (text._can_make, "wood_sword", seen(wood=1), "Yes, you can make a wood sword now."),
        (
            text._can_make,
            "iron_sword",
            seen(wood=1, iron=1),
            "For an iron sword you still need 1 more coal, a furnace beside you.",
        ),
        (text._can_make, "furnace", seen(stone=1), "For a furnace you still need 3 more stone."),
        (text._faced, "", seen("right"), "You face table."),
        (text._carried, "", seen(wood=2, wood_sword=1), "You have this: 2 wood, 1 wood sword."),
        (text._danger, "", seen(), "No enemy is in sight."),
    ],
)
def test_questions_are_answered_from_what_is_seen(answer: text._Answer, about: str, view: View, wanted: str) -> None:
    # GIVEN what a picture shows WHEN something is asked THEN that is answered
    assert answer(view, about) == wanted


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    """Situations of worlds, which take long to make."""
    return [scene for _, scene in islice(unseen_scenes(np.random.default_rng(4)), 200)]


def test_every_answer_has_its_japanese_and_advice_its_move(scenes: list[Scene]) -> None:
    # GIVEN scenes WHEN questions are put about them
    rng = np.random.default_rng(4)
    names = tuple(MOVES.values())
    for scene in scenes:
        advice, other = text.move_exchange(scene, rng), text.other_exchange(scene, rng)
        # THEN advice is short and tells the teacher's move, and all of it can be said in Japanese
        assert len(advice.text) <= MAX_CHARACTERS
        assert named_move(advice.text, names) == decide(visible(scene)).move
        for exchange in (advice, other):
            assert not holds_latin(exchange.text_ja), exchange


@pytest.mark.parametrize("level", ["nudge", "hint"])
def test_a_nudge_or_a_hint_never_gives_the_move_away(level: str, scenes: list[Scene]) -> None:
    # GIVEN scenes WHEN less than the move is asked for THEN no move is named, and all of it can be said in Japanese
    names = tuple(MOVES.values())
    told = {getattr(decide(visible(scene)), level) for scene in scenes}
    assert len(told) > 8
    for text_en in told:
        assert named_move(text_en, names) is None, text_en
        assert not any(name in text_en for name in names if " " in name), text_en
        assert not holds_latin(phrases("ja").translated(text_en)), text_en


def test_the_live_loops_question_is_taught() -> None:
    # GIVEN the profile's prompt THEN it is among the questions, and another picture is declined whatever is asked
    assert profile_of(GAME.id).prompt == PROMPT
    rng = np.random.default_rng(0)
    assert {text.other_exchange(None, rng).text for _ in range(40)} == {text.NO_GAME}


def test_it_is_asked_where_things_are_that_are_there_as_often_as_of_others(scenes: list[Scene]) -> None:
    # GIVEN situations WHEN questions are drawn THEN about half of those where something is are about what is there
    rng = np.random.default_rng(6)
    told = [text.other_exchange(scene, rng).text for scene in scenes for _ in range(10)]
    there = sum(each.startswith("The nearest") for each in told)
    assert 0.5 < there / (there + sum(each.startswith("I see no") for each in told)) < 0.9

"""What a coach of BabyAI is asked and answers."""

from itertools import islice

import numpy as np
import pytest

from coach_app.domain.moves import named_move
from coach_app.domain.phrases import phrases
from coach_app.games.babyai.game import GAME
from coach_app.games.babyai.lessons import measure, text
from coach_app.games.babyai.lessons.questions import PROMPT
from coach_app.games.babyai.lessons.scenes import unseen_scenes
from coach_app.games.babyai.teacher import decide
from coach_app.games.babyai.view import BALL, BOX, FLOOR, KEY, STEPS, Mission, Square, View, Wanted
from coach_app.games.babyai.words import MAX_CHARACTERS, MOVES
from coach_app.games.profiles import profile_of
from coach_app.translation.sentences import holds_latin


def seen(**carried: str) -> View:
    """A red ball two ahead and one to the left, another far ahead, a blue box at the right."""
    things = {(-1, 2): Square(BALL, "red"), (0, 5): Square(BALL, "red"), (1, 0): Square(BOX, "blue")}
    squares = tuple(things.get(step, Square(FLOOR)) for step in STEPS)
    return View(squares, Square(**carried) if carried else None, Mission("pick up", Wanted(BALL, "red")))


@pytest.mark.parametrize(
    ("answer", "about", "view", "wanted"),
    [
        (text._where, "red ball", seen(), "The red ball is 2 ahead and 1 left."),
        (text._where, "blue box", seen(), "The blue box is 1 right."),
        (text._where, "grey door", seen(), "I see no grey door here."),
        (text._number, "ball", seen(), "I see 2 balls here."),
        (text._number, "box", seen(), "I see 1 box here."),
        (text._number, "key", seen(), "I see no keys here."),
        (text._carried, "", seen(), "You carry nothing."),
        (text._carried, "", seen(kind=KEY, colour="grey"), "You carry grey key."),
    ],
)
def test_questions_are_answered_from_what_is_seen(answer: text._Answer, about: str, view: View, wanted: str) -> None:
    # GIVEN what a picture shows WHEN something is asked THEN that is answered
    assert answer(view, about) == wanted


@pytest.fixture(scope="module")
def scenes() -> list[View]:
    """Situations of levels."""
    return [scene for _, scene in islice(unseen_scenes(np.random.default_rng(4)), 200)]


def test_every_answer_has_its_japanese_and_advice_its_move(scenes: list[View]) -> None:
    # GIVEN scenes WHEN questions are put about them
    rng = np.random.default_rng(4)
    for scene in scenes:
        advice, other = text.move_exchange(scene, rng), text.other_exchange(scene, rng)
        # THEN advice is short and tells the teacher's move, and all of it can be said in Japanese
        assert len(advice.text) <= MAX_CHARACTERS
        assert named_move(advice.text, MOVES) == decide(scene).move
        for exchange in (advice, other):
            assert not holds_latin(exchange.text_ja.replace("ベビーAI", "")), exchange


@pytest.mark.parametrize("level", ["nudge", "hint"])
def test_a_nudge_or_a_hint_never_gives_the_move_away(level: str, scenes: list[View]) -> None:
    # GIVEN scenes WHEN less than the move is asked for THEN no move is named, and all of it can be said in Japanese
    told = {getattr(decide(scene), level) for scene in scenes}
    assert len(told) > 8
    for said in told:
        assert named_move(said, MOVES) is None, said
        assert not any(name in said for name in MOVES if " " in name), said
        assert not holds_latin(phrases("ja").translated(said)), said


def test_the_live_loops_question_is_taught() -> None:
    # GIVEN the profile's prompt THEN it is among the questions, and another picture is declined whatever is asked
    assert profile_of(GAME.id).prompt == PROMPT
    rng = np.random.default_rng(0)
    assert {text.move_exchange(None, rng).text, text.other_exchange(None, rng).text} == {text.NO_GAME}


@pytest.mark.parametrize("full", [False, True])
def test_playing_counts_the_missions_that_are_done(full: bool) -> None:
    # GIVEN unseen levels of every task, with or without distractors
    seeds = measure.levels(("without distractors", "with distractors")[full], 10)
    assert {seed // 5 % 2 for seed in seeds} == {full}
    # WHEN the teacher plays them, and somebody who only waits for it to end
    played = measure.play(lambda envs: [env.decision().move for env in envs], seeds)
    turned = measure.play(lambda envs: ["turn left"] * len(envs), seeds[:1])
    # THEN all missions are done, and none
    assert played["done"] == 1
    assert set(played["tasks"].values()) == {1}
    assert (turned["done"], turned["steps"]) == (0, 0)

"""What a coach of Breakout is asked and answers."""

from itertools import islice

import numpy as np
import pytest

from coach_app.domain.moves import named_move
from coach_app.domain.phrases import phrases
from coach_app.games.breakout.lessons import measure, questions, text
from coach_app.games.breakout.lessons.pictures import Scene
from coach_app.games.breakout.lessons.questions import PROMPT
from coach_app.games.breakout.lessons.scenes import unseen_scenes
from coach_app.games.breakout.search import Outlook
from coach_app.games.breakout.teacher import follow
from coach_app.games.breakout.view import MOVES, Bar, Place, View
from coach_app.games.breakout.words import Decision
from coach_app.games.catalogue import games
from coach_app.games.profiles import profile_of
from coach_app.translation.sentences import holds_latin

FULL = ((True,) * 18,) * 6
BAR = Bar(80, 96)
FALLS = View(Place(60, 120), BAR, FULL, 3, Place(70, 100), Bar(70, 86), "right")
RISES = View(Place(60, 100), BAR, ((False,) * 18,) * 2 + FULL[2:], 1, Place(60, 120), BAR, "stay")
BEGINS = View(None, BAR, FULL, 5)
STARTS = View(Place(60, 120), BAR, FULL, 5)


@pytest.mark.parametrize(
    ("asked", "view", "wanted"),
    [
        ("LANDS", FALLS, "The ball comes down left of the bar. It will land at column 3."),
        ("LANDS", RISES, "The ball goes up."),
        ("FLIES", FALLS, "The ball flies down and left."),
        ("FLIES", STARTS, "I cannot tell where the ball flies yet."),
        ("FLIES", BEGINS, "There is no ball to be seen."),
        ("BALL", RISES, "The ball is at column 7, row 9."),
        ("BALL", BEGINS, "There is no ball to be seen."),
        ("BAR", FALLS, "The bar reaches from column 10 to 11."),
        ("BALLS", RISES, "Balls left: 1."),
        ("LAST", FALLS, "Last move: right."),
        ("LAST", BEGINS, "There was no move yet."),
        ("ROWS", RISES, "Rows with bricks: 4."),
        ("NUDGE", FALLS, "Look where the ball will land."),
        ("HINT", FALLS, "Be under the ball when it comes down."),
        (
            "EXPLAIN",
            FALLS,
            "The ball is at column 7, row 12. It was at column 8, row 9. It will land at column 3. "
            "The bar reaches from column 10 to 11. The bar slides right. The ball comes down left of the bar. "
            "Move left.",
        ),
        (
            "EXPLAIN",
            BEGINS,
            "There is no ball to be seen. The bar reaches from column 10 to 11. There is no ball: serve one. "
            "Next: fire.",
        ),
    ],
)
def test_questions_are_answered_from_what_is_seen(asked: str, view: View, wanted: str) -> None:
    # GIVEN what a picture shows WHEN something is asked THEN that is answered
    answers = dict(text._KINDS)
    assert answers[getattr(questions, asked)](Decision(view, follow(view))) == wanted


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    """Situations of games."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("coach_app.games.breakout.lessons.scenes._GAMES", 3)
        return [scene for _, scene in islice(unseen_scenes(np.random.default_rng(4)), 40)]


def test_every_answer_has_its_japanese_and_advice_its_move(scenes: list[Scene]) -> None:
    # GIVEN scenes WHEN questions are put about them
    rng = np.random.default_rng(4)
    for scene in scenes:
        advice = text.move_exchange(scene, rng)
        # THEN advice is short and tells the teacher's move, and all of it can be said in Japanese
        assert len(advice.text) <= 200
        assert named_move(advice.text, MOVES) == scene.decision.move
        for exchange in (advice, *(text.other_exchange(scene, rng) for _ in range(8))):
            assert not holds_latin(exchange.text_ja), exchange


def test_of_several_best_moves_the_one_after_the_ball_is_taught(scenes: list[Scene]) -> None:
    # GIVEN scenes WHEN the move after the ball is one of the best ones THEN it is taught, and otherwise one that is
    several = [scene for scene in scenes if len(scene.right) > 1]
    assert several
    for scene in scenes:
        natural = follow(scene.decision.view)
        assert scene.decision.move == (natural if natural in scene.right or not scene.right else scene.right[0])


@pytest.mark.parametrize("level", ["nudge", "hint"])
def test_a_nudge_or_a_hint_never_gives_the_move_away(level: str, scenes: list[Scene]) -> None:
    # GIVEN scenes WHEN less than the move is asked for THEN no move is named, and all of it can be said in Japanese
    decisions = [scene.decision for scene in scenes] + [Decision(view, follow(view)) for view in (BEGINS, RISES)]
    told = {getattr(decision, level) for decision in decisions}
    assert len(told) > 1
    for said in told:
        assert named_move(said, MOVES) is None, said
        assert not holds_latin(phrases("ja").translated(said)), said


@pytest.mark.parametrize("game", ["breakout", "breakout-4"])
def test_the_live_loops_question_is_taught(game: str) -> None:
    # GIVEN the profile's prompt THEN it is among the questions, and another picture is declined whatever is asked
    assert profile_of(game).prompt == PROMPT
    rng = np.random.default_rng(0)
    assert {text.move_exchange(None, rng).text, text.other_exchange(None, rng).text} == {text.NO_GAME}


def test_one_coach_is_taught_both_lengths_of_a_step() -> None:
    assert games()["breakout"].coach == "breakout-coach"
    assert (games()["breakout-4"].coach, games()["breakout-4"].lessons) == ("", None)


def test_a_move_that_is_as_good_counts_as_right() -> None:
    # GIVEN a place where two moves are best, one where all are, and one without a ball
    ahead = [Outlook(best, 9, 40, (), ()) for best in (("left", "stay"), ("stay", "left", "right"))]
    places = [Scene(Decision(FALLS, "left", each), 9) for each in ahead] + [Scene(Decision(BEGINS, "fire"), 9)]
    # WHEN one of them is named THEN it is right; where all are best, that says nothing of who names them
    assert measure._agreed([("a", place, "stay") for place in places]) == {"a": 0.6667, "a, where it matters": 1.0}
    assert measure._agreed([("b", places[0], "right")]) == {"b": 0.0, "b, where it matters": 0.0}


def test_playing_counts_what_was_hit() -> None:
    # GIVEN the same games WHEN one who follows the ball plays them, and one who does nothing
    followed = measure.play(lambda envs: [follow(env.view) for env in envs], [500_000, 500_001], 9, 600)
    idle = measure.play(lambda envs: ["stay"] * len(envs), [500_000], 9, 90)
    # THEN the first one hits bricks, and the other never begins
    assert followed["reward"] > 0
    assert (idle["reward"], idle["steps"]) == (0, 10)

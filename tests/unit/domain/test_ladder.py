"""What a nudge and a hint leave out."""

import pytest

from coach_app.domain.advice import Advice
from coach_app.domain.ladder import LEVELS, gives_away, next_level, told

GRID = ("left", "down", "right", "up")
CRAFT = (*GRID, "wait", "interact", "place stone", "make wood pickaxe")


def advice(text: str) -> Advice:
    return Advice(text, "left", "m", 1.0, 2.0, 3.0, 4)


def test_the_ladder_ends_with_the_answer() -> None:
    # GIVEN the levels WHEN one goes up from each THEN it ends with the answer
    assert [next_level(level) for level in LEVELS] == ["hint", "answer", None]


@pytest.mark.parametrize(
    ("sentence", "moves", "given"),
    [
        ("Go left.", GRID, True),
        ("Never go up here.", GRID, True),
        ("Going down is dangerous.", GRID, True),
        ("The best move is right!", GRID, True),
        ("Head upwards.", GRID, True),
        ("Only the way down has no wall.", GRID, True),
        ("The only free path is to the left.", GRID, True),
        ("Walls are above you, below you and on your left.", GRID, True),
        ("Walls are above you and on your left.", GRID, False),
        ("Mind the hole on your left.", GRID, False),
        ("The crate is two steps up and one to the right.", GRID, False),
        ("The direct way is blocked.", GRID, False),
        ("Make a wood pickaxe.", CRAFT, True),
        ("By placing a stone you are safe.", CRAFT, True),
        ("Waiting is best.", CRAFT, True),
        ("Interact with the tree.", CRAFT, True),
        ("Aim for a wood pickaxe.", CRAFT, False),
        ("You need more stone.", CRAFT, False),
        ("Go left.", (), False),
        ("The ball comes down on the right side.", ("left", "right"), False),
    ],
)
def test_a_sentence_that_names_a_move_gives_it_away(sentence: str, moves: tuple[str, ...], given: bool) -> None:
    # GIVEN a game's moves WHEN a sentence is judged THEN places are no moves, but every other mention of one is
    assert gives_away(sentence, moves) is given


def test_nudge_and_hint_are_taken_from_an_answer() -> None:
    # GIVEN a whole answer
    whole = advice("The direct way is blocked. The crate is 2.5 steps up; mind the hole! A wall is below you. Go left.")
    # WHEN it is told at each level
    nudge, hint, answer = (told(whole, level, GRID) for level in LEVELS)
    # THEN a hint lacks only the move, and a nudge says where something is
    assert hint.text == "The direct way is blocked. The crate is 2.5 steps up; mind the hole! A wall is below you."
    assert nudge.text == "The crate is 2.5 steps up; mind the hole!"
    assert [(told.move, told.level) for told in (nudge, hint)] == [(None, "nudge"), (None, "hint")]
    assert answer is whole


@pytest.mark.parametrize("level", ["nudge", "hint"])
def test_what_a_model_blurts_out_is_dropped(level: str) -> None:
    # GIVEN a model that was told to say a nudge or hint, and names the move all the same
    said = Advice("Look at the ladder on the right. So go left!", "left", "m", 1.0, 2.0, 3.0, 4, level=level)  # type: ignore[arg-type]
    # WHEN it is told THEN only the rest is
    assert told(said, level, GRID).text == "Look at the ladder on the right."  # type: ignore[arg-type]


def test_where_nothing_is_left_the_coach_says_something_of_its_own() -> None:
    # GIVEN advice that is nothing but the move
    for level, words in (("nudge", "Take a close look"), ("hint", "Think about where")):
        # WHEN it is told THEN a sentence of the coach's own, without tokens, stands in for it
        said = told(advice("Go left, then up."), level, GRID)  # type: ignore[arg-type]
        assert said.text.startswith(words)
        assert (said.tokens, said.move) == (0, None)

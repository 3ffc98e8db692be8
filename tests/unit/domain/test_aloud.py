"""What of an advice is spoken."""

from dataclasses import replace

import pytest

from coach_app.domain.advice import Advice
from coach_app.domain.aloud import Says, aloud

ADVICE = Advice("The hole is below. Move the cat up.", "up", "grid-coach", 0.0, 100.0, 50.0, 12)
JAPANESE = replace(ADVICE, text_ja="穴は下です。猫を上へ。")


@pytest.mark.parametrize(
    ("says", "english", "japanese"),
    [("move", "up", "上"), ("reason", ADVICE.text, JAPANESE.text_ja), ("asked", "", "")],
)
def test_unasked_advice_is_spoken_as_far_as_it_is_wanted(says: Says, english: str, japanese: str) -> None:
    # GIVEN advice in both languages WHEN it is to be spoken THEN it is said in the language wanted
    assert aloud(JAPANESE, says, "en") == (english, "en")
    assert aloud(JAPANESE, says, "ja") == (japanese, "ja")
    # THEN what has not been translated is said in English
    assert aloud(ADVICE, says, "ja") == (english, "en")


@pytest.mark.parametrize("says", ["move", "reason", "asked"])
def test_an_answer_to_a_question_is_always_spoken_in_full(says: Says) -> None:
    # GIVEN an answer to a question THEN it is spoken whatever is said of other advice
    assert aloud(replace(ADVICE, question="Where is the hole?"), says, "en") == (ADVICE.text, "en")


def test_advice_without_a_move_is_spoken_as_it_is() -> None:
    # GIVEN advice that names no move THEN it is spoken in full, so that nothing is lost
    assert aloud(replace(ADVICE, move=None), "move", "en") == (ADVICE.text, "en")
    # GIVEN a move of several words THEN it is read as words
    assert aloud(replace(ADVICE, move="place_stone"), "move", "en") == ("place stone", "en")

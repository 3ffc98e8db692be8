import pytest

from coach_app.domain.advice import named_move

MOVES = ("left", "down", "right", "up")


@pytest.mark.parametrize(
    ("text", "move"),
    [
        ("Move the cat up.", "up"),
        ("The crate is two steps up and one to the right; the hole is on your right. Move the cat up.", "up"),
        ("Go LEFT!", "left"),
        ("Stay; it is upside down there, so go right", "right"),
        ("Wake up early and be upright.", "up"),
        ("Nothing to be done.", None),
        ("", None),
    ],
)
def test_the_last_move_word_counts(text: str, move: str | None) -> None:
    # GIVEN an advice WHEN its move is read THEN it is the last whole word that names one
    assert named_move(text, MOVES) == move


def test_a_game_without_moves_has_none() -> None:
    # GIVEN a game that names no moves WHEN an advice is read THEN it names none
    assert named_move("Move up.", ()) is None


def test_move_names_are_words_and_not_patterns() -> None:
    # GIVEN move names with signs that mean something in a pattern WHEN they are said THEN they are found as they are
    assert named_move("Press a.b now", ("a.b",)) == "a.b"
    assert named_move("Press axb now", ("a.b",)) is None

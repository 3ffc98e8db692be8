"""What the player prefers, by the ratings."""

import pytest
from PIL import Image

from coach_app.knowledge.feedback import Rated, Rating
from coach_app.learning.preferences import BEST, DOWN, UP, preferences

RED, BLUE = Image.new("RGB", (16, 16), "red"), Image.new("RGB", (16, 16), "blue")


def rating(number: int, good: bool, text: str, better: str = "", prompt: str = "Where to?") -> Rating:
    return Rating(number, Rated("grid", float(number), prompt, text), good, "", better, True)


@pytest.mark.parametrize(
    ("ratings", "answers"),
    [
        ([rating(1, False, "Up.", "Left.")], [(("Left.", BEST), ("Up.", DOWN))]),
        ([rating(1, True, "Up.", "Up, now.")], [(("Up, now.", BEST), ("Up.", UP))]),
        ([rating(1, True, "Up."), rating(2, False, "Left.")], [(("Up.", UP), ("Left.", DOWN))]),
        (
            [rating(1, True, "Up."), rating(2, False, "Left.", "Down.")],
            [(("Down.", BEST), ("Up.", UP), ("Left.", DOWN))],
        ),
        ([rating(1, True, "Up."), rating(2, True, "Left.")], []),  # both are fine
        ([rating(1, True, "Up."), rating(3, False, "Left.")], []),  # about another picture
        ([rating(1, True, "Up."), rating(2, False, "Left.", prompt="Why?")], []),  # another question
    ],
)
def test_better_answers_come_first(ratings: list[Rating], answers: list[object]) -> None:
    # GIVEN ratings WHEN it is asked what they prefer THEN it is the better answers to the same question and picture
    found = preferences(ratings, lambda number: BLUE if number == 3 else RED)
    assert [preference.answers for preference in found] == answers
    assert all(preference.picture is not None for preference in found)


def test_without_pictures_only_corrections_count() -> None:
    # GIVEN ratings without pictures WHEN it is asked what they prefer THEN each stands for itself
    found = preferences([rating(1, True, "Up."), rating(2, False, "Left."), rating(3, False, "Up.", "Down.")])
    assert [preference.answers for preference in found] == [(("Down.", BEST), ("Up.", DOWN))]


def test_some_are_held_out() -> None:
    # GIVEN many ratings WHEN they are made into preferences THEN about one in five is for the test
    found = preferences([rating(number, False, "Up.", "Down.") for number in range(200)])
    assert 20 < sum(preference.held_out for preference in found) < 60

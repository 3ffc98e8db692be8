"""The player's ratings: kept once, explained, deleted, with the picture that was rated."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from coach_app.domain.errors import CoachError
from coach_app.knowledge.feedback import PICTURE_SIDE_PX, Feedback, Rated

ADVICE = Rated("grid", 12.5, "Where to?", "Move up.", "up", "coach")


@pytest.fixture
def feedback(tmp_path: Path) -> Iterator[Feedback]:
    opened = Feedback(tmp_path / "feedback.sqlite")
    yield opened
    opened.close()


@pytest.mark.parametrize("size", [(8, 8), (2000, 500)])
def test_advice_is_rated_with_its_picture(feedback: Feedback, size: tuple[int, int]) -> None:
    # GIVEN advice about a picture WHEN it is rated THEN both are kept, the picture at most so large
    number = feedback.rate(ADVICE, True, Image.new("RGB", size, "teal"))
    assert [(rating.of, rating.good, rating.has_picture) for rating in feedback.of("grid")] == [(ADVICE, True, True)]
    picture = feedback.picture(number)
    assert picture
    assert picture.size == (size if max(size) <= PICTURE_SIDE_PX else (672, 168))
    assert picture.getpixel((0, 0)) == (0, 128, 128)


def test_a_second_rating_replaces_the_first(feedback: Feedback) -> None:
    # GIVEN a rating with a picture WHEN the same advice is rated again, without one THEN the picture stays
    number = feedback.rate(ADVICE, True, Image.new("RGB", (8, 8)))
    assert feedback.rate(ADVICE, False) == number
    rating = feedback.find("grid", 12.5, "Move up.")
    assert rating
    assert (rating.good, rating.has_picture) == (False, True)
    assert feedback.find("grid", 12.5, "Move down.") is None


def test_a_rating_is_explained(feedback: Feedback) -> None:
    # GIVEN a rating WHEN it is explained in two steps THEN both are kept, each in one line
    number = feedback.rate(ADVICE, False)
    feedback.explain(number, critique="Too late,\nsay it before the jump.")
    feedback.explain(number, better="Move left.")
    (rating,) = feedback.of("grid")
    assert (rating.critique, rating.better) == ("Too late, say it before the jump.", "Move left.")
    with pytest.raises(CoachError, match="no rating 99"):
        feedback.explain(99, critique="x")


def test_ratings_survive_a_restart_and_can_be_deleted(tmp_path: Path) -> None:
    # GIVEN ratings WHEN the coach is started again THEN they are there, and gone once they are deleted
    for at in (1.0, 2.0):
        feedback = Feedback(tmp_path / "feedback.sqlite")
        number = feedback.rate(Rated("grid", at, "?", "Up."), True)
        feedback.close()
    feedback = Feedback(tmp_path / "feedback.sqlite")
    feedback.rate(Rated("crafter", 3.0, "?", "Up."), True)
    assert feedback.delete([number, 99]) == 1
    assert feedback.delete_game("grid") == 1
    assert (len(feedback.of("grid")), len(feedback.of("crafter"))) == (0, 1)
    assert feedback.picture(number) is None
    feedback.close()

"""A model revises what the player found bad, and only what it finds better itself is kept."""

from dataclasses import replace

import pytest

from coach_app.knowledge.feedback import Rated, Rating
from coach_app.learning.revising import Revision, revisions

BAD = Rating(1, Rated("raid", 1.0, "Where to?", "Go up.", "up", "m"), False, "Too late.", "", False)


def model(revised: str, **rated: str) -> tuple[list[str], object]:
    asked: list[str] = []

    def ask(prompt: str) -> str:
        asked.append(prompt)
        if "Say it better" in prompt:
            return revised
        return rated["old" if "It said: Go up." in prompt else "new"]

    return asked, ask


def test_what_is_better_is_kept_with_both_ratings() -> None:
    # GIVEN advice that was bad WHEN a model revises it, and finds that better THEN that is the revision
    asked, ask = model("“Jump \n left.”", old="2", new="I give it a 6.")
    assert list(revisions([BAD], "Raid", ask)) == [Revision(1, "Jump left.", 2, 6)]  # type: ignore[arg-type]
    # and the model knew the question and the criticism
    assert "Where to?" in asked[0]
    assert "found that bad: Too late." in asked[0]


@pytest.mark.parametrize(
    ("revised", "old", "new"),
    [("Jump.", "5", "5"), ("Jump.", "5", "none"), ("Go up.", "2", "7"), ("", "2", "7"), ("Jump.", "9", "7")],
)
def test_nothing_else_is(revised: str, old: str, new: str) -> None:
    # GIVEN a model that finds it no better, does not rate, or changes nothing THEN nothing is kept
    _, ask = model(revised, old=old, new=new)
    assert list(revisions([BAD], "Raid", ask)) == []  # type: ignore[arg-type]


def test_what_is_good_or_corrected_is_left_alone() -> None:
    # GIVEN advice that was good, and some that the player corrected WHEN a model revises THEN it is not even asked
    asked, ask = model("Jump.", old="1", new="7")
    assert list(revisions([replace(BAD, good=True), replace(BAD, better="Wait.")], "Raid", ask)) == []  # type: ignore[arg-type]
    assert asked == []

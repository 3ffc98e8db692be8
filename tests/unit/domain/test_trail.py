from PIL import Image

from coach_app.domain.frame import Frame
from coach_app.domain.trail import Trail


def place(number: int) -> Frame:
    return Frame(Image.new("RGB", (8, 8), (number, 0, 0)))


def test_a_place_that_comes_again_tells_what_was_advised_there() -> None:
    # GIVEN a way from a place to another and back, twice
    trail = Trail()
    for _ in range(2):
        trail.add(place(1), "right")
        trail.add(place(2), "left")
    # WHEN the places come again THEN the advice that led back is known, once for each time
    assert trail.tried(place(1)) == ("right", "right")
    assert trail.tried(place(3)) == ()


def test_advice_that_was_given_twice_without_a_step_was_not_tried() -> None:
    # GIVEN two pieces of advice on one picture, with no other between
    trail = Trail()
    trail.add(place(1), "up")
    trail.add(place(1), "up")
    # WHEN it is still there THEN nothing was tried; after a step away and back it was, once
    assert trail.tried(place(1)) == ()
    trail.add(place(2), "down")
    assert trail.tried(place(1)) == ("up",)


def test_a_move_that_was_made_and_changed_nothing_was_tried() -> None:
    # GIVEN somebody who makes every move that is advised
    trail = Trail(followed=True)
    trail.add(place(1), "up")
    # WHEN the same place is seen again THEN the move was tried, as often as it was made
    assert trail.tried(place(1)) == ("up",)
    trail.add(place(1), "up")
    trail.add(place(1), "left")
    assert trail.tried(place(1)) == ("up", "up", "left")
    assert trail.tried(place(2)) == ()


def test_another_episode_begins_anew() -> None:
    # GIVEN a way WHEN it is forgotten THEN no place was seen
    trail = Trail()
    trail.add(place(1), "up")
    trail.add(place(2), "up")
    trail.clear()
    assert trail.tried(place(1)) == ()


def test_a_move_that_was_held_back_is_a_step_all_the_same() -> None:
    # GIVEN advice at one place, and a hint at another
    trail = Trail()
    trail.add(place(1), "right")
    trail.add(place(2), "")
    # WHEN the player comes back THEN the advice was tried, and the hint was none
    assert trail.tried(place(1)) == ("right",)
    trail.add(place(1), "up")
    assert trail.tried(place(2)) == ()

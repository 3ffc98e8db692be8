"""Where the overlay is put: pure geometry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect

from coach_app.ui.placement import grows_upwards, inside, layout_key, pulled_back, screen_of

LEFT = QRect(0, 0, 1920, 1080)
RIGHT = QRect(1920, 0, 1280, 1024)


class _Screen:
    def __init__(self, rect: QRect) -> None:
        self._rect = rect

    def geometry(self) -> QRect:
        return self._rect


def test_a_layout_is_named_by_its_monitors_in_any_order() -> None:
    # GIVEN two monitors WHEN named in either order THEN the name is the same, and another one without the second
    both = [_Screen(LEFT), _Screen(RIGHT)]
    assert layout_key(both) == layout_key(reversed(both)) == "0,0,1920x1080;1920,0,1280x1024"  # type: ignore[arg-type]
    assert layout_key(both[:1]) == "0,0,1920x1080"  # type: ignore[arg-type]


def test_a_card_that_can_be_seen_stays_where_it_is() -> None:
    # GIVEN a card on a screen, and one half over its edge WHEN pulled back THEN both stay
    for rect in (QRect(100, 100, 420, 200), QRect(-200, 100, 420, 200), QRect(1800, 100, 420, 200)):
        assert pulled_back(rect, [LEFT, RIGHT]) == rect


@pytest.mark.parametrize("lost", [QRect(5000, 100, 420, 200), QRect(100, -500, 420, 200), QRect(2000, 100, 420, 200)])
def test_a_card_off_every_screen_comes_back_onto_the_nearest(lost: QRect) -> None:
    # GIVEN a card where there is no screen (any more) WHEN pulled back THEN all of it is on the screen, of its size
    assert LEFT.contains(pulled_back(lost, [LEFT]))
    assert pulled_back(lost, [LEFT]).size() == lost.size()


def test_the_nearest_screen_takes_a_lost_card() -> None:
    # GIVEN two screens WHEN a card is far to the right THEN the right one takes it
    assert screen_of(QRect(9000, 10, 10, 10), [LEFT, RIGHT]) == RIGHT


rects = st.builds(QRect, st.integers(-9999, 9999), st.integers(-9999, 9999), st.integers(0, 5000), st.integers(0, 5000))


@given(rects)
def test_whatever_was_stored_some_of_it_is_seen(rect: QRect) -> None:
    # GIVEN any rectangle WHEN pulled back THEN it meets a screen
    back = pulled_back(rect, [LEFT, RIGHT])
    assert back.isEmpty() or any(screen.intersects(back) for screen in (LEFT, RIGHT))


@given(rects)
def test_inside_is_inside(rect: QRect) -> None:
    # GIVEN any rectangle WHEN put inside THEN no edge of it is beyond the screen
    put = inside(rect, LEFT)
    assert put.left() >= 0
    assert put.top() >= 0
    assert put.right() <= LEFT.right()
    assert put.bottom() <= LEFT.bottom()


def test_only_low_cards_grow_upwards() -> None:
    # GIVEN a card at the top and one at the bottom WHEN asked THEN only the low one grows upwards
    assert not grows_upwards(QRect(0, 24, 420, 150), LEFT)
    assert grows_upwards(QRect(0, 900, 420, 150), LEFT)

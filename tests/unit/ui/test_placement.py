"""Where the overlay is put: pure geometry."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from coach_app.ui.placement import aside, beside, grows_upwards, inside, layout_key, pulled_back, screen_of

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


CARD = QRect(1476, 24, 420, 140)


def test_a_card_stays_where_nothing_is_in_its_way() -> None:
    # GIVEN no other windows, or some elsewhere WHEN it is asked where the card goes THEN it stays
    for taken in ([], [QRect(100, 100, 800, 600)], [QRect(2000, 24, 420, 140)]):
        assert aside(CARD, taken, [LEFT, RIGHT]) == CARD


@pytest.mark.parametrize(
    ("taken", "place"),
    [
        ([QRect(1400, 0, 520, 300)], QRect(1476, 316, 420, 140)),  # below a window in the corner
        ([QRect(1600, 0, 300, 1080)], QRect(1164, 24, 420, 140)),  # beside one as high as the screen
        ([QRect(1600, 0, 300, 1080), QRect(1000, 0, 584, 300)], QRect(1164, 316, 420, 140)),  # and below another
    ],
)
def test_a_card_goes_to_the_nearest_free_place(taken: list[QRect], place: QRect) -> None:
    # GIVEN windows where the card belongs WHEN it makes room THEN it goes no farther than it must
    assert aside(CARD, taken, [LEFT]) == place


def test_a_card_does_not_jump_about_while_it_is_aside() -> None:
    # GIVEN a card that is aside WHEN another place would be nearer THEN it stays while it can
    taken = [QRect(1400, 0, 520, 300)]
    far = QRect(100, 700, 420, 140)
    assert aside(CARD, taken, [LEFT], far) == far
    assert aside(CARD, [*taken, QRect(0, 600, 900, 480)], [LEFT], far) == QRect(1476, 316, 420, 140)
    # WHEN it can be where it belongs THEN it is
    assert aside(CARD, [], [LEFT], far) == CARD


def test_a_card_goes_to_another_screen_or_nowhere_where_one_is_full() -> None:
    # GIVEN a window as large as its screen WHEN there is another one THEN the card is there; otherwise nowhere
    there = aside(CARD, [LEFT], [LEFT, RIGHT])
    assert there is not None
    assert RIGHT.contains(there)
    assert aside(CARD, [LEFT], [LEFT]) is None
    assert aside(CARD, [LEFT, RIGHT], [LEFT, RIGHT]) is None


rects = st.builds(QRect, st.integers(-200, 1800), st.integers(-200, 1000), st.integers(1, 1500), st.integers(1, 1000))


@given(st.lists(rects, max_size=4), rects)
def test_a_card_never_covers_what_is_taken(taken: list[QRect], card: QRect) -> None:
    # GIVEN any windows, and any card on the screen WHEN it makes room THEN it covers none of them, and is on the screen
    card = inside(card, LEFT)
    place = aside(card, taken, [LEFT])
    if place is not None:
        assert not any(place.intersects(rect) for rect in taken)
        assert LEFT.contains(place)
        assert place.size() == card.size()


@pytest.mark.parametrize(
    ("card", "screen", "place"),
    [
        (CARD, LEFT, QRect(940, 24, 520, 120)),  # beside, where there is more room
        (QRect(24, 24, 420, 140), LEFT, QRect(460, 24, 520, 120)),
        (QRect(24, 980, 420, 90), LEFT, QRect(460, 960, 520, 120)),  # all of it on the screen
        (QRect(300, 400, 600, 140), QRect(0, 0, 1024, 600), QRect(380, 264, 520, 120)),  # above
        (QRect(580, 24, 420, 300), QRect(0, 0, 1024, 600), QRect(44, 24, 520, 120)),
        (QRect(300, 24, 600, 140), QRect(0, 0, 1024, 600), QRect(380, 180, 520, 120)),  # below
    ],
)
def test_a_box_is_beside_a_card_or_above_it(card: QRect, screen: QRect, place: QRect) -> None:
    assert beside(QSize(520, 120), card, screen) == place

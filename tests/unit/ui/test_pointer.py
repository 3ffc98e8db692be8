"""What points at the screen."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QApplication

from coach_app.domain.pointing import Mark
from coach_app.ui.pointer import COLOR, RING_PX, Pointer, window_rect


@pytest.fixture
def pointer(qt_app: QApplication, expect_warning: Callable[[str], None]) -> Iterator[Pointer]:
    expect_warning("does not support raise")  # without a screen
    pointer = Pointer()
    yield pointer
    pointer.hide()
    pointer.deleteLater()


@pytest.mark.parametrize("place", [(0.5, 0.5), (0.1, 0.9), (0.97, 0.03)])
def test_a_ring_is_around_the_place_and_an_arrow_inside_of_the_window(
    pointer: Pointer, place: tuple[float, float]
) -> None:
    # GIVEN a mark WHEN it is shown THEN the ring's colour is at its distance on both sides, and its middle is free
    pointer.point([Mark((*place, *place), "the crate")], QRect(50, 60, 400, 300))
    picture = pointer.grab().toImage()
    centre = QPoint(round(place[0] * 400), round(place[1] * 300))
    for side in (QPoint(1, 0), QPoint(-1, 0), QPoint(0, 1), QPoint(0, -1)):
        spot = centre + side * round(RING_PX)
        if picture.rect().adjusted(2, 2, -2, -2).contains(spot):
            assert picture.pixelColor(spot) == COLOR
    assert picture.pixelColor(centre) != COLOR
    # THEN its label lies inside of the window
    label = pointer._label_rect(pointer._marks[0])
    assert QRect(0, 0, 400, 300).contains(label.toAlignedRect().adjusted(1, 1, -1, -1))


def test_a_box_is_framed(pointer: Pointer) -> None:
    # GIVEN a box WHEN it is shown THEN the frame is at its edges
    pointer.point([Mark((0.25, 0.25, 0.75, 0.75))], QRect(0, 0, 400, 400))
    picture = pointer.grab().toImage()
    for spot in (QPoint(100, 200), QPoint(300, 200), QPoint(200, 100), QPoint(200, 300)):
        assert picture.pixelColor(spot) == COLOR


def test_it_lets_clicks_through_and_follows(pointer: Pointer) -> None:
    # GIVEN a shown mark WHEN its window moves THEN it is there, too, and never takes a click or the keyboard
    mark = Mark((0.5, 0.5, 0.5, 0.5))
    pointer.point([mark], QRect(0, 0, 200, 100))
    pointer.point([mark], QRect(30, 40, 300, 200))
    assert pointer.geometry() == QRect(30, 40, 300, 200)
    flags = pointer.windowFlags()
    assert flags & flags.WindowTransparentForInput
    assert flags & flags.WindowDoesNotAcceptFocus


def test_physical_pixels_become_those_of_windows(qt_app: QApplication) -> None:
    # GIVEN a screen without scaling THEN both are the same, also for what is off the screen
    assert window_rect(10, 20, 110, 220) == QRect(10, 20, 100, 200)
    assert window_rect(-5000, 0, -4000, 10) == QRect(-5000, 0, 1000, 10)

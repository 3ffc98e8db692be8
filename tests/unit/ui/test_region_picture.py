"""The live picture on which a part is drawn."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QSpinBox

from coach_app.domain.profile import GameProfile
from coach_app.ui.profile_editor import ProfileEditor
from coach_app.ui.region_picture import Region, RegionPicture


def image(width: int, height: int) -> QImage:
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor("#336699"))
    return picture


@pytest.fixture
def picture(qt_app: QApplication) -> Iterator[RegionPicture]:
    """400 x 300 for a picture of 640 x 320, which has a bar of 50 pixels above and below."""
    picture = RegionPicture()
    picture.resize(400, 300)
    picture.show_image(image(640, 320))
    yield picture
    picture.deleteLater()


def drag(picture: RegionPicture, start: tuple[int, int], end: tuple[int, int]) -> None:
    QTest.mousePress(picture, Qt.MouseButton.LeftButton, pos=QPoint(*start))
    QTest.mouseMove(picture, QPoint(*end))
    QTest.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=QPoint(*end))


@pytest.mark.parametrize(
    ("start", "end", "drawn"),
    [
        ((100, 100), (299, 199), (0.25, 0.25, 0.75, 0.75)),
        ((299, 199), (100, 100), (0.25, 0.25, 0.75, 0.75)),
        ((200, 150), (399, 299), (0.5, 0.5, 1.0, 1.0)),  # beyond the picture
    ],
)
def test_what_is_drawn_is_told_as_fractions(
    picture: RegionPicture, start: tuple[int, int], end: tuple[int, int], drawn: Region
) -> None:
    told: list[Region] = []
    picture.region_drawn.connect(told.append)
    drag(picture, start, end)
    assert told[0] == pytest.approx(drawn)


def test_the_keys_move_and_resize_what_is_shown(picture: RegionPicture) -> None:
    # GIVEN a part
    told: list[Region] = []
    picture.region_drawn.connect(told.append)
    picture.show_region((0.25, 0.25, 0.75, 0.75))
    # WHEN it is moved, and made wider THEN that is told
    QTest.keyClick(picture, Qt.Key.Key_Right)
    QTest.keyClick(picture, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert told[0] == pytest.approx((0.275, 0.25, 0.775, 0.75))
    assert told[1] == pytest.approx((0.275, 0.25, 0.8, 0.75))


def test_a_click_or_no_picture_draws_nothing(picture: RegionPicture) -> None:
    told: list[Region] = []
    picture.region_drawn.connect(told.append)
    drag(picture, (200, 150), (203, 152))
    picture.show_sentence("It is closed.")
    drag(picture, (100, 100), (299, 199))
    QTest.keyClick(picture, Qt.Key.Key_Right)
    assert told == []


def test_what_is_drawn_is_the_part_of_the_profile(qt_app: QApplication) -> None:
    # GIVEN the form of a game that is looked at as a whole
    editor = ProfileEditor(GameProfile(id="doom", title="Doom", prompt="?"))
    editor.trial.picture.resize(400, 300)
    editor.trial.show_picture(image(640, 320))
    # WHEN a part is drawn THEN it is the profile's, in numbers, too
    drag(editor.trial.picture, (100, 100), (299, 199))
    assert editor.profile().region == (0.25, 0.25, 0.75, 0.75)
    assert [box.value() for box in editor.findChildren(QSpinBox)] == [25, 25, 75, 75]
    # WHEN a number is changed THEN the picture shows it
    next(box for box in editor.findChildren(QSpinBox) if box.accessibleName() == "Right").setValue(100)
    assert editor.trial.picture._region == (0.25, 0.25, 1.0, 0.75)
    # WHEN the whole is wanted again THEN nothing is marked
    next(box for box in editor.findChildren(QCheckBox) if "part" in box.text()).setChecked(False)
    assert editor.profile().region is None
    assert not editor.trial.picture._rectangle.rect.isValid()
    editor.deleteLater()


def test_a_part_that_was_written_exactly_stays_so(qt_app: QApplication) -> None:
    # GIVEN a part between whole per cents WHEN the profile is saved untouched THEN it is the same
    exact = GameProfile(id="doom", title="Doom", prompt="?", region=(0.125, 0.0, 0.999, 0.333))
    editor = ProfileEditor(exact)
    assert editor.profile() == exact
    editor.deleteLater()

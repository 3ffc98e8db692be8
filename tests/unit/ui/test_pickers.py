"""Choosing a source: the picker, and the sheet to draw on."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton

from coach_app.domain.source import AutoSpec, MonitorSpec, RecordingSpec, RegionSpec, SourceSpec, WindowSpec
from coach_app.ui.region_picker import LEAST_PX, RegionSheet
from coach_app.ui.source_picker import SourceChoice, SourcePicker

GAME = SourceChoice(WindowSpec(title="Game"), "Game", "game · 640 x 480", Image.new("RGB", (201, 150), "red"))
MINIMISED = SourceChoice(WindowSpec(title="Gone"), "Gone", "gone · 640 x 480")
MONITOR = SourceChoice(MonitorSpec(index=1), "Monitor 1", "1920 x 1080", Image.new("RGB", (208, 117), "blue"))


class Picker:
    """A picker, and what it said."""

    def __init__(self, current: SourceSpec | None = None) -> None:
        self.dialog = SourcePicker(current)
        self.chosen: list[SourceSpec] = []
        self.regions = self.refreshes = 0
        self.dialog.source_chosen.connect(self.chosen.append)
        self.dialog.region_wanted.connect(self._on_region)
        self.dialog.refresh_wanted.connect(self._on_refresh)
        (self.list,) = self.dialog.findChildren(QListWidget)

    def button(self, text: str) -> QPushButton:
        return next(button for button in self.dialog.findChildren(QPushButton) if button.text() == text)

    def _on_region(self) -> None:
        self.regions += 1

    def _on_refresh(self) -> None:
        self.refreshes += 1


@pytest.fixture
def picker(qt_app: QApplication) -> Iterator[Picker]:
    picker = Picker(current=MONITOR.spec)
    yield picker
    picker.dialog.deleteLater()


def test_what_is_watched_now_is_selected_and_another_can_be_chosen(picker: Picker) -> None:
    # GIVEN a picker that waits for choices
    assert not picker.button("&Watch this").isEnabled()
    # WHEN they come
    picker.dialog.show_choices([GAME, MINIMISED, MONITOR])
    # THEN the current one is selected
    assert picker.list.currentItem().text() == "Monitor 1\n1920 x 1080"
    # WHEN another one is chosen
    picker.list.setCurrentRow(0)
    picker.button("&Watch this").click()
    # THEN it is said
    assert picker.chosen == [GAME.spec]


def test_thumbnails_show_the_colours_of_the_window(picker: Picker) -> None:
    # GIVEN a window of an odd width, and one without a picture
    picker.dialog.show_choices([GAME, MINIMISED, MONITOR])
    # THEN the middle of each thumbnail is what was captured
    images = [picker.list.item(row).icon().pixmap(208, 130).toImage() for row in range(3)]
    assert [images[row].pixelColor(104, 65).name() for row in (0, 2)] == ["#ff0000", "#0000ff"]
    assert images[1].pixelColor(5, 5).name() == "#20262e"


def test_return_takes_the_selected_one(picker: Picker) -> None:
    picker.dialog.show_choices([GAME, MONITOR])
    QTest.keyClick(picker.list, Qt.Key.Key_Return)
    assert picker.chosen == [MONITOR.spec]


def test_the_other_ways_are_said(picker: Picker) -> None:
    # GIVEN choices
    picker.dialog.show_choices([GAME])
    # WHEN each other way is taken
    picker.button("Any &known game").click()
    picker.button("&Part of the screen…").click()
    picker.button("Re&fresh").click()
    # THEN each is said, and choices of before are gone
    assert picker.chosen == [AutoSpec()]
    assert (picker.regions, picker.refreshes) == (1, 1)
    assert picker.list.count() == 0
    assert not picker.button("&Watch this").isEnabled()


@pytest.mark.parametrize(("name", "path"), [("/a/b/play.gif", "/a/b/play.gif"), ("/a/b/001.PNG", "/a/b")])
def test_a_recording_is_a_gif_or_the_folder_of_a_picture(picker: Picker, name: str, path: str) -> None:
    picker.dialog._choose_recording(name)
    assert picker.chosen == [RecordingSpec(path=Path(path))]


def test_no_windows_is_a_sentence(picker: Picker) -> None:
    picker.dialog.show_choices([])
    assert picker.list.count() == 0
    assert not picker.button("&Watch this").isEnabled()


class Sheet:
    """A sheet over the screen, and what it said."""

    def __init__(self, current: RegionSpec | None = None) -> None:
        self.sheet = RegionSheet(QApplication.primaryScreen(), current)
        self.sheet.resize(QApplication.primaryScreen().size())
        self.drawn: list[RegionSpec] = []
        self.cancelled = 0
        self.sheet.drawn.connect(self.drawn.append)
        self.sheet.cancelled.connect(self._on_cancel)

    def drag(self, start: QPoint, end: QPoint) -> None:
        QTest.mousePress(self.sheet, Qt.MouseButton.LeftButton, pos=start)
        QTest.mouseMove(self.sheet, end)
        QTest.mouseRelease(self.sheet, Qt.MouseButton.LeftButton, pos=end)

    def press(self, *keys: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        for key in keys:
            QTest.keyClick(self.sheet, key, modifier)

    def _on_cancel(self) -> None:
        self.cancelled += 1


@pytest.fixture
def sheet(qt_app: QApplication) -> Iterator[Sheet]:
    sheet = Sheet(RegionSpec(left=100, top=100, width=200, height=150))
    yield sheet
    sheet.sheet.deleteLater()


def test_what_is_chosen_now_is_there_to_begin_with(sheet: Sheet) -> None:
    sheet.press(Qt.Key.Key_Return)
    assert sheet.drawn == [RegionSpec(left=100, top=100, width=200, height=150)]


def test_the_keys_move_and_resize(sheet: Sheet) -> None:
    # GIVEN a rectangle
    # WHEN it is moved by ten and by one, and made larger and smaller
    sheet.press(Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down)
    sheet.press(Qt.Key.Key_Left, modifier=Qt.KeyboardModifier.ControlModifier)
    sheet.press(Qt.Key.Key_Right, modifier=Qt.KeyboardModifier.ShiftModifier)
    sheet.press(
        Qt.Key.Key_Up, modifier=Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    )  # fmt: skip
    sheet.press(Qt.Key.Key_Return)
    # THEN it is where it should be
    assert sheet.drawn == [RegionSpec(left=109, top=120, width=210, height=149)]


def test_it_never_leaves_the_screen_or_vanishes(sheet: Sheet) -> None:
    # WHEN it is moved and shrunk without end
    sheet.press(*[Qt.Key.Key_Left] * 50, *[Qt.Key.Key_Up] * 50)
    sheet.press(*[Qt.Key.Key_Left] * 50, *[Qt.Key.Key_Up] * 50, modifier=Qt.KeyboardModifier.ShiftModifier)
    sheet.press(Qt.Key.Key_Return)
    # THEN it is small, in the corner
    assert sheet.drawn == [RegionSpec(left=0, top=0, width=LEAST_PX, height=LEAST_PX)]


def test_escape_takes_none(sheet: Sheet) -> None:
    sheet.press(Qt.Key.Key_Escape)
    assert sheet.cancelled == 1
    assert sheet.drawn == []


def test_a_region_of_another_screen_is_not_begun_with(qt_app: QApplication) -> None:
    # GIVEN a region that is not on this screen
    sheet = Sheet(RegionSpec(left=90_000, top=0, width=100, height=100))
    # THEN there is none here, until the sheet is started
    assert not sheet.sheet.has_region
    sheet.sheet.start()
    assert sheet.sheet.has_region


def test_a_click_alone_draws_nothing(sheet: Sheet) -> None:
    # GIVEN a rectangle WHEN there is a click and a twitch beside it THEN Return takes nothing that small
    sheet.drag(QPoint(500, 500), QPoint(502, 501))
    sheet.press(Qt.Key.Key_Return)
    assert sheet.drawn == []

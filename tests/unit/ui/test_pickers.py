"""Choosing a source: the picker, and the sheet to draw on."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QFrame, QLabel, QListWidget, QPushButton

from coach_app.capture.source import Loss, SourceLost
from coach_app.capture.windows import WindowInfo
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import (
    AutoSpec,
    MonitorSpec,
    RecordingSpec,
    RegionSpec,
    SourceSpec,
    WaylandSpec,
    WindowSpec,
)
from coach_app.ui.region_picker import MIN_PX, RegionPicker, RegionSheet
from coach_app.ui.source_picker import SourceChoice, SourcePicker, look_around

GAME = SourceChoice(WindowSpec(title="Game"), "Game", "game · 640 x 480", Image.new("RGB", (201, 150), "red"))
MINIMISED = SourceChoice(WindowSpec(title="Gone"), "Gone", "gone · 640 x 480")
MONITOR = SourceChoice(MonitorSpec(index=1), "Monitor 1", "1920 x 1080", Image.new("RGB", (208, 117), "blue"))


class Picker:
    """A picker, and what it said."""

    def __init__(self, current: SourceSpec | None = None) -> None:
        self.dialog = SourcePicker(current, {"doom": "Doom & co", "default": "Any game"})
        self.chosen: list[SourceSpec] = []
        self.made: list[SourceSpec] = []
        self.dialog.game_wanted.connect(self.made.append)
        self.regions = self.refreshes = 0
        self.dialog.source_chosen.connect(self.chosen.append)
        self.dialog.region_wanted.connect(self._on_region)
        self.dialog.refresh_wanted.connect(self._on_refresh)
        (self.list,) = self.dialog.findChildren(QListWidget)

    def button(self, text: str) -> QPushButton:
        return next(button for button in self.dialog.findChildren(QPushButton) if button.text() == text)

    def use_as(self, title: str) -> None:
        """Choose an entry of the menu of games."""
        menu = self.button("&Use as game…").menu()
        next(action for action in menu.actions() if action.text() == title).trigger()

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


def test_it_can_be_said_which_game_something_is(picker: Picker) -> None:
    # GIVEN nothing to choose from THEN nothing can be said of it
    assert not picker.button("&Use as game…").isEnabled()
    # WHEN a window is said to be a known game THEN it is watched as that
    picker.dialog.show_choices([GAME, MONITOR])
    picker.list.setCurrentRow(0)
    picker.use_as("Doom && co")
    assert picker.chosen == [WindowSpec(title="Game", game="doom")]
    assert picker.dialog.result() == SourcePicker.DialogCode.Accepted


def test_a_profile_can_be_made_of_what_is_seen(picker: Picker) -> None:
    picker.dialog.show_choices([GAME, MONITOR])
    picker.list.setCurrentRow(1)
    picker.use_as("&New game…")
    assert (picker.made, picker.chosen) == ([MONITOR.spec], [])


def test_what_was_said_to_be_a_game_is_still_what_is_watched_now(qt_app: QApplication) -> None:
    picker = Picker(current=MonitorSpec(index=1, game="doom"))
    picker.dialog.show_choices([GAME, MONITOR])
    assert picker.list.currentRow() == 1
    picker.dialog.deleteLater()


def test_in_doubt_it_is_asked_which_window_is_the_game(picker: Picker) -> None:
    # GIVEN two windows that could be the game
    asked = next(label for label in picker.dialog.findChildren(QLabel) if "Which" in label.text())
    picker.dialog.show_choices([GAME])
    assert asked.isHidden()
    doubtful = [
        SourceChoice(WindowSpec(title="Doom", program=program), "Doom", program, game="Doom", doubtful=True)
        for program in ("doom", "gedit")
    ]
    # WHEN they are shown THEN that is asked, and the first is selected, with the game that it may be
    picker.dialog.show_choices([*doubtful, MONITOR])
    assert not asked.isHidden()
    assert picker.list.currentItem().text() == "Doom\nGame: Doom · doom"
    # WHEN there is no doubt any more THEN it is not asked any more
    picker.dialog.show_choices([MONITOR])
    assert asked.isHidden()


def test_windows_that_could_be_a_game_are_shown_first(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a game without a program, and windows of two programs that are called like it
    def window(number: int, title: str, program: str) -> WindowInfo:
        return WindowInfo(number, title, program, number, 0, 0, 320, 240, minimised=True)

    windows = [window(1, "Mail", "mail"), window(2, "Doom", "doom"), window(3, "Doom", "gedit")]
    monkeypatch.setattr("coach_app.ui.source_picker.list_windows", lambda excluded: windows)
    lost = SourceLost(Loss.CLOSED, "There is no such monitor.")
    monkeypatch.setattr("coach_app.ui.source_picker.Screen", lambda spec: SimpleNamespace(grab=lambda: lost, close=int))
    doom = GameProfile(id="doom", title="Doom", window="^Doom$", prompt="?")
    # WHEN one looks around THEN they come first, and are marked
    found = [(choice.title, choice.game, choice.doubtful) for choice in look_around((), [doom])]
    assert found == [("Doom", "Doom", True), ("Doom", "Doom", True), ("Mail", "", False)]
    # WHEN its program is known THEN there is no doubt
    sure = doom.model_copy(update={"program": "^doom$"})
    found = [(choice.title, choice.game, choice.doubtful) for choice in look_around((), [sure])]
    assert found == [("Mail", "", False), ("Doom", "Doom", False), ("Doom", "", False)]


def test_on_wayland_the_desktop_itself_offers_windows_and_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a Wayland desktop with a game that runs under XWayland
    window = WindowInfo(1, "Doom", "doom", 1, 0, 0, 320, 240, minimised=True)
    monkeypatch.setattr("coach_app.ui.source_picker.list_windows", lambda excluded: [window])
    monkeypatch.setattr("coach_app.ui.source_picker.can_be_picked", lambda: True)
    # WHEN one looks around THEN the game is there, and in place of the monitors, which are black, the desktop's picker
    specs = [choice.spec for choice in look_around()]
    assert specs == [WindowSpec(title="Doom", program="doom", pid=1), WaylandSpec()]


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
        games = {"default": "Any game", "doom": "Doom"}
        self.sheet = RegionSheet(QApplication.primaryScreen(), current, games, several=True)
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
    assert sheet.drawn == [RegionSpec(left=0, top=0, width=MIN_PX, height=MIN_PX)]


@pytest.mark.parametrize("start", [(500, 400), (120, 120), (180, 240)])
def test_dragging_draws_a_new_rectangle_also_inside_the_old_one(sheet: Sheet, start: tuple[int, int]) -> None:
    # GIVEN a rectangle WHEN the mouse is dragged anywhere but from a handle THEN that is the new one
    sheet.drag(QPoint(*start), QPoint(start[0] + 99, start[1] + 49))
    sheet.press(Qt.Key.Key_Return)
    assert sheet.drawn == [RegionSpec(left=start[0], top=start[1], width=100, height=50)]


@pytest.mark.parametrize(
    ("handle", "left", "top", "width", "height"),
    [
        ((100, 100), 110, 120, 190, 130),
        ((299, 249), 100, 100, 210, 170),
        ((199, 100), 100, 120, 200, 130),
        ((299, 174), 100, 100, 210, 150),
        ((199, 174), 110, 120, 200, 150),  # the middle one moves
    ],
)
def test_a_handle_moves_its_edges(
    sheet: Sheet, handle: tuple[int, int], left: int, top: int, width: int, height: int
) -> None:
    # WHEN a handle is dragged by 10 and 20 pixels THEN only its edges move
    sheet.drag(QPoint(*handle), QPoint(*handle) + QPoint(10, 20))
    sheet.press(Qt.Key.Key_Return)
    assert sheet.drawn == [RegionSpec(left=left, top=top, width=width, height=height)]


def test_a_handle_turns_nothing_inside_out(sheet: Sheet) -> None:
    # WHEN the left edge is dragged beyond the right one, and off the screen
    sheet.drag(QPoint(100, 174), QPoint(700, 174))
    sheet.press(Qt.Key.Key_Return)
    # THEN a little is left of it
    assert sheet.drawn == [RegionSpec(left=300 - MIN_PX, top=100, width=MIN_PX, height=150)]


def test_the_game_of_a_part_is_said_with_it(qt_app: QApplication) -> None:
    # GIVEN a part that is a known game's
    sheet = Sheet(RegionSpec(left=100, top=100, width=200, height=150, game="doom"))
    (games,) = sheet.sheet.findChildren(QComboBox)
    assert (games.currentText(), games.accessibleName()) == ("Doom", "Game")
    # WHEN it is another's THEN that is said, by the button, too
    games.setCurrentIndex(1)
    next(button for button in sheet.sheet.findChildren(QPushButton) if button.text() == "&Watch this").click()
    assert sheet.drawn == [RegionSpec(left=100, top=100, width=200, height=150, game="default")]
    sheet.sheet.deleteLater()


@pytest.mark.parametrize("top", [5, 700])
def test_the_help_hides_while_drawing_and_gives_way_to_the_rectangle(sheet: Sheet, top: int) -> None:
    # GIVEN the help
    (panel,) = sheet.sheet.findChildren(QFrame, options=Qt.FindChildOption.FindDirectChildrenOnly)
    sheet.sheet.start()
    assert not panel.isHidden()
    # WHEN a rectangle is drawn at the top or the bottom THEN the help is not in its way, and at the other end then
    QTest.mousePress(sheet.sheet, Qt.MouseButton.LeftButton, pos=QPoint(10, top))
    QTest.mouseMove(sheet.sheet, QPoint(600, top + 85))
    assert panel.isHidden()
    QTest.mouseRelease(sheet.sheet, Qt.MouseButton.LeftButton, pos=QPoint(600, top + 85))
    assert not panel.isHidden()
    assert not panel.geometry().intersects(QRect(10, top, 591, 86))


def test_the_screens_are_turned_to_one_after_the_other(qt_app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN two screens
    screen = QApplication.primaryScreen()
    monkeypatch.setattr("coach_app.ui.region_picker.QGuiApplication.screens", lambda: [screen, screen])
    picker = RegionPicker()
    picker._cover(None, {"doom": "Doom"})
    first, second = picker.sheets
    first.play("doom")
    assert (first.has_region, second.has_region) == (True, False)
    # WHEN the next one is wanted THEN the rectangle is there, and the game is still the same
    next(button for button in first.findChildren(QPushButton) if button.text() == "&Next screen").click()
    assert (first.has_region, second.has_region, second.game) == (False, True, "doom")
    # WHEN it is given up THEN that is said, and nothing covers the screens
    given_up: list[bool] = []
    picker.cancelled.connect(lambda: given_up.append(True))
    QTest.keyClick(second, Qt.Key.Key_Escape)
    assert (given_up, picker.sheets) == ([True], [])


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

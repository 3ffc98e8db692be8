"""Every window fits on a small screen, or scrolls: what Full HD, and what 1024 x 600, leave at scale 2."""

import inspect
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QMessageBox, QScrollArea, QWidget

from coach_app import ui
from coach_app.domain.phrases import Language
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import WindowSpec
from coach_app.review.review import Moment, Played, Review, trends
from coach_app.session.history import Entry
from coach_app.settings.schema import Settings
from coach_app.ui.about import AboutWindow
from coach_app.ui.actions import CoachActions
from coach_app.ui.control_window import ControlWindow
from coach_app.ui.cost_window import CostWindow
from coach_app.ui.file_chooser import FileChooser
from coach_app.ui.history_window import HistoryWindow
from coach_app.ui.language import InterfaceLanguageSwitch
from coach_app.ui.learning_window import LearningWindow
from coach_app.ui.models_page import ModelsPage
from coach_app.ui.overlay import Overlay
from coach_app.ui.plain import PlainMessageBox
from coach_app.ui.practice import PracticeWindow
from coach_app.ui.practice_what_if import WhatIfWindow
from coach_app.ui.privacy_page import PrivacyPage
from coach_app.ui.profile_editor import ProfileEditor
from coach_app.ui.profiles_page import ProfilesPage
from coach_app.ui.question_box import QuestionBox
from coach_app.ui.region_picker import RegionSheet
from coach_app.ui.review_again import TryAgain
from coach_app.ui.review_window import ReviewWindow
from coach_app.ui.setting_editors import KeyBox
from coach_app.ui.settings_dialog import SettingsDialog
from coach_app.ui.source_picker import SourceChoice, SourcePicker
from coach_app.ui.welcome import Welcome

GAME = GameProfile(id="game", title="Game", prompt="What next?")
LONG = "a long title " * 9
SMALL = QSize(960, 540)
SMALLEST = QSize(512, 300)


def _message() -> PlainMessageBox:
    return PlainMessageBox(QMessageBox.Icon.Question, "Models", LONG * 99)


def _settings() -> SettingsDialog:
    return SettingsDialog(Settings(), pages={"Games": ProfilesPage(), "Models": ModelsPage(), "Privacy": PrivacyPage()})


def _history() -> HistoryWindow:
    window = HistoryWindow({})
    window.show_entries([Entry(1, 1.7e9, "grid", LONG, LONG * 9, LONG, "up", LONG, 412.4, False)])
    return window


def _review() -> ReviewWindow:
    moments = tuple(Moment(0, step, 0.0, LONG, (LONG,), 1.0, "lost", LONG * 9) for step in range(9))
    played = Played(1, 0.0, (LONG,) * 9, (1.0,) * 9, 1.0)
    window = ReviewWindow([LONG, LONG])
    window.show_review(Review("grid", LONG, "", "values", 0.03, (played,), moments, trends([played], moments, [])))
    return window


def _picker() -> SourcePicker:
    picker = SourcePicker(games={"game": LONG})
    picker.show_choices([SourceChoice(WindowSpec(title=LONG), LONG, LONG, game=LONG, doubtful=True)])
    return picker


def _region() -> RegionSheet:
    sheet = RegionSheet(QApplication.primaryScreen(), None, {"game": LONG}, several=True)
    sheet.resize(SMALLEST)
    return sheet


def _question() -> QuestionBox:
    box = QuestionBox()
    box.apply("dark", 16.0)
    box._game = LONG
    box._show_about()
    return box


def _chooser() -> FileChooser:
    chooser = FileChooser(LONG)
    chooser.setOption(FileChooser.Option.DontUseNativeDialog)
    chooser.setAcceptMode(FileChooser.AcceptMode.AcceptSave)
    chooser.setNameFilters([f"{LONG} (*.csv)", "JSON (*.json)"])
    chooser.selectFile(LONG)
    return chooser


def cut_off(window: QWidget) -> list[QWidget]:
    """The buttons that cannot be reached: beyond the window's edge, and not in an area that scrolls."""
    buttons = [part for part in window.findChildren(QAbstractButton) if part.isVisibleTo(window) and part.text()]
    return [button for button in buttons if not _scrolls(button) and not _is_inside(button, window)]


def _scrolls(part: QWidget) -> bool:
    parent = part.parentWidget()
    return parent is not None and (isinstance(parent, QScrollArea) or _scrolls(parent))


def _is_inside(part: QWidget, window: QWidget) -> bool:
    return window.rect().contains(QRect(part.mapTo(window, QPoint(0, 0)), part.size()))


WINDOWS: dict[type[QWidget], Callable[[], QWidget]] = {
    AboutWindow: AboutWindow,
    ControlWindow: lambda: ControlWindow(CoachActions()),
    CostWindow: CostWindow,
    FileChooser: _chooser,
    HistoryWindow: _history,
    KeyBox: KeyBox,
    LearningWindow: lambda: LearningWindow({"game": LONG}),
    PlainMessageBox: _message,
    ProfileEditor: lambda: ProfileEditor(GAME, open_windows=[(LONG, "game")]),
    QuestionBox: _question,
    RegionSheet: _region,
    ReviewWindow: _review,
    SettingsDialog: _settings,
    SourcePicker: _picker,
    Welcome: lambda: Welcome("Ctrl+Alt+Space"),
}


@pytest.mark.parametrize("screen", [SMALL, SMALLEST], ids=["full-hd", "1024x600"])
@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("make", WINDOWS.values(), ids=[kind.__name__ for kind in WINDOWS])
def test_a_window_fits_on_a_small_screen(
    make: Callable[[], QWidget],
    language: Language,
    screen: QSize,
    qt_app: QApplication,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # GIVEN a small screen
    room = screen if make in (_region, _question, _message) else screen - QSize(48, 48)  # Qt sizes message boxes
    for module in ("screens", "control_window", "welcome"):
        monkeypatch.setattr(f"coach_app.ui.{module}.room_for", lambda window: room)
    switch = InterfaceLanguageSwitch(qt_app)
    switch.use(language)
    try:
        # WHEN a window is shown THEN it is not larger than that, and what does not fit scrolls
        window = make()
        window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
        window.show()
        qt_app.processEvents()
        assert window.size().boundedTo(room) == window.size()
        assert window.minimumSizeHint().boundedTo(room) == window.minimumSizeHint()
        if isinstance(window, ControlWindow | ProfileEditor):
            (area,) = window.findChildren(QScrollArea)
            assert area.verticalScrollBar().maximum() > 0
        assert [part.objectName() or type(part).__name__ for part in cut_off(window)] == []
        window.hide()
        window.deleteLater()
    finally:
        switch.use("en")


def test_every_window_of_the_interface_is_looked_at() -> None:
    # GIVEN all classes of the interface WHEN those that are windows are collected THEN all are in the list
    modules = [import_module(f"coach_app.ui.{file.stem}") for file in Path(ui.__path__[0]).glob("*.py")]
    kinds = {kind for module in modules for kind in vars(module).values() if isinstance(kind, type)}
    ours = {kind for kind in kinds if issubclass(kind, QWidget) and kind.__module__.startswith("coach_app.ui.")}
    sources = {kind: inspect.getsource(kind) for kind in ours}
    windows = {kind for kind, text in sources.items() if issubclass(kind, QDialog) or "setWindowTitle(" in text}
    # A practice game is as large as its board, and a what-if as its pictures; the overlay's place has tests of its own.
    assert windows - {PracticeWindow, TryAgain, WhatIfWindow, Overlay} == set(WINDOWS)
    # THEN files are chosen nowhere in Qt's own dialog, which is larger than small screens
    assert [module.__name__ for module in modules if QFileDialog in vars(module).values()] == [FileChooser.__module__]

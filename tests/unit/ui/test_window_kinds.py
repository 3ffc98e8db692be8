"""Every window of the app is one that tiling window managers let float, so that the game keeps its size."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from coach_app.settings.schema import Settings
from coach_app.ui.about import AboutWindow
from coach_app.ui.actions import CoachActions
from coach_app.ui.control_window import ControlWindow
from coach_app.ui.history_window import HistoryWindow
from coach_app.ui.learning_window import LearningWindow
from coach_app.ui.overlay import Overlay
from coach_app.ui.question_box import QuestionBox
from coach_app.ui.region_picker import RegionSheet
from coach_app.ui.review_window import ReviewWindow
from coach_app.ui.settings_dialog import SettingsDialog
from coach_app.ui.source_picker import SourcePicker
from coach_app.ui.welcome import Welcome


@pytest.mark.parametrize(
    "make",
    [
        AboutWindow,
        lambda: ControlWindow(CoachActions()),
        lambda: HistoryWindow({}),
        lambda: LearningWindow({}),
        QuestionBox,
        lambda: RegionSheet(QGuiApplication.primaryScreen()),
        lambda: SettingsDialog(Settings()),
        lambda: ReviewWindow([]),
        SourcePicker,
        lambda: Welcome("Ctrl+Alt+Space"),
    ],
)
def test_a_window_of_the_app_is_a_dialog(make: Callable[[], QWidget], qt_app: QApplication) -> None:
    # GIVEN a window WHEN its kind is asked for THEN it is a dialog
    window = make()
    assert window.windowFlags() & Qt.WindowType.WindowType_Mask == Qt.WindowType.Dialog
    window.deleteLater()


def test_the_overlay_is_no_window_of_the_window_manager(qt_app: QApplication) -> None:
    # GIVEN the overlay THEN window managers have nothing to do with it
    overlay = Overlay()
    assert overlay.windowFlags() & Qt.WindowType.X11BypassWindowManagerHint
    overlay.deleteLater()


def test_the_plain_window_takes_no_focus_until_it_is_on_the_screen(qt_app: QApplication) -> None:
    # GIVEN the plain window WHEN it is shown at the start THEN it refuses the keyboard while it is being placed
    window = ControlWindow(CoachActions())
    window.show_beside()
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    # AND takes it as soon as it is on the screen
    while not window.windowHandle().isExposed():
        qt_app.processEvents()
    assert not window.windowHandle().flags() & Qt.WindowType.WindowDoesNotAcceptFocus
    window.hide()
    window.deleteLater()

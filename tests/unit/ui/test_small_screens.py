"""Every window fits on a small screen, or scrolls: 1024 x 600, and what is left of Full HD at scale 2."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from coach_app.domain.phrases import Language
from coach_app.domain.profile import GameProfile
from coach_app.settings.schema import Settings
from coach_app.ui.about import AboutWindow
from coach_app.ui.actions import CoachActions
from coach_app.ui.control_window import ControlWindow
from coach_app.ui.history_window import HistoryWindow
from coach_app.ui.language import InterfaceLanguageSwitch
from coach_app.ui.profile_editor import ProfileEditor
from coach_app.ui.profiles_page import ProfilesPage
from coach_app.ui.settings_dialog import SettingsDialog
from coach_app.ui.source_picker import SourcePicker
from coach_app.ui.welcome import Welcome

GAME = GameProfile(id="game", title="Game", prompt="What next?")
SMALL = QSize(960, 540)


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize(
    "make",
    [
        AboutWindow,
        lambda: ControlWindow(CoachActions()),
        lambda: HistoryWindow({}),
        lambda: ProfileEditor(GAME, open_windows=[("a long title " * 9, "game")]),
        lambda: SettingsDialog(Settings(), pages={"Games": ProfilesPage()}),
        SourcePicker,
        lambda: Welcome("Ctrl+Alt+Space"),
    ],
)
def test_a_window_fits_on_a_small_screen(
    make: Callable[[], QWidget],
    language: Language,
    qt_app: QApplication,
    monkeypatch: pytest.MonkeyPatch,
    expect_warning: Callable[[str], None],
) -> None:
    expect_warning("propagateSizeHints")  # a window without a screen; not every one, so one more is shown that does
    other = SourcePicker()
    other.show()
    other.deleteLater()
    # GIVEN a small screen
    room = SMALL - QSize(48, 48)
    for module in ("screens", "control_window"):
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
        window.hide()
        window.deleteLater()
    finally:
        switch.use("en")

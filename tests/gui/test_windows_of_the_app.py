"""The windows around the overlay, used by a person with mouse and keys."""

import json
import subprocess
import sys
from pathlib import Path

from coach_app.domain.source import RegionSpec, WindowSpec
from coach_app.settings.store import load
from tests.gui.desktop import Desktop, Program
from tests.waiting import wait_until

REGION_PICKER = """
from PySide6.QtWidgets import QApplication
from coach_app.domain.source import RegionSpec
from coach_app.ui.region_picker import RegionPicker
app = QApplication([])
app.setQuitOnLastWindowClosed(False)
picker = RegionPicker()
def taken(spec):
    print(spec.model_dump_json(), flush=True)
    picker.open()
def cancelled():
    print("cancelled", flush=True)
    app.quit()
picker.region_selected.connect(taken)
picker.cancelled.connect(cancelled)
picker.open()
app.exec()
"""

SOURCE_PICKER = """
import threading
from PySide6.QtWidgets import QApplication
from coach_app.ui.source_picker import SourcePicker, look_around
app = QApplication([])
picker = SourcePicker()
found = []
thread = threading.Thread(target=lambda: found.extend(look_around()))
thread.start()
thread.join()
picker.show_choices(found)
for choice in found:
    middle = choice.picture.getpixel((choice.picture.width // 2, choice.picture.height // 2))
    print(choice.title, choice.picture.size, middle, flush=True)
picker.source_chosen.connect(lambda spec: print(spec.model_dump_json(), flush=True))
picker.finished.connect(app.quit)
picker.show()
app.exec()
"""

RED_WINDOW = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.setWindowTitle("a red game")
window.setStyleSheet("background: #ff0000")
window.setGeometry(300, 200, 400, 300)
window.show()
app.exec()
"""

SETTINGS = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from coach_app.settings.store import SettingsStore
from coach_app.ui.settings_dialog import SettingsDialog
app = QApplication([])
store = SettingsStore(Path(sys.argv[1]))
dialog = SettingsDialog(store.current)
dialog.changed.connect(store.change)
dialog.finished.connect(app.quit)
dialog.show()
app.exec()
"""

TRAY = """
from PySide6.QtWidgets import QApplication
from PySide6.QtCore import QTimer
from coach_app.ui.actions import CoachActions
from coach_app.ui.tray import Tray
app = QApplication([])
app.setQuitOnLastWindowClosed(False)
actions = CoachActions()
tray = None
place = None
def look():
    global tray, place
    if tray is None and Tray.is_available():
        tray = Tray(actions)
        tray.show()
    elif tray is not None and tray.icon.geometry().center() != place:
        place = tray.icon.geometry().center()
        print("at", place.x(), place.y(), flush=True)
actions["ask"].triggered.connect(lambda: print("ask", flush=True))
actions["quit"].triggered.connect(app.quit)
timer = QTimer(interval=50)
timer.timeout.connect(look)
timer.start()
app.exec()
"""


def lines(program: Program) -> list[str]:
    return program.output.read_text("utf-8").splitlines()


def is_yellow(desktop: Desktop, x: int, y: int) -> bool:
    return desktop.picture().getpixel((x, y)) == (255, 210, 63)


def test_a_region_is_drawn_with_the_mouse_and_adjusted_with_the_keys(desktop: Desktop) -> None:
    # GIVEN the sheet over the screen, with a rectangle in the middle to begin with
    program = desktop.start(sys.executable, "-c", REGION_PICKER)
    sheet = desktop.window("Draw the part", program.pid)
    wait_until(lambda: desktop.focused() == sheet, what="the sheet to have the keys")
    wait_until(lambda: is_yellow(desktop, 480, 540), what="the edge of the first rectangle")
    # WHEN a rectangle is drawn and moved by the keys
    desktop.drag((300, 200), (700, 500))
    wait_until(lambda: is_yellow(desktop, 300, 300), what="the edge of the drawn rectangle")
    desktop.keep_picture("drawn")
    desktop.key("Right", "ctrl+Down")
    desktop.key("Return")
    # THEN it is said in physical pixels
    wait_until(lambda: lines(program), what="the region")
    spec = RegionSpec.model_validate_json(lines(program)[0])
    assert abs(spec.left - 310) <= 1
    assert abs(spec.top - 201) <= 1
    assert abs(spec.width - 400) <= 2
    assert abs(spec.height - 300) <= 2
    # WHEN the next one is given up
    sheet = desktop.window("Draw the part", program.pid)
    wait_until(lambda: desktop.focused() == sheet, what="the next sheet to have the keys")
    desktop.key("Escape")
    # THEN that is said, once
    wait_until(lambda: program.process.poll() is not None, what="the end")
    assert lines(program)[1:] == ["cancelled"]


def test_a_region_is_physical_pixels_at_scale_2_and_on_the_second_monitor(desktop: Desktop) -> None:
    # GIVEN two monitors side by side, and everything twice as large
    monitors = {"left": "960/250x1080/280+0+0", "right": "960/250x1080/280+960+0"}
    for (name, place), output in zip(monitors.items(), ("screen", "none"), strict=True):
        subprocess.run(["xrandr", "--setmonitor", name, place, output], check=True)
    try:
        program = desktop.start(sys.executable, "-c", REGION_PICKER, env={"QT_SCALE_FACTOR": "2"})
        wait_until(lambda: len(desktop.windows("Draw the part", program.pid)) == 2, what="a sheet on each monitor")
        wait_until(lambda: is_yellow(desktop, 240, 540), what="the edge of the first rectangle")
        # WHEN a rectangle is drawn on the second one
        desktop.drag((1200, 600), (1600, 800))
        wait_until(lambda: is_yellow(desktop, 1200, 650), what="the edge of the drawn rectangle")
        desktop.keep_picture("second")
        assert not is_yellow(desktop, 240, 540)
        desktop.key("Return")
        # THEN it is where it was drawn on the desktop
        wait_until(lambda: lines(program), what="the region")
        spec = RegionSpec.model_validate_json(lines(program)[0])
        found = spec.left, spec.top, spec.width, spec.height
        assert all(abs(is_ - drawn) <= 2 for is_, drawn in zip(found, (1200, 600, 402, 202), strict=True))
    finally:
        for name in monitors:
            subprocess.run(["xrandr", "--delmonitor", name], check=True)


def test_a_window_is_chosen_by_its_picture(desktop: Desktop) -> None:
    # GIVEN a red game that is covered by nothing
    game = desktop.start(sys.executable, "-c", RED_WINDOW)
    desktop.window("a red game", game.pid)
    wait_until(lambda: desktop.picture().getpixel((500, 350)) == (255, 0, 0), what="the game")
    # WHEN the picker is opened
    program = desktop.start(sys.executable, "-c", SOURCE_PICKER)
    picker = desktop.window("What should the coach watch", program.pid)
    wait_until(lambda: desktop.focused() == picker, what="the picker to have the keys")
    desktop.keep_picture("picker")
    # THEN the game is there with its own picture, and the monitor, and the picker itself is not
    assert any(line.startswith("a red game (208, 156) (255, 0, 0)") for line in lines(program))
    assert any(line.startswith("Monitor 1 (208, 117)") for line in lines(program))
    assert not any(line.startswith("What should") for line in lines(program))
    # WHEN the first one is taken with the keyboard
    desktop.key("Return")
    wait_until(lambda: program.process.poll() is not None, what="the end of the picker")
    # THEN that window is said
    spec = WindowSpec.model_validate(json.loads(lines(program)[-1]))
    assert (spec.title, spec.pid) == ("a red game", game.pid)


def test_a_setting_is_found_and_changed_with_the_keys_alone(desktop: Desktop, tmp_path: Path) -> None:
    # GIVEN the dialog
    file = tmp_path / "settings.toml"
    program = desktop.start(sys.executable, "-c", SETTINGS, file)
    dialog = desktop.window("Coach settings", program.pid)
    wait_until(lambda: desktop.focused() == dialog, what="the dialog to have the keys")
    # WHEN the font size is looked for, reached with Tab, and changed
    desktop.key("ctrl+f")
    desktop.type("font size")
    desktop.key("Tab", "Tab")
    desktop.key("ctrl+a")
    desktop.type("24")
    desktop.key("Return")
    # THEN it is saved at once, and the dialog is still open
    wait_until(lambda: load(file)[0].overlay.font_size == 24, what="the saved setting")
    desktop.keep_picture("settings")
    assert dialog.is_visible()
    # WHEN Escape is pressed
    desktop.key("Escape")
    # THEN it closes
    wait_until(lambda: program.process.poll() is not None, what="the end of the dialog")
    assert lines(program) == []


def test_a_click_on_the_icon_in_the_tray_asks(desktop: Desktop) -> None:
    # GIVEN a coach that was started before there was a tray
    program = desktop.start(sys.executable, "-c", TRAY)
    # WHEN a tray comes
    desktop.start("trayer", "--edge", "top", "--width", "200", "--widthtype", "pixel", "--height", "32")
    wait_until(lambda: lines(program), what="the icon in the tray")

    def clicked() -> bool:
        """The icon moves while the tray makes room for it: it is clicked where it is now."""
        _, x, y = [line for line in lines(program) if line.startswith("at ")][-1].split()
        desktop.click(int(x), int(y))
        return "ask" in lines(program)

    # WHEN its icon is clicked THEN the question box is wanted
    wait_until(clicked, what="the question", deadline_s=20)
    desktop.keep_picture("tray")

"""The virtual desktop that all other tests of this folder stand on."""

import sys

from tests.gui.desktop import Desktop
from tests.waiting import wait_until

RED_WINDOW = """
import sys
from PySide6.QtWidgets import QApplication, QWidget

class Red(QWidget):
    def mousePressEvent(self, event):
        print("clicked", flush=True)
    def keyPressEvent(self, event):
        print("key", event.text(), flush=True)

app = QApplication(sys.argv)
window = Red()
window.setWindowTitle("a red window")
window.setStyleSheet("background: #ff0000")
window.setGeometry(300, 200, 400, 300)
window.show()
app.exec()
"""


def test_a_program_is_seen_clicked_typed_into_moved_and_closed(desktop: Desktop) -> None:
    # GIVEN a program with a red window
    program = desktop.start(sys.executable, "-c", RED_WINDOW)
    window = desktop.window("a red window", program.pid)
    left, top, width, height = window.geometry()
    middle = (left + width // 2, top + height // 2)

    # WHEN a person looks at it, clicks into it and types
    wait_until(lambda: desktop.picture().getpixel(middle) == (255, 0, 0), what="red on the screen")
    desktop.click(*middle)
    wait_until(lambda: "clicked" in program.output.read_text(), what="the click")
    desktop.type("q")

    # THEN it gets both
    wait_until(lambda: "key q" in program.output.read_text(), what="the key")
    assert desktop.focused() == window

    # WHEN it is moved, minimised and brought back
    window.move(1000, 500)
    wait_until(lambda: window.geometry()[0] in range(1000, 1010), what="the move")
    window.minimise()
    wait_until(lambda: not window.is_visible(), what="the window to be minimised")
    window.activate()
    wait_until(window.is_visible, what="the window to come back")

    # THEN the picture shows it in its new place, and closing it ends the program
    wait_until(lambda: desktop.picture().getpixel((1200, 650)) == (255, 0, 0), what="red in the new place")
    desktop.keep_picture("moved")
    window.close()
    assert wait_until(lambda: program.process.poll() is not None, what="the end of the program")
    assert program.stop() == 0


def test_the_screen_is_the_one_that_the_app_is_made_for(desktop: Desktop) -> None:
    # GIVEN the virtual desktop WHEN its picture is taken THEN it is a full HD screen with nothing on it
    picture = desktop.picture()
    assert picture.size == (1920, 1080)
    assert desktop.windows() == []

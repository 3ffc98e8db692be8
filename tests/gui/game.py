"""A stand-in for a game: a window of another program that writes down every click, key and change of focus it gets."""

import sys
from dataclasses import dataclass
from typing import Literal

from tests.gui.desktop import Desktop, Program, Window
from tests.waiting import wait_until

_SOURCE = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

class Game(QWidget):
    def mousePressEvent(self, event):
        position = event.globalPosition().toPoint()
        print(f"click {position.x()},{position.y()}", flush=True)
    def keyPressEvent(self, event):
        print(f"key {event.key()}", flush=True)
    def focusInEvent(self, event):
        print("focus in", flush=True)
    def focusOutEvent(self, event):
        print("focus out", flush=True)

color, size = sys.argv[1:]
app = QApplication(sys.argv)
game = Game()
game.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
game.setWindowTitle("a game of another program")
game.setStyleSheet(f"background: {color}")
if size == "unmanaged":
    game.setWindowFlags(Qt.WindowType.X11BypassWindowManagerHint)
    game.setGeometry(app.primaryScreen().geometry())
    game.show()
elif size in ("full", "topmost"):
    game.setWindowFlag(Qt.WindowType.WindowStaysOnTopHint, size == "topmost")
    game.showFullScreen()
else:
    game.setGeometry(100, 100, 900, 700)
    game.show()
app.exec()
"""


@dataclass(frozen=True)
class Game:
    """A running one; it has the focus when ``start_game`` returns."""

    program: Program
    window: Window

    def happened(self) -> list[str]:
        """What the window got, oldest first: ``click X,Y``, ``key NUMBER``, ``focus in``, ``focus out``."""
        return self.program.output.read_text().splitlines()


Size = Literal["window", "full", "topmost", "unmanaged"]
"""Of a game: the last three cover the screen, two of them above all others, and one without the window manager."""


def start_game(desktop: Desktop, color: str = "#ffffff", size: Size = "window") -> Game:
    """Start the game and wait until it is drawn and has the focus."""
    if size == "unmanaged":  # with the last of its own windows, a window manager gives the focus away once more
        wait_until(lambda: not desktop.managed(), what="the windows of the test before to be gone")
    program = desktop.start(sys.executable, "-c", _SOURCE, color, size)
    game = Game(program, desktop.window("a game of another program", program.pid))
    if size == "unmanaged":
        game.window.take_keys()
    else:
        game.window.activate()
    desktop.move_mouse(650, 650)  # over the game, as while one plays
    wait_until(lambda: "focus in" in game.happened(), what="the game to have the focus")
    red, green, blue = (int(color[start : start + 2], 16) for start in (1, 3, 5))
    wait_until(lambda: desktop.picture().getpixel((600, 600)) == (red, green, blue), what="the game on the screen")
    return game

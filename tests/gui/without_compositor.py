"""Shows the overlay on a screen without a compositor, starts one, ends it, and writes down the pixels each time."""

import json
import subprocess
import sys
import time
from pathlib import Path

from PIL import ImageGrab
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QWidget

sys.path.insert(0, str(Path(__file__).parents[2]))

from coach_app.ui.overlay import Answer, Overlay, OverlayLook
from tests.gui.qt import application, qt_wait

application()
game = QWidget()
palette = game.palette()
palette.setColor(QPalette.ColorRole.Window, "#ffffff")
game.setPalette(palette)
game.setGeometry(0, 0, 1024, 768)
game.show()
overlay = Overlay()
overlay.apply(OverlayLook(opacity=0.5, fade_after_s=0))


def pixels() -> dict[str, list[int]]:
    """Colours inside the card and just outside of it."""
    card = overlay.card_geometry()
    picture = ImageGrab.grab(xdisplay="").convert("RGB")
    inside, outside = (card.center().x(), card.top() + 6), (card.center().x(), card.top() - 3)
    return {
        name: list(picture.crop((x, y, x + 1, y + 1)).tobytes())
        for name, (x, y) in {"card": inside, "around": outside}.items()
    }


def settled(solid: bool) -> dict[str, list[int]]:
    """The pixels, once the card is drawn as it should be."""
    qt_wait(lambda: (pixels()["card"] == [18, 21, 27]) == solid and pixels()["around"] != [0, 0, 0], f"solid: {solid}")
    return pixels()


overlay.finish_advice(Answer("Move the cat up.", cost_ms=1, captured_at=time.time()))
seen = {"without": settled(True)}
compositor = subprocess.Popen(["picom", "--config", "/dev/null", "--backend", "xrender"], stderr=subprocess.DEVNULL)
seen["with"] = settled(False)
compositor.terminate()
compositor.wait()
seen["again without"] = settled(True)
Path(sys.argv[1]).write_text(json.dumps(seen))

"""Pointing at a real window: what a model writes about the picture that it sees is shown where it is on the screen."""

import math
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from coach_app.advisor.local import model_view
from coach_app.assembly.live_pointer import LivePointer
from coach_app.assembly.settings_in_use import SettingsInUse
from coach_app.capture.choose import open_source
from coach_app.domain.advice import Advice
from coach_app.domain.frame import Frame
from coach_app.domain.pointing import carried, read_marks
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import MonitorSpec, SourceSpec, WindowSpec
from coach_app.session.events import AnswerFinished, SourceGone
from coach_app.settings.store import SettingsStore
from coach_app.ui.pointer import COLOR, RING_PX
from tests.gui.desktop import Desktop
from tests.gui.qt import application, qt_wait

SIDE_PX = 336
_SOURCE = """
import sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QWidget

class Planted(QWidget):
    def paintEvent(self, event):
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(30, 60, 40))
        painter.fillRect(round(x * self.width()) - 6, round(y * self.height()) - 6, 12, 12, QColor(255, 0, 255))

x, y = float(sys.argv[1]), float(sys.argv[2])
app = QApplication(sys.argv)
window = Planted()
window.setWindowTitle("planted")
window.setGeometry(240, 160, 900, 600)
window.show()
app.exec()
"""


def middle(picture: Image.Image) -> tuple[float, float]:
    """The middle of what is magenta, in pixels."""
    red, green, blue = np.moveaxis(np.asarray(picture), 2, 0)
    rows, columns = np.nonzero((red > 150) & (blue > 150) & (green < 120))
    assert len(rows)
    return float(columns.mean()) + 0.5, float(rows.mean()) + 0.5


def ring(picture: Image.Image, near: tuple[float, float]) -> tuple[float, float] | None:
    """The middle of the ring that is drawn near a place; None if there is none."""
    colour = COLOR.red(), COLOR.green(), COLOR.blue()
    left, top = round(near[0]) - 80, round(near[1]) - 80
    pixels = picture.crop((left, top, left + 160, top + 160)).load()
    assert pixels
    lit = {(x, y) for x in range(160) for y in range(160) if pixels[x, y] == colour}
    turns = [math.tau * step / 40 for step in range(40)]
    offsets = [(RING_PX * math.cos(turn), RING_PX * math.sin(turn)) for turn in turns]
    votes = {
        (x, y): sum((round(x + dx), round(y + dy)) in lit for dx, dy in offsets)
        for x in range(40, 120)
        for y in range(40, 120)
    }
    best = max(votes, key=lambda place: votes[place])
    return (left + best[0] + 0.5, top + best[1] + 0.5) if votes[best] > 30 else None


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LivePointer]:
    application()
    settings = SettingsInUse(SettingsStore(tmp_path / "settings.toml"), {}, pytest.fail)
    live = LivePointer(settings)
    yield live
    live.close()


@pytest.mark.parametrize(
    ("spec", "region", "planted"),
    [
        (WindowSpec(title="planted"), None, (0.2, 0.7)),
        (WindowSpec(title="planted"), (0.4, 0.1, 1.0, 0.9), (0.83, 0.31)),
        (MonitorSpec(index=1), None, (0.5, 0.5)),
    ],
)
def test_what_a_model_points_at_is_marked_within_two_per_cent(
    desktop: Desktop,
    live: LivePointer,
    spec: SourceSpec,
    region: tuple[float, float, float, float] | None,
    planted: tuple[float, float],
) -> None:
    # GIVEN a window in which something is planted, and the picture of it that a model sees
    desktop.start(sys.executable, "-c", _SOURCE, str(planted[0]), str(planted[1]))
    window = desktop.window("^planted$")
    qt_wait(lambda: (255, 0, 255) in {c for _, c in desktop.picture().getcolors(1 << 21) or []}, "the window's picture")
    source = open_source(spec, games=[])
    frame = source.grab()
    source.close()
    assert isinstance(frame, Frame)
    view = model_view(frame.pixels, GameProfile(id="game", title="Game", prompt="What?", region=region), SIDE_PX)
    # WHEN it points at that, in fractions of its picture
    x, y = middle(view.image)
    raw = f"Go there. [POINT:{x / view.image.width:.3f},{y / view.image.height:.3f}:the crate]"
    text, marks = read_marks(raw, view.image.size)
    advice = Advice(text, None, "test", 0.0, 0.0, 0.0, 1, marks=carried(marks, view.box))
    live.on_event(AnswerFinished(1, advice, place=frame.place))

    def is_marked() -> bool:
        left, top, width, height = window.geometry()
        place = left + planted[0] * width, top + planted[1] * height
        found = ring(desktop.picture(), place)
        return found is not None and all(
            abs(there - wanted) <= 0.02 * size
            for there, wanted, size in zip(found, place, (width, height), strict=True)
        )

    # THEN a ring is around it on the screen, within 2 % of the window
    qt_wait(is_marked, "the ring")
    desktop.keep_picture(f"{spec.kind}-{region is not None}")
    # THEN it is not in what the coach itself captures of the window
    if isinstance(spec, WindowSpec):
        again = open_source(spec, games=[])
        picture = again.grab()
        again.close()
        assert isinstance(picture, Frame)
        assert picture.image.getcolors(100) == frame.image.getcolors(100)
        # WHEN the window moves THEN the ring goes along, and goes away with the advice
        window.move(500, 300)
        window.resize(700, 640)
        qt_wait(is_marked, "the ring at the new place")
    live.on_event(SourceGone())
    left, top, width, height = window.geometry()
    place = left + planted[0] * width, top + planted[1] * height
    qt_wait(lambda: ring(desktop.picture(), place) is None, "the end of the ring")

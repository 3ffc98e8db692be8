"""Whether windows can be hidden from captures is tried out."""

import pytest
from PIL import Image
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QWindow
from PySide6.QtWidgets import QApplication

from coach_app.ui.exclusion import Pattern, is_excluded


class System:
    """A system that captures what its windows show.

    Args:
        hides: whether it keeps hidden windows out.
        captures: whether it lets anything be captured.
    """

    def __init__(self, hides: bool, captures: bool = True) -> None:
        self._hides, self._captures, self._hidden = hides, captures, False

    def exclude(self, window: QWindow, excluded: bool) -> None:
        self._hidden = excluded

    def capture(self, place: QRect) -> Image.Image | None:
        if not self._captures:
            return None
        (shown,) = patterns()
        if self._hidden and self._hides:
            return Image.new("RGB", (place.width(), place.height()), "blue")
        return picture_of(shown)


def patterns() -> list[Pattern]:
    """Those on the screen."""
    return [window for window in QApplication.topLevelWidgets() if isinstance(window, Pattern) and window.isVisible()]


def picture_of(pattern: Pattern) -> Image.Image:
    image = pattern.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    size = (image.width(), image.height())
    return Image.frombytes("RGB", size, bytes(image.constBits()), "raw", "RGB", image.bytesPerLine())


@pytest.mark.parametrize(
    ("system", "excluded"),
    [(System(hides=True), True), (System(hides=False), False), (System(hides=True, captures=False), None)],
    ids=["hides", "does not", "captures nothing"],
)
async def test_it_is_told_what_was_captured(
    qt_app: QApplication, monkeypatch: pytest.MonkeyPatch, system: System, excluded: bool | None
) -> None:
    # GIVEN a system WHEN a pattern is hidden there, and captured THEN it is told what is true
    monkeypatch.setattr("coach_app.ui.exclusion._SHOWN_S", 0.2)
    monkeypatch.setattr("coach_app.ui.exclusion.asyncio.to_thread", at_once)
    assert await is_excluded(system.exclude, system.capture) is excluded
    # AND nothing is left on the screen
    assert patterns() == []


async def at_once(capture: object, place: QRect) -> object:
    assert callable(capture)
    return capture(place)


def test_a_pattern_is_told_from_any_other(qt_app: QApplication) -> None:
    # GIVEN two patterns WHEN they are pictured THEN each is in its own picture only, at any scale
    one, other = Pattern(), Pattern()
    picture = picture_of(one)
    assert one.is_in(picture)
    assert one.is_in(picture.resize((96, 96), Image.Resampling.NEAREST))
    assert not other.is_in(picture)
    assert not one.is_in(Image.new("RGB", picture.size))
    for pattern in (one, other):
        pattern.deleteLater()

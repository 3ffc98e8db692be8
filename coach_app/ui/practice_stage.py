"""The practice window as a stage: shows given positions, and is read off the screen as the coach reads it."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import qasync
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from coach_app.capture.windows import Desktop, NoPicture, open_desktop
from coach_app.desktop.screens import need_screen
from coach_app.domain.errors import CoachError
from coach_app.games.game import Game, Size
from coach_app.games.images import Picture
from coach_app.games.positions import Position
from coach_app.ui.practice import PracticeWindow

ON_SCREEN_S = 5.0
"""How long a position may take to appear on the screen."""
_LOOK_AGAIN_S = 0.02
_SAME = 1.0  # mean difference of two pictures, of 255, below which they show the same

T = TypeVar("T")


class PracticeStage:
    """Shows positions in a window, and captures it from the screen. Use from the interface thread.

    Captured is the window's own pixmap, through the same reader that the coach's window source uses; that source itself
    never looks at windows of its own process.

    Args:
        window: shown from now on.
        desktop: makes the reader; called, and the reader used, in one thread of its own.
    """

    def __init__(self, window: PracticeWindow, desktop: Callable[[], Desktop] = open_desktop) -> None:
        self._window = window
        self._scale = 0.0
        self._eye = ThreadPoolExecutor(1, "stage-eye")
        self._desktop = self._eye.submit(desktop).result()
        window.show()

    async def picture(self, position: Position, scale: float) -> Picture:
        """See coach_app.evaluation.bench.positions.Stage."""
        self._window.show_position(position.env)
        if scale != self._scale:
            self._scale = scale
            self._window.set_scale(scale)
        loop, window_id = asyncio.get_running_loop(), int(self._window.winId())
        deadline = time.monotonic() + ON_SCREEN_S
        while time.monotonic() < deadline:
            try:
                frame = await loop.run_in_executor(self._eye, self._desktop.capture, window_id)
            except NoPicture:
                await asyncio.sleep(_LOOK_AGAIN_S)  # not mapped yet
                continue
            picture = np.asarray(frame.image, np.uint8)
            if self._shows(picture):
                return picture
            await asyncio.sleep(_LOOK_AGAIN_S)
        raise CoachError("The practice game did not appear on the screen.", "Unlock the screen, and try again.")

    def close(self) -> None:
        """Close the window and give the reader back."""
        self._eye.submit(self._desktop.close).result()
        self._eye.shutdown()
        self._window.close()

    def _shows(self, picture: Picture) -> bool:
        """Whether a capture is of the window as it is now, and not of a moment ago."""
        board = self._window.board
        ratio = board.devicePixelRatioF()
        left, top = round(board.x() * ratio), round(board.y() * ratio)
        wanted = _pixels(board)
        seen = picture[top : top + wanted.shape[0], left : left + wanted.shape[1]]
        size = (round(self._window.height() * ratio), round(self._window.width() * ratio))
        return picture.shape[:2] == size and bool(np.abs(seen.astype(np.int16) - wanted).mean() < _SAME)


def _pixels(widget: QWidget) -> Picture:
    """What a widget paints, (height, width, 3) uint8 RGB, physical pixels."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGBX8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), :3].copy()


def run_on_stage(game: Game, job: Callable[[PracticeStage], Awaitable[T]], size: Size | None = None) -> T:
    """Open a practice window, do a job with it, and close it. Call from the main thread without a QApplication.

    Args:
        game: a practice game.
        job: runs in Qt's event loop.
        size: of the maps, for which the window is laid out; None is the game's default.

    Raises:
        CoachError: no screen, or whatever the job raises.
    """
    need_screen()
    app = QApplication(["coach-practice"])
    app.setApplicationName("coach-practice")

    async def with_stage() -> T:
        stage = PracticeStage(PracticeWindow(game, size=size))
        try:
            return await job(stage)
        finally:
            stage.close()

    result: T = qasync.run(with_stage())
    return result

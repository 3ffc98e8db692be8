"""The practice window as a stage for benchmarks: shows positions, and is captured from the screen."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import qasync
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QApplication

from coach_app.capture.windows import Desktop, NoPicture, open_desktop
from coach_app.desktop.screens import need_screen
from coach_app.domain.errors import CoachError
from coach_app.domain.pointing import Box
from coach_app.games.game import Game, Size
from coach_app.games.images import Picture
from coach_app.games.positions import Position
from coach_app.ui.practice import PracticeWindow

ON_SCREEN_S = 5.0
"""How long a position may take to appear on the screen."""
_LOOK_AGAIN_S = 0.02
_SAME = 1.0  # mean difference (of 255) below which two pictures are equal

T = TypeVar("T")


class PracticeStage:
    """Shows positions in a window, and captures it. Use from the interface thread.

    Captures the window's own pixmap with the reader of the coach's window source; that source itself ignores windows of
    its own process.

    Args:
        window: the window, which is shown.
        desktop: creates the reader; called and used in a separate thread.
    """

    def __init__(self, window: PracticeWindow, desktop: Callable[[], Desktop] = open_desktop) -> None:
        self._window = window
        self._scale = 0.0
        self._eye = ThreadPoolExecutor(1, "stage-eye")
        self._desktop = self._eye.submit(desktop).result()
        window.show()

    async def picture(self, position: Position, scale: float) -> Picture:
        """See coach_app.evaluation.stage.Stage."""
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

    def board(self) -> Box:
        """See coach_app.evaluation.stage.Stage."""
        rect = self._window.board.picture_rect().translated(self._window.board.mapTo(self._window, QPoint()))
        width, height = self._window.width(), self._window.height()
        return rect.left() / width, rect.top() / height, rect.right() / width, rect.bottom() / height

    def close(self) -> None:
        """Close the window and release the reader."""
        self._eye.submit(self._desktop.close).result()
        self._eye.shutdown()
        self._window.close()

    def _shows(self, picture: Picture) -> bool:
        """Whether a capture shows the window's current contents."""
        board = self._window.board
        ratio = board.devicePixelRatioF()
        place = board.mapTo(self._window, QPoint())
        left, top = round(place.x() * ratio), round(place.y() * ratio)
        wanted = _pixels(self._window.grab(QRect(place, board.size())))
        seen = picture[top : top + wanted.shape[0], left : left + wanted.shape[1]]
        size = (round(self._window.height() * ratio), round(self._window.width() * ratio))
        return picture.shape[:2] == size and bool(np.abs(seen.astype(np.int16) - wanted).mean() < _SAME)


def _pixels(picture: QPixmap) -> Picture:
    """(height, width, 3) uint8 RGB, in physical pixels."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGBX8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), :3].copy()


def run_on_stage(game: Game, job: Callable[[PracticeStage], Awaitable[T]], size: Size | None = None) -> T:
    """Open a practice window, run a job with it, and close it. Call from the main thread without a QApplication.

    Args:
        game: a practice game.
        job: coroutine function that runs in Qt's event loop.
        size: size of the maps; None for the game's default.

    Raises:
        CoachError: there is no screen, or the job raised it.
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

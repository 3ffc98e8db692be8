"""Made-up pictures and sources of frames."""

from collections.abc import Callable, Iterable
from functools import cache

import numpy as np
from PIL import Image, ImageDraw

from coach_app.capture.source import SourceLost
from coach_app.domain.frame import Frame
from coach_app.games.grid.level import ARTICLE_LEVEL, Cell, Move
from coach_app.games.grid.sprites import draw


class FakeSource:
    """Gives one thing after another, and the last one for ever; counts its calls."""

    def __init__(self, items: Iterable[Frame | SourceLost | Exception], description: str = "fake") -> None:
        self._items = list(items)
        self.description = description
        self.grabs = 0
        self.closed = 0

    def grab(self) -> Frame | SourceLost:
        item = self._items[min(self.grabs, len(self._items) - 1)]
        self.grabs += 1
        if isinstance(item, Exception):
            raise item
        return item

    def close(self) -> None:
        self.closed += 1


def plain(colour: str | tuple[int, int, int], size: tuple[int, int] = (320, 240), title: str = "") -> Frame:
    """A picture of one colour."""
    return Frame(Image.new("RGB", size, colour), title=title)


@cache
def grid(cat: Cell, scale: float = 1.0, desktop: tuple[int, int] | None = None, at: tuple[int, int] = (0, 0)) -> Frame:
    """The article's Grid game with the cat on a square, at 32 · ``scale`` pixels a square; in the middle of a larger
    desktop if wanted, its corner ``at`` these pixels."""
    game = Image.fromarray(draw(ARTICLE_LEVEL, cat, Move.DOWN))
    if scale != 1.0:
        game = game.resize((round(game.width * scale), round(game.height * scale)), Image.Resampling.BILINEAR)
    if desktop is None:
        return Frame(game)
    screen = Image.linear_gradient("L").resize(desktop).convert("RGB")
    screen.paste(game, at)
    return Frame(screen)


def with_box(frame: Frame, box: tuple[int, int, int, int], colour: str = "white") -> Frame:
    """The frame with a rectangle (left, top, right, bottom; the last two exclusive) drawn over it."""
    image = frame.image.copy()
    ImageDraw.Draw(image).rectangle((box[0], box[1], box[2] - 1, box[3] - 1), fill=colour)
    return Frame(image)


def with_noise(frame: Frame, box: tuple[int, int, int, int], strength: int, seed: int) -> Frame:
    """The frame with random noise (0 to ``strength`` added to every channel) in a rectangle."""
    pixels = np.array(frame.image)
    part = pixels[box[1] : box[3], box[0] : box[2]]
    noise = np.random.default_rng(seed).integers(0, strength, part.shape)
    part[:] = (part.astype(np.int64) + noise) % 256
    return Frame(Image.fromarray(pixels))


def scrolled(frame: Frame, by_px: int) -> Frame:
    """The frame moved to the left, what leaves it coming in again on the right."""
    return Frame(Image.fromarray(np.roll(np.array(frame.image), -by_px, axis=1)))


def play(
    offer: Callable[[Frame, float], bool],
    frame_at: Callable[[float], Frame],
    seconds: float,
    begin_s: float = 0.0,
    rate_hz: float = 10.0,
) -> list[float]:
    """Offer what a screen shows over a time to a gate; the times at which it called."""
    times = [begin_s + i / rate_hz for i in range(round(seconds * rate_hz))]
    return [now_s for now_s in times if offer(frame_at(now_s), now_s)]

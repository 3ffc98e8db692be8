"""A picture of the screen, and when it was taken."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property

from PIL import Image


@dataclass(frozen=True)
class Place:
    """Where the pixels of a frame are on the desktop.

    Attributes:
        window: the platform's handle of the window that they belong to, which may move; None for a fixed rectangle.
        box: left, top, right and bottom of a fixed rectangle, in physical pixels.
    """

    window: int | None = None
    box: tuple[int, int, int, int] = (0, 0, 0, 0)


@dataclass(frozen=True)
class Frame:
    """One captured picture; immutable.

    Attributes:
        pixels: any size; mode RGB, or mode RGBX in the order blue, green, red, as screens deliver them: most frames
            reach only the gate, and converting one to RGB takes longer than capturing it.
        captured_at: seconds since the epoch when the pixels were read.
        title: title of the captured window; empty if there is none.
        program: the program that owns that window; empty if unknown.
        place: where it is on the desktop; None if it is not there, such as a recording.
    """

    pixels: Image.Image
    captured_at: float = field(default_factory=time.time)
    title: str = ""
    program: str = ""
    place: Place | None = None

    @cached_property
    def image(self) -> Image.Image:
        """The whole picture in mode RGB."""
        return rgb(self.pixels)


def rgb(pixels: Image.Image) -> Image.Image:
    """A frame's pixels, or a part of them, in mode RGB."""
    if pixels.mode == "RGBX":
        blue, green, red, _ = pixels.split()
        return Image.merge("RGB", (red, green, blue))
    return pixels if pixels.mode == "RGB" else pixels.convert("RGB")


def part(image: Image.Image, region: tuple[float, float, float, float] | None) -> Image.Image:
    """Crop a picture to a profile's region; never empty.

    Args:
        image: any size and mode.
        region: left, top, right, bottom as fractions of the picture; None for all of it.

    Returns:
        The region rounded to whole pixels, at least one. The caller decides whether that is large enough.
    """
    return image if region is None else image.crop(region_edges(image.size, region))


def region_edges(size: tuple[int, int], region: tuple[float, float, float, float]) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of a region in pixels; see ``part``."""
    width, height = size
    left, top = min(round(region[0] * width), width - 1), min(round(region[1] * height), height - 1)
    right, bottom = round(region[2] * width), round(region[3] * height)
    return left, top, max(right, left + 1), max(bottom, top + 1)


def shrink(image: Image.Image, side_px: int) -> Image.Image:
    """Fit a picture into a ``side_px`` square, keeping its aspect ratio; smaller ones are returned as they are.

    Every picture passes through here on its way to a model, in training as in use, so that both see the same pixels.
    """
    longest = max(image.size)
    if longest <= side_px:
        return image
    scale = side_px / longest
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    # Averaging by whole numbers does most of the work, in half the time of Pillow's recommended reducing_gap of 2.
    factor = (int(image.width / size[0] / _GAP) or 1, int(image.height / size[1] / _GAP) or 1)
    if factor == (1, 1):
        return image.resize(size, Image.Resampling.BILINEAR)
    box = (0.0, 0.0, image.width / factor[0], image.height / factor[1])
    return _average(image, factor).resize(size, Image.Resampling.BILINEAR, box)


_GAP = 1.1
_WORTH_A_THREAD_PX = 1_000_000


def _average(image: Image.Image, factor: tuple[int, int]) -> Image.Image:
    """``image.reduce(factor)`` in half the time: Pillow lets two threads work at once."""
    half = image.height // factor[1] // 2 * factor[1]
    if half == 0 or image.width * image.height < _WORTH_A_THREAD_PX:
        return image.reduce(factor)
    with ThreadPoolExecutor(1) as thread:
        upper = thread.submit(image.reduce, factor, (0, 0, image.width, half))
        lower = image.reduce(factor, (0, half, image.width, image.height))
    averaged = Image.new(image.mode, (lower.width, half // factor[1] + lower.height))
    averaged.paste(upper.result(), (0, 0))
    averaged.paste(lower, (0, half // factor[1]))
    return averaged

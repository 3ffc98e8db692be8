"""A picture of the screen and when it was taken."""

import time
from dataclasses import dataclass, field

from PIL import Image


@dataclass(frozen=True)
class Frame:
    """One captured picture.

    Attributes:
        image: mode RGB, any size, never changed after capture.
        captured_at: seconds since the epoch when the pixels were read.
        title: the title of the captured window, empty where there is none.
    """

    image: Image.Image
    captured_at: float = field(default_factory=time.time)
    title: str = ""


def shrink(image: Image.Image, side_px: int) -> Image.Image:
    """Fit an RGB picture into a ``side_px`` square, keeping its aspect ratio; smaller ones are returned as they are.

    Everything that reaches a model, in training as in use, has gone through this function first, so that a model
    sees the same pixels in both.
    """
    longest = max(image.size)
    if longest <= side_px:
        return image
    scale = side_px / longest
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    # A gap of 1.1 lets whole-number averaging do most of the work: half the time of Pillow's recommended 2 at 1080p.
    return image.resize(size, Image.Resampling.BILINEAR, reducing_gap=1.1)

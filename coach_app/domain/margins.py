"""Crops a window's picture to the game's own picture, without margins and lines of text."""

import math
from operator import itemgetter

import numpy as np
import numpy.typing as npt
from PIL import Image

_SIDE_PX = 1000  # larger pictures are searched at a coarse scale
_PLAIN = 20  # difference in a channel (of 255) due to noise
_MIN_PLAIN = 0.95  # share of background on a side with a margin
_SAME_RUN = 0.95
_FILLED = 0.8  # share of a row of the game's picture, which may contain background colour, too
_MIN_SHARE = 0.2  # share of the whole picture


def within_margins(image: Image.Image) -> Image.Image:
    """Crop a picture with a plain margin to its largest solid block; others are returned unchanged.

    Args:
        image: mode RGB, or RGBX with the channels in any order.
    """
    edges = solid_edges(image)
    return image.crop(edges) if edges else image


def solid_edges(image: Image.Image) -> tuple[int, int, int, int] | None:
    """Find the largest solid block in a picture with a plain margin.

    The longest unbroken run of non-background pixels is as wide as the game's picture, as letters have gaps; the block
    consists of the rows that are filled between its ends.

    Args:
        image: mode RGB, or RGBX with the channels in any order.

    Returns:
        Left, top, right and bottom in pixels; None if the picture has no plain margin or no such block.
    """
    step = math.ceil(max(image.size) / _SIDE_PX)
    pixels = np.asarray(image)[::step, ::step, :3].astype(np.int16)
    ground, plain = max(
        (_ground(side) for side in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])), key=itemgetter(1)
    )
    if plain < _MIN_PLAIN:
        return None
    solid = np.abs(pixels - ground).max(2) > _PLAIN
    ends = np.array([_longest(row) for row in solid])
    lengths = ends[:, 1] - ends[:, 0]
    if not lengths.any():
        return None
    left, right = (int(end) for end in np.median(ends[lengths >= _SAME_RUN * lengths.max()], axis=0))
    top, bottom = _longest(solid[:, left:right].mean(1) >= _FILLED)
    if (right - left) * (bottom - top) < _MIN_SHARE * solid.size:
        return None
    return left * step, top * step, min(right * step, image.width), min(bottom * step, image.height)


def _ground(side: npt.NDArray[np.int16]) -> tuple[npt.NDArray[np.float64], float]:
    """The dominant colour of a side of a picture, and its share."""
    colour = np.median(side, axis=0)
    return colour, float((np.abs(side - colour).max(1) <= _PLAIN).mean())


def _longest(line: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """Start and end (exclusive) of the longest run of true values."""
    changes = np.flatnonzero(np.diff(np.concatenate([[False], line, [False]]).astype(np.int8)))
    if not len(changes):
        return 0, 0
    starts, ends = changes[::2], changes[1::2]
    at = int(np.argmax(ends - starts))
    return int(starts[at]), int(ends[at])

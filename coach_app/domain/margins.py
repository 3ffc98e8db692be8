"""Crops a window's picture to the game's own picture, without margins and lines of text."""

import math
from operator import itemgetter

import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint8]
"""(…, 3), the channels in any order."""
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
    pixels = np.asarray(image)[::step, ::step, :3]
    ground, plain = max(
        (_ground(side) for side in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])), key=itemgetter(1)
    )
    if plain < _MIN_PLAIN:
        return None
    solid = _differs(pixels, ground)
    ends = _longest(solid)
    lengths = ends[:, 1] - ends[:, 0]
    if not lengths.any():
        return None
    left, right = (int(end) for end in np.median(ends[lengths >= _SAME_RUN * lengths.max()], axis=0))
    top, bottom = (int(end) for end in _longest(solid[None, :, left:right].mean(2) >= _FILLED)[0])
    if (right - left) * (bottom - top) < _MIN_SHARE * solid.size:
        return None
    return left * step, top * step, min(right * step, image.width), min(bottom * step, image.height)


def _ground(side: Pixels) -> tuple[npt.NDArray[np.float64], float]:
    """The dominant colour of a side of a picture, and its share."""
    colour = np.median(side, axis=0)
    return colour, float((~_differs(side, colour)).mean())


def _differs(pixels: Pixels, colour: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which pixels are of another colour, but for noise; in bytes, as every frame of a game is looked at."""
    lowest = np.ceil(colour - _PLAIN).clip(0, 255).astype(int).tolist()
    highest = np.floor(colour + _PLAIN).clip(0, 255).astype(int).tolist()
    differs = np.zeros(pixels.shape[:-1], bool)
    for channel, low, high in zip(range(3), lowest, highest, strict=True):
        differs |= (pixels[..., channel] < low) | (pixels[..., channel] > high)
    return differs


def _longest(lines: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Start and end (exclusive) of the longest run of true values in each line, the first one of several; (lines, 2).

    All lines are searched as one, with a false value before and after each.
    """
    longest = np.zeros((len(lines), 2), np.intp)
    width = lines.shape[1] + 2
    changes = np.flatnonzero(np.diff(np.pad(lines, ((0, 0), (1, 1))).ravel()))
    starts, lengths = changes[::2], changes[1::2] - changes[::2]
    line, start = np.divmod(starts, width)
    first = np.flatnonzero(np.diff(line, prepend=-1))
    if len(first):
        rank = np.maximum.reduceat(lengths * width - start, first)
        length = -(-rank // width)
        longest[line[first]] = np.stack([length * width - rank, length * (width + 1) - rank], axis=1)
    return longest

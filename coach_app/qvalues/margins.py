"""A game's own picture, without the margins and lines of text that a window has around it."""

import math
from operator import itemgetter

import numpy as np
import numpy.typing as npt
from PIL import Image

_SIDE_PX = 1000  # a longer picture is looked at coarsely
_PLAIN = 20  # difference of a colour, of 255, that noise can make
_MIN_PLAIN = 0.95  # of a side of the picture that has a margin
_SAME_RUN = 0.95
_FILLED = 0.8  # of a row of the game's picture; it may have colours of the ground, too
_MIN_SHARE = 0.2  # of the whole picture


def within_margins(image: Image.Image) -> Image.Image:
    """The largest solid block of a picture that is plain at one side, as windows are; otherwise all of it.

    The longest unbroken line of pixels that are not of the ground's colour is as wide as the game's picture, as letters
    have gaps; the block are the rows that are filled between its ends.

    Args:
        image: mode RGB, or RGBX in any order of the colours.
    """
    step = math.ceil(max(image.size) / _SIDE_PX)
    pixels = np.asarray(image)[::step, ::step, :3].astype(np.int16)
    ground, plain = max(
        (_ground(side) for side in (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])), key=itemgetter(1)
    )
    if plain < _MIN_PLAIN:
        return image
    solid = np.abs(pixels - ground).max(2) > _PLAIN
    ends = np.array([_longest(row) for row in solid])
    lengths = ends[:, 1] - ends[:, 0]
    if not lengths.any():
        return image
    left, right = (int(end) for end in np.median(ends[lengths >= _SAME_RUN * lengths.max()], axis=0))
    top, bottom = _longest(solid[:, left:right].mean(1) >= _FILLED)
    if (right - left) * (bottom - top) < _MIN_SHARE * solid.size:
        return image
    return image.crop((left * step, top * step, min(right * step, image.width), min(bottom * step, image.height)))


def _ground(side: npt.NDArray[np.int16]) -> tuple[npt.NDArray[np.float64], float]:
    """The colour of a side of a picture, and how much of it has it."""
    colour = np.median(side, axis=0)
    return colour, float((np.abs(side - colour).max(1) <= _PLAIN).mean())


def _longest(line: npt.NDArray[np.bool_]) -> tuple[int, int]:
    """Where the longest run of true values begins, and where it has ended."""
    changes = np.flatnonzero(np.diff(np.concatenate([[False], line, [False]]).astype(np.int8)))
    if not len(changes):
        return 0, 0
    starts, ends = changes[::2], changes[1::2]
    at = int(np.argmax(ends - starts))
    return int(starts[at]), int(ends[at])

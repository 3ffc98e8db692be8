"""Finds the board of a game in a picture of its window."""

import math
from collections.abc import Iterator
from typing import Literal

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops
from pydantic import BaseModel, ConfigDict, Field

from coach_app.domain.margins import solid_edges

Brightness = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Edges = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels."""

_SIDE_PX = 1000  # larger pictures are searched at a coarse scale first
_BLACK = (14, 24, 36)  # the brightest that counts as black: as drawn, and where a screen or a codec has made it paler
_MIN_SQUARE_PX = 5.0
_ROWS_TRIED = 16
_GAPS_PX = (18, 72)  # objects on a panel may touch its upper edge
_MIN_BLACK = (0.06, 0.2)  # of a column of pixels that belongs to a panel
_MIN_BEGINNING = 0.2  # of the upper edge of a panel
_MIN_BRIGHT = 0.35  # of a column above a panel
_MIN_ABOVE = 0.8  # of a board above a panel is bright
_MIN_SHOWN, _MAX_SHOWN = 0.004, 0.7  # of a panel: there is something on it
_TIMES_WIDENED = 5
_CLEAR = 0.6
_SEEN = 6  # difference of brightness
_NONE = (0, 0, 0, 0)


class Board(BaseModel):
    """A board of equal squares above a black panel.

    Attributes:
        columns: number of squares across.
        rows: number of squares down, including the panel.
        panel: rows of the panel at the bottom, most of which is black.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    columns: int = Field(ge=2, le=100)
    rows: int = Field(ge=2, le=100)
    panel: int = Field(ge=1, le=50)


Layout = Board | Literal["framed"]
"""How a board is recognised: by its squares and panel, or by the plain margins around it."""


def board_edges(image: Image.Image, layout: Layout) -> Edges | None:
    """The edges of a board in pixels; None if there is none. See `find_board` and `solid_edges`."""
    return solid_edges(image) if layout == "framed" else find_board(image, layout)


def find_board(image: Image.Image, board: Board) -> Edges | None:
    """Find the board by its panel: above its upper edge no pixel is black, and below it nearly all are.

    The panel gives the left and right edges and so the size of a square, from which the top and bottom edges follow.
    This works at any scale, in any window, and at night, when the squares themselves cannot be seen.

    Args:
        image: RGB, or RGBX with the channels in any order.
        board: layout of the board.

    Returns:
        Its edges in pixels, exact for pictures up to 1,000 pixels wide and high; None if there is no board.
    """
    step = math.ceil(max(image.size) / _SIDE_PX)
    small = image.resize((image.width // step, image.height // step), Image.Resampling.NEAREST) if step > 1 else image
    found = _clearest(_brightness(small), board)
    if found is None or step == 1:
        return found
    left, top = (max(0, (edge - 2) * step) for edge in found[:2])
    right, bottom = (min((edge + 2) * step, size) for edge, size in zip(found[2:], image.size, strict=True))
    if max(right - left, bottom - top) > _SIDE_PX * (step - 1):  # it could not be looked at less coarsely
        return found[0] * step, found[1] * step, found[2] * step, found[3] * step
    closer = find_board(image.crop((left, top, right, bottom)), board)
    return closer and (left + closer[0], top + closer[1], left + closer[2], top + closer[3])


def _brightness(image: Image.Image) -> Brightness:
    """The brightest channel of every pixel, (height, width) uint8."""
    one, two, three, *_ = image.split()
    return np.asarray(ImageChops.lighter(ImageChops.lighter(one, two), three))


def _clearest(brightness: Brightness, board: Board) -> Edges | None:
    """The first candidate that is clear and large, or else the most likely one."""
    found: dict[Edges, float] = {}
    for bright in (brightness > black for black in _BLACK):
        for begins in _upper_edges(bright, board):
            for min_black in _MIN_BLACK:
                edges, contrast = _edges(bright, board, min_black, *begins)
                if contrast and edges not in found:
                    clearness, width = contrast * _outline(brightness, edges), edges[2] - edges[0]
                    if clearness > _CLEAR and 2 * width > min(brightness.shape):
                        return edges
                    found[edges] = clearness * width
    return max(found, key=lambda edges: found[edges], default=None)


def _outline(brightness: Brightness, edges: Edges) -> float:
    """How much of the left, upper and right edge can be seen, from 0 to 1; what the picture cuts off counts half."""
    left, top, right, bottom = edges
    inside = brightness[top:bottom, left:right]
    sides = (
        (inside[:, 0], brightness[top:bottom, left - 1] if left else None),
        (inside[0], brightness[top - 1, left:right] if top else None),
        (inside[:, -1], brightness[top:bottom, right] if right < brightness.shape[1] else None),
    )
    return sum(0.5 if out is None else float((np.abs(np.int16(at) - out) > _SEEN).mean()) for at, out in sides) / 3


def _upper_edges(bright: Mask, board: Board) -> Iterator[tuple[int, int, int]]:
    """Where a panel may begin: its first row of pixels, and its left and right edge roughly."""
    begins = bright[:-2] & ~bright[2:]  # a row of pixels between may be of both
    counts = begins.sum(1)
    least = round(board.columns * _MIN_SQUARE_PX * _MIN_BEGINNING)
    for row in np.argsort(counts)[::-1][:_ROWS_TRIED]:
        if counts[row] < least:
            return
        places = np.flatnonzero(begins[row])
        for left, right in {run for gap in _GAPS_PX for run in _runs(places, gap)}:
            if right - left >= board.columns * (_MIN_SQUARE_PX - 1):
                between, below = (~bright[row + 1 : row + 3, left:right]).mean(1)
                yield int(row) + (1 if between > below / 2 else 2), left, right


def _runs(places: npt.NDArray[np.intp], gap: float) -> list[tuple[int, int]]:
    """Start and end (exclusive) of each run of positions whose distances do not exceed ``gap``."""
    breaks = np.flatnonzero(np.diff(places) > gap)
    ends = [*places[breaks], *places[-1:]]
    return [(int(first), int(last) + 1) for first, last in zip([*places[:1], *places[breaks + 1]], ends, strict=True)]


def _edges(bright: Mask, board: Board, min_black: float, row: int, left: int, right: int) -> tuple[Edges, float]:
    """The edges of a board whose panel begins in this row, and how clear they are; 0 if there is none."""
    for _ in range(_TIMES_WIDENED):
        square = (right - left) / board.columns
        above = bright[max(0, row - round((board.rows - board.panel) * square)) : row]
        panel = bright[row : row + round(board.panel * square)]
        belongs = (above.mean(0) >= _MIN_BRIGHT) & (panel.mean(0) <= 1 - min_black)
        runs = _runs(np.flatnonzero(belongs), 1.3 * square)
        last = left, right
        left, right = max(runs, key=lambda run: min(run[1], right) - max(run[0], left), default=(0, 0))
        if right - left < board.columns * _MIN_SQUARE_PX:
            return _NONE, 0.0
        if (left, right) == last:
            break
    square = (right - left) / board.columns
    top, bottom = round(row - (board.rows - board.panel) * square), round(row + board.panel * square)
    slack = max(1, round(square / 4))
    if top < -slack or bottom > len(bright) + slack:
        return _NONE, 0.0
    top, bottom = max(0, top), min(len(bright), bottom)
    shown_above, shown = float(bright[top:row, left:right].mean()), float(bright[row:bottom, left:right].mean())
    just_above = float(bright[max(0, row - 2), left:right].mean())
    is_one = min(shown_above, just_above) >= _MIN_ABOVE and _MIN_SHOWN <= shown <= _MAX_SHOWN
    return (left, top, right, bottom), max(0.0, shown_above - shown) * is_one

"""An endless stream of training pictures of a game, prepared as a model sees them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image
from torch import Tensor
from torch.utils.data import IterableDataset

from coach_app.games.captures import (
    INPUT_SIDE_PX,
    WINDOW_SIDE_PX,
    Box,
    Shot,
    captured_shot,
    clean_shot,
    other_shot,
    seen,
)
from coach_app.games.lessons import Lessons

_CLEAN_SHARE = 0.3
_SLACK = 0.03  # of a picture's side


@dataclass(frozen=True)
class Sample:
    """One training picture.

    Attributes:
        views: (2, side, side, 3) uint8 RGB, the base view and the tile.
        size: width and height of the picture in pixels, as the processor sees it.
        labels: (2, patches, labels) int8, labels of the patches of both views.
        scene: state of the game; None if the picture shows something else.
        board: where the game's own picture is in this one; None if it is not.
    """

    views: npt.NDArray[np.uint8]
    size: tuple[int, int]
    labels: npt.NDArray[np.int8]
    scene: Any
    board: Box | None = None

    @property
    def is_cut_out(self) -> bool:
        """Whether the game's own picture is all of this one, but for a few pixels."""
        whole = (0.0, 0.0, 1.0, 1.0)
        return self.board is not None and max(abs(a - b) for a, b in zip(self.board, whole, strict=True)) < _SLACK


class SampleStream(IterableDataset[Sample]):
    """An endless, reproducible stream of samples.

    Args:
        lessons: lessons of the game.
        seed: seed of everything random.
        side: side of a view in pixels.
        grid: patches along a side of a view.
        tricky_share: share of scenes that are hard, or rare in the game.
        input_side_px: pictures are shrunk to fit this square for the model.
    """

    def __init__(
        self,
        lessons: Lessons,
        seed: Sequence[int],
        side: int,
        grid: int,
        tricky_share: float = 0.0,
        input_side_px: int = INPUT_SIDE_PX,
    ) -> None:
        self._lessons, self._input_side_px = lessons, input_side_px
        self._seed, self._side, self._grid, self._tricky_share = seed, side, grid, tricky_share

    def __iter__(self) -> Iterator[Sample]:
        rng = np.random.default_rng(self._seed)
        for scene in self._lessons.scenes(rng, self._tricky_share):
            yield self.sample(scene, rng)

    def sample(self, scene: Any, rng: np.random.Generator) -> Sample:
        """Draw one picture of a scene, or of something else if it is None."""
        if scene is None:
            return self._sample(None, None, seen(other_shot(rng), self._lessons.BOARD, self._input_side_px))
        if rng.random() < _CLEAN_SHARE:
            return self.clean_sample(scene)
        captured_px = self._input_side_px if self._lessons.BOARD is None else WINDOW_SIDE_PX
        shot = captured_shot(self._lessons.picture(scene), rng, captured_px)
        return self._sample(scene, self._lessons.labels(scene), seen(shot, self._lessons.BOARD, self._input_side_px))

    def clean_sample(self, scene: Any) -> Sample:
        """The game's own picture of a scene."""
        shot = clean_shot(self._lessons.picture(scene))
        return self._sample(scene, self._lessons.labels(scene), seen(shot, None, self._input_side_px))

    def _sample(self, scene: Any, cells: npt.NDArray[np.int64] | None, shot: Shot) -> Sample:
        boxes = ((0.0, 0.0, 1.0, 1.0), tile_box(shot.image.size, self._side))
        nowhere = self._lessons.NOWHERE
        labels = [patch_labels(cells, shot.board, box, self._grid, nowhere) for box in boxes]
        patches = np.stack(labels).astype(np.int8)
        return Sample(views(shot.image, self._side), shot.image.size, patches, scene, shot.board)


def patch_labels(
    cells: npt.NDArray[np.int64] | None, board: Box | None, view: Box, grid: int, nowhere: Sequence[int]
) -> npt.NDArray[np.int64]:
    """Labels of the patches of one view.

    Args:
        cells: labels of every square of the board, (rows, columns, labels); None if the picture shows no game.
        board: position of the board in the picture.
        view: position of the picture in the view.
        grid: patches along a side of the view.
        nowhere: labels of a patch that shows nothing of the game.

    Returns:
        (grid · grid, labels) int64.
    """
    labels = np.tile(np.array(nowhere), (grid, grid, 1))
    if cells is None or board is None:
        return labels.reshape(grid * grid, -1)
    rows, columns = cells.shape[:2]
    centres = (np.arange(grid) + 0.5) / grid
    across = ((centres - view[0]) / (view[2] - view[0]) - board[0]) / (board[2] - board[0]) * columns
    downwards = ((centres - view[1]) / (view[3] - view[1]) - board[1]) / (board[3] - board[1]) * rows
    xs, ys = np.floor(across).astype(int), np.floor(downwards).astype(int)
    inside_x, inside_y = (xs >= 0) & (xs < columns), (ys >= 0) & (ys < rows)
    picked = cells[np.clip(ys, 0, rows - 1)][:, np.clip(xs, 0, columns - 1)]
    return np.where((inside_y[:, None] & inside_x[None, :])[..., None], picked, labels).reshape(grid * grid, -1)


def views(image: Image.Image, side: int) -> npt.NDArray[np.uint8]:
    """The two views of a picture for a LLaVA-NeXT whose only tile is as large as its base view.

    Equal to the image processor's output (a test compares them), but five times as fast: the picture squeezed into a
    square, and the picture with its aspect ratio, centred on black.

    Returns:
        (2, side, side, 3) uint8, RGB.
    """
    tile = Image.new("RGB", (side, side))
    left, top, right, bottom = (round(edge * side) for edge in tile_box(image.size, side))
    tile.paste(image.resize((right - left, bottom - top), Image.Resampling.BICUBIC), (left, top))
    return np.stack([np.asarray(image.resize((side, side), Image.Resampling.BICUBIC)), np.asarray(tile)])


def tile_box(size: tuple[int, int], side: int) -> Box:
    """Position of the picture in its tile."""
    width, height = size
    if width >= height:
        fitted = (side, min(-(-height * side // width), side))
    else:
        fitted = (min(-(-width * side // height), side), side)
    left, top = (side - fitted[0]) // 2, (side - fitted[1]) // 2
    return left / side, top / side, (left + fitted[0]) / side, (top + fitted[1]) / side


def pixels(views: npt.NDArray[np.uint8]) -> Tensor:
    """(…, side, side, 3) uint8 → (…, 3, side, side) float32 as the image processor normalises it."""
    return torch.from_numpy(views).movedim(-1, -3).float() / 127.5 - 1

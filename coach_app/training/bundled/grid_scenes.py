"""The endless stream of training pictures of the Grid world."""

import zlib
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from torch.utils.data import IterableDataset

from coach_app.games.grid.level import ARTICLE_LEVEL, Cell, Level, Move, random_level
from coach_app.games.grid.teacher import optimal_moves
from coach_app.training.bundled.grid_pictures import (
    Scene,
    captured_shot,
    cell_labels,
    clean_shot,
    other_shot,
    patch_labels,
    tile_box,
    views,
)
from coach_app.training.bundled.grid_text import nearer

TRAINING_SEEDS = 500_000
"""Levels of lower seeds are for training; those from here on are for measuring."""

SIZES = ((6, 5), (7, 6), (8, 7))
_SIZE_SHARES = (0.7, 0.2, 0.1)
_ARTICLE_SHARE = 0.1
_OTHER_SHARE = 0.05
_CLEAN_SHARE = 0.3
_POOL = 20_000


def held_out(level: Level) -> bool:
    """Whether a map is one of the 5 % that training never draws, whatever the seed.

    A 6 x 5 map has few squares, so that different seeds can give the same map: only these are new for certain.
    """
    return zlib.crc32(np.array(level.layout, np.int8).tobytes()) % 20 == 0


def tricky(scene: Scene) -> bool:
    """Whether a glance misleads: every move towards the crate is a mistake, or a shortest way leads over the hole."""
    best = optimal_moves(scene.level, scene.cat)
    if not any(nearer(scene, move) and move in best for move in Move):
        return True
    steps = _careless_steps(scene.level)
    reached = {move: steps[scene.level.neighbour(scene.cat, move)] for move in Move}
    return any(reached[move] == min(reached.values()) and move not in best for move in Move)


@lru_cache(maxsize=4096)
def _careless_steps(level: Level) -> dict[Cell, int]:
    """Fewest steps to the crate of every square for somebody who does not mind the hole."""
    steps = {level.crate: 0}
    queue = deque([level.crate])
    while queue:
        cell = queue.popleft()
        for near in (level.neighbour(cell, move) for move in Move):
            if near not in steps:
                steps[near] = steps[cell] + 1
                queue.append(near)
    return steps


def random_scene(level: Level, rng: np.random.Generator, tricky_share: float = 0.0) -> Scene:
    """A level with the cat on any square from which the crate can be reached, looking anywhere.

    Args:
        level: the map.
        rng: draws the square and where the cat looks.
        tricky_share: how often only tricky squares are drawn, on maps that have some and do not slip.
    """
    cells = level.cat_cells
    if tricky_share and level.move_prob == 1 and rng.random() < tricky_share:
        cells = tuple(cell for cell in cells if tricky(Scene(level, cell))) or cells
    return Scene(level, cells[int(rng.integers(len(cells)))], Move(int(rng.integers(len(Move)))))


@dataclass(frozen=True)
class Sample:
    """One training picture.

    Attributes:
        views: (2, side, side, 3) uint8 RGB, the base view and the tile view.
        size: width and height of the picture in pixels, as the processor sees it.
        labels: (2, patches, 8) int8, what the patches of both views show.
        scene: the state of the game; None if the picture shows something else.
    """

    views: npt.NDArray[np.uint8]
    size: tuple[int, int]
    labels: npt.NDArray[np.int8]
    scene: Scene | None


class SampleStream(IterableDataset[Sample]):
    """Samples without end, always the same for a seed.

    Args:
        seed: of everything random in it.
        side: pixels along a side of a view.
        grid: patches along a side of a view.
        tricky_share: how often the cat is put on a tricky square.
    """

    def __init__(self, seed: Sequence[int], side: int, grid: int, tricky_share: float = 0.0) -> None:
        self._seed, self._side, self._grid, self._tricky_share = seed, side, grid, tricky_share

    def __iter__(self) -> Iterator[Sample]:
        rng = np.random.default_rng(self._seed)
        pool: list[Level] = []  # a level costs more to solve than to draw, so each is used several times
        while True:
            yield self._sample(self._scene(pool, rng), rng)

    def _scene(self, pool: list[Level], rng: np.random.Generator) -> Scene | None:
        kind = rng.random()
        if kind < _OTHER_SHARE:
            return None
        if kind < _OTHER_SHARE + _ARTICLE_SHARE:
            return random_scene(ARTICLE_LEVEL, rng)
        if len(pool) < 200 or rng.random() < 0.3:
            size = SIZES[int(rng.choice(len(SIZES), p=_SIZE_SHARES))]
            while held_out(level := random_level(int(rng.integers(TRAINING_SEEDS)), size)):
                pass
            if len(pool) < _POOL:
                pool.append(level)
            else:
                pool[int(rng.integers(_POOL))] = level
        else:
            level = pool[int(rng.integers(len(pool)))]
        return random_scene(level, rng, self._tricky_share)

    def _sample(self, scene: Scene | None, rng: np.random.Generator) -> Sample:
        if scene is None:
            shot = other_shot(rng)
        else:
            shot = clean_shot(scene) if rng.random() < _CLEAN_SHARE else captured_shot(scene, rng)
        cells = None if scene is None else cell_labels(scene)
        boxes = ((0.0, 0.0, 1.0, 1.0), tile_box(shot.image.size, self._side))
        labels = np.stack([patch_labels(cells, shot.board, box, self._grid) for box in boxes]).astype(np.int8)
        return Sample(views(shot.image, self._side), shot.image.size, labels, scene)

"""Splits scenes of the Grid world into training and held-out ones."""

import zlib
from collections import deque
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from coach_app.games.grid.lessons.pictures import Scene
from coach_app.games.grid.lessons.text import nearer
from coach_app.games.grid.level import ARTICLE_LEVEL, Cell, Level, Move, random_level
from coach_app.games.grid.teacher import optimal_moves

TRAINING_SEEDS = 500_000
"""Levels of lower seeds are for training; those from here on are for measuring."""

SIZES = ((6, 5), (7, 6), (8, 7))
_SIZE_SHARES = (0.7, 0.2, 0.1)
_ARTICLE_SHARE = 0.1
_OTHER_SHARE = 0.05
_POOL = 20_000


def held_out(level: Level) -> bool:
    """Whether a map belongs to the 5 % that are never used for training.

    Different seeds can give the same 6 x 5 map, so holding out seeds would not be enough.
    """
    return zlib.crc32(np.array(level.layout, np.int8).tobytes()) % 20 == 0


def tricky(scene: Scene) -> bool:
    """Whether the obvious move is wrong: every move towards the crate is a mistake, or a shortest path leads over the
    hole."""
    best = optimal_moves(scene.level, scene.cat)
    if not any(nearer(scene, move) and move in best for move in Move):
        return True
    steps = _careless_steps(scene.level)
    reached = {move: steps[scene.level.neighbour(scene.cat, move)] for move in Move}
    return any(reached[move] == min(reached.values()) and move not in best for move in Move)


@lru_cache(maxsize=4096)
def _careless_steps(level: Level) -> dict[Cell, int]:
    """Minimum steps to the crate from every square, ignoring the hole."""
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
    """A random scene on a level, with the cat on any square from which the crate can be reached.

    Args:
        level: the map.
        rng: draws the square and the cat's direction.
        tricky_share: share of tricky squares, on maps that have some and are not slippery.
    """
    cells = level.cat_cells
    if tricky_share and level.move_prob == 1 and rng.random() < tricky_share:
        cells = tuple(cell for cell in cells if tricky(Scene(level, cell))) or cells
    return Scene(level, cells[int(rng.integers(len(cells)))], Move(int(rng.integers(len(Move)))))


def scenes(rng: np.random.Generator, tricky_share: float = 0.0) -> Iterator[Scene | None]:
    """An endless stream of training scenes; None stands for a picture of something else.

    Args:
        rng: source of all randomness; may be used elsewhere between two scenes.
        tricky_share: share of scenes on tricky squares.
    """
    pool: list[Level] = []  # solving a level is slower than drawing it, so each is used several times
    while True:
        yield _scene(pool, rng, tricky_share)


def _scene(pool: list[Level], rng: np.random.Generator, tricky_share: float) -> Scene | None:
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
    return random_scene(level, rng, tricky_share)

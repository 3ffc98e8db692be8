"""Maps of the Grid world: the article's own, and a new one for every seed."""

from collections import deque
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np

from coach_app.domain.pointing import Mark

Cell = tuple[int, int]
"""Column and row, counted from the upper left corner of the border."""


class Move(IntEnum):
    """Actions of the Grid world, numbered as in srl-framework."""

    LEFT = 0
    DOWN = 1
    RIGHT = 2
    UP = 3

    @property
    def step(self) -> Cell:
        """Change of column and row."""
        return ((-1, 0), (0, 1), (1, 0), (0, -1))[self]


class Tile(IntEnum):
    """Contents of a square, numbered as in srl-framework, which has no fires."""

    FIRE = -2
    FLOOR = 0
    CRATE = 1
    START = 2
    HOLE = -1
    WALL = 9


@dataclass(frozen=True)
class Level:
    """A map with its rules.

    Attributes:
        field: rows of tiles, including the border; exactly one START, one CRATE, one HOLE; any number of FIREs.
        move_prob: probability that a step goes in the intended direction; otherwise it slips to either side with equal
            probability.
    """

    field: tuple[tuple[int, ...], ...]
    move_prob: float

    @property
    def width(self) -> int:
        return len(self.field[0])

    @property
    def height(self) -> int:
        return len(self.field)

    @property
    def size(self) -> tuple[int, int]:
        """Columns and rows, including the border."""
        return self.width, self.height

    def tile(self, cell: Cell) -> Tile:
        return Tile(self.field[cell[1]][cell[0]])

    def _find(self, tile: Tile) -> Cell:
        return next((x, y) for y, row in enumerate(self.field) for x, t in enumerate(row) if t == tile)

    @cached_property
    def start(self) -> Cell:
        return self._find(Tile.START)

    @cached_property
    def crate(self) -> Cell:
        return self._find(Tile.CRATE)

    @cached_property
    def hole(self) -> Cell:
        return self._find(Tile.HOLE)

    @cached_property
    def fires(self) -> tuple[Cell, ...]:
        """Squares with a fire, row by row."""
        return tuple((x, y) for y, row in enumerate(self.field) for x, t in enumerate(row) if t == Tile.FIRE)

    @cached_property
    def traps(self) -> frozenset[Cell]:
        """Where the cat is lost."""
        return frozenset((self.hole, *self.fires))

    @cached_property
    def layout(self) -> tuple[tuple[int, ...], ...]:
        """The map without its start, which identifies the picture apart from the cat."""
        return tuple(tuple(0 if t == Tile.START else t for t in row) for row in self.field)

    def neighbour(self, cell: Cell, move: Move) -> Cell:
        """The square after a step without slipping; the same square if there is a wall."""
        target = (cell[0] + move.step[0], cell[1] + move.step[1])
        return cell if self.tile(target) is Tile.WALL else target

    def mark(self, cell: Cell, label: str = "") -> Mark:
        """The middle of a square, in the picture of the level."""
        return Mark.at((cell[0] + 0.5) / self.width, (cell[1] + 0.5) / self.height, label)

    @cached_property
    def steps_to_crate(self) -> dict[Cell, int]:
        """Minimum steps to the crate, around walls and traps, from every square from which it can be reached."""
        steps = {self.crate: 0}
        queue = deque([self.crate])
        while queue:
            cell = queue.popleft()
            for move in Move:
                near = self.neighbour(cell, move)
                if near not in steps and near not in self.traps:
                    steps[near] = steps[cell] + 1
                    queue.append(near)
        return steps

    @cached_property
    def cat_cells(self) -> tuple[Cell, ...]:
        """Squares where the cat can stand and still reach the crate."""
        return tuple(sorted(cell for cell in self.steps_to_crate if cell != self.crate))


ARTICLE_LEVEL = Level(
    field=(
        (9, 9, 9, 9, 9, 9),
        (9, 0, 0, 0, 1, 9),
        (9, 0, 9, 0, -1, 9),
        (9, 2, 0, 0, 0, 9),
        (9, 9, 9, 9, 9, 9),
    ),
    move_prob=0.8,
)
"""The map of the article and of srl-framework's ``Grid``."""

DEFAULT_SIZE = (6, 5)


def random_level(seed: int, size: tuple[int, int] = DEFAULT_SIZE, fires: int = 0) -> Level:
    """The level of a seed: 1/12 to 1/4 of the inner squares are walls, and the crate can be reached.

    Steps never slip (``move_prob`` 1), so that the best move can be seen in the picture, while on the slippery map of
    the article it depends on an invisible probability. The article's own map is never generated.

    Args:
        seed: any non-negative number; seed, size and fires determine the level.
        size: columns and rows including the border, at least 5 x 5.
        fires: squares with a fire.
    """
    width, height = size
    if min(size) < 5:
        raise ValueError(f"a level needs at least 5 x 5 squares, not {width} x {height}")
    rng = np.random.default_rng([seed, width, height, *([fires] if fires else [])])
    things = (Tile.CRATE, Tile.HOLE, Tile.START, *(Tile.FIRE,) * fires)
    inner = [(x, y) for y in range(1, height - 1) for x in range(1, width - 1)]
    while True:
        cells = [inner[i] for i in rng.permutation(len(inner))]
        walls = int(rng.integers(len(inner) // 12, len(inner) // 4 + 1))
        field = [[9] * width for _ in range(height)]
        for x, y in inner:
            field[y][x] = 0
        for x, y in cells[:walls]:
            field[y][x] = 9
        for (x, y), tile in zip(cells[walls : walls + len(things)], things, strict=True):
            field[y][x] = int(tile)
        level = Level(tuple(map(tuple, field)), move_prob=1.0)
        if level.steps_to_crate.get(level.start, 0) >= 2 and level.layout != ARTICLE_LEVEL.layout:
            return level

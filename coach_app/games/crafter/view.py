"""What a picture of Crafter shows, as data, and where in the picture it is shown.

The picture is nine by nine units: above, nine columns and seven rows of the map, with the player on the middle square;
below, two rows for what the player has. Everything here can be read off the picture: nothing is behind it.
"""

from dataclasses import dataclass
from typing import NamedTuple

UNITS = 9
"""Columns and rows of the whole picture."""
COLUMNS, ROWS = 9, 7
"""Of the map."""
CENTRE = (COLUMNS // 2, ROWS // 2)
"""Column and row of the square where the player stands."""

Step = tuple[int, int]
"""Change of column (to the right) and row (downwards)."""

UNSEEN, EDGE = "unseen", "edge"
MATERIALS = (
    UNSEEN,  # lost in the noise of the night
    EDGE,  # beyond the end of the world: plain grey
    "grass",
    "sand",
    "path",
    "water",
    "lava",
    "tree",
    "stone",
    "coal",
    "iron",
    "diamond",
    "table",
    "furnace",
)
"""What the ground of a square can be."""

NOTHING = ""
ARROWS = ("arrow left", "arrow right", "arrow up", "arrow down")
OBJECTS = (NOTHING, "cow", "zombie", "skeleton", *ARROWS, "sapling", "ripe plant")
"""What can be on a square besides the player; it is drawn over the ground."""

FACINGS: dict[str, Step] = {"left": (-1, 0), "right": (1, 0), "up": (0, -1), "down": (0, 1)}
"""Where the player can look."""

ITEMS = (
    "health",
    "food",
    "drink",
    "energy",
    "sapling",
    "wood",
    "stone",
    "coal",
    "iron",
    "diamond",
    "wood_pickaxe",
    "stone_pickaxe",
    "iron_pickaxe",
    "wood_sword",
    "stone_sword",
    "iron_sword",
)
"""What the player has, in the order of the units below the map, row by row; a unit stays black where there is none."""
MOST = 9
"""Of each item."""

LIGHTS = 4
"""Levels of daylight that are told apart: 0 is the darkest of the night, 3 is day."""
DARK = 2
"""Below this level the picture is noisy, and most zombies appear."""


@dataclass(frozen=True)
class View:
    """What one picture shows.

    Attributes:
        materials: the ground of every square of the map, row by row, of MATERIALS.
        objects: what is on it, of OBJECTS.
        facing: where the player looks, of FACINGS; empty while asleep, as the sleeper is drawn in one way only.
        inventory: how many there are of each of ITEMS, 0 to MOST.
        light: 0 to LIGHTS - 1.
    """

    materials: tuple[str, ...]
    objects: tuple[str, ...]
    facing: str
    inventory: tuple[int, ...]
    light: int

    @property
    def sleeping(self) -> bool:
        return not self.facing

    @property
    def dark(self) -> bool:
        return self.light < DARK

    def count(self, item: str) -> int:
        """How many there are of one of ITEMS."""
        return self.inventory[ITEMS.index(item)]

    def material(self, step: Step) -> str:
        """The ground so many squares from the player; UNSEEN outside of the picture."""
        index = square(step)
        return UNSEEN if index is None else self.materials[index]

    def object(self, step: Step) -> str:
        """What is so many squares from the player."""
        index = square(step)
        return NOTHING if index is None else self.objects[index]


def square(step: Step) -> int | None:
    """The index in a View of the square so far from the player; None outside of the picture."""
    column, row = CENTRE[0] + step[0], CENTRE[1] + step[1]
    return row * COLUMNS + column if 0 <= column < COLUMNS and 0 <= row < ROWS else None


STEPS: tuple[Step, ...] = tuple((x - CENTRE[0], y - CENTRE[1]) for y in range(ROWS) for x in range(COLUMNS))
"""How far each square of a View is from the player, in the order of its squares."""


class Box(NamedTuple):
    """A part of a picture, in pixels."""

    left: int
    top: int
    width: int
    height: int


def square_box(index: int, unit: int) -> Box:
    """Where a square of the map is drawn.

    Args:
        index: of a View's squares.
        unit: pixels a unit.
    """
    return Box(index % COLUMNS * unit, index // COLUMNS * unit, unit, unit)


def item_box(item: str, unit: int) -> Box:
    """Where one of ITEMS and its number are drawn; see ``square_box``."""
    index = ITEMS.index(item)
    return Box(index % UNITS * unit, (ROWS + index // UNITS) * unit, unit, unit)

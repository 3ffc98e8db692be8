"""What a teacher of Crafter knows when it decides: the land that it sees or remembers, and what it has."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from math import inf

from coach_app.games.crafter.land import HOSTILE, Land, Ways, costs, ways
from coach_app.games.crafter.view import EDGE, FACINGS, ITEMS, View

PLANTS = ("sapling", "ripe plant")
LOW, HUNGRY = 3, 6
"""Of health, food, drink and energy: at the first it is urgent, at the second a good moment is used."""


OPEN = 2
"""Squares of grass in the picture, from which on it is open land, where zombies come from."""


@dataclass(frozen=True)
class Choice:
    """What is to be done.

    Attributes:
        goal: what for, of ``words.GOALS``.
        action: the action of the game.
        target: the square that it is about; -1 where there is none.
        steps: until there, with what is in the way; 0 where that does not matter.
    """

    goal: str
    action: str
    target: int = -1
    steps: float = 0.0


@dataclass(frozen=True)
class Sight:
    """What a teacher knows.

    Attributes:
        view: what is seen now.
        land: what is seen and remembered of the land.
        explorer: what to do where nothing that is needed is known.
        unlocked: the achievements that are remembered; None for a teacher without a memory.
    """

    view: View
    land: Land
    explorer: "Callable[[Sight], Choice]"
    unlocked: frozenset[str] | None = None

    def has(self, item: str) -> int:
        """How many of an item the player has."""
        return self.view.inventory[ITEMS.index(item)]

    def lacks(self, achievement: str) -> bool:
        """Whether an achievement is still to be unlocked, as far as it is known."""
        return self.unlocked is None or achievement not in self.unlocked

    @property
    def facing(self) -> str:
        return self.view.facing

    @cached_property
    def ways(self) -> Ways:
        return ways(self.land, costs(self.land, self.has, self.facing, self.view.dark))

    @cached_property
    def ahead(self) -> int:
        """The square that the player faces."""
        return self.land.here + self.land.move(self.facing)

    @cached_property
    def beside(self) -> tuple[int, int, int, int]:
        """The four squares beside the player."""
        return self.land.around(self.land.here)

    @cached_property
    def enemies(self) -> tuple[int, ...]:
        """Where there is something hostile, the nearest first."""
        return tuple(sorted(self.land.things(*HOSTILE), key=lambda square: (self.land.apart(square), square)))

    @cached_property
    def enclosure(self) -> frozenset[int]:
        return self.land.enclosure(6)

    @cached_property
    def grass(self) -> int:
        """How many squares of grass are in the picture: where zombies come from."""
        return self.view.materials.count("grass")

    def at_hand(self, material: str) -> bool:
        """Whether something like a table is within reach for crafting: on one of the eight squares around.

        The game finds nothing there for a player at the left or upper end of the world.
        """
        if self.at_end:
            return False
        across, down, here = 1, self.land.width, self.land.here
        near = (here + x * across + y * down for x in (-1, 0, 1) for y in (-1, 0, 1))
        return any(self.land.materials[square] == material for square in near)

    @property
    def at_end(self) -> bool:
        """Whether the player stands at the left or upper end of the world."""
        return EDGE in (self.land.materials[self.land.here - 1], self.land.materials[self.land.here - self.land.width])

    def toward(self, goal: str, square: int, use: str = "do") -> Choice:
        """The next move on the way to use something on a square."""
        cost, near = self.ways.beside(square)
        if near == self.land.here:
            direction = self.land.towards(square)
            action = use if direction == self.facing else f"move_{direction}"
            return Choice(goal, action, square, 1.0)
        return self.step(goal, near, cost, square)

    def step(self, goal: str, square: int, cost: float, target: int = -1) -> Choice:
        """The next move on the way to a square, through whatever is in the way."""
        first = self.ways.first(square)
        return Choice(goal, self.onto(first), square if target < 0 else target, cost)

    def onto(self, square: int) -> str:
        """The action that leads onto a square beside the player, or opens the way there."""
        direction = self.land.towards(square)
        material, thing = self.land.materials[square], self.land.objects[square]
        if self.land.free(square) or direction != self.facing:
            return f"move_{direction}"
        if material in ("water", "lava") and not thing:
            return "place_stone"
        return "do"

    def nearest(self, goal: str, squares: Iterable[int], use: str = "do", most: float = inf) -> Choice | None:
        """The move toward the nearest of squares that something can be done with."""
        cost, square = self.ways.nearest(squares)
        return self.toward(goal, square, use) if cost <= most and cost < inf else None


DIRECTIONS = tuple(FACINGS)
AWAY = {"left": "right", "right": "left", "up": "down", "down": "up"}
"""The opposite of each direction."""

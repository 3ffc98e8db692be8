"""The land around the player, and the ways through it: what both teachers of Crafter reason about."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heappop, heappush
from math import inf

from coach_app.games.crafter.view import CENTRE, COLUMNS, FACINGS, NOTHING, ROWS, UNSEEN, Step, View

WALKABLE = frozenset({"grass", "sand", "path"})
HOSTILE = frozenset({"zombie", "skeleton"})
NEEDED_TOOL = {"stone": "wood_pickaxe", "coal": "wood_pickaxe", "iron": "stone_pickaxe", "diamond": "iron_pickaxe"}
"""Without which a material cannot be collected."""

_TREE, _STONE, _ORE, _WATER, _LAVA = 2.5, 2.2, 2.0, 5.0, 4.0  # steps to get onto such a square, and what they use up
_COW, _ENEMY, _ARROW = 5.0, 5.0, 3.0
_NEAR_ZOMBIE, _NEAR_SKELETON, _IN_LINE = 2.0, 1.0, 1.5
_GRASS_AT_NIGHT = 2.0
_HURT = 4
_MORE_IF_HURT = 4.0


@dataclass(frozen=True)
class Land:
    """A map of squares in rows, with an unseen border, as flat tuples: a square is an index.

    Attributes:
        width: squares a row, border included.
        materials: the ground of every square, of ``view.MATERIALS``.
        objects: what is on it, of ``view.OBJECTS``.
        here: where the player stands.
    """

    width: int
    materials: Sequence[str]
    objects: Sequence[str]
    here: int

    @staticmethod
    def of(view: View) -> "Land":
        """What one picture shows."""
        side = (UNSEEN,) * (COLUMNS + 2)
        empty = (NOTHING,) * (COLUMNS + 2)
        materials, objects = list(side), list(empty)
        for row in range(0, ROWS * COLUMNS, COLUMNS):
            materials += [UNSEEN, *view.materials[row : row + COLUMNS], UNSEEN]
            objects += [NOTHING, *view.objects[row : row + COLUMNS], NOTHING]
        here = (CENTRE[1] + 1) * (COLUMNS + 2) + CENTRE[0] + 1
        return Land(COLUMNS + 2, (*materials, *side), (*objects, *empty), here)

    def move(self, direction: str) -> int:
        """What a step in a direction of ``view.FACINGS`` adds to a square."""
        column, row = FACINGS[direction]
        return row * self.width + column

    def moves(self) -> tuple[int, int, int, int]:
        """What each step adds, in the order of ``view.FACINGS``."""
        return (-1, 1, -self.width, self.width)

    def around(self, square: int) -> tuple[int, int, int, int]:
        """The four squares beside one, in the order of ``view.FACINGS``."""
        return (square - 1, square + 1, square - self.width, square + self.width)

    def offset(self, square: int) -> Step:
        """How far a square is from the player."""
        (row, column), (own_row, own_column) = divmod(square, self.width), divmod(self.here, self.width)
        return column - own_column, row - own_row

    def apart(self, square: int) -> int:
        """How many steps a square is from the player, if nothing is in the way."""
        column, row = self.offset(square)
        return abs(column) + abs(row)

    def free(self, square: int) -> bool:
        """Whether one can walk onto a square now."""
        return self.materials[square] in WALKABLE and not self.objects[square]

    def shut(self, square: int) -> bool:
        """Whether nothing can ever come from a square, as long as nobody digs."""
        return self.materials[square] not in WALKABLE and self.materials[square] != UNSEEN

    def all(self, *materials: str) -> list[int]:
        """The squares with one of these grounds and nothing on it."""
        return [index for material in materials for index in self._grounds.get(material, ())]

    def things(self, *objects: str) -> list[int]:
        """The squares with one of these on them."""
        return [index for thing in objects for index in self.found.get(thing, ())]

    @cached_property
    def _grounds(self) -> dict[str, list[int]]:
        grounds: dict[str, list[int]] = {}
        for index, (material, thing) in enumerate(zip(self.materials, self.objects, strict=True)):
            if not thing:
                grounds.setdefault(material, []).append(index)
        return grounds

    @cached_property
    def found(self) -> dict[str, list[int]]:
        """The squares of everything that is on one."""
        found: dict[str, list[int]] = {}
        for index, thing in enumerate(self.objects):
            if thing:
                found.setdefault(thing, []).append(index)
        return found

    def towards(self, square: int) -> str:
        """The direction of a square beside the player."""
        return next(name for name in FACINGS if self.here + self.move(name) == square)

    def enclosure(self, most: int) -> frozenset[int]:
        """The squares that can be walked to without digging, the player's own included.

        Empty if there are more than so many, or something hostile is among them.
        """
        found, open_ = {self.here}, [self.here]
        while open_:
            for square in self.around(open_.pop()):
                if square in found or self.shut(square) or self.objects[square] in ("sapling", "ripe plant"):
                    continue
                if self.materials[square] == UNSEEN or self.objects[square] in HOSTILE or len(found) == most:
                    return frozenset()
                found.add(square)
                open_.append(square)
        return frozenset(found)


@dataclass(frozen=True)
class Ways:
    """The cheapest ways from the player to everywhere.

    Attributes:
        land: that they lead through.
        cost: of getting onto each square, in steps, with what dangers are worth; infinite where none leads.
        before: the square before it on the way.
    """

    land: Land
    cost: Sequence[float]
    before: Sequence[int]

    def first(self, square: int) -> int:
        """The first square on the way to one that is not the player's own."""
        while (before := self.before[square]) != self.land.here:
            square = before
        return square

    def way(self, square: int) -> list[int]:
        """The squares of the way to one, from there back to the first; none where there is no way, or none needed."""
        found = []
        while square >= 0 and square != self.land.here:
            found.append(square)
            square = self.before[square]
        return found if square == self.land.here else []

    def beside(self, square: int) -> tuple[float, int]:
        """The cost of getting beside a square, and the square where one stands then."""
        return min((self.cost[near], near) for near in self.land.around(square))

    def nearest(self, squares: Iterable[int]) -> tuple[float, int]:
        """Of squares to stand beside, the one with the cheapest way, and its cost; infinite if there is none."""
        here = self.land.here
        return min(((self.beside(each)[0], each) for each in squares if each != here), default=(inf, -1))


def ways(land: Land, costs: Sequence[float]) -> Ways:
    """By Dijkstra (1959).

    Args:
        land: to walk through.
        costs: of stepping onto each square from beside it.
    """
    cost, before = [inf] * len(land.materials), [-1] * len(land.materials)
    cost[land.here] = 0.0
    moves = land.moves()
    queue = [(0.0, land.here)]
    while queue:
        so_far, square = heappop(queue)
        if so_far > cost[square]:
            continue
        for move in moves:
            near = square + move
            total = so_far + costs[near]
            if total < cost[near]:
                cost[near], before[near] = total, square
                heappush(queue, (total, near))
    return Ways(land, cost, before)


def costs(land: Land, count: Callable[[str], int], facing: str, dark: bool) -> list[float]:
    """What stepping onto each square costs a player.

    Args:
        land: the squares.
        count: how many the player has of an item.
        facing: where the player looks; lava can only be covered there, as turning to it would be a step onto it.
        dark: whether it is night, when zombies come up from the grass.
    """
    ground = dict.fromkeys(WALKABLE, 1.0) | {"tree": _TREE}
    ground |= {material: _ORE for material, tool in NEEDED_TOOL.items() if count(tool)}
    if count("wood_pickaxe"):
        ground["stone"] = _STONE
        if count("stone"):
            ground["water"] = _WATER
    found = [ground.get(material, inf) for material in land.materials]
    if dark:
        found = [
            each + _GRASS_AT_NIGHT if material == "grass" else each
            for each, material in zip(found, land.materials, strict=True)
        ]
    ahead = land.here + land.move(facing) if facing else land.here
    if land.materials[ahead] == "lava" and count("stone"):
        found[ahead] = _LAVA
    more = _MORE_IF_HURT if count("health") <= _HURT else 1.0
    for thing, squares in land.found.items():
        for square in squares:
            if thing == "cow":
                found[square] += _COW
            elif thing in HOSTILE:
                found[square] += _ENEMY * more
                _shun(land, found, square, thing, more)
            elif thing.startswith("arrow"):
                found[square] += _ARROW
            else:
                found[square] = inf
                for fence in land.around(square):  # what keeps a plant safe stays
                    if thing == "sapling" and land.shut(fence):
                        found[fence] = inf
    return found


def _shun(land: Land, found: list[float], square: int, thing: str, more: float) -> None:
    """Make the squares where an enemy can hit dearer."""
    near = _NEAR_ZOMBIE if thing == "zombie" else _NEAR_SKELETON
    for beside in land.around(square):
        found[beside] += near * more
    if thing == "skeleton":
        for move in land.moves():
            line = square + move
            while 0 <= line < len(found) and (
                land.materials[line] in WALKABLE or land.materials[line] in ("water", "lava")
            ):
                found[line] += _IN_LINE * more
                line += move

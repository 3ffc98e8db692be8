"""Closing squares against what walks: shelters to sleep in, and fences for plants.

A stone can only be put where the player looks, and turning to a free square is a step onto it. So a side of a square
can be closed from inside only by somebody who came from the opposite side.
"""

from dataclasses import dataclass
from math import inf

from coach_app.games.crafter.land import Land, Ways
from coach_app.games.crafter.view import FACINGS

_STONE_STEPS = 2.0  # of turning and placing
_DIG_STEPS = 2.0
_WATER_WORTH = 6.0  # to have something to drink inside
_PLACEABLE = frozenset({"grass", "sand", "path"})


@dataclass(frozen=True)
class Shelter:
    """Squares that can be closed.

    Attributes:
        inside: the squares.
        open: sides that are not closed yet: a square inside, and the direction.
        cost: steps to close it, the way included.
    """

    inside: frozenset[int]
    open: tuple[tuple[int, str], ...]
    cost: float


def _blocks(land: Land) -> list[tuple[int, ...]]:
    across, down = land.move("right"), land.move("down")
    return [(0,), (0, across), (0, down), (0, across, down, across + down)]


def cheapest(land: Land, ways: Ways, stones: int, facing: str, most: float, on: str = "") -> Shelter | None:
    """The shelter that is closed soonest; None where there is none.

    Args:
        land: where to look.
        ways: through it.
        stones: how many there are to close it with.
        facing: where the player looks.
        most: steps to it.
        on: a ground that at least one square besides the player's own must have, to plant something there.
    """
    best: Shelter | None = None
    blocks = _blocks(land)
    for corner, reached in enumerate(ways.cost):
        if reached >= most + _WATER_WORTH:
            continue
        for block in blocks:
            inside = [corner + step for step in block]
            cost = min(ways.cost[square] for square in inside)
            if cost - _WATER_WORTH >= (best.cost if best else most) or any(
                ways.cost[square] == inf for square in inside
            ):
                continue
            if on and (len(inside) < 2 or not any(land.materials[square] == on for square in inside[1:])):
                continue
            found = _closed(land, frozenset(inside), stones, facing, cost)
            if found and (best is None or found.cost < best.cost):
                best = found
    return best


def _closed(land: Land, inside: frozenset[int], stones: int, facing: str, cost: float) -> Shelter | None:
    """How squares are closed; None if they cannot be."""
    sides = []
    if any(land.materials[near] == "water" for square in inside for near in land.around(square)):
        cost -= _WATER_WORTH
    for square in inside:
        if land.objects[square] or land.materials[square] not in ("grass", "sand", "path", "stone"):
            return None
        if land.materials[square] == "stone":
            cost, stones = cost + _DIG_STEPS, stones + 1
        for direction in FACINGS:
            move = land.move(direction)
            outside = square + move
            if outside in inside or land.shut(outside) or land.objects[outside] in ("sapling", "ripe plant"):
                continue
            if land.materials[outside] not in _PLACEABLE:
                return None  # unseen
            at_hand = square == land.here and direction == facing
            if square - move not in inside and not at_hand:
                return None
            cost += _STONE_STEPS + (1.0 if land.objects[outside] else 0.0)
            sides.append((square, direction))
    return Shelter(inside, tuple(sides), cost) if len(sides) <= stones else None


def closing_move(land: Land, shelter: Shelter, facing: str) -> str:
    """What to do next inside of a shelter, to close it: a direction to walk or look, or empty to place the stone."""
    sides = shelter.open
    here = land.here
    for square, direction in sides:
        if square == here and direction == facing:
            return ""
    for square, direction in sides:
        if square - land.move(direction) == here:
            return direction
    for square, direction in sides:
        if square == here:
            return next(name for name in FACINGS if land.move(name) == -land.move(direction))
    # The player is in the other corner of the block: one step brings a side within reach.
    square, direction = sides[0]
    wanted = square - land.move(direction)
    return min(
        (name for name in FACINGS if here + land.move(name) in shelter.inside),
        key=lambda name: _apart(land, here + land.move(name), wanted),
    )


def _apart(land: Land, one: int, other: int) -> int:
    (row, column), (to_row, to_column) = divmod(one, land.width), divmod(other, land.width)
    return abs(row - to_row) + abs(column - to_column)


def fence(land: Land, ways: Ways, square: int, facing: str) -> tuple[float, str]:
    """How a square is closed from outside with a stone.

    Returns:
        The cost, infinite where it cannot be done, and what to do next: empty to place the stone, a direction, or
        "go N" with the square to walk to first.
    """
    best: tuple[float, str] = (inf, "")
    for direction in FACINGS:
        move = land.move(direction)
        at, before = square - move, square - 2 * move
        if at == land.here:
            if direction == facing:
                return 1.0, ""
        elif not land.free(at):
            continue
        elif before == land.here:
            best = min(best, (2.0, direction))
        elif land.free(before) and ways.cost[before] < inf:
            best = min(best, (ways.cost[before] + 2.0, f"go {before}"))
    return best

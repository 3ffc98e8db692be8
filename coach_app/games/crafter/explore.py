"""Where the teacher without a memory goes when nothing it needs is in the picture."""

from coach_app.games.crafter.land import WALKABLE
from coach_app.games.crafter.sight import DIRECTIONS, Choice, Sight
from coach_app.games.crafter.view import COLUMNS, EDGE, FACINGS, ROWS, STEPS

_ROCK = frozenset({"stone", "path", "coal", "iron", "diamond", "lava", "table", "furnace"})
_ON, _BACK = 4.0, -4.0


def explore(sight: Sight) -> Choice:
    """Straight on; where that is blocked or not promising, to the best side."""
    wants_rock = bool(sight.has("wood_pickaxe")) and min(sight.has("food"), sight.has("drink")) > 3
    scores = {}
    for direction, square in zip(DIRECTIONS, sight.beside, strict=True):
        cost = sight.ways.cost[square]
        if cost > 12:
            continue
        score = -cost
        if direction == sight.facing:
            score += _ON
        elif FACINGS[direction] == tuple(-each for each in FACINGS[sight.facing]):
            score += _BACK
        scores[direction] = score + _promise(sight, direction, wants_rock)
    if not scores:
        return Choice("explore", "noop")
    best = max(scores, key=lambda name: scores[name])
    return Choice("explore", sight.onto(sight.land.here + sight.land.move(best)))


def _promise(sight: Sight, direction: str, wants_rock: bool) -> float:
    """How promising the half of the picture in a direction looks."""
    column, row = FACINGS[direction]
    worth = 0.0
    for (x, y), material in zip(STEPS, sight.view.materials, strict=True):
        along = x * column + y * row
        if along <= 0:
            continue
        if material == EDGE:
            worth -= 0.5
        elif wants_rock:
            worth += 0.1 * (material in _ROCK)
        else:
            worth += 0.05 * (material in WALKABLE)
    return worth * (1.0 if column == 0 else ROWS / COLUMNS)

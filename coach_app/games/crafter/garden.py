"""The teacher's rules for Crafter on plants: found, planted, closed in, and eaten when they are ripe."""

from math import inf

from coach_app.games.crafter.shelter import fence
from coach_app.games.crafter.sight import AWAY, DIRECTIONS, PLANTS, Choice, Sight
from coach_app.games.crafter.view import UNSEEN


def guarded(sight: Sight) -> list[int]:
    """Young plants worth waiting for: nothing can reach them."""
    if not wants_plant(sight):
        return []
    return [square for square in sight.land.things("sapling") if not gaps(sight, square)]


def wants_plant(sight: Sight) -> bool:
    """Whether a plant is still to be eaten: only one with a memory knows, and waits for it."""
    return sight.unlocked is not None and sight.lacks("eat_plant")


def gaps(sight: Sight, square: int) -> list[int]:
    """The squares beside one from which something could come."""
    return [near for near in sight.land.around(square) if not sight.land.shut(near) and near not in sight.enclosure]


def ripe(sight: Sight) -> Choice | None:
    """Eat a ripe plant."""
    return sight.nearest("eat plant", sight.land.things("ripe plant"))


def protect(sight: Sight) -> Choice | None:
    """Close a young plant in."""
    if not wants_plant(sight) or sight.view.dark:
        return None
    for square in sight.land.things("sapling"):
        open_ = gaps(sight, square)
        if not open_ or any(sight.land.materials[near] == UNSEEN for near in open_):
            continue
        if sight.has("stone") < len(open_) or sight.ways.beside(square)[0] > 40:
            continue
        ways = [facing(sight, near, "fence plant", "place_stone") for near in open_ if near != sight.land.here]
        if not ways:
            step = _away(sight, square)
            return Choice("fence plant", step, square) if step else None
        best = min(ways, key=lambda choice: choice.steps)
        if best.steps < inf:
            return best
    return None


def _away(sight: Sight, square: int) -> str:
    """A step away from a plant beside the player."""
    direction = AWAY[sight.land.towards(square)]
    options = [direction, *(each for each in DIRECTIONS if each != direction)]
    free = [each for each in options if sight.land.free(sight.land.here + sight.land.move(each))]
    return f"move_{free[0]}" if free else ""


def plant(sight: Sight) -> Choice | None:
    """A sapling at the beginning, planted at once; one who remembers that none was eaten yet plants more."""
    if sight.unlocked is None:
        if sight.has("sapling"):
            return _put(sight)
        first = not sight.has("wood") and not sight.has("wood_pickaxe")
        return pick(sight) if first and not near_plants(sight) else None
    if sight.lacks("place_plant"):
        return _put(sight) if sight.has("sapling") else pick(sight)
    if sight.lacks("eat_plant") and not near_plants(sight) and sight.has("stone") >= 4 and sight.view.light == 3:
        return _put(sight) if sight.has("sapling") else pick(sight)
    return None


def near_plants(sight: Sight) -> list[int]:
    """Plants that are known."""
    return sight.land.things(*PLANTS)


def _put(sight: Sight) -> Choice | None:
    return _with_grass(sight, "place sapling", "place_plant")


def pick(sight: Sight) -> Choice | None:
    """Take a sapling from the grass."""
    return _with_grass(sight, "collect sapling", "do")


def _with_grass(sight: Sight, goal: str, use: str) -> Choice | None:
    """Look at a free square of grass, and use it."""
    near = [square for square in sight.land.all("grass") if sight.land.apart(square) <= 6 and square != sight.land.here]
    best = min((facing(sight, square, goal, use) for square in near), key=lambda choice: choice.steps, default=None)
    return best if best and best.steps < inf else None


def facing(sight: Sight, square: int, goal: str, use: str) -> Choice:
    """The next move toward looking at a free square from beside it, and then to use it; infinitely far if it is not."""
    cost, how = fence(sight.land, sight.ways, square, sight.facing)
    if cost == inf:
        return Choice(goal, "noop", square, inf)
    if how.startswith("go "):
        return sight.step(goal, int(how[3:]), cost, square)
    return Choice(goal, f"move_{how}" if how else use, square, cost)

"""The teacher's rules for Crafter: the first one that applies says what to do."""

from collections.abc import Callable
from dataclasses import replace

from coach_app.games.crafter.garden import guarded, plant, protect, ripe
from coach_app.games.crafter.shelter import cheapest, closing_move
from coach_app.games.crafter.sight import AWAY, DIRECTIONS, HUNGRY, LOW, OPEN, Choice, Sight
from coach_app.games.crafter.tools import advance, craft

Rule = Callable[[Sight], Choice | None]

_THIRST, _HUNGER = 20, 25  # steps to the next point of drink or food less
_NEAR, _FAR = 6.0, 24.0  # steps to where a shelter may be


def asleep(sight: Sight) -> Choice | None:
    """Whatever a sleeper does, it sleeps on."""
    return Choice("sleep", "noop") if sight.view.sleeping else None


def dodge(sight: Sight) -> Choice | None:
    """Step out of the way of an arrow that is about to hit."""
    land = sight.land
    for direction, square in zip(DIRECTIONS, sight.beside, strict=True):
        if land.objects[square] != f"arrow {AWAY[direction]}":
            continue
        aside = [
            near
            for other, near in zip(DIRECTIONS, sight.beside, strict=True)
            if other not in (direction, AWAY[direction]) and land.free(near)
        ]
        if aside:
            best = min(aside, key=lambda near: sight.ways.cost[near])
            return Choice("dodge", f"move_{land.towards(best)}", square)
    return None


def fight(sight: Sight) -> Choice | None:
    """Hit what is beside the player."""
    near = [square for square in sight.beside if square in sight.enemies]
    if not near:
        return None
    square = sight.ahead if sight.ahead in near else near[0]
    return sight.toward(f"fight {sight.land.objects[square]}", square)


def block(sight: Sight) -> Choice | None:
    """Put a stone between a hurt player and what comes straight on."""
    if not sight.has("stone") or not sight.land.free(sight.ahead):
        return None
    move = sight.ahead - sight.land.here
    two, three = sight.ahead + move, sight.ahead + 2 * move
    if sight.land.objects[two] == "zombie" and sight.has("health") <= 4:
        return Choice("block", "place_stone", two)
    for square in (two, three):
        thing = sight.land.objects[square]
        if thing == f"arrow {AWAY[sight.facing]}":
            return Choice("block", "place_stone", square)
        if thing == "skeleton" and sight.has("health") <= 5:
            return Choice("block", "place_stone", square)
        if not sight.land.free(square):
            break
    return None


def stay(sight: Sight) -> Choice | None:
    """Inside of a shelter: sleep, or wait for the day, health, or a plant."""
    if not sight.enclosure:
        return None
    land = sight.land
    for square in sight.beside:
        if land.objects[square] == "ripe plant":
            return sight.toward("eat plant", square)
    water = [square for square in land.all("water") if any(near in sight.enclosure for near in land.around(square))]
    if water and sight.has("drink") <= HUNGRY:
        return sight.nearest("drink", water)
    if starving(sight):
        return None
    near = any(land.apart(square) <= 5 for square in sight.land.things("zombie"))
    if sight.view.light == 3 and not near and min(sight.has("food"), sight.has("drink")) <= LOW:
        return None
    if sight.has("energy") < 9 and (sight.view.dark or sight.has("energy") < HUNGRY or sight.has("health") <= 4):
        return Choice("sleep", "sleep")
    night = sight.view.light < 3 and (near or goes_out(sight))
    famished = sight.has("food") == 0 or sight.has("drink") == 0
    if night or (not famished and sight.has("health") <= (HUNGRY if near else 4)):
        return Choice("wait", "noop")
    if guarded(sight):
        return Choice("wait for plant", "noop")
    return None


def starving(sight: Sight) -> bool:
    """Whether staying anywhere is more dangerous than any night."""
    return sight.has("health") <= LOW and (sight.has("food") == 0 or sight.has("drink") == 0)


def shelter(sight: Sight) -> Choice | None:
    """Close a tired player in, to sleep; one who remembers the map also does so hurt, or for the night.

    Without a memory, more shelters than those do not pay (17.6 +- 3.2 against 16.0 +- 3.4 in unseen worlds), and are
    hard to tell from a picture.
    """
    if sight.unlocked is None:
        wanted, most = sight.has("energy") <= LOW, _NEAR
    else:
        night = sight.view.dark and sight.grass >= OPEN and goes_out(sight)
        wanted, most = sight.has("energy") <= LOW or sight.has("health") <= 4 or night, _FAR
    if not wanted or not sight.has("stone") or starving(sight):
        return None
    if not sight.view.dark and min(sight.has("food"), sight.has("drink")) <= LOW:
        return None
    return build(sight, "build shelter", most)


def goes_out(sight: Sight) -> bool:
    """Whether what would be done by day leads over grass, where zombies come from."""
    land = sight.land
    if land.materials[land.here] == "grass":
        return True
    choice = next((found for rule in BY_DAY if (found := rule(sight))), None) or sight.explorer(sight)
    direction = choice.action.removeprefix("move_")
    if choice.target >= 0:
        way = sight.ways.way(sight.ways.beside(choice.target)[1])
    elif direction in DIRECTIONS:
        way = [land.here + far * land.move(direction) for far in (1, 2, 3)]
    else:
        way = []
    return any(land.materials[square] == "grass" for square in way)


def build(sight: Sight, goal: str, most: float = _FAR, on: str = "") -> Choice | None:
    """The next move of closing the player in."""
    if sight.enclosure:
        return None
    plan = cheapest(sight.land, sight.ways, sight.has("stone"), sight.facing, most, on)
    if plan is None:
        return None
    land = sight.land
    solid = [square for square in plan.inside if land.materials[square] == "stone"]
    if land.here not in plan.inside:
        cost, square = min((sight.ways.cost[each], each) for each in plan.inside)
        return sight.step(goal, square, cost)
    if solid:
        near = [square for square in solid if square in sight.beside]
        return Choice(goal, sight.onto((near or solid)[0]), (near or solid)[0], 1.0) if near else None
    if not plan.open:
        return None
    direction = closing_move(land, plan, sight.facing)
    return Choice(goal, f"move_{direction}" if direction else "place_stone", land.here, plan.cost)


def flee(sight: Sight) -> Choice | None:
    """Away from what is hostile, if hurt."""
    near = [square for square in sight.land.things("zombie") if sight.land.apart(square) <= 4]
    if sight.has("health") > 4 or not near or sight.enclosure:
        return None

    def safety(square: int) -> float:
        (row, column) = divmod(square, sight.land.width)
        far = [abs(row - r) + abs(column - c) for r, c in (divmod(each, sight.land.width) for each in near)]
        return min(far) - 0.1 * sight.ways.cost[square]

    free = [square for square in sight.beside if sight.land.free(square)]
    best = max(free, key=safety, default=None)
    return None if best is None else Choice("flee", f"move_{sight.land.towards(best)}", near[0])


def drink(sight: Sight) -> Choice | None:
    choice = sight.nearest("drink", sight.land.all("water"))
    return choice if choice and sight.has("drink") - choice.steps / _THIRST <= LOW else None


def eat(sight: Sight) -> Choice | None:
    choice = sight.nearest("eat cow", sight.land.things("cow"))
    return choice if choice and sight.has("food") - choice.steps / _HUNGER <= LOW else None


def refill(sight: Sight) -> Choice | None:
    """Food and water that are near, while there is time; before the night also what is farther."""
    dusk = sight.view.light == 2
    if sight.has("drink") <= 7 and (choice := sight.nearest("drink", sight.land.all("water"), most=20 if dusk else 10)):
        return choice
    if sight.has("food") <= 7:
        most = 20 if dusk else 6 if sight.has("food") > 5 else 12 if sight.unlocked is None else 20
        return sight.nearest("eat cow", sight.land.things("cow"), most=most)
    return None


def search(sight: Sight) -> Choice | None:
    """Look for water or food before anything else, where it is urgent and none is seen."""
    for need, goal, least in (
        ("drink", "search water", 3),
        ("food", "search food", 0 if sight.unlocked is None else 4),
    ):
        if sight.has(need) <= least or (need == "drink" and sight.view.light == 2 and sight.has(need) <= 5):
            return replace(sight.explorer(sight), goal=goal)
    return None


def top_up(sight: Sight) -> Choice | None:
    """Beside the water, drink until it is enough."""
    if sight.has("drink") < 9 and sight.land.materials[sight.ahead] == "water" and not sight.land.objects[sight.ahead]:
        return Choice("drink", "do", sight.ahead, 1.0)
    return None


def hunt(sight: Sight) -> Choice | None:
    """A skeleton near enough, for somebody strong."""
    if not sight.has("stone_sword") or sight.has("health") < 6 or not sight.lacks("defeat_skeleton"):
        return None
    return sight.nearest("fight skeleton", sight.land.things("skeleton"), most=14)


BY_DAY: tuple[Rule, ...] = (
    drink,
    eat,
    craft,
    top_up,
    refill,
    search,
    ripe,
    plant,
    hunt,
    protect,
    advance,
)
RULES: tuple[Rule, ...] = (asleep, dodge, fight, block, stay, shelter, flee, *BY_DAY)

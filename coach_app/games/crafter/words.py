"""The teacher's decision in words: how it was come to, step by step, and what a player is told."""

from collections.abc import Iterable
from dataclasses import dataclass

from coach_app.games.crafter.sight import OPEN, Choice, Sight
from coach_app.games.crafter.view import FACINGS, ITEMS, NOTHING, Step

MAX_CHARACTERS = 200
"""Of what a player is told."""
MAX_THREATS = 3
"""That are named."""

MOVES = {
    "noop": "wait",
    "move_left": "left",
    "move_right": "right",
    "move_up": "up",
    "move_down": "down",
    "do": "interact",
    "sleep": "sleep",
    "place_stone": "place stone",
    "place_table": "place table",
    "place_furnace": "place furnace",
    "place_plant": "place sapling",
    "make_wood_pickaxe": "make wood pickaxe",
    "make_stone_pickaxe": "make stone pickaxe",
    "make_iron_pickaxe": "make iron pickaxe",
    "make_wood_sword": "make wood sword",
    "make_stone_sword": "make stone sword",
    "make_iron_sword": "make iron sword",
}
"""The game's actions, in their order, as a person calls them."""

ACHIEVEMENTS = (
    "collect wood",
    "place table",
    "make wood pickaxe",
    "make wood sword",
    "collect sapling",
    "place plant",
    "eat plant",
    "collect drink",
    "eat cow",
    "defeat zombie",
    "defeat skeleton",
    "wake up",
    "collect stone",
    "place stone",
    "make stone pickaxe",
    "make stone sword",
    "collect coal",
    "place furnace",
    "collect iron",
    "make iron pickaxe",
    "make iron sword",
    "collect diamond",
)
"""Each is worth a reward of 1, the first time in an episode."""

_TOLD = {
    "sleep on": "You are asleep.",
    "sleep": "You are closed in and tired: sleep.",
    "wait": "You are safe here: wait until it is over.",
    "wait for plant": "You are safe here: let the sapling grow.",
    "dodge": "An arrow flies at you: step aside.",
    "fight zombie": "A zombie is beside you: face it and hit it.",
    "fight skeleton": "Fight the skeleton.",
    "block": "Something is coming straight at you: block the way with a stone.",
    "build shelter": "It is dangerous here: close yourself in with stones.",
    "flee": "You are hurt, and a zombie is near: get away from it.",
    "drink": "Drink water.",
    "eat cow": "Hit the cow until you can eat it.",
    "eat plant": "The plant is ripe: eat it.",
    "search water": "You need water: look for some.",
    "search food": "You need food: look for a cow.",
    "collect sapling": "Look for a sapling in the grass.",
    "place sapling": "Plant the sapling.",
    "fence plant": "Close the sapling in with stones, so that nothing eats it.",
    "go back to plant": "Go back to your plant.",
    "collect wood": "Cut the tree for wood.",
    "collect stone": "Dig stone.",
    "collect coal": "Dig the coal.",
    "collect iron": "Dig the iron.",
    "collect diamond": "Dig the diamond.",
    "go to table": "Go to the table to make tools.",
    "place table": "Place a table to make tools.",
    "place furnace": "Place a furnace, for iron tools.",
    "explore": "Nothing you need is in sight: look around.",
}
"""What a player is told about each goal. Goals to make something are their own words."""

_HINTS = {
    "sleep": "You are closed in and tired.",
    "wait": "You are safe here.",
    "wait for plant": "You are safe here, and so is your sapling.",
    "block": "Something is coming straight at you.",
    "build shelter": "It is dangerous here: you need a shelter.",
    "place sapling": "A sapling is food for later.",
    "fence plant": "Your sapling is not safe yet.",
    "place table": "Tools need a table.",
    "place furnace": "Iron tools need a furnace.",
}
"""What a player is told about each goal where that must not say the move, if it is something else."""

GOALS = (*_TOLD, *(name for name in MOVES.values() if name.startswith("make ")))

_STOCK = ("sapling", "wood", "stone", "coal", "iron", "diamond")
"""What is counted; of each tool one is enough."""
_NEEDS = {"health": "hurt", "food": "hungry", "drink": "thirsty", "energy": "tired"}
_LOW = {"health": 4, "food": 3, "drink": 3, "energy": 3}


@dataclass(frozen=True)
class Decision:
    """What to do, and how that was decided.

    Attributes:
        vitals: health, food, drink and energy.
        things: what else the player has, by name, without what there is none of.
        dark: whether it is night.
        place: "closed in", "open land" or "rock".
        needs: of "hurt", "hungry", "thirsty" and "tired", what is urgent.
        beside: what is to the left, to the right, above and below.
        facing: where the player looks, empty while asleep.
        threats: what is hostile, and how far away, the nearest first.
        goal: what for; see ``_TOLD``.
        target: what the goal is about, and how far away; None where it is about nothing to be seen.
        steps: until there, around or through what is in the way.
        move: of MOVES' values.
    """

    vitals: tuple[int, int, int, int]
    things: dict[str, int]
    dark: bool
    place: str
    needs: tuple[str, ...]
    beside: tuple[str, str, str, str]
    facing: str
    threats: tuple[tuple[str, Step], ...]
    goal: str
    target: tuple[str, Step] | None
    steps: int
    move: str

    @property
    def text(self) -> str:
        """The way to the decision, step by step: at most 80 words of a small vocabulary."""
        parts = [
            ", ".join(f"{name} {value}" for name, value in zip(_NEEDS, self.vitals, strict=True)),
            f"carried: {', '.join(counted(*each) for each in self.things.items()) or 'nothing'}",
            f"{'night' if self.dark else 'day'}, {self.place}",
            ", ".join(f"{direction} {thing}" for direction, thing in zip(FACINGS, self.beside, strict=True)),
            f"facing {self.facing}" if self.facing else "asleep",
            f"threats: {listed(self.threats) or 'none'}",
            f"needs: {', '.join(self.needs) or 'none'}",
            f"goal: {self.goal}",
        ]
        if self.target:
            parts.append(f"target: {listed([self.target])}" + (f", {self.steps} steps" if self.steps > 1 else ""))
        return " ".join([*(f"{part[0].upper()}{part[1:]}." for part in parts), told(self.move)])

    @property
    def aim(self) -> str:
        """What matters, and where that is."""
        matters = _TOLD.get(self.goal) or f"You can make {a(self.goal.removeprefix('make '))} here."
        if self.target and self.steps > 1:
            thing, step = self.target
            where = f"The {thing} is {away(step)}."
            return f"{matters} {where}"
        return matters

    @property
    def hint(self) -> str:
        """What to aim for, but neither where nor how."""
        if self.goal.startswith("make "):
            return "You carry enough for a new tool."
        return _HINTS.get(self.goal, _TOLD[self.goal])

    @property
    def nudge(self) -> str:
        """What to look at: the nearest threat, what is urgent, or what the goal is about."""
        if not self.facing:
            return _TOLD["sleep on"]
        if self.threats:
            return f"Mind the {_named(self.threats[0][0])}."
        if self.needs:
            return f"Mind your {next(vital for vital, need in _NEEDS.items() if need == self.needs[0])}."
        if self.target:
            return f"Look at the {_named(self.target[0])}."
        if self.goal.startswith(("make ", "place ")):
            return "Look at what you carry."
        return "Mind the dark." if self.dark else "Nothing you need is in sight."

    @property
    def answer(self) -> str:
        """What a player is told: what matters, and the move; at most MAX_CHARACTERS."""
        return f"{self.aim} {told(self.move)}"


def told(move: str) -> str:
    """A move as advice ends with it."""
    return f"Move {move}." if move in FACINGS else f"Next: {move}."


def away(step: Step) -> str:
    """How far something is."""
    x, y = step
    across = f"{abs(x)} {'right' if x > 0 else 'left'}" if x else ""
    along = f"{abs(y)} {'down' if y > 0 else 'up'}" if y else ""
    return " and ".join(filter(None, (across, along))) or "here"


def listed(things: Iterable[tuple[str, Step]]) -> str:
    """Things, and how far away they are."""
    return ", ".join(f"{thing} {away(step)}" for thing, step in things)


def _named(thing: str) -> str:
    """A thing without the way that it flies."""
    return "arrow" if thing.startswith("arrow ") else thing


def a(thing: str) -> str:
    """A thing with its article."""
    return f"{'an' if thing[0] in 'aeiou' else 'a'} {thing}"


def counted(item: str, number: int) -> str:
    """So many of an item; none is "no"."""
    plural = number > 1 and (item in ("sapling", "diamond") or item not in _STOCK)
    return f"{number or 'no'} {item}{'s' * plural}"


def in_words(sight: Sight, choice: Choice) -> Decision:
    """A choice, and what it was made from."""
    view, land = sight.view, sight.land
    vitals = view.inventory[:4]
    target = None
    if choice.target >= 0 and choice.target != land.here:
        target = (land.objects[choice.target] or land.materials[choice.target], land.offset(choice.target))
    return Decision(
        vitals=(vitals[0], vitals[1], vitals[2], vitals[3]),
        things={
            item.replace("_", " "): number for item, number in zip(ITEMS[4:], view.inventory[4:], strict=True) if number
        },
        dark=view.dark,
        place="closed in" if sight.enclosure else "open land" if sight.grass >= OPEN else "rock",
        needs=tuple(need for item, need in _NEEDS.items() if sight.has(item) <= _LOW[item]),
        beside=_four(sight),
        facing=view.facing,
        threats=tuple((land.objects[each], land.offset(each)) for each in sight.enemies[:MAX_THREATS]),
        goal="sleep on" if view.sleeping else choice.goal,
        target=target,
        steps=round(choice.steps),
        move=MOVES[choice.action],
    )


def _four(sight: Sight) -> tuple[str, str, str, str]:
    left, right, up, down = (
        thing if (thing := sight.land.objects[square]) != NOTHING else sight.land.materials[square]
        for square in sight.beside
    )
    return left, right, up, down

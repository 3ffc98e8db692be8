"""The achievements of Crafter as tasks of a curriculum: what each needs, and how to attempt it."""

from collections.abc import Mapping
from typing import Any

from coach_app.games.crafter.explore import explore
from coach_app.games.crafter.land import HOSTILE, NEEDED_TOOL, Land
from coach_app.games.crafter.rules import asleep, block, build, dodge, drink, eat, fight, flee
from coach_app.games.crafter.sight import DIRECTIONS, Choice, Sight
from coach_app.games.crafter.tools import FURNACE, TABLE, advance, craft, place, stone, wood
from coach_app.games.crafter.words import MOVES
from coach_app.games.game import ExplainedMove

_NEEDS: Mapping[str, tuple[str, ...]] = {
    "collect wood": (),
    "collect sapling": (),
    "collect drink": (),
    "eat cow": (),
    "defeat zombie": (),
    "place plant": ("collect sapling",),
    "place table": ("collect wood",),
    "make wood pickaxe": ("place table",),
    "make wood sword": ("place table",),
    "collect stone": ("make wood pickaxe",),
    "place stone": ("collect stone",),
    "wake up": ("place stone",),
    "collect coal": ("make wood pickaxe",),
    "make stone pickaxe": ("collect stone",),
    "make stone sword": ("collect stone",),
    "place furnace": ("collect stone",),
    "defeat skeleton": ("make stone sword",),
    "collect iron": ("make stone pickaxe",),
    "make iron pickaxe": ("collect iron", "collect coal", "place furnace"),
    "make iron sword": ("collect iron", "collect coal", "place furnace"),
    "eat plant": ("place plant",),
    "collect diamond": ("make iron pickaxe",),
}
_SOURCES = {"wood": "tree", "drink": "water", "sapling": "grass"}
"""What something is collected from, if not from the material of the same name."""
_STAY_ALIVE = (asleep, dodge, fight, block, flee, drink, eat)
_TURN = 0.05  # of the steps of a search, so that it does not go to and fro for ever


class CrafterTasks:
    """The tasks; each attempt stays alive first, and makes the tools that it needs in this episode."""

    def needs(self) -> Mapping[str, tuple[str, ...]]:
        return _NEEDS

    def in_sight(self, env: Any) -> frozenset[str]:
        sight = _sight(env)
        return frozenset(task for task in _NEEDS if _at_hand(sight, task))

    def attempt(self, env: Any, task: str, chance: float) -> ExplainedMove:
        sight = _sight(env)
        for rule in _STAY_ALIVE:
            if choice := rule(sight):
                break
        else:
            choice = _toward(sight, task)
        if choice is None:
            choice = explore(sight)
            if chance < _TURN:
                choice = Choice("explore", f"move_{DIRECTIONS[int(chance / _TURN * len(DIRECTIONS))]}")
        return ExplainedMove(MOVES[choice.action], choice.goal)


def _sight(env: Any) -> Sight:
    view = env.view()
    return Sight(view, Land.of(view), explore)


def _at_hand(sight: Sight, task: str) -> bool:
    action, _, thing = task.partition(" ")
    match action:
        case "collect":
            tool = NEEDED_TOOL.get(thing)
            return bool(sight.land.all(_SOURCES.get(thing, thing))) and (tool is None or bool(sight.has(tool)))
        case "eat" | "defeat":
            return bool(sight.land.things("ripe plant" if thing == "plant" else thing))
        case "wake":
            return sight.view.sleeping or sight.has("energy") < 9
        case "place":
            least = {"table": ("wood", TABLE), "furnace": ("stone", FURNACE), "plant": ("sapling", 1)}
            item, count = least.get(thing, (thing, 1))
            return sight.has(item) >= count
        case _:
            material = thing.split()[0]
            table = bool(sight.land.all("table")) and bool(sight.has("wood"))
            if material == "iron":
                return table and bool(sight.land.all("furnace") and sight.has("coal") and sight.has("iron"))
            return table and (material == "wood" or bool(sight.has(material)))


def _toward(sight: Sight, task: str) -> Choice | None:
    """The next move toward a task; None where nothing that it needs is in the picture."""
    action, _, thing = task.partition(" ")
    if action == "collect" and thing in _SOURCES:
        return _collect(sight, thing)
    if action == "collect":
        if sight.has(NEEDED_TOOL[thing]):
            return sight.nearest(task, sight.land.all(thing))
        return _to_tools(sight)
    if action in ("eat", "defeat"):
        name = "ripe plant" if thing == "plant" else thing
        choice = sight.nearest(f"fight {name}" if name in HOSTILE else task, sight.land.things(name))
        if choice is None and thing == "plant":
            return Choice("wait for plant", "noop") if sight.land.things("sapling") else _plant(sight)
        return choice
    if action == "wake":
        if sight.has("energy") == 9:
            return None
        return (build(sight, "build shelter") if sight.has("stone") else None) or Choice("sleep", "sleep")
    if task == "place plant":
        return _plant(sight)
    if task == "place stone":
        return _put_stone(sight) if sight.has("stone") else stone(sight) or _to_tools(sight)
    if task == "place table":
        return place(sight, "table") if sight.has("wood") >= TABLE else wood(sight)
    if task == "place furnace" and sight.has("stone") >= FURNACE:
        return place(sight, "furnace")
    if task == "place furnace":
        return stone(sight) or _to_tools(sight)
    return _to_tools(sight)


def _to_tools(sight: Sight) -> Choice | None:
    """The next thing on the way to the best tools, which all others are on."""
    return craft(sight) or advance(sight)


def _collect(sight: Sight, item: str) -> Choice | None:
    source, goal = _SOURCES[item], "drink" if item == "drink" else f"collect {item}"
    if sight.land.materials[sight.ahead] == source and not sight.land.objects[sight.ahead]:
        return Choice(goal, "do", sight.ahead, 1.0)
    return sight.nearest(goal, sight.land.all(source))


def _plant(sight: Sight) -> Choice | None:
    if not sight.has("sapling"):
        return _collect(sight, "sapling")
    if sight.land.materials[sight.ahead] == "grass" and not sight.land.objects[sight.ahead]:
        return Choice("place sapling", "place_plant", sight.ahead, 1.0)
    return sight.nearest("place sapling", sight.land.all("grass"))


def _put_stone(sight: Sight) -> Choice | None:
    if sight.land.free(sight.ahead) or sight.land.materials[sight.ahead] in ("water", "lava"):
        return Choice("block", "place_stone", sight.ahead, 1.0)
    free = [square for square in sight.beside if sight.land.free(square)]
    return Choice("explore", sight.onto(free[0]), free[0]) if free else None

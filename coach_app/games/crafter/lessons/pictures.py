"""Scenes of Crafter as their pictures show them, and what every unit of a picture shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from math import inf
from types import SimpleNamespace
from typing import Any

import numpy as np
import numpy.typing as npt

from coach_app.domain.board import Board
from coach_app.games.crafter.explore import explore
from coach_app.games.crafter.garden import pick
from coach_app.games.crafter.land import Land
from coach_app.games.crafter.rules import build
from coach_app.games.crafter.sight import Choice, Sight
from coach_app.games.crafter.teacher import decide
from coach_app.games.crafter.view import (
    CENTRE,
    COLUMNS,
    EDGE,
    FACINGS,
    ITEMS,
    LIGHTS,
    MATERIALS,
    MOST,
    NOTHING,
    OBJECTS,
    ROWS,
    UNITS,
    UNSEEN,
    View,
    square,
)
from coach_app.games.crafter.words import GOALS, MOVES
from coach_app.games.images import Picture

UNIT_PX = 16
BOARD = Board(columns=UNITS, rows=UNITS, panel=UNITS - ROWS)
"""What the game's profile looks for in a picture of a window."""
_SPRITES = {"sapling": "plant", "ripe plant": "plant-ripe"} | {f"arrow {name}": f"arrow-{name}" for name in FACINGS}
_PANEL_ROWS = UNITS - ROWS


@dataclass(frozen=True)
class Scene:
    """A state of the game as far as its picture shows it.

    Attributes:
        view: with what the night hides, too.
        daylight: from 0 to 1.
        noise: of the night.
    """

    view: View
    daylight: float
    noise: tuple[int, int] = (0, 0)


def picture(scene: Scene, unit: int = UNIT_PX) -> Picture:
    """The game's own picture, (9 units, 9 units, 3) uint8 RGB.

    Args:
        scene: what is drawn.
        unit: pixels a unit; the game's environment draws 16.
    """
    view, local, items = scene.view, _local_view(), _item_view()
    numbers = np.array([_MATERIAL[name] for name in view.materials]).reshape(ROWS, COLUMNS)
    canvas = _grounds(unit)[numbers.T].swapaxes(1, 2).reshape(COLUMNS * unit, ROWS * unit, 3)
    centre = CENTRE[1] * COLUMNS + CENTRE[0]
    on_it = [(index, _SPRITES.get(thing, thing)) for index, thing in enumerate(view.objects) if thing != NOTHING]
    for index, name in [*on_it, (centre, f"player-{view.facing or 'sleep'}")]:
        x, y = index % COLUMNS * unit, index // COLUMNS * unit
        _lay(canvas[x : x + unit, y : y + unit], _sprite(name, unit))
    local._world.random = np.random.RandomState(scene.noise)
    lit = local._light(canvas, scene.daylight)
    if view.sleeping:
        lit = local._sleep(lit)
    panel = items(dict(zip(ITEMS, view.inventory, strict=True)), np.array((unit, unit)))
    return np.concatenate([lit.astype(np.uint8), panel], 1).transpose(1, 0, 2)


def _lay(square: npt.NDArray[np.uint8], sprite: npt.NDArray[np.uint8]) -> None:
    """Draw a sprite over a square, as ``crafter.engine`` does."""
    alpha, colours = sprite[..., 3:].astype(np.float32) / 255, sprite[..., :3].astype(np.float32) / 255
    square[:] = (255 * (alpha * colours + (1 - alpha) * (square.astype(np.float32) / 255))).astype(np.uint8)


@lru_cache(maxsize=1)
def _textures() -> Any:
    from crafter import constants, engine

    return engine.Textures(constants.root / "assets")


@lru_cache(maxsize=8)
def _grounds(unit: int) -> npt.NDArray[np.uint8]:
    """All grounds, (grounds, unit, unit, 3), columns first."""
    plain = np.full((unit, unit, 3), 127, np.uint8)
    return np.stack([plain if name in (EDGE, UNSEEN) else _sprite(name, unit)[..., :3] for name in MATERIALS])


def _sprite(name: str, unit: int) -> npt.NDArray[np.uint8]:
    found: npt.NDArray[np.uint8] = _textures().get(name, (unit, unit))
    return found


@lru_cache(maxsize=1)
def _local_view() -> Any:
    from crafter import engine

    return engine.LocalView(SimpleNamespace(area=(COLUMNS, ROWS)), _textures(), (COLUMNS, ROWS))


@lru_cache(maxsize=1)
def _item_view() -> Any:
    from crafter import engine

    return engine.ItemView(_textures(), (UNITS, _PANEL_ROWS))


# What a unit of the picture shows, as the vision tower is taught it. Last of each: nothing of the kind.
_MATERIAL = {name: number for number, name in enumerate(MATERIALS)}
_OBJECT = {name: number for number, name in enumerate(OBJECTS)}
_FACING = {name: number for number, name in enumerate((*FACINGS, ""))}
_COUNT = tuple(map(str, range(MOST + 1)))
_FARTHEST = 15
_STEPS_TO = (*FACINGS, "interact", "place stone", "no way")
_NEAREST = (
    *("tree", "water", "stone", "coal", "iron", "diamond", "table", "furnace"),
    *("cow", "zombie", "skeleton", "sapling", "ripe plant"),
)
_PLANS: Mapping[str, Callable[[Sight], Choice | None]] = {
    "explore": explore,
    "be sheltered": partial(build, goal=""),
    "have a sapling": pick,
}
_WAYS = ("here", *FACINGS, "no way")
LABELS = {
    "ground": (*MATERIALS, "none"),
    "object": (*OBJECTS, "none"),
    "facing": (*FACINGS, "asleep", "none"),
    "number": (*_COUNT, "none"),
    "light": (*map(str, range(LIGHTS)), "none"),
    "way": (*_WAYS, "none"),
    "far": (*map(str, range(_FARTHEST + 1)), "no way", "none"),
    "target": ("yes", "none"),
    "goal": (*GOALS, "none"),
    "move": (*MOVES.values(), "none"),
    **{f"to {name}": (*_STEPS_TO, "none") for name in (*_NEAREST, *_PLANS)},
}
_GOAL, _MOVE = ({name: number for number, name in enumerate(LABELS[label])} for label in ("goal", "move"))
_MIDDLE = CENTRE[1] * COLUMNS + CENTRE[0]
NOWHERE = tuple(len(names) - 1 for names in LABELS.values())


def visible(scene: Scene) -> View:
    """What of a scene can be seen."""
    from coach_app.games.crafter.env import hidden

    view, night = scene.view, hidden(scene.daylight)
    if not night:
        return view
    return replace(
        view,
        materials=tuple(UNSEEN if index in night else name for index, name in enumerate(view.materials)),
        objects=tuple(NOTHING if index in night else name for index, name in enumerate(view.objects)),
    )


def labels(scene: Scene) -> npt.NDArray[np.int64]:
    """What every unit shows: (9, 9, labels) int64.

    Of a square of the map the ground, and what is on it, as far as the night leaves any of it; the daylight; the first
    step of the way there, and how far it is; and whether it is what the teacher wants to get to. On the middle square
    where the player looks, the teacher's goal and its move, and how ways to other things begin. Of a unit below the
    map how many there are of its item.
    """
    view = visible(scene)
    decision, sight = decide(view), Sight(view, Land.of(view), explore)
    shown = np.tile(np.array(NOWHERE), (UNITS, UNITS, 1))
    squares = shown[:ROWS].reshape(-1, len(NOWHERE))
    squares[:, 0] = [_MATERIAL[name] for name in view.materials]
    squares[:, 1] = [_OBJECT[name] for name in view.objects]
    squares[_MIDDLE, 2] = _FACING[view.facing]
    squares[:, 4] = view.light
    squares[:, 5:7] = _ways(sight)
    if decision.target and (target := square(decision.target[1])) is not None:
        squares[target, 7] = 0
    squares[_MIDDLE, 8:] = _GOAL[decision.goal], _MOVE[decision.move], *_first_steps(sight)
    shown[ROWS:].reshape(-1, len(NOWHERE))[: len(ITEMS), 3] = view.inventory
    return shown


def _first_steps(sight: Sight) -> list[int]:
    """What to do next to get to the nearest of everything, and to carry out what may be planned.

    The teacher's move is one of these; learning all of them shows many times as often how a way begins.
    """
    if sight.view.sleeping:
        return [len(_STEPS_TO) - 1] * (len(_NEAREST) + len(_PLANS))
    land = sight.land
    choices = [sight.nearest("", [*land.all(name), *land.things(name)]) for name in _NEAREST]
    choices += [plan(sight) for plan in _PLANS.values()]
    steps = [MOVES[choice.action] if choice else "no way" for choice in choices]
    return [_STEPS_TO.index(step) if step in _STEPS_TO else len(_STEPS_TO) - 1 for step in steps]


def _ways(sight: Sight) -> npt.NDArray[np.int64]:
    """The first step to every square of the picture, and how far it is: (63, 2)."""
    land, found = sight.land, sight.ways
    first = [0] * len(found.cost)
    by_cost = sorted(range(len(first)), key=found.cost.__getitem__)
    beside = {near: number for number, near in enumerate(land.around(land.here), start=1)}
    for each in by_cost:
        if found.cost[each] == inf:
            first[each] = len(_WAYS) - 1
        elif each != land.here:
            before = found.before[each]
            first[each] = beside[each] if before == land.here else first[before]
    far = [_FARTHEST + 1 if cost == inf else min(_FARTHEST, round(cost)) for cost in found.cost]
    both = np.array((first, far)).T.reshape(ROWS + 2, COLUMNS + 2, 2)
    return both[1:-1, 1:-1].reshape(-1, 2)

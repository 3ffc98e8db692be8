"""The teacher of Crafter with a memory: a map of what was seen, the plants, and what has been achieved.

Everything is kept from the pictures of one episode and the moves in between; the game's own memory is never read.
"""

import numpy as np
import numpy.typing as npt

from coach_app.games.crafter.explore import explore as straight_on
from coach_app.games.crafter.land import HOSTILE, WALKABLE, Land
from coach_app.games.crafter.sight import LOW, PLANTS, Choice, Sight
from coach_app.games.crafter.teacher import choose
from coach_app.games.crafter.view import CENTRE, COLUMNS, EDGE, FACINGS, ITEMS, NOTHING, ROWS, STEPS, UNSEEN, View
from coach_app.games.crafter.words import Decision, in_words

_SIDE = 140  # of the map: wherever the world of 64 squares a side lies around the start, it fits
_REACH = 24  # squares to each side of the player that are thought about
_RIPE_AFTER = 310  # steps near a sapling
_LOOK_AGAIN = 20  # steps after which a sapling that should be ripe is looked at once more
_GROWS_WITHIN = 17  # steps from the player
_COWS_STAY = 150  # steps that a cow is expected to be where it was seen
_ROCK = frozenset({"stone", "path", "coal", "iron", "diamond", "lava"})
_ROCK_WORTH = 3.0
_MIN_NEW = 5  # squares that are worth a walk
_STARTING = 4.0  # steps that every walk costs besides


class MapTeacher:
    """Decides in one episode, from one picture after the other."""

    def __init__(self) -> None:
        self._materials = [UNSEEN] * _SIDE * _SIDE
        self._here = _SIDE * (_SIDE // 2) + _SIDE // 2
        self._plants: dict[int, int] = {}  # where, and for how many steps it has grown
        self._cows: dict[int, int] = {}  # where, and when they were seen
        self._unlocked: set[str] = set()
        self._before: tuple[View, Choice] | None = None
        self._now = 0

    def decide(self, view: View) -> Decision:
        """What to do next, by what the picture shows and what those before it showed."""
        self._now += 1
        if self._before:
            self._went(*self._before)
            self._achieved(*self._before, view)
        self._look(view)
        sight = Sight(view, self._land(view), explore, frozenset(self._unlocked))
        choice = choose(sight)
        self._before = view, choice
        return in_words(sight, choice)

    def _went(self, view: View, choice: Choice) -> None:
        """Follow the player: a step succeeds where the picture before it showed a free square."""
        direction = choice.action.removeprefix("move_")
        if view.sleeping or direction not in FACINGS:
            return
        step = FACINGS[direction]
        if view.material(step) in WALKABLE and view.object(step) == NOTHING:
            self._here += step[0] + step[1] * _SIDE

    def _achieved(self, before: View, choice: Choice, view: View) -> None:
        """What the last move has unlocked, by what is more or less than it was."""
        ahead = FACINGS.get(before.facing, (0, 0))
        faced = before.object(ahead)
        if choice.action.startswith("place_"):
            item = choice.action.removeprefix("place_")
            if before.inventory[4:] != view.inventory[4:]:
                self._unlocked.add(choice.action)
                if item == "plant":
                    self._plants[self._here + ahead[0] + ahead[1] * _SIDE] = 0
        if choice.action == "do" and not before.sleeping:
            if faced == "ripe plant" and view.object(ahead) == "sapling":
                self._unlocked.add("eat_plant")
            if faced in HOSTILE and not any(view.object(_plus(ahead, step)) == faced for step in _NEAR):
                self._unlocked.add(f"defeat_{faced}")
        for item, was, now in zip(ITEMS, before.inventory, view.inventory, strict=True):
            if now > was:
                self._unlocked.add(f"make_{item}" if "_" in item else f"collect_{item}")

    def _look(self, view: View) -> None:
        """Put the picture onto the map."""
        for (x, y), material, thing in zip(STEPS, view.materials, view.objects, strict=True):
            square = self._here + x + y * _SIDE
            if material == UNSEEN:
                continue
            self._materials[square] = material
            self._cows.pop(square, None)
            if thing == "cow":
                self._cows[square] = self._now
            elif thing not in PLANTS:
                self._plants.pop(square, None)
            elif thing == "sapling":
                self._plants[square] = min(self._plants.get(square, 0), _RIPE_AFTER - _LOOK_AGAIN)
        self._find_end(view)
        for square in self._plants:
            if self._apart(square) <= _GROWS_WITHIN:
                self._plants[square] += 1

    def _find_end(self, view: View) -> None:
        """Where the world's end comes into sight, there is nothing to look for behind it."""
        row, column = divmod(self._here, _SIDE)
        for x in range(-CENTRE[0], CENTRE[0] + 1):
            if view.material((x, 0)) == EDGE:
                for line in range(_SIDE):
                    self._materials[line * _SIDE + column + x] = EDGE
        for y in range(-CENTRE[1], CENTRE[1] + 1):
            if view.material((0, y)) == EDGE:
                start = (row + y) * _SIDE
                self._materials[start : start + _SIDE] = [EDGE] * _SIDE

    def _apart(self, square: int) -> int:
        (row, column), (own_row, own_column) = divmod(square, _SIDE), divmod(self._here, _SIDE)
        return abs(row - own_row) + abs(column - own_column)

    def _land(self, view: View) -> Land:
        """The map around the player, with what is seen on it, and what is remembered."""
        width = 2 * _REACH + 3
        materials = [UNSEEN] * width
        for row in range(-_REACH, _REACH + 1):
            start = self._here + row * _SIDE - _REACH
            materials += [UNSEEN, *self._materials[start : start + width - 2], UNSEEN]
        materials += [UNSEEN] * width
        objects = [NOTHING] * len(materials)
        here = (_REACH + 1) * width + _REACH + 1

        def put(square: int, thing: str) -> None:
            (row, column), (own_row, own_column) = divmod(square, _SIDE), divmod(self._here, _SIDE)
            if abs(row - own_row) <= _REACH and abs(column - own_column) <= _REACH:
                objects[here + (row - own_row) * width + column - own_column] = thing

        for square, seen in self._cows.items():
            if self._now - seen < _COWS_STAY:
                put(square, "cow")
        for square, grown in self._plants.items():
            put(square, "ripe plant" if grown > _RIPE_AFTER else "sapling")
        for (x, y), thing in zip(STEPS, view.objects, strict=True):
            if thing:
                objects[here + x + y * width] = thing
        return Land(width, materials, objects, here)


_NEAR = ((0, 0), (1, 0), (-1, 0), (0, 1), (0, -1))


def _plus(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int]:
    return one[0] + other[0], one[1] + other[1]


def explore(sight: Sight) -> Choice:
    """To where most new land comes into sight for the steps, rock first where ore is wanted."""
    land, cost = sight.land, np.asarray(sight.ways.cost)
    rows = len(cost) // land.width
    shape = (rows, land.width)
    gain = _in_sight(np.asarray([each == UNSEEN for each in land.materials]).reshape(shape))
    if sight.has("wood_pickaxe") and min(sight.has("food"), sight.has("drink")) > LOW:
        rock = _in_sight(np.asarray([each in _ROCK for each in land.materials]).reshape(shape))
        gain = gain * (1 + _ROCK_WORTH * rock / (COLUMNS * ROWS))
    worth = np.where(gain >= _MIN_NEW, gain, 0) / (cost + _STARTING)
    worth[land.here] = 0
    best = int(worth.argmax())
    if worth[best] <= 0:
        return straight_on(sight)
    return sight.step("explore", best, float(cost[best]))


def _in_sight(squares: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    """How many of the marked squares would be in the picture from each square, as flat as a Land."""
    padded = np.pad(squares, ((ROWS // 2 + 1, ROWS // 2), (COLUMNS // 2 + 1, COLUMNS // 2))).cumsum(0).cumsum(1)
    seen = padded[ROWS:, COLUMNS:] - padded[:-ROWS, COLUMNS:] - padded[ROWS:, :-COLUMNS] + padded[:-ROWS, :-COLUMNS]
    return np.asarray(seen.ravel(), np.float64)

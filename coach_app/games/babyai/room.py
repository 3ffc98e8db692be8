"""The room around the player, as far as the view tells, and ways through it.

A room has six by six squares, and only walls and closed doors hide anything. So the wall ahead and the one to a side,
which are always in view, say where in the room the player stands, and what of it is out of view.
"""

import heapq
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from coach_app.games.babyai.level import ROOM
from coach_app.games.babyai.view import DOOR, FLOOR, REACH, STEPS, UNSEEN, WALL, Square, Step, View

TURN_LEFT, TURN_RIGHT, FORWARD = "turn left", "turn right", "forward"
_AHEAD: tuple[Step, ...] = ((0, 1), (1, 0), (0, -1), (-1, 0))
_OUT_OF_SIGHT = 10.0  # cost of a step after which something that matters cannot be seen
_UNKNOWN = 0.5  # cost of going where something may be in the way
_BY_THE_RIGHT = 2.0  # the same, if it is by turning right, as who looks around turns to the right


class Pose(NamedTuple):
    """Where the player is, from where it is now: to the right, ahead, and quarters of a turn to the right."""

    x: int
    y: int
    quarter: int

    @property
    def ahead(self) -> Step:
        """The square that is faced."""
        x, y = _AHEAD[self.quarter]
        return self.x + x, self.y + y

    def sees(self, step: Step) -> bool:
        """Whether a square of the room, or of its walls, is in view."""
        across, along = step[0] - self.x, step[1] - self.y
        (fx, fy), (sx, sy) = _AHEAD[self.quarter], _AHEAD[(self.quarter + 1) % 4]
        return across * fx + along * fy >= 0 and abs(across * sx + along * sy) <= REACH

    def after(self, move: str) -> "Pose":
        """Where a move leads, if nothing is in the way."""
        if move == FORWARD:
            return Pose(*self.ahead, self.quarter)
        return self._replace(quarter=(self.quarter + (1 if move == TURN_RIGHT else 3)) % 4)


HERE = Pose(0, 0, 0)


class Way(NamedTuple):
    """Moves that lead somewhere, at least none, and what they cost."""

    moves: tuple[str, ...]
    cost: float


@dataclass(frozen=True)
class Room:
    """What the player knows of its room.

    Attributes:
        left: free squares to the left up to the wall.
        right: the same to the right.
        front: the same ahead.
        back: the same behind.
        things: what is seen in the room and in its walls.
    """

    left: int
    right: int
    front: int
    back: int
    things: dict[Step, Square]

    def __contains__(self, step: Step) -> bool:
        return -self.left <= step[0] <= self.right and -self.back <= step[1] <= self.front

    def squares(self) -> Iterator[Step]:
        """All squares without the walls."""
        for y in range(-self.back, self.front + 1):
            for x in range(-self.left, self.right + 1):
                yield x, y

    def is_free(self, step: Step) -> bool:
        """Whether a square is seen, and nothing is on it."""
        return step in self and HERE.sees(step) and step not in self.things

    def places(self, is_one: Callable[[Square], bool]) -> tuple[Step, ...]:
        """Where things of a kind are seen."""
        return tuple(step for step, thing in self.things.items() if is_one(thing))

    def way(
        self, is_there: Callable[[Pose], bool], keep: Collection[Step] = (), in_the_way: float | None = None
    ) -> Way | None:
        """The cheapest way.

        Args:
            is_there: whether it has led to its end.
            keep: what is better kept in view.
            in_the_way: what it costs to go where something is; None is not possible.
        """
        return next((way for pose, way in self._ways(keep, in_the_way) if is_there(pose)), None)

    def first_moves(self) -> dict[Step, str]:
        """How the way to face each square begins; empty for the one that is faced."""
        found: dict[Step, str] = {}
        for pose, way in self._ways((), None):
            found.setdefault(pose.ahead, way.moves[0] if way.moves else "")
        return found

    def _ways(self, keep: Collection[Step], in_the_way: float | None) -> Iterator[tuple[Pose, Way]]:
        """The cheapest way to every pose, the nearest first (Dijkstra's algorithm)."""
        costs, todo, number = {HERE: 0.0}, [(0.0, 0, HERE, tuple[str, ...]())], 0
        while todo:
            cost, _, pose, moves = heapq.heappop(todo)
            if cost > costs[pose]:
                continue
            yield pose, Way(moves, cost)
            for move in (FORWARD, TURN_RIGHT, TURN_LEFT):
                after = pose.after(move)
                lost = sum(not after.sees(step) for step in keep)
                price = 1.0 + _OUT_OF_SIGHT * lost + (_BY_THE_RIGHT if lost and move == TURN_RIGHT else 0.0)
                if move == FORWARD:
                    square = pose.ahead
                    if square not in self or (square in self.things and (in_the_way is None or square in keep)):
                        continue
                    price += in_the_way or 0.0 if square in self.things else 0.0 if HERE.sees(square) else _UNKNOWN
                if cost + price < costs.get(after, float("inf")):
                    costs[after] = cost + price
                    number += 1
                    heapq.heappush(todo, (cost + price, number, after, (*moves, move)))

    def look_around(self) -> str:
        """The next move to see all of the room: past things, and round its middle, so that the view changes."""
        beside = any(side in self.things and side in self for side in ((-1, 0), (1, 0)))
        walks = (self.front >= ROOM // 2 or beside) and self.is_free(HERE.ahead)
        if walks:
            return FORWARD
        return TURN_LEFT if self.left > self.right and self.is_free((-1, 0)) else TURN_RIGHT


def room_of(view: View) -> Room:
    """The room that a view shows a part of."""
    front, left, right = (_free(view, ahead) for ahead in ((0, 1), (-1, 0), (1, 0)))
    front = ROOM - 1 if front is None else front
    if left is None:
        left = ROOM - 1 - (REACH - 1 if right is None else right)
    if right is None:
        right = ROOM - 1 - left
    things = {step: view.at(step) for step in STEPS}
    walls = (-left - 1, right + 1, front + 1)
    room = Room(left, right, front, max(0, ROOM - 1 - front), {})
    for step, thing in things.items():
        if thing.kind in (UNSEEN, FLOOR, WALL):
            continue
        if step in room or (thing.kind == DOOR and (step[0] in walls[:2] or step[1] == walls[2])):
            room.things[step] = thing
    return room


def _free(view: View, ahead: Step) -> int | None:
    """Squares in a direction up to the wall, or a door in it; None where it is not seen."""
    for steps in range(1, len(STEPS)):
        kind = view.at((ahead[0] * steps, ahead[1] * steps)).kind
        if kind == UNSEEN:
            return None
        if kind in (WALL, DOOR):
            return steps - 1
    return None

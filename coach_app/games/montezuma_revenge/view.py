"""What two pictures of Montezuma's Revenge show, as data, in the emulator's pixels; read off pictures, never off its
memory."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from coach_app.games.game import LOST, Cell
from coach_app.games.images import Picture

ACTIONS = {
    "wait": 0,
    "jump": 1,
    "up": 2,
    "right": 3,
    "left": 4,
    "down": 5,
    "jump right": 11,
    "jump left": 12,
}
"""The useful ones of the emulator's actions, by their names here."""
MOVES = tuple(ACTIONS)
JUMPS = ("jump", "jump left", "jump right")

TOP, BOTTOM = 47, 191
"""Rows of the picture that show the room, and a part of its ground."""
WIDTH = 160
FLOOR_TOP, FLOOR_MIDDLE, FLOOR_BOTTOM = 93, 136, 180
"""Heights at which Joe stands in the first room."""

JOE_COLOURS = ((200, 72, 72), (228, 111, 111), (210, 182, 86))
GOLD, BONE, STONE, BLACK = (232, 204, 99), (236, 236, 236), (66, 158, 130), (0, 0, 0)

TOP_LEFT, TOP_MIDDLE, TOP_RIGHT = "upper left floor", "middle platform", "upper right floor"
MIDDLE_LADDER, BELT, ROPE = "middle ladder", "conveyor belt", "rope"
RIGHT_LEDGE, RIGHT_LADDER, GROUND = "right ledge", "right ladder", "ground"
LEFT_LADDER, LEFT_LEDGE, AIR = "left ladder", "left ledge", "air"
AREAS = (
    *(TOP_LEFT, TOP_MIDDLE, TOP_RIGHT, MIDDLE_LADDER, BELT, ROPE),
    *(RIGHT_LEDGE, RIGHT_LADDER, GROUND, LEFT_LADDER, LEFT_LEDGE, AIR),
)
"""Where Joe can be in the first room."""
LADDERS = {MIDDLE_LADDER: 80, RIGHT_LADDER: 134, LEFT_LADDER: 26}
"""Each ladder, and its middle."""
ROPE_X = 112
DOORS = ("left", "right")
KEY, THING = "key", "thing"

_FLOORS = {
    FLOOR_TOP: ((0, 60, TOP_LEFT), (64, 96, TOP_MIDDLE), (100, WIDTH, TOP_RIGHT)),
    FLOOR_MIDDLE: ((0, 42, LEFT_LEDGE), (54, 106, BELT), (118, WIDTH, RIGHT_LEDGE)),
    FLOOR_BOTTOM: ((0, WIDTH, GROUND),),
}
_ON_LADDER, _ON_ROPE = 4, 3  # px off its middle
_HEIGHT_PX = 17  # Joe's; who is lower is lost
_WINDOW_PX = 24  # Joe is looked for so near to where he was
_WALLS = ((48, 8), (94, 8), (94, 44), (94, 114), (94, 152), (120, 2), (120, 158), (138, 8), (138, 156), (175, 8))
_HOLLOWS = ((56, 60), (56, 100), (150, 44), (150, 116))
_ALIKE = 0.8
_KEY_AT, _DOOR_ROWS = (slice(99, 114), slice(13, 20)), slice(54, 91, 2)
_DOORS_AT = (slice(20, 24), slice(136, 140))
_HATS_ROW, _HAT_PX, _HATS_LEFT = 19, 8, 56
_ITEMS_ROWS, _ITEM_PX = slice(28, 44), 8
_UNIT_PX = 16


class Place(NamedTuple):
    """The middle of a figure, and its lower edge."""

    x: int
    y: int


_START = Place(80, FLOOR_TOP)


@dataclass(frozen=True)
class View:
    """What is seen.

    Attributes:
        room: empty for the first one; else what tells it from others.
        joe: where he is; None while a life is lost.
        skull: where it is; None if there is none, and in other rooms.
        key: whether the first room's key is there.
        doors: whether its left and its right door are shut.
        items: what Joe carries: KEY, or THING.
        hats: lives that are left besides this one.
        joe_before: where he was before the last move.
        skull_before: where it was then.
        last: the last move; empty at the beginning.
    """

    room: str
    joe: Place | None
    skull: Place | None
    key: bool
    doors: tuple[bool, bool]
    items: tuple[str, ...]
    hats: int
    joe_before: Place | None = None
    skull_before: Place | None = None
    last: str = ""

    @property
    def area(self) -> str:
        """Where Joe is, one of AREAS."""
        if self.joe is None or self.room:
            return AIR
        x, y = self.joe
        for floor, parts in _FLOORS.items():
            if y == floor:
                return next((name for left, right, name in parts if left <= x < right), AIR)
        top, bottom = (FLOOR_TOP, FLOOR_MIDDLE) if y < FLOOR_MIDDLE else (FLOOR_MIDDLE, FLOOR_BOTTOM)
        for name, middle in LADDERS.items():
            if abs(x - middle) <= _ON_LADDER and top < y < bottom and (name == MIDDLE_LADDER) == (y < FLOOR_MIDDLE):
                return name
        return ROPE if abs(x - ROPE_X) <= _ON_ROPE and FLOOR_TOP + 20 < y < FLOOR_MIDDLE + 20 else AIR

    @property
    def flies(self) -> bool:
        """Whether Joe jumps or falls, or has just landed, which may have been his last; not told in other rooms."""
        if self.room or self.joe is None:
            return False
        lands = self.joe.y in _FLOORS and self.joe_before is not None and self.joe_before.y != self.joe.y
        return lands or self.area == AIR

    @property
    def cell(self) -> Cell | None:
        """What tells places of a plan apart: room, column and row of 8 px, what is carried, doors."""
        if self.joe is None:
            return LOST
        if self.flies:
            return None
        return self.room, self.joe.x // 8, self.joe.y // 8, *self.have

    @property
    def have(self) -> Cell:
        """What is carried, and which doors are shut: what has been reached, wherever Joe is."""
        return " ".join(self.items), *self.doors


def read(now: Picture, before: View | None = None, last: str = "") -> View:
    """Read a picture of the emulator.

    Args:
        now: (210, 160, 3) uint8 RGB.
        before: what the picture before the last move showed; None at the beginning.
        last: the last move.
    """
    room = _room(now)
    first = not room
    joe = _joe(now, before.joe if before and before.room == room else None)
    skull = _figure(now[FLOOR_MIDDLE:FLOOR_BOTTOM, :, 0] == BONE[0], FLOOR_MIDDLE) if first else None
    key = first and _gold(now[_KEY_AT]) > 0.2
    doors = tuple(first and _gold(now[_DOOR_ROWS, columns]) > 0.5 for columns in _DOORS_AT)
    items = _items(now[_ITEMS_ROWS])
    hats = int((now[_HATS_ROW, _HATS_LEFT + 3 : WIDTH : _HAT_PX, 0] == JOE_COLOURS[0][0]).sum())
    bone = skull and Place(*skull[:2])
    found = (room, joe, bone, key, (doors[0], doors[1]), items, hats)
    if before is None:
        return View(*found)
    if before.room != room:
        return View(*found, last=last)
    if hats < before.hats or (before.joe is None and joe and not _is_at_start(joe, room)):  # he fades where he stood
        found = (room, None, *found[2:])
    return View(*found, joe_before=before.joe, skull_before=before.skull, last=last)


def moving(picture: Picture) -> npt.NDArray[np.bool_]:
    """The room's pixels of Joe and the skull in a picture of the emulator."""
    red = np.ascontiguousarray(picture[TOP:BOTTOM, :, 0])
    found: npt.NDArray[np.bool_] = red == BONE[0]
    for colour in JOE_COLOURS:
        found |= red == colour[0]
    return found


def _is_at_start(joe: Place, room: str) -> bool:
    """Whether Joe is where he begins; in other rooms that is anywhere."""
    return bool(room) or (abs(joe.x - _START.x) < _UNIT_PX and joe.y == _START.y)


def _joe(picture: Picture, before: Place | None) -> Place | None:
    if before:
        top, left = max(TOP, before.y - 20 - _WINDOW_PX), max(0, before.x - _WINDOW_PX)
        near = picture[top : before.y + _WINDOW_PX, left : before.x + _WINDOW_PX]
        found = _figure(_joes(near), top, left)
        if found:
            return Place(*found[:2]) if found[2] >= _HEIGHT_PX else None
    found = _figure(_joes(picture[TOP:BOTTOM]), TOP)
    return Place(*found[:2]) if found and found[2] >= _HEIGHT_PX else None


def _joes(picture: Picture) -> npt.NDArray[np.bool_]:
    found = np.zeros(picture.shape[:2], bool)
    for colour in JOE_COLOURS:
        found |= (picture[..., 0] == colour[0]) & (picture[..., 1] == colour[1])
    return found


def _figure(found: npt.NDArray[np.bool_], top: int, left: int = 0) -> tuple[int, int, int] | None:
    """Middle, lower edge and height of what was found; None for nothing."""
    ys, xs = np.nonzero(found)
    if not len(xs):
        return None
    middle = left + (int(xs.min()) + int(xs.max()) + 1) // 2
    return middle, top + int(ys[-1]) + 1, int(ys[-1] - ys[0]) + 1


def _gold(part: Picture) -> float:
    return float((part[..., 1] == GOLD[1]).mean())


def _room(picture: Picture) -> str:
    right = [tuple(picture[at]) == STONE for at in _WALLS] + [tuple(picture[at]) == BLACK for at in _HOLLOWS]
    if sum(right) >= _ALIKE * len(right):
        return ""
    full = picture[TOP:BOTTOM].max(2) > 0
    units = full.reshape(-1, _UNIT_PX, WIDTH // _UNIT_PX, _UNIT_PX).mean((1, 3)) > 0.5
    return np.packbits(units).tobytes().hex()


def _items(part: Picture) -> tuple[str, ...]:
    """What is carried, from the left."""
    found = []
    for slot in np.flatnonzero(part[..., 0].reshape(len(part), -1, _ITEM_PX).any((0, 2))):
        gold = (part[:, slot * _ITEM_PX : (slot + 1) * _ITEM_PX, 0] == GOLD[0]).any()
        found.append(KEY if gold else THING)
    return tuple(found)

"""Pictures of BabyAI: what the player sees, drawn by minigrid, and below it the mission in signs, and what is carried.

A picture holds all that a player needs, so that a coach that sees nothing else can follow the mission.
"""

import contextlib
import io
import math
from collections.abc import Callable
from functools import lru_cache

import numpy as np

from coach_app.games.babyai.view import FLOOR, MARGIN, SIDE, UNITS, UNSEEN, Mission, Square, View, Wanted
from coach_app.games.images import Picture

with contextlib.redirect_stdout(io.StringIO()):  # pygame greets on standard output
    from minigrid.core.constants import COLOR_TO_IDX, OBJECT_TO_IDX, STATE_TO_IDX
    from minigrid.core.grid import Grid
    from minigrid.core.world_object import WorldObj
    from minigrid.utils.rendering import downsample, fill_coords, point_in_rect, point_in_triangle, rotate_fn

UNIT_PX = 32
"""Of a unit of a picture."""
NOT_SEEN = (52, 56, 76)
"""The colour of what the player does not see: minigrid's own black would look like the panel below."""

_UP = 3  # minigrid's direction in which the player looks in the picture
_FINER = 3  # minigrid's subdivisions of a pixel
_Inside = Callable[[float, float], bool]

SIGNS = ("go to", "pick up", "open", "put", "next to", "you")
"""What the signs of the panel stand for."""
_SIGNS_OF = {
    "go to": ("go to",),
    "pick up": ("pick up",),
    "open": ("open",),
    "put next to": ("put", "next to"),
    "pick up, then go to": ("pick up", "go to"),
}


def panel(mission: Mission, carried: Square | None) -> tuple[tuple[str | Wanted | Square, ...], ...]:
    """What each row of the panel shows, from the left: signs, things that are wanted, the thing that is carried."""
    wanted = (mission.first, mission.second) if mission.second else (mission.first,)
    asked = [part for pair in zip(_SIGNS_OF[mission.task], wanted, strict=True) for part in pair]
    return tuple(asked), ("you", carried) if carried else ("you",)


def draw(view: View, unit: int = UNIT_PX) -> Picture:
    """The picture of a view.

    Args:
        view: what is shown.
        unit: pixels a unit.

    Returns:
        (9 units, 9 units, 3) uint8 RGB.
    """
    picture = np.empty((UNITS * unit, UNITS * unit, 3), np.uint8)
    picture[: SIDE * unit] = NOT_SEEN
    picture[SIDE * unit :] = 0
    player = (SIDE // 2, SIDE - 1)
    for index, square in enumerate(view.squares):
        column, row = index % SIDE, index // SIDE
        if (column, row) == player:
            _put(picture, _tile(view.carried, unit, _UP), column + MARGIN, row)
        elif square.kind != UNSEEN:
            _put(picture, _tile(square, unit), column + MARGIN, row)
    for row, parts in enumerate(panel(view.mission, view.carried), SIDE):
        for column, part in enumerate(parts):
            _put(picture, _sign(part, unit) if isinstance(part, str) else _thing(part, unit), column, row)
    return picture


def _put(picture: Picture, tile: Picture, column: int, row: int) -> None:
    unit = len(tile)
    picture[row * unit : (row + 1) * unit, column * unit : (column + 1) * unit] = tile


@lru_cache(maxsize=512)
def _tile(square: Square | None, unit: int, looking: int | None = None) -> Picture:
    """A square that is seen, with the player on it if that looks anywhere; not to be changed."""
    thing = _object(square) if square else None
    tile = Grid.render_tile(thing, looking, highlight=True, tile_size=unit, subdivs=_FINER)
    return np.asarray(tile, np.uint8)


@lru_cache(maxsize=128)
def _thing(thing: Square | Wanted, unit: int) -> Picture:
    """A thing on black; white if any colour is wanted."""
    fine = np.zeros((unit * _FINER, unit * _FINER, 3), np.uint8)
    drawn = _object(thing)
    assert drawn
    drawn.render(fine)
    return _coarse(fine if thing.colour else np.where(fine > 0, 255, 0))


def _object(thing: Square | Wanted) -> WorldObj | None:
    """The thing as minigrid has it; None for floor."""
    if thing.kind == FLOOR:  # minigrid's floors are coloured; bare squares are nothing to it
        return None
    state = STATE_TO_IDX[thing.state] if isinstance(thing, Square) and thing.state else STATE_TO_IDX["closed"]
    return WorldObj.decode(OBJECT_TO_IDX[thing.kind], COLOR_TO_IDX[thing.colour or "grey"], state)


@lru_cache(maxsize=128)
def _sign(name: str, unit: int) -> Picture:
    """A sign of the panel, on black."""
    fine = np.zeros((unit * _FINER, unit * _FINER, 3), np.uint8)
    for inside in _SHAPES[name]:
        fill_coords(fine, inside, _RED if name == "you" else _WHITE)
    return _coarse(fine)


def _coarse(fine: Picture) -> Picture:
    return np.asarray(downsample(fine, _FINER), np.uint8)


def _turned(inside: _Inside, quarters: int) -> _Inside:
    """A shape, turned to the right by so many quarters."""
    turned: _Inside = rotate_fn(inside, cx=0.5, cy=0.5, theta=0.5 * math.pi * quarters)
    return turned


_WHITE, _RED = (230, 230, 230), (255, 0, 0)
_SHAFT = point_in_rect(0.12, 0.55, 0.42, 0.58)
_HEAD = point_in_triangle((0.5, 0.2), (0.88, 0.5), (0.5, 0.8))
_GROUND = point_in_rect(0.15, 0.85, 0.88, 0.98)
_SHAPES: dict[str, tuple[_Inside, ...]] = {
    "go to": (_SHAFT, _HEAD),
    "pick up": (_turned(_SHAFT, 3), _turned(_HEAD, 3), _GROUND),
    "open": (
        point_in_triangle((0.4, 0.2), (0.08, 0.5), (0.4, 0.8)),
        point_in_triangle((0.6, 0.2), (0.92, 0.5), (0.6, 0.8)),
    ),
    "put": (_turned(_SHAFT, 1), _turned(_HEAD, 1), _GROUND),
    "next to": (point_in_rect(0.1, 0.46, 0.32, 0.68), point_in_rect(0.54, 0.9, 0.32, 0.68)),
    "you": (_turned(point_in_triangle((0.12, 0.19), (0.87, 0.50), (0.12, 0.81)), 3),),
}

"""Scenes of the Grid world, and the labels of their squares."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coach_app.games.grid.level import Cell, Level, Move, Tile
from coach_app.games.grid.sprites import Picture, draw
from coach_app.games.grid.teacher import optimal_moves


@dataclass(frozen=True)
class Scene:
    """A state of the game."""

    level: Level
    cat: Cell
    facing: Move = Move.DOWN


def picture(scene: Scene) -> Picture:
    """The game's own picture, (height, width, 3) uint8 RGB."""
    return draw(scene.level, scene.cat, scene.facing)


# The labels of a position in the picture for the vision tower.
OUTSIDE, FLOOR, WALL, CRATE, HOLE, CAT = 0, 1, 2, 3, 4, 5
FARTHEST = 7
OFFSET_CLASSES = 2 * FARTHEST + 2  # the last one: not on the board
STEP_CLASSES = 18  # the last one: the crate cannot be reached
_OFFSETS = (*map(str, range(-FARTHEST, FARTHEST + 1)), "nowhere")
LABELS = {
    "square": ("outside", "floor", "wall", "crate", "hole", *(f"cat {move.name.lower()}" for move in Move)),
    "columns to the cat": _OFFSETS,
    "rows to the cat": _OFFSETS,
    "steps to the crate": (*map(str, range(STEP_CLASSES - 1)), "none"),
}
MOVES = len(Move)
NOWHERE = (OUTSIDE, OFFSET_CLASSES - 1, OFFSET_CLASSES - 1, STEP_CLASSES - 1, *[-1] * MOVES)


def labels(scene: Scene) -> npt.NDArray[np.int64]:
    """The labels of every square.

    Returns:
        (rows, columns, 8) int64: class of the tile (with the cat's direction); squares to the right of and below the
        cat, offset by FARTHEST; minimum steps to the crate; and for each move whether it is optimal on that square (-1
        if not applicable).
    """
    level = scene.level
    kinds = {Tile.FLOOR: FLOOR, Tile.START: FLOOR, Tile.CRATE: CRATE, Tile.HOLE: HOLE, Tile.WALL: WALL}
    shown = np.full((level.height, level.width, 8), -1, np.int64)
    for y in range(level.height):
        for x in range(level.width):
            cell = (x, y)
            tile = CAT + int(scene.facing) if cell == scene.cat else kinds[level.tile(cell)]
            offset = np.clip([x - scene.cat[0], y - scene.cat[1]], -FARTHEST, FARTHEST) + FARTHEST
            steps = min(level.steps_to_crate.get(cell, STEP_CLASSES - 1), STEP_CLASSES - 1)
            shown[y, x, :4] = tile, offset[0], offset[1], steps
            if cell in level.cat_cells:
                best = optimal_moves(level, cell)
                shown[y, x, 4:] = [move in best for move in Move]
    return shown

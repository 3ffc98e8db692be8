"""Pictures of the Grid world, drawn with the sprites of the installed srl-framework package."""

import contextlib
import io
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from coach_app.games.grid.level import Cell, Level, Move, Tile

TILE_PX = 32
Picture = npt.NDArray[np.uint8]


@lru_cache(maxsize=1)
def _sprites() -> tuple[dict[Tile, Picture], dict[Move, Picture]]:
    """The tiles, and the cat in each direction: each (32, 32, 3) uint8 RGB, cut from the package's own rendering."""
    with contextlib.redirect_stdout(io.StringIO()):  # pygame prints a greeting
        from srl.envs.grid import Action, Grid
    row = [int(t) for t in (Tile.FLOOR, Tile.CRATE, Tile.HOLE, Tile.WALL, Tile.START)]
    world = Grid(field=[row])
    world.player_pos = (4, 0)

    def cut(column: int) -> Picture:
        picture = np.asarray(world.render_rgb_array(), np.uint8)
        return picture[:, column * TILE_PX : (column + 1) * TILE_PX].copy()

    cats = {}
    for move in Move:
        world.action = Action(int(move))
        cats[move] = cut(4)
    tiles = {Tile(t): cut(i) for i, t in enumerate(row[:4])}
    return {**tiles, Tile.START: tiles[Tile.FLOOR]}, cats


def draw(level: Level, cat: Cell, facing: Move = Move.DOWN) -> Picture:
    """The game's picture, identical to the package's rendering.

    Returns:
        (height · 32, width · 32, 3) uint8, RGB.
    """
    picture = _without_cat(level).copy()
    left, top = cat[0] * TILE_PX, cat[1] * TILE_PX
    picture[top : top + TILE_PX, left : left + TILE_PX] = _sprites()[1][facing]
    return picture


@lru_cache(maxsize=64)
def _without_cat(level: Level) -> Picture:
    """Cached, as most steps of a game stay on one level; must not be changed."""
    tiles, _ = _sprites()
    return np.concatenate([np.concatenate([tiles[Tile(t)] for t in row], axis=1) for row in level.field])

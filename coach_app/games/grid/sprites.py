"""Pictures of the Grid world, drawn with the sprites of the installed srl-framework package, and fires of our own."""

import contextlib
import io
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

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
    return {**tiles, Tile.START: tiles[Tile.FLOOR], Tile.FIRE: _fire(tiles[Tile.FLOOR])}, cats


def _fire(floor: Picture) -> Picture:
    """A flame on two logs, on the floor."""
    picture = Image.fromarray(floor)
    brush = ImageDraw.Draw(picture)
    for ends in ((5, 28, 26, 22), (5, 22, 26, 28)):
        brush.line(ends, fill=(92, 58, 32), width=4)
    for inset, colour in ((0, (214, 60, 24)), (3, (240, 140, 30)), (6, (252, 222, 90))):
        tip, foot, half = 3 + 3 * inset // 2, 25, 9 - inset
        brush.polygon(
            (
                (16, tip),
                (16 + half, 17 + inset // 2),
                (16 + half // 2, foot),
                (16 - half // 2, foot),
                (16 - half, 17 + inset // 2),
            ),
            fill=colour,
        )
    return np.asarray(picture)


def draw(level: Level, cat: Cell, facing: Move = Move.DOWN) -> Picture:
    """The game's picture, identical to the package's rendering where there are no fires.

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

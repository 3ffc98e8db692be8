"""Pictures of Montezuma's Revenge as the practice window shows them: now and before the last move, in one.

One picture of the emulator does not show whether Joe jumps or falls, nor where the skull rolls. So both are drawn as
they are, and dimly, like the afterglow of a screen, as they were before the last move; below the room, signs show the
last move, what Joe carries, and the lives that are left. What is hollow is not black, so that the room can be told from
the panel, and found in a window.
"""

import numpy as np

from coach_app.games.images import Picture
from coach_app.games.montezuma_revenge.view import BOTTOM, JOE_COLOURS, TOP, View, moving

UNIT_PX = 16
COLUMNS, ROWS, PANEL_ROWS = 10, 10, 1
"""Of the picture, in units; the panel's are among them."""
SHAPE = (ROWS * UNIT_PX, COLUMNS * UNIT_PX, 3)

HOLLOW, GLOW, SIGN = (52, 56, 76), (118, 76, 92), (236, 240, 246)
_LEFT = ("...#", "..##", ".###", "####", ".###", "..##", "...#")
_RIGHT = tuple(row[::-1] for row in _LEFT)
_UP = ("...#...", "..###..", ".#####.", "#######")
_SPRING = ("...#...", "..#.#..", ".#...#.", "#.....#")
_SIGNS = {  # blocks of 2 px
    "wait": ("####", "####", "####", "####"),
    "left": _LEFT,
    "right": _RIGHT,
    "up": _UP,
    "down": _UP[::-1],
    "jump": _SPRING,
    "jump left": tuple(f"{arrow}.{spring}" for arrow, spring in zip(_LEFT[1:5], _SPRING, strict=True)),
    "jump right": tuple(f"{spring}.{arrow}" for arrow, spring in zip(_RIGHT[1:5], _SPRING, strict=True)),
}
_SIGN_LEFT, _ITEMS_LEFT, _HATS_LEFT, _HAT_STEP = 4, 36, 80, 12
_ITEMS_AT = slice(28, 44), slice(56, 96)


def draw(now: Picture, before: Picture | None, view: View) -> Picture:
    """The picture of a moment.

    Args:
        now: the emulator's picture, (210, 160, 3) uint8 RGB.
        before: the one before the last move; None at the beginning.
        view: what they show.

    Returns:
        (160, 160, 3) uint8 RGB.
    """
    picture = np.zeros((*SHAPE[:2], 4), np.uint8)
    picture[: BOTTOM - TOP, :, :3] = now[TOP:BOTTOM]
    pixels = picture.view(np.uint32)[: BOTTOM - TOP, :, 0]  # compared and painted whole, which is far faster
    if before is not None:
        glow = moving(before) & ~moving(now)
        pixels[glow] = _number(GLOW)
    pixels[pixels == 0] = _number(HOLLOW)
    _panel(picture[BOTTOM - TOP :, :, :3], now, view)
    return np.ascontiguousarray(picture[..., :3])


def with_sign(picture: Picture, last: str) -> Picture:
    """The same picture with the sign of another last move."""
    changed = picture.copy()
    panel = changed[BOTTOM - TOP :]
    panel[:, :_ITEMS_LEFT] = 0
    _sign(panel, last)
    return changed


def _number(colour: tuple[int, int, int]) -> int:
    """A colour as it is in memory."""
    return int(np.array([*colour, 0], np.uint8).view(np.uint32)[0])


def _panel(panel: Picture, now: Picture, view: View) -> None:
    panel[:] = 0
    _sign(panel, view.last)
    items = now[_ITEMS_AT]
    panel[:, _ITEMS_LEFT : _ITEMS_LEFT + items.shape[1]] = items
    for hat in range(view.hats):
        left = _HATS_LEFT + hat * _HAT_STEP
        panel[5:8, left + 2 : left + 6] = panel[8:10, left : left + 8] = JOE_COLOURS[0]


def _sign(panel: Picture, last: str) -> None:
    sign = np.array([[block == "#" for block in row] for row in _SIGNS.get(last, ("",))], bool)
    blocks = np.repeat(np.repeat(sign, 2, axis=0), 2, axis=1)
    top = (len(panel) - len(blocks)) // 2
    panel[top : top + len(blocks), _SIGN_LEFT : _SIGN_LEFT + blocks.shape[1]][blocks] = SIGN

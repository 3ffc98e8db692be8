"""Pictures of Breakout as the practice window shows them: now and before the last move, in one.

One picture of the emulator does not show where the ball flies, and what the bar, which slides on, will do. So ball and
bar are drawn as they are, and dimly, like the afterglow of a screen, as they were before the last move; below the
field, signs show the last move and the balls that are left. What is live on the screen is then all that a player, or
a coach, has to see. The field is not black, so that it can be told from the panel, and found in a window.
"""

import numpy as np

from coach_app.games.breakout.view import (
    BALL_HEIGHT,
    BALL_WIDTH,
    BAR_BOTTOM,
    BAR_TOP,
    BRICK_HEIGHT,
    BRICK_WIDTH,
    BRICKS_TOP,
    COLOURS,
    FIRE,
    LEFT,
    RED,
    RIGHT,
    STAY,
    WALL_LEFT,
    WALL_RIGHT,
    WALL_TOP,
    Bar,
    Place,
    View,
)
from coach_app.games.images import Picture

UNIT_PX = 16
UNITS = 12
"""Of a side of the picture."""
PANEL_UNITS = 1
"""Rows of units that the panel takes."""

SIDE_PX = UNITS * UNIT_PX
LEFT_PX, TOP_PX = 16, BAR_BOTTOM - (SIDE_PX - PANEL_UNITS * UNIT_PX)
"""The picture begins so far left of the emulator's, and so far below its upper edge."""

FIELD, WALL, GLOW, SIGN = (52, 56, 76), (142, 142, 142), (118, 64, 74), (236, 240, 246)
_SIGNS = {  # blocks of 2 px
    LEFT: ("...#", "..##", ".###", "####", ".###", "..##", "...#"),
    RIGHT: ("#...", "##..", "###.", "####", "###.", "##..", "#..."),
    FIRE: ("...#...", "..###..", ".#####.", "#######"),
    STAY: ("####", "####", "####", "####"),
}
_SIGN_LEFT, _LIVES_LEFT, _LIFE_STEP = 24, 96, 16


def draw(view: View) -> Picture:
    """The picture of a view, (192, 192, 3) uint8 RGB."""
    picture = np.empty((SIDE_PX, SIDE_PX, 3), np.uint8)
    picture[:] = WALL
    _fill(picture, WALL_LEFT, WALL_TOP, WALL_RIGHT, BAR_BOTTOM, FIELD)
    if view.bar_before:
        _bar(picture, view.bar_before, GLOW)
    _bar(picture, view.bar, RED)
    for row, colour in enumerate(COLOURS):
        top = BRICKS_TOP + row * BRICK_HEIGHT
        for column in np.flatnonzero(view.bricks[row]):
            left = WALL_LEFT + int(column) * BRICK_WIDTH
            _fill(picture, left, top, left + BRICK_WIDTH, top + BRICK_HEIGHT, colour)
    if view.ball_before:
        _ball(picture, view.ball_before, GLOW)
    if view.ball:
        _ball(picture, view.ball, RED)
    _panel(picture[-PANEL_UNITS * UNIT_PX :], view)
    return picture


def _panel(panel: Picture, view: View) -> None:
    panel[:] = 0
    sign = np.array([[block == "#" for block in row] for row in _SIGNS.get(view.last, ("",))], bool)
    blocks = np.repeat(np.repeat(sign, 2, axis=0), 2, axis=1)
    top = (len(panel) - len(blocks)) // 2
    panel[top : top + len(blocks), _SIGN_LEFT : _SIGN_LEFT + blocks.shape[1]][blocks] = SIGN
    for life in range(view.lives):
        left = _LIVES_LEFT + life * _LIFE_STEP
        panel[4:12, left : left + 8] = RED


def _ball(picture: Picture, ball: Place, colour: tuple[int, int, int]) -> None:
    _fill(picture, ball.x, ball.y, ball.x + BALL_WIDTH, min(ball.y + BALL_HEIGHT, BAR_BOTTOM), colour)


def _bar(picture: Picture, bar: Bar, colour: tuple[int, int, int]) -> None:
    _fill(picture, bar.left, BAR_TOP, min(bar.right, WALL_RIGHT), BAR_BOTTOM, colour)


def _fill(picture: Picture, left: int, top: int, right: int, bottom: int, colour: tuple[int, int, int]) -> None:
    """Paint a rectangle, given in the emulator's pixels."""
    picture[top - TOP_PX : bottom - TOP_PX, left + LEFT_PX : right + LEFT_PX] = colour

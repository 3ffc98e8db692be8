"""What two pictures of Breakout show, as data, in the emulator's pixels; read off pictures, never off its memory."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from coach_app.games.images import Picture

STAY, FIRE, RIGHT, LEFT = MOVES = ("stay", "fire", "right", "left")
"""The game's actions, in the emulator's order."""

WALL_LEFT, WALL_RIGHT, WALL_TOP = 8, 152, 32
"""Where the field begins and ends."""
BAR_TOP, BAR_BOTTOM = 189, 193
BRICKS_TOP, BRICK_WIDTH, BRICK_HEIGHT = 57, 8, 6
ROWS, COLUMNS = 6, 18
"""Of bricks."""
BRICKS_BOTTOM = BRICKS_TOP + ROWS * BRICK_HEIGHT
BALL_WIDTH, BALL_HEIGHT = 2, 4
BAR_WIDTH = 16  # at first
MOST_LIVES = 5
FLIGHTS = ("up and left", "straight up", "up and right", "down and left", "straight down", "down and right")
"""Where a ball can fly."""

RED = (200, 72, 72)
COLOURS = (RED, (198, 108, 58), (180, 122, 48), (162, 162, 42), (72, 160, 72), (66, 72, 200))
"""Of each row of bricks; ball and bar have the first one, too."""

_WHOLE = 0.8  # of a brick's pixels: the ball may be before it
_LEAST_BAR_PX = 4
_DIGIT_AT = slice(5, 15, 2), slice(100, 112, 4)  # a pixel of each of its blocks
_DIGITS = {0b010010010010010: 1, 0b111001111100111: 2, 0b111001011001111: 3, 0b101101111001001: 4, 0b111100111001111: 5}


class Place(NamedTuple):
    """Left and upper edge of the ball."""

    x: int
    y: int


class Bar(NamedTuple):
    """Left and right edge (exclusive) of the bar."""

    left: int
    right: int

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2


@dataclass(frozen=True)
class View:
    """What is seen.

    Attributes:
        ball: where it is; None if there is none.
        bar: where it is.
        bricks: whether each brick is there, row by row from above.
        lives: balls that are left, the one in the game included.
        ball_before: where the ball was before the last move.
        bar_before: where the bar was before the last move.
        last: the last move; empty at the beginning.
    """

    ball: Place | None
    bar: Bar
    bricks: tuple[tuple[bool, ...], ...]
    lives: int
    ball_before: Place | None = None
    bar_before: Bar | None = None
    last: str = ""

    @property
    def falls(self) -> bool:
        """Whether the ball comes down."""
        return self.ball is not None and self.ball_before is not None and self.ball.y > self.ball_before.y

    @property
    def flight(self) -> str:
        """Where the ball flies, of FLIGHTS; empty if that cannot be told."""
        if not self.ball or not self.ball_before:
            return ""
        sideways = self.ball.x - self.ball_before.x
        return FLIGHTS[3 * self.falls + 1 + (sideways > 0) - (sideways < 0)]

    @property
    def landing(self) -> float | None:
        """Where the middle of the ball will be when it reaches the bar, if it falls freely; None if that cannot be
        told."""
        if not self.ball or not self.ball_before or not self.falls or self.ball.y < BRICKS_BOTTOM:
            return None
        slope = (self.ball.x - self.ball_before.x) / (self.ball.y - self.ball_before.y)
        room = WALL_RIGHT - BALL_WIDTH - WALL_LEFT
        unfolded = self.ball.x - WALL_LEFT + slope * max(0, BAR_TOP - BALL_HEIGHT - self.ball.y)
        folded = unfolded % (2 * room)
        return WALL_LEFT + min(folded, 2 * room - folded) + BALL_WIDTH / 2

    @property
    def side_of_landing(self) -> str:
        """Where that is, seen from the bar."""
        off = (self.landing or self.bar.centre) - self.bar.centre
        if abs(off) <= (self.bar.right - self.bar.left) / 2:
            return "on the bar"
        return "left of the bar" if off < 0 else "right of the bar"

    @property
    def is_hidden(self) -> bool:
        """Whether the ball is not to be seen before bricks of its own colour."""
        return self.ball is None and self.ball_before is not None and self.ball_before.y < (WALL_TOP + BAR_TOP) / 2


def read(now: Picture, before: View | None = None, last: str = "") -> View:
    """Read a picture of the emulator.

    Args:
        now: (210, 160, 3) uint8 RGB.
        before: what the picture before the last move showed; None at the beginning.
        last: the last move.
    """
    bricks = _bricks(now)
    bar = _bar(now) or (before.bar if before else Bar(WALL_LEFT, WALL_LEFT + BAR_WIDTH))
    if bar.right == WALL_RIGHT:  # the rest is behind the wall
        bar = Bar(bar.left, bar.left + (before.bar.right - before.bar.left if before else BAR_WIDTH))
    lives = _DIGITS.get(int("".join(map(str, np.any(now[_DIGIT_AT], axis=2).astype(int).ravel())), 2), 0)
    ball = _ball(now, bricks, bar)
    if before is None:
        return View(ball, bar, bricks, lives)
    return View(ball, bar, bricks, lives, before.ball, before.bar, last)


def glance(picture: Picture) -> tuple[Place | None, Bar | None]:
    """Where the ball is below the bricks, and the bar; None for what is not to be seen there."""
    bar = _bar(picture)
    return _ball(picture, (), bar or Bar(WALL_LEFT, WALL_LEFT), BRICKS_BOTTOM), bar


def _bricks(picture: Picture) -> tuple[tuple[bool, ...], ...]:
    area = picture[BRICKS_TOP:BRICKS_BOTTOM, WALL_LEFT:WALL_RIGHT]
    cells = area.reshape(ROWS, BRICK_HEIGHT, COLUMNS, BRICK_WIDTH, 3)
    right = (cells == np.array(COLOURS)[:, None, None, None]).all(-1).mean((1, 3)) >= _WHOLE
    return tuple(tuple(map(bool, row)) for row in right)


def _bar(picture: Picture) -> Bar | None:
    red = np.flatnonzero(_red(picture[BAR_TOP:BAR_BOTTOM, WALL_LEFT:WALL_RIGHT]).all(0))
    runs = np.split(red, np.flatnonzero(np.diff(red) > 1) + 1)
    longest = max(runs, key=len)
    return Bar(WALL_LEFT + int(longest[0]), WALL_LEFT + int(longest[-1]) + 1) if len(longest) >= _LEAST_BAR_PX else None


def _ball(picture: Picture, bricks: tuple[tuple[bool, ...], ...], bar: Bar, top: int = WALL_TOP) -> Place | None:
    """What is red from a row of pixels on, but neither a brick nor the bar."""
    red = _red(picture[top:BAR_BOTTOM, WALL_LEFT:WALL_RIGHT])
    if top < BRICKS_TOP:
        red[BRICKS_TOP - top : BRICKS_TOP - top + BRICK_HEIGHT] &= ~np.repeat(bricks[0], BRICK_WIDTH)
    red[BAR_TOP - top :, bar.left - WALL_LEFT : bar.right - WALL_LEFT] = False
    ys, xs = np.nonzero(red)
    return Place(WALL_LEFT + int(xs.min()), top + int(ys.min())) if len(xs) else None


def _red(picture: Picture) -> npt.NDArray[np.bool_]:
    found: npt.NDArray[np.bool_] = picture[..., 0] == RED[0]  # no other colour has as much red
    return found

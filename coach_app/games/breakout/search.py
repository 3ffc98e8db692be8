"""Looks for moves that bring the bar to the ball, in copies of the emulator's state.

Where the ball flies does not depend on the bar, nor the bar on the ball. So one copy shows frame by frame when and
where the ball comes down; where each sequence of moves takes the bar by then is computed; and the best ones are then
played in copies, so that nothing is advised that the game itself does not confirm.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from coach_app.games.atari_env import AtariEnv
from coach_app.games.breakout.view import (
    BALL_HEIGHT,
    BALL_WIDTH,
    BAR_TOP,
    LEFT,
    MOVES,
    RIGHT,
    STAY,
    WALL_LEFT,
    View,
    glance,
)

MOST_STEPS = 8
"""So many moves are looked ahead, each of three: 6,561 sequences at most."""

STEERING = (STAY, LEFT, RIGHT)
"""The moves that are tried while there is a ball."""
_SIGNS = np.array([0, -1, 1])
# How the bar follows the joystick, measured frame by frame: each frame moves the knob of the paddle that the emulator
# turns for the player, one frame later; the bar goes half of the way there, and no further than the walls. The knob
# can be turned on behind the right wall, and then has to be turned back first.
_KNOB_STEP, _KNOB_FIRST, _KNOB_LAST = 5.75, 4.0, 194.0
_BAR_LAST = 160  # right edge, behind the wall
_FRAMES_TO_REST, _FRAMES_AT_BAR = 8, 2
_FRAMES_TO_BE_LOST = 27  # from the bar's height on
_INSIDE, _OUTSIDE = 2, 3  # px of the bar's ends that are not relied on, and beyond them that may do
_TRIED = 3  # sequences of each first move


@dataclass(frozen=True)
class Outlook:
    """What comes of a ball that will be down soon.

    Attributes:
        best: the moves after which it can still be returned, the one with the most ways to do so first.
        frames: until it is down.
        middle: where its middle is then.
        after: where the middle of the bar is after a step of each move of STEERING.
        reach: where the middle of the bar can be while the ball is down, for each first move of STEERING: a bit for
            each of the emulator's pixels.
    """

    best: tuple[str, ...]
    frames: int
    middle: int
    after: tuple[int, ...]
    reach: tuple[int, ...]

    def would_return(self, middle: int, bar_width: int) -> tuple[bool, ...]:
        """Whether a ball that came down elsewhere, but then, could be returned after each first move of STEERING."""
        off = (bar_width + BALL_WIDTH) // 2
        under = ((1 << 2 * off + 1) - 1) << max(0, middle - off)
        return tuple(bool(reach & under) for reach in self.reach)


def look_ahead(game: AtariEnv, view: View, frames: int) -> Outlook | None:
    """What comes of the ball, and which moves bring the bar there.

    At most 50 steps are made in copies. The same state gives the same outlook.

    Args:
        game: the emulator's game; it is not changed.
        view: what its picture shows.
        frames: that pass in a step.

    Returns:
        None if the ball will not be down within MOST_STEPS.
    """
    landing = _landing(game, MOST_STEPS * frames) if view.ball else None
    if landing is None:
        return None
    at, ball, knob = landing
    ways = np.array(list(product(range(len(STEERING)), repeat=-(-at // frames))))
    turns = np.pad(np.repeat(_SIGNS[ways], frames, axis=1), ((0, 0), (0, _FRAMES_AT_BAR)))[:, : at + _FRAMES_AT_BAR]
    half, middle = (view.bar.right - view.bar.left) / 2, ball + BALL_WIDTH // 2
    middles = _bars(view, knob, turns)[at - 1 :] + half
    offs = np.abs(middles - middle)
    counts = [int((offs[0, ways[:, 0] == first] <= half - _INSIDE).sum()) for first in range(len(STEERING))]
    off = offs.min(0)
    lost = [STAY] * -(-_FRAMES_TO_BE_LOST // frames)
    best = []
    for first in sorted(range(len(STEERING)), key=lambda first: -counts[first]):
        mine = np.flatnonzero((ways[:, 0] == first) & (off <= half + _OUTSIDE))
        nearest = ways[mine[np.argsort(off[mine], kind="stable")[:_TRIED]]]
        if any(_is_returned(game, [*(STEERING[move] for move in way), *lost]) for way in nearest):
            best.append(STEERING[first])
    after = _bars(view, knob, np.repeat(_SIGNS[:, None], frames, axis=1))[-1] + half
    reach = [np.unique(middles[:, ways[:, 0] == first].round().astype(int)).tolist() for first in range(len(STEERING))]
    return Outlook(
        tuple(best), at, middle, tuple(after.round().astype(int).tolist()), tuple(sum(1 << x for x in r) for r in reach)
    )


def _landing(game: AtariEnv, most: int) -> tuple[int, int, float] | None:
    """When the ball comes down, in frames, where its left edge is then, and where the knob is now; None if it does not
    within so many frames."""
    copy, before = game.copy(), 0
    for frame in range(1, most + 1):
        ball, _ = glance(copy.one_frame(MOVES.index(STAY)))
        if copy.lives < game.lives:
            return None
        if ball and ball.y > before and ball.y + BALL_HEIGHT > BAR_TOP:
            return frame, ball.x, _knob(game)
        before = ball.y if ball else 0
    return None


def _knob(game: AtariEnv) -> float:
    """Where the knob is: where the bar comes to rest, or behind the right wall."""
    copy = game.copy()
    for _ in range(_FRAMES_TO_REST):
        _, bar = glance(copy.one_frame(MOVES.index(STAY)))
    rest = bar.left if bar else WALL_LEFT
    if rest < _BAR_LAST - 16:
        return float(rest)
    for frame in range(int((_KNOB_LAST - rest) / _KNOB_STEP) + 1):
        _, bar = glance(copy.one_frame(MOVES.index(LEFT)))
        if bar and bar.left < rest:
            return rest + max(0, frame - 1) * _KNOB_STEP
    return _KNOB_LAST


def _bars(view: View, knob: float, turns: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """The left edge of the bar in each frame, (frames, ways).

    Args:
        view: where it is now.
        knob: where it is drawn to.
        turns: (ways, frames), -1, 0 or 1 for each frame.
    """
    bars, knobs = np.full(len(turns), float(view.bar.left)), np.full(len(turns), knob)
    shown = []
    for frame in range(turns.shape[1]):
        if frame:
            knobs = np.clip(knobs + _KNOB_STEP * turns[:, frame - 1], _KNOB_FIRST, _KNOB_LAST)
        bars = np.clip((bars + knobs) / 2, WALL_LEFT, _BAR_LAST - (view.bar.right - view.bar.left))
        shown.append(bars)
    return np.stack(shown)


def _is_returned(game: AtariEnv, moves: list[str]) -> bool:
    """Whether no ball is lost by these moves."""
    copy = game.copy()
    for move in moves:
        _, _, ended, _, _ = copy.step(MOVES.index(move))
        if ended or copy.lives < game.lives:
            return False
    return True

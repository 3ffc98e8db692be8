"""Looks for moves that bring the bar to the ball, in copies of the emulator's state.

Where the ball flies does not depend on the bar, nor the bar on the ball. So one copy shows frame by frame when and
where the ball comes down; where each sequence of moves takes the bar by then is computed; and the best ones are then
played in copies, so that nothing is advised that the game itself does not confirm.
"""

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

_STEERING = (STAY, LEFT, RIGHT)
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


def winning(game: AtariEnv, view: View, frames: int) -> tuple[str, ...]:
    """The moves after which the ball can still be returned, the one with the most ways to do so first.

    At most 50 steps are made in copies. The same state gives the same moves.

    Args:
        game: the emulator's game; it is not changed.
        view: what its picture shows.
        frames: that pass in a step.

    Returns:
        Empty if the ball will not be down within MOST_STEPS, or cannot be returned.
    """
    landing = _landing(game, MOST_STEPS * frames) if view.ball else None
    if landing is None:
        return ()
    at, ball, knob = landing
    ways = np.array(list(product(range(len(_STEERING)), repeat=-(-at // frames))))
    turns = np.pad(np.repeat(_SIGNS[ways], frames, axis=1), ((0, 0), (0, _FRAMES_AT_BAR)))[:, : at + _FRAMES_AT_BAR]
    half = (view.bar.right - view.bar.left) / 2
    offs = np.abs(_bars(view, knob, turns)[at - 1 :] + half - ball - BALL_WIDTH / 2)
    counts = [int((offs[0, ways[:, 0] == first] <= half - _INSIDE).sum()) for first in range(len(_STEERING))]
    off = offs.min(0)
    after = [STAY] * -(-_FRAMES_TO_BE_LOST // frames)
    found = []
    for first in sorted(range(len(_STEERING)), key=lambda first: -counts[first]):
        mine = np.flatnonzero((ways[:, 0] == first) & (off <= half + _OUTSIDE))
        nearest = ways[mine[np.argsort(off[mine], kind="stable")[:_TRIED]]]
        if any(_is_returned(game, [*(_STEERING[move] for move in way), *after]) for way in nearest):
            found.append(_STEERING[first])
    return tuple(found)


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

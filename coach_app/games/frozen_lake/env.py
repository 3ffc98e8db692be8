"""The environment of the frozen lake, and its teacher."""

import contextlib
import copy
import io
from functools import lru_cache
from typing import Any

import numpy as np
from gymnasium import spaces
from gymnasium.envs.toy_text.frozen_lake import FrozenLakeEnv, generate_random_map

from coach_app.games.frozen_lake.game import MAX_STEPS
from coach_app.games.images import ImageEnv, Picture

SIDE = 4
"""Squares along a side of a lake."""
_TILE_PX = 64
_DISCOUNT = 0.99
_DOWN = 1
_STEPS = ((-1, 0), (0, 1), (1, 0), (0, -1))
"""Columns and rows of each move."""
_GROUNDS = {"S": "ice", "F": "ice", "H": "hole", "G": "goal"}


class FrozenLake(ImageEnv):
    """Gymnasium's FrozenLake without slipping, so that the best move can be seen in the picture.

    Observations are its own pictures, (256, 256, 3) uint8 RGB. Reward 1 for the goal, else 0; truncated after 50
    steps.
    """

    metadata = {"render_modes": ["rgb_array"], "render_fps": 4}  # noqa: RUF012 (Gymnasium's own convention)
    action_names = ("left", "down", "right", "up")

    def __init__(self) -> None:
        self.render_mode = "rgb_array"
        self.observation_space = spaces.Box(0, 255, (SIDE * _TILE_PX, SIDE * _TILE_PX, 3), np.uint8)
        self.action_space = spaces.Discrete(len(self.action_names))  # type: ignore[assignment]
        self._begin(0)

    def _begin(self, seed: int) -> None:
        self._tiles = "".join(generate_random_map(SIDE, seed=seed))
        self._lake = _lake(self._tiles)
        self._square, self._facing, self._steps = 0, _DOWN, 0

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Picture, dict[str, Any]]:
        """Begin an episode on the lake of this seed, or on a random one."""
        super().reset(seed=seed)
        self._begin(int(self.np_random.integers(500_000)) if seed is None else seed)
        return self.render(), {}

    def step(self, action: int) -> tuple[Picture, float, bool, bool, dict[str, Any]]:
        """Make a step; moves off the lake have no effect."""
        ((_, square, reward, ended),) = self._lake.P[self._square][int(action)]
        self._square, self._facing = int(square), int(action)
        self._steps += 1
        return self.render(), float(reward), bool(ended), not ended and self._steps >= MAX_STEPS, {}

    def render(self) -> Picture:
        """The picture of the current state."""
        return _drawn(self._tiles, self._square, self._facing).copy()

    def copy(self) -> "FrozenLake":
        """A copy in the same state."""
        twin = copy.copy(self)
        twin._np_random = copy.deepcopy(self._np_random)
        return twin

    @property
    def is_at_goal(self) -> bool:
        """Whether the player is at the goal."""
        return self._tiles[self._square] == "G"

    def possible_moves(self) -> tuple[str, ...]:
        """Names of the moves that do not lead off the lake."""
        moves = self._lake.P[self._square]
        return tuple(name for move, name in enumerate(self.action_names) if moves[move][0][1] != self._square)

    def optimal_moves(self) -> tuple[str, ...]:
        """Names of the best moves now; empty once the episode has ended."""
        if self._tiles[self._square] in "GH":
            return ()
        q = _action_values(self._lake)[self._square]
        return tuple(name for name, value in zip(self.action_names, q, strict=True) if value >= q.max() - 1e-9)

    def state(self) -> dict[str, Any]:
        """Positions of all that there is: squares as (column, row), counted from 1 at the upper left."""
        return {
            "player": _cell(self._square),
            "goal": _cell(self._tiles.index("G")),
            "ice": [_cell(square) for square, tile in enumerate(self._tiles) if _GROUNDS[tile] == "ice"],
        }

    def describe(self) -> str:
        """The state in words: square by square first, which can be read without knowing where the player is."""
        column, row = _cell(self._square)
        left, down, right, up = map(self._beside, range(len(self.action_names)))
        a, b, c, d, e, f, g, h, i, j, k, m, n, o, p, q = (
            "player" if square == self._square else _GROUNDS[tile] for square, tile in enumerate(self._tiles)
        )
        return (
            f"Row 1: {a} {b} {c} {d}; row 2: {e} {f} {g} {h}; row 3: {i} {j} {k} {m}; row 4: {n} {o} {p} {q}. "
            f"Player at column {column}, row {row}; left: {left}, down: {down}, right: {right}, up: {up}."
        )

    def _beside(self, move: int) -> str:
        """What a move leads to."""
        across, down = _STEPS[move]
        x, y = self._square % SIDE + across, self._square // SIDE + down
        return _GROUNDS[self._tiles[x + SIDE * y]] if 0 <= x < SIDE and 0 <= y < SIDE else "edge"


def _cell(square: int) -> tuple[int, int]:
    return square % SIDE + 1, square // SIDE + 1


@lru_cache(maxsize=256)
def _lake(tiles: str) -> FrozenLakeEnv:
    """Gymnasium's environment of a map, for rules and rendering. Shared: whoever draws it sets its state."""
    return FrozenLakeEnv("rgb_array", desc=[tiles[at : at + SIDE] for at in range(0, SIDE**2, SIDE)], is_slippery=False)


@lru_cache(maxsize=256)
def _drawn(tiles: str, square: int, facing: int) -> Picture:
    """The picture of a state: searches come to the same few squares of a lake again and again. Not to be changed."""
    lake = _lake(tiles)
    lake.s, lake.lastaction = square, facing
    with contextlib.redirect_stdout(io.StringIO()):  # pygame prints a greeting
        picture = lake.render()  # type: ignore[no-untyped-call]
    assert isinstance(picture, np.ndarray)
    return picture.astype(np.uint8, copy=False)


@lru_cache(maxsize=256)
def _action_values(lake: FrozenLakeEnv) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Action values of each square by value iteration (Sutton & Barto, 4.4), (squares, 4) float64."""
    values = np.zeros(len(lake.P))
    while True:
        q = np.array(
            [
                [
                    sum(p * (r + _DISCOUNT * values[to] * (not ends)) for p, to, r, ends in lake.P[at][move])
                    for move in range(4)
                ]
                for at in range(len(lake.P))
            ]
        )
        if np.abs(values - (values := q.max(axis=1))).max() < 1e-12:
            return q

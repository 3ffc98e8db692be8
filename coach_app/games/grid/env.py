"""The Grid world of srl-framework as a Gymnasium environment with pictures."""

import copy
from collections.abc import Sequence
from typing import Any

import gymnasium
import numpy as np
from gymnasium import spaces

from coach_app.domain.pointing import Mark
from coach_app.games.grid.game import MAX_STEPS
from coach_app.games.grid.level import ARTICLE_LEVEL, DEFAULT_SIZE, Cell, Level, Move, Tile, random_level
from coach_app.games.grid.sprites import TILE_PX, Picture, draw
from coach_app.games.grid.teacher import STEP_REWARD, action_values, end_rewards, optimal_moves


class GridEnv(gymnasium.Env[Picture, int]):
    """A cat walks to a crate past a hole; rules, rewards and sprites are from srl-framework's ``Grid``.

    Observations are the game's picture, (height · 32, width · 32, 3) uint8 RGB. Actions are numbered as in Move.
    Rewards: crate +1, hole and fires -1 (each ends the episode), every other step -0.04; truncated after 50 steps.

    Args:
        random_levels: whether every ``reset(seed=…)`` gives a new map instead of the article's.
        size: columns and rows of random maps, including the border.
        fires: squares with a fire on random maps.
    """

    metadata = {"render_modes": ["rgb_array"], "render_fps": 4}  # noqa: RUF012 (Gymnasium's own convention)
    action_names = tuple(move.name.lower() for move in Move)

    def __init__(self, random_levels: bool = False, size: tuple[int, int] = DEFAULT_SIZE, fires: int = 0) -> None:
        self.render_mode = "rgb_array"
        self._random_levels, self._fires = random_levels, fires
        self._size = size if random_levels else (ARTICLE_LEVEL.width, ARTICLE_LEVEL.height)
        shape = (self._size[1] * TILE_PX, self._size[0] * TILE_PX, 3)
        self.observation_space = spaces.Box(0, 255, shape, np.uint8)
        self.action_space = spaces.Discrete(len(Move))  # type: ignore[assignment]
        self.level: Level = ARTICLE_LEVEL
        self._begin()

    def _begin(self) -> None:
        self.cat: Cell = self.level.start
        self.facing = Move.DOWN
        self.steps = 0

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Picture, dict[str, Any]]:
        """Begin an episode.

        Args:
            seed: seed of slipping and of random maps; None for a random one.
            options: unused.
        """
        super().reset(seed=seed)
        if self._random_levels:
            chosen = int(self.np_random.integers(500_000)) if seed is None else seed
            self.level = random_level(chosen, self._size, self._fires)
        self._begin()
        return self.render(), {}

    def step(self, action: int) -> tuple[Picture, float, bool, bool, dict[str, Any]]:
        """Step in a direction; ``info["slipped"]`` tells whether the cat went elsewhere."""
        aimed = Move(action)
        draw_ = self.np_random.random()
        slip = (1 - self.level.move_prob) / 2
        turn = 0 if draw_ >= 2 * slip else (1 if draw_ < slip else -1)
        self.facing = Move((aimed + turn) % len(Move))
        self.cat = self.level.neighbour(self.cat, self.facing)
        self.steps += 1
        ends = end_rewards(self.level)
        reward = ends.get(self.cat, STEP_REWARD)
        terminated = self.cat in ends
        return self.render(), reward, terminated, not terminated and self.steps >= MAX_STEPS, {"slipped": turn != 0}

    def place(self, level: Level, cat: Cell, facing: Move = Move.DOWN) -> None:
        """Begin an episode on any map and square; the spaces keep the initial size."""
        self.level = level
        self._begin()
        self.cat, self.facing = cat, facing

    def scatter(self, seed: int) -> None:
        """Begin an episode on the level of a seed, at a random square, facing any direction."""
        self.reset(seed=seed)
        rng = np.random.default_rng([seed, 2])
        cells = self.level.cat_cells
        self.place(self.level, cells[rng.integers(len(cells))], Move(int(rng.integers(len(Move)))))

    def copy(self) -> "GridEnv":
        """A copy in the same state that slips identically from here on."""
        twin = copy.copy(self)
        twin._np_random = copy.deepcopy(self._np_random)
        return twin

    def render(self) -> Picture:
        """The picture of the current state."""
        return draw(self.level, self.cat, self.facing)

    def possible_moves(self) -> tuple[str, ...]:
        """Names of the moves that do not run into a wall."""
        return tuple(move.name.lower() for move in Move if self.level.neighbour(self.cat, move) != self.cat)

    def optimal_moves(self) -> tuple[str, ...]:
        """Names of the optimal moves by the teacher; empty once the episode has ended."""
        if self.cat in end_rewards(self.level):
            return ()
        return tuple(move.name.lower() for move in optimal_moves(self.level, self.cat))

    def leads_to(self, move: str) -> Mark:
        """The square that a move aims at, in the picture; the cat's own in front of a wall."""
        return self.level.mark(self.level.neighbour(self.cat, Move[move.upper()]))

    def move_values(self) -> dict[str, float]:
        """The expected return of each move, by its name; empty once the episode has ended."""
        values = action_values(self.level).get(self.cat)
        return {} if values is None else {move.name.lower(): float(values[move]) for move in Move}

    def state(self) -> dict[str, Any]:
        """Positions of all objects: squares as (column, row), counted from the border's upper left corner."""
        level = self.level
        inner = ((x, y) for y in range(1, level.height - 1) for x in range(1, level.width - 1))
        return {
            "cat": self.cat,
            "facing": self.facing.name.lower(),
            "crate": level.crate,
            "hole": level.hole,
            **({"fires": list(level.fires)} if level.fires else {}),
            "walls": [cell for cell in inner if level.tile(cell) is Tile.WALL],
        }

    def describe(self) -> str:
        """The state in one sentence."""
        facing, walls = self.facing.name.lower(), _listed(self.state()["walls"]) or "none"
        (column, row), crate, hole = self.cat, self.level.crate, self.level.hole
        if self.level.fires:
            return (
                f"Cat at column {column}, row {row}, facing {facing}; crate at column {crate[0]}, row {crate[1]}; "
                f"hole at column {hole[0]}, row {hole[1]}; fires: {_listed(self.level.fires)}; walls inside: {walls}."
            )
        return (
            f"Cat at column {column}, row {row}, facing {facing}; crate at column {crate[0]}, row {crate[1]}; "
            f"hole at column {hole[0]}, row {hole[1]}; walls inside: {walls}."
        )


def _listed(cells: Sequence[Cell]) -> str:
    return ", ".join(f"{x}/{y}" for x, y in cells)

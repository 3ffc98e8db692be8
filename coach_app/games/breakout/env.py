"""Breakout as a Gymnasium environment whose pictures show what moves."""

import copy
from typing import Any, Self

import numpy as np
from gymnasium import spaces

from coach_app.games import atari
from coach_app.games.breakout.picture import SIDE_PX, draw
from coach_app.games.breakout.teacher import decide, follow
from coach_app.games.breakout.view import FIRE, MOVES, View, read
from coach_app.games.breakout.words import Decision, describe, state
from coach_app.games.images import ImageEnv, Picture

NAME = "ALE/Breakout-v5"
_MOST_NO_OPS = 30
_SCATTERED, _FOLLOWING = 60, 0.8


class BreakoutEnv(ImageEnv):
    """Breakout of the Atari 2600 in the Arcade Learning Environment, without sticky actions.

    Observations are drawn as ``picture`` explains, (192, 192, 3) uint8 RGB. Reward: the points of the bricks that were
    hit. An episode ends with the last ball. The seed says how many steps, up to 30, nothing is done at first, as
    Mnih et al. (2015) evaluate; nothing else is left to chance.

    Args:
        frames: how many of the emulator's frames pass in a step.
    """

    metadata = {"render_modes": ["rgb_array"], "render_fps": 7}  # noqa: RUF012 (Gymnasium's own convention)
    action_names = MOVES

    def __init__(self, frames: int = 9) -> None:
        self.render_mode = "rgb_array"
        self.observation_space = spaces.Box(0, 255, (SIDE_PX, SIDE_PX, 3), np.uint8)
        self.action_space = spaces.Discrete(len(MOVES))  # type: ignore[assignment]
        self.frames = frames
        self.view: View
        self._decision: Decision | None
        self._new = atari.make(NAME, frames)
        self._new.reset(seed=0)
        self._begin(0)

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Picture, dict[str, Any]]:
        """Begin an episode, after as many steps without a move as the seed says."""
        super().reset(seed=seed)
        self._begin(int(self.np_random.integers(_MOST_NO_OPS + 1)))
        return self.render(), {}

    def step(self, action: int) -> tuple[Picture, float, bool, bool, dict[str, Any]]:
        """One step."""
        picture, reward, self.over, truncated, info = self.game.step(int(action))
        self.view, self._decision = read(picture, self.view, MOVES[action]), None
        return self.render(), reward, self.over, truncated, info

    def render(self) -> Picture:
        """The picture of the state as it is."""
        return draw(self.view)

    def copy(self) -> Self:
        """Another one in the same state, that goes on alike from here on."""
        twin = copy.copy(self)
        twin.game = self.game.copy()
        twin._np_random = copy.deepcopy(self._np_random)
        return twin

    def scatter(self, seed: int) -> None:
        """Begin an episode of a seed, and follow the ball for up to so many steps, with some moves by chance."""
        rng = np.random.default_rng([seed, 2])
        self.reset(seed=seed)
        for _ in range(int(rng.integers(1, _SCATTERED))):
            move = follow(self.view) if rng.random() < _FOLLOWING else MOVES[rng.integers(len(MOVES))]
            self.step(MOVES.index(move))

    def decision(self) -> Decision:
        """What the teacher would do now, and why."""
        if self._decision is None:
            self._decision = decide(self.game, self.view, self.frames)
        return self._decision

    def best_moves(self) -> tuple[str, ...]:
        """The moves after which the ball can still be returned, the teacher's first; none once the last is lost."""
        if self.over:
            return ()
        return tuple(dict.fromkeys((self.decision().move, *self.decision().best)))

    def possible_moves(self) -> tuple[str, ...]:
        """Names of the moves that can change something."""
        return MOVES if self.view.ball is None else tuple(move for move in MOVES if move != FIRE)

    def state(self) -> dict[str, Any]:
        """What is seen, by name; see ``words.state``."""
        return state(self.view)

    def describe(self) -> str:
        """What is seen, in words."""
        return describe(self.view)

    def _begin(self, no_ops: int) -> None:
        self.game = self._new.copy()
        picture = self.game.render()
        for _ in range(no_ops):
            picture = self.game.step(0)[0]
        self.view = read(picture)
        self.over = False
        self._decision = None

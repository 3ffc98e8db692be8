"""Crafter as a Gymnasium environment with pictures."""

from typing import Any

import numpy as np
from gymnasium import spaces

from coach_app.games.images import ImageEnv, Picture


class CrafterEnv(ImageEnv):
    """Crafter (Hafner 2021, arXiv:2109.06780) by Gymnasium's interface."""

    metadata = {"render_modes": ["rgb_array"], "render_fps": 5}  # noqa: RUF012 (Gymnasium's own convention)

    def __init__(self) -> None:
        self.render_mode = "rgb_array"
        self._make(0)
        self.action_names: list[str] = self._env.action_names
        self.observation_space = spaces.Box(0, 255, (64, 64, 3), np.uint8)
        self.action_space = spaces.Discrete(len(self.action_names))  # type: ignore[assignment]

    def _make(self, seed: int) -> None:
        import crafter

        self._env = crafter.Env(seed=seed)

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Picture, dict[str, Any]]:
        """Begin an episode in the world of this seed, or in a random one."""
        super().reset(seed=seed)
        self._make(int(self.np_random.integers(2**31 - 1)) if seed is None else seed)
        return self._env.reset(), {}

    def step(self, action: int) -> tuple[Picture, float, bool, bool, dict[str, Any]]:
        """One step; an episode that ends by time, not by death, is truncated."""
        seen, reward, done, info = self._env.step(action)
        dead = bool(info["discount"] == 0)
        return seen, float(reward), done and dead, done and not dead, info

    def render(self) -> Picture:
        """The game as a person would want to see it, (600, 600, 3) uint8 RGB."""
        drawn: Picture = self._env.render((600, 600))
        return drawn

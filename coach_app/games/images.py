"""Games as Gymnasium environments whose observations are pictures."""

from typing import Any

import gymnasium
import numpy as np
import numpy.typing as npt
from gymnasium import spaces

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import playable_ids

Picture = npt.NDArray[np.uint8]
ImageEnv = gymnasium.Env[Picture, int]


def make_gymnasium(name: str, **options: Any) -> ImageEnv:
    """Make a Gymnasium environment with pictures, (height, width, 3) uint8 RGB, as observations and a Discrete action
    space.

    Args:
        name: its id; it has to observe or render pictures.
        options: options of ``gymnasium.make``.

    Raises:
        CoachError: there is no such environment here, or it has no pictures or no Discrete action space.
    """
    try:
        env: gymnasium.Env[Any, Any] = gymnasium.make(name, render_mode="rgb_array", **options)
    except (gymnasium.error.Error, ImportError, TypeError, ValueError) as error:
        raise CoachError(
            f"There is no game {name} to play: {error}",
            f"Choose one of: {', '.join(playable_ids())}; or name an environment of Gymnasium's.",
        ) from error
    if not isinstance(env.action_space, spaces.Discrete):
        raise CoachError(f"The actions of {name} are not numbered, as a Q-network needs them.", "Choose another game.")
    space = env.observation_space
    seen = isinstance(space, spaces.Box) and space.dtype == np.uint8 and len(space.shape) == 3 and space.shape[2] == 3
    return env if seen else _Drawn(env)


def action_names(env: ImageEnv) -> tuple[str, ...]:
    """The names of the actions, in order, in lower case."""
    inner = env.unwrapped
    if hasattr(inner, "get_action_meanings"):
        return tuple(str(name).lower() for name in inner.get_action_meanings())
    if hasattr(inner, "action_names"):
        return tuple(str(name).replace("_", " ") for name in inner.action_names)
    assert isinstance(env.action_space, spaces.Discrete)
    return tuple(f"action {number}" for number in range(env.action_space.n))


class _Drawn(gymnasium.Wrapper[Picture, int, Any, int]):
    """Wrapper for an environment without pictures as observations: its rendering becomes the observation."""

    def __init__(self, env: gymnasium.Env[Any, int]) -> None:
        super().__init__(env)
        env.reset(seed=0)
        self.observation_space = spaces.Box(0, 255, self._draw().shape, np.uint8)

    def _draw(self) -> Picture:
        picture = self.env.render()
        if not isinstance(picture, np.ndarray) or picture.ndim != 3:
            raise CoachError(f"{self.spec.id if self.spec else 'This game'} has no pictures.", "Choose another game.")
        drawn: Picture = picture.astype(np.uint8, copy=False)
        return drawn

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Picture, dict[str, Any]]:
        """See Gymnasium."""
        _, info = self.env.reset(seed=seed, options=options)
        return self._draw(), info

    def step(self, action: int) -> tuple[Picture, float, bool, bool, dict[str, Any]]:
        """See Gymnasium."""
        _, reward, terminated, truncated, info = self.env.step(action)
        return self._draw(), float(reward), terminated, truncated, info

"""Any game as a Gymnasium environment whose observations are pictures."""

from typing import Any

import gymnasium
import numpy as np
import numpy.typing as npt
from gymnasium import spaces

from coach_app.domain.errors import CoachError
from coach_app.domain.profile import GameProfile
from coach_app.games import practice, profiles

Picture = npt.NDArray[np.uint8]
ImageEnv = gymnasium.Env[Picture, int]


def make_image_env(game: str) -> ImageEnv:
    """A new environment with pictures: (height, width, 3) uint8 RGB, and numbered actions.

    Atari games have the article's settings: nine frames a step, no sticky actions, and only the actions that the game
    knows.

    Args:
        game: a practice game, ``crafter``, or the id of any Gymnasium environment that is seen or can be drawn.

    Raises:
        CoachError: there is no such environment (installers bring the practice games only), or it has no pictures or
            no numbered actions.
    """
    if game in practice.TITLES:
        return practice.make(game)
    options: dict[str, Any] = {"render_mode": "rgb_array"}
    try:
        if game == "crafter":
            return _Crafter()
        if game.startswith("ALE/"):
            import ale_py

            ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)
            gymnasium.register_envs(ale_py)
            options |= {"frameskip": 9, "repeat_action_probability": 0.0, "full_action_space": False}
        env: gymnasium.Env[Any, Any] = gymnasium.make(game, **options)
    except (gymnasium.error.Error, ImportError, TypeError, ValueError) as error:
        raise CoachError(
            f"There is no game {game} to play: {error}", "Name a practice game, crafter, or a Gymnasium environment."
        ) from error
    if not isinstance(env.action_space, spaces.Discrete):
        raise CoachError(f"The actions of {game} are not numbered, as a Q-network needs them.", "Choose another game.")
    space = env.observation_space
    seen = isinstance(space, spaces.Box) and space.dtype == np.uint8 and len(space.shape) == 3 and space.shape[2] == 3
    return env if seen else _Drawn(env)


def action_names(env: ImageEnv) -> tuple[str, ...]:
    """What the actions are called, in their order, in small letters."""
    inner = env.unwrapped
    if hasattr(inner, "get_action_meanings"):
        return tuple(str(name).lower() for name in inner.get_action_meanings())
    if hasattr(inner, "action_names"):
        return tuple(str(name).replace("_", " ") for name in inner.action_names)
    assert isinstance(env.action_space, spaces.Discrete)
    return tuple(f"action {number}" for number in range(env.action_space.n))


def profile_of(game: str) -> GameProfile:
    """The profile whose prompt the coach is asked about this game; the default one for games without."""
    known = profiles.load_profiles()[0]
    return known.get(profiles.profile_id(game)) or known[profiles.DEFAULT_ID]


class _Crafter(ImageEnv):
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


class _Drawn(gymnasium.Wrapper[Picture, int, Any, int]):
    """A game that is not seen but can be drawn: its drawing is the observation."""

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

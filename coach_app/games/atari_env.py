"""Games of the Arcade Learning Environment as environments that can be copied."""

import copy
from dataclasses import dataclass
from typing import Any, Self

import ale_py
import gymnasium

from coach_app.games.images import ImageEnv, Picture, make_gymnasium

ale_py.ALEInterface.setLoggerMode(ale_py.LoggerMode.Error)
gymnasium.register_envs(ale_py)


@dataclass
class _Console:
    """An emulator that an environment and its copies use in turn, as loading a game takes a tenth of a second.

    Attributes:
        env: Gymnasium's environment with the emulator.
        used_by: whose game is in it now.
    """

    env: ImageEnv
    used_by: "AtariEnv"

    @property
    def ale(self) -> Any:
        return self.env.unwrapped.ale  # type: ignore[attr-defined]


class AtariEnv(ImageEnv):
    """A game of the Arcade Learning Environment (Bellemare et al. 2013, arXiv:1207.4708).

    Observations are the emulator's pictures, (210, 160, 3) uint8 RGB for most games. An environment and its copies
    must be used in one thread.

    Args:
        name: Gymnasium id.
        frames: how many pass in a step.

    Attributes:
        lives: that are left.

    Raises:
        CoachError: there is no such game.
    """

    metadata = {"render_modes": ["rgb_array"], "render_fps": 7}  # noqa: RUF012 (Gymnasium's own convention)

    def __init__(self, name: str, frames: int) -> None:
        options = {"frameskip": frames, "repeat_action_probability": 0.0, "full_action_space": False}
        env = make_gymnasium(name, disable_env_checker=True, **options)
        self.render_mode = "rgb_array"
        self.spec = env.spec
        self.action_space, self.observation_space = env.action_space, env.observation_space
        self._console = _Console(env, self)
        self._state: Any = None  # of the game while another one is in the console
        self._picture: Picture
        self._seen(*env.reset())

    def get_action_meanings(self) -> list[str]:
        """The names of the actions, as the emulator has them."""
        names: list[str] = self._console.env.unwrapped.get_action_meanings()  # type: ignore[attr-defined]
        return names

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[Picture, dict[str, Any]]:
        """See Gymnasium."""
        self._take_console()
        return self._seen(*self._console.env.reset(seed=seed, options=options))

    def step(self, action: int) -> tuple[Picture, float, bool, bool, dict[str, Any]]:
        """See Gymnasium."""
        self._take_console()
        picture, reward, terminated, truncated, info = self._console.env.step(action)
        self._seen(picture, info)
        return picture, float(reward), terminated, truncated, info

    def one_frame(self, action: int) -> Picture:
        """A single frame instead of a step; what it shows."""
        self._take_console()
        ale = self._console.ale
        ale.act(ale.getMinimalActionSet()[action])
        self._picture, self.lives = ale.getScreenRGB(), int(ale.lives())
        return self._picture

    def render(self) -> Picture:
        """The picture of the state as it is."""
        return self._picture.copy()

    def copy(self) -> Self:
        """Another one in the same state, its chances included, that goes on alike from here on."""
        twin = copy.copy(self)
        twin._state = self._console.ale.cloneState(include_rng=True) if self._console.used_by is self else self._state
        twin._np_random = copy.deepcopy(self._np_random)
        return twin

    def _seen(self, picture: Picture, info: dict[str, Any]) -> tuple[Picture, dict[str, Any]]:
        self._picture = picture
        self.lives = int(info["lives"])
        return picture, info

    def _take_console(self) -> None:
        """Put this game into the emulator, and keep the state of the one that was there."""
        user, ale = self._console.used_by, self._console.ale
        if user is not self:
            user._state = ale.cloneState(include_rng=True)
            ale.restoreState(self._state)
            self._console.used_by = self

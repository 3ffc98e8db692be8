"""Observations and replay buffer of a Q-network: frames with their features, each stored once."""

from collections.abc import Callable, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from gymnasium import spaces
from PIL import Image
from stable_baselines3.common.buffers import BaseBuffer
from stable_baselines3.common.type_aliases import DictReplayBufferSamples
from stable_baselines3.common.vec_env import VecEnv, VecEnvWrapper
from stable_baselines3.common.vec_env.base_vec_env import VecEnvObs, VecEnvStepReturn

from coach_app.domain.margins import within_margins
from coach_app.games.captures import captured_shot
from coach_app.qvalues.features import Features
from coach_app.qvalues.observation import SIDE_PX, grey_84

Shrink = Callable[[Image.Image], Image.Image]
Observations = dict[str, npt.NDArray[Any]]


class Observer:
    """Converts frames of a game into observations of the Q-network.

    Args:
        features: features of the vision model; None if the network uses the picture alone.
        shrink: resizes a frame for the vision model.
        captured: share of frames turned into imitated screen captures; the others are clean.
        seed: seed of the imitated captures.
    """

    def __init__(self, features: Features | None, shrink: Shrink, captured: float = 0.0, seed: int = 0) -> None:
        self._features, self._shrink = features, shrink
        self._captured, self._rng = captured, np.random.default_rng([seed, 41])
        self.width = features.width if features else 0
        width = max(1, self.width)  # Stable-Baselines3 does not support empty spaces
        self.space = spaces.Dict(
            {
                "picture": spaces.Box(0, 255, (SIDE_PX, SIDE_PX), np.uint8),
                "features": spaces.Box(-np.inf, np.inf, (width,), np.float16),
            }
        )

    def __call__(self, frames: Sequence[npt.NDArray[np.uint8]]) -> Observations:
        """Convert frames, each (height, width, 3) uint8 RGB.

        Returns:
            picture: (frames, 84, 84) uint8; features: (frames, width) float16.
        """
        images = [self._seen(frame) for frame in frames]
        rows = self._features.of(images) if self._features else np.zeros((len(images), 1), np.float16)
        return {"picture": np.stack([grey_84(image) for image in images]), "features": rows}

    def _seen(self, frame: npt.NDArray[np.uint8]) -> Image.Image:
        if self._captured and self._rng.random() < self._captured:
            return within_margins(captured_shot(frame, self._rng).image)
        return within_margins(self._shrink(Image.fromarray(frame)))


class ObservedVecEnv(VecEnvWrapper):
    """Vector environments whose frames are converted to observations together, in one pass of the vision model."""

    def __init__(self, venv: VecEnv, observer: Observer) -> None:
        super().__init__(venv, observation_space=observer.space)
        self._observer = observer

    def reset(self) -> VecEnvObs:
        """See Stable-Baselines3."""
        frames = self.venv.reset()
        assert isinstance(frames, np.ndarray)
        return self._observer(list(frames))

    def step_wait(self) -> VecEnvStepReturn:
        """See Stable-Baselines3."""
        frames, rewards, dones, infos = self.venv.step_wait()
        assert isinstance(frames, np.ndarray)
        ended = [number for number, done in enumerate(dones) if done]
        seen = self._observer([*frames, *(infos[number]["terminal_observation"] for number in ended)])
        for place, number in enumerate(ended, start=len(frames)):
            infos[number]["terminal_observation"] = {name: rows[place] for name, rows in seen.items()}
        return {name: rows[: len(frames)] for name, rows in seen.items()}, rewards, dones, infos


def _key(picture: npt.NDArray[np.uint8], features: npt.NDArray[np.float16]) -> bytes:
    return blake2b(picture.tobytes() + features.tobytes(), digest_size=16).digest()


def frame_bytes(width: int) -> int:
    """Memory of one frame with ``width`` features, in bytes."""
    return SIDE_PX * SIDE_PX + 2 * width


class FrameReplay(BaseBuffer):
    """A replay buffer that stores each distinct frame once, however many transitions contain it.

    A transition consists of two frame indices, an action, a reward and a done flag. The table of frames has a fixed
    size; the oldest transitions are dropped when either is full.

    Args:
        buffer_size: maximum number of transitions.
        observation_space: space of an Observer.
        action_space: a Discrete space.
        device: device of the samples.
        n_envs: number of vector environments.
        max_bytes: maximum size of the table of frames.
        seed: seed of the sampling.
    """

    def __init__(
        self,
        buffer_size: int,
        observation_space: spaces.Space[Any],
        action_space: spaces.Space[Any],
        device: torch.device | str = "auto",
        n_envs: int = 1,
        *,
        max_bytes: int,
        seed: int = 0,
        **_: Any,
    ) -> None:
        super().__init__(buffer_size, observation_space, action_space, device, n_envs)
        assert isinstance(observation_space, spaces.Dict)
        width = observation_space["features"].shape
        assert width
        self._room = min(2 * buffer_size, max_bytes // frame_bytes(width[0]))
        self._pictures = np.zeros((self._room, SIDE_PX, SIDE_PX), np.uint8)  # memory pages are allocated on first use
        self._features = np.zeros((self._room, *width), np.float16)
        self._numbers: dict[bytes, int] = {}
        self._uses = np.zeros(self._room, np.int64)
        self._free = list(range(self._room - 1, -1, -1))
        self._rows = np.zeros((buffer_size, 3), np.int64)  # frame, next frame, action
        self._rewards = np.zeros((buffer_size, 2), np.float32)  # reward, done
        self._first = self._count = 0
        self._rng = np.random.default_rng(seed)

    def size(self) -> int:
        """Number of stored transitions."""
        return self._count

    @property
    def frames(self) -> int:
        """Number of distinct stored frames."""
        return len(self._numbers)

    @property
    def all_features(self) -> npt.NDArray[np.float16]:
        """Features of all stored frames, (frames, width) float16."""
        return self._features[sorted(self._numbers.values())]

    def add(
        self,
        obs: Observations,
        next_obs: Observations,
        action: npt.NDArray[Any],
        reward: npt.NDArray[Any],
        done: npt.NDArray[Any],
        infos: list[dict[str, Any]],
    ) -> None:
        """Store a transition of every environment. Truncated episodes do not count as done."""
        for at in range(len(reward)):
            while self._count and (self._count == self.buffer_size or len(self._free) < 2):
                self._forget_oldest()
            ended = bool(done[at]) and not infos[at].get("TimeLimit.truncated", False)
            slot = (self._first + self._count) % self.buffer_size
            before = self._number(obs, at)
            self._rows[slot] = before, self._number(next_obs, at), int(np.asarray(action[at]).item())
            self._rewards[slot] = float(reward[at]), float(ended)
            self._count += 1

    def _number(self, observations: Observations, at: int) -> int:
        picture, features = observations["picture"][at], observations["features"][at]
        key = _key(picture, features)
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self._free.pop()
            self._pictures[number], self._features[number] = picture, features
        self._uses[number] += 1
        return number

    def _forget_oldest(self) -> None:
        for number in self._rows[self._first, :2].tolist():
            self._uses[number] -= 1
            if self._uses[number] == 0:
                del self._numbers[_key(self._pictures[number], self._features[number])]
                self._free.append(number)
        self._first = (self._first + 1) % self.buffer_size
        self._count -= 1

    def sample(self, batch_size: int, env: Any = None) -> DictReplayBufferSamples:
        """Sample transitions uniformly, with replacement."""
        return self._get_samples(self._rng.integers(self._count, size=batch_size), env)

    def _get_samples(  # type: ignore[override]  # the base class knows no Dict samples
        self, batch_inds: npt.NDArray[np.int64], env: Any = None
    ) -> DictReplayBufferSamples:
        slots = (self._first + batch_inds) % self.buffer_size
        rows, rewards = self._rows[slots], torch.from_numpy(self._rewards[slots]).to(self.device)
        return DictReplayBufferSamples(
            observations=self._observations(rows[:, 0]),
            actions=torch.from_numpy(rows[:, 2:]).to(self.device),
            next_observations=self._observations(rows[:, 1]),
            dones=rewards[:, 1:],
            rewards=rewards[:, :1],
        )

    def _observations(self, numbers: npt.NDArray[np.int64]) -> dict[str, torch.Tensor]:
        return {
            "picture": torch.from_numpy(self._pictures[numbers]).to(self.device),
            "features": torch.from_numpy(self._features[numbers]).to(self.device),
        }

    def state(self) -> dict[str, torch.Tensor]:
        """The complete contents, for ``restore``."""
        used = np.array(sorted(self._numbers.values()), np.int64)
        place = np.zeros(self._room, np.int64)
        place[used] = np.arange(len(used))
        slots = (self._first + np.arange(self._count)) % self.buffer_size
        rows = self._rows[slots]
        rows[:, :2] = place[rows[:, :2]]
        parts = {"pictures": self._pictures[used], "features": self._features[used], "rows": rows}
        return {name: torch.from_numpy(part) for name, part in (parts | {"rewards": self._rewards[slots]}).items()}

    def restore(self, state: dict[str, torch.Tensor]) -> None:
        """Load the result of ``state`` into an empty buffer."""
        pictures, features = state["pictures"].numpy(), state["features"].numpy()
        rows, rewards = state["rows"].numpy(), state["rewards"].numpy()
        for (before, after, action), (reward, end) in zip(rows, rewards, strict=True):
            numbers = [before, after]
            seen = [{"picture": pictures[n][None], "features": features[n][None]} for n in numbers]
            self.add(seen[0], seen[1], np.array([action]), np.array([reward]), np.array([end]), [{}])

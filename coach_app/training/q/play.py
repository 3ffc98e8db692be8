"""Evaluates a Q-network by playing."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch

from coach_app.games.game import Game
from coach_app.games.images import action_names
from coach_app.qvalues.network import DQNLM
from coach_app.training.q.frames import Observations, Observer

_AT_ONCE = 64


@dataclass(frozen=True)
class Played:
    """The result of greedy episodes.

    Attributes:
        reward: mean undiscounted return of an episode.
        spread: standard deviation over the episodes.
        optimal: share of moves that are optimal by the teacher; None if there is no teacher.
    """

    reward: float
    spread: float
    optimal: float | None

    def figures(self) -> dict[str, float]:
        """The values as JSON."""
        figures = {"reward": round(self.reward, 4), "spread": round(self.spread, 4)}
        return figures if self.optimal is None else {**figures, "optimal": round(self.optimal, 4)}

    def __str__(self) -> str:
        optimal = "" if self.optimal is None else f"  optimal {self.optimal:.1%}"
        return f"reward {self.reward:+.3f} ± {self.spread:.3f}{optimal}"


def played(network: DQNLM, observer: Observer, game: Game, episodes: int, seed: int, epsilon: float = 0.0) -> Played:
    """Play greedily, many episodes in parallel.

    Args:
        network: the network in eval mode.
        observer: observer with the features of the training.
        game: the game.
        episodes: number of episodes.
        seed: seed of the first episode; each further one uses the next number.
        epsilon: share of random moves, determined by the seed.
    """
    rng = np.random.default_rng([seed, 22])
    rewards: list[float] = []
    moves = optimal = 0
    for first in range(0, episodes, _AT_ONCE):
        envs = [game.make() for _ in range(min(_AT_ONCE, episodes - first))]
        frames = [env.reset(seed=seed + first + number)[0] for number, env in enumerate(envs)]
        sums = [0.0] * len(envs)
        going = list(range(len(envs)))
        while going:
            seen = observer([frames[number] for number in going])
            with torch.inference_mode():
                values = network(torch.from_numpy(seen["picture"]), torch.from_numpy(seen["features"]))
            still = []
            for number, action in zip(going, values.argmax(1).tolist(), strict=True):
                env = envs[number]
                if epsilon and rng.random() < epsilon:
                    action = int(rng.integers(network.actions))
                if game.teacher:
                    moves += 1
                    optimal += action_names(env)[action] in game.teacher(env)
                frames[number], reward, terminated, truncated, _ = env.step(action)
                sums[number] += float(reward)
                if not (terminated or truncated):
                    still.append(number)
            going = still
        rewards += sums
        for env in envs:
            env.close()
    return Played(float(np.mean(rewards)), float(np.std(rewards)), optimal / moves if game.teacher else None)


def possible_moves_seen(
    observer: Observer, game: Game, seed: int, count: int
) -> tuple[Observations, npt.NDArray[np.bool_]]:
    """Frames of random play with the possible moves, for games that know them.

    Returns:
        Observations of ``count`` frames, and (count, actions) bool.
    """
    rng = np.random.default_rng([seed, 21])
    assert game.possible_moves
    env = game.make()
    names = action_names(env)
    frame, _ = env.reset(seed=int(rng.integers(500_000)))
    frames: list[npt.NDArray[np.uint8]] = []
    truth: list[list[bool]] = []
    while len(frames) < count:
        frames.append(frame)
        possible = game.possible_moves(env)
        truth.append([name in possible for name in names])
        frame, _, terminated, truncated, _ = env.step(int(rng.integers(len(names))))
        if terminated or truncated or (game.random_levels and rng.random() < 0.2):
            frame, _ = env.reset(seed=int(rng.integers(500_000)))
    parts = [observer(frames[start : start + _AT_ONCE]) for start in range(0, count, _AT_ONCE)]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}, np.array(truth)

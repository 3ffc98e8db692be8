"""Positions of a game for evaluation: environments in random states."""

from dataclasses import dataclass

import numpy as np

from coach_app.domain.errors import CoachError
from coach_app.games.game import Game, Size
from coach_app.games.images import ImageEnv, Picture, action_names

_MAX_MOVES = 20


@dataclass(frozen=True)
class Position:
    """A state of a game.

    Attributes:
        seed: seed that it was drawn from.
        env: the game in that state; must not be changed.
    """

    seed: int
    env: ImageEnv

    def picture(self) -> Picture:
        """The game's own clean picture, (height, width, 3) uint8 RGB."""
        return rendered(self.env)


def rendered(env: ImageEnv) -> Picture:
    """The current picture of an environment, (height, width, 3) uint8 RGB."""
    picture = env.render()
    assert isinstance(picture, np.ndarray)
    return picture


def positions(game: Game, count: int, seed: int, size: Size | None = None) -> list[Position]:
    """One position for each of ``count`` seeds: a random state of its level, drawn by the same seed.

    A game that can be copied is made once: an emulator, for instance, takes a tenth of a second to load.

    Args:
        game: a playable game.
        count: number of positions.
        seed: seed of the first position; each further one uses the next number.
        size: size of the maps, if it can be chosen.

    Raises:
        CoachError: ``count`` is less than 1, or the game cannot be played at this size.
    """
    if count < 1:
        raise CoachError(f"{count} positions cannot be scored.", "Ask for one or more.")
    drawn, env = list[Position](), game.make(size)
    for number in range(seed, seed + count):
        if game.scatter:
            game.scatter(env, number)
        else:
            _wander(env, number)
        drawn.append(Position(number, game.copy(env) if game.copy else env))
        if not game.copy:
            env = game.make(size)
    return drawn


def _wander(env: ImageEnv, seed: int) -> None:
    """Make random moves from the start of an episode, without ending it."""
    rng = np.random.default_rng([seed, 2])
    moves = rng.integers(len(action_names(env)), size=rng.integers(_MAX_MOVES))
    while True:
        env.reset(seed=seed)
        if not any(_ended(env, int(move)) for move in moves):
            return
        moves = moves[:-1]


def _ended(env: ImageEnv, move: int) -> bool:
    _, _, terminated, truncated, _ = env.step(move)
    return terminated or truncated

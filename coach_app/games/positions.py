"""Positions of a game for evaluation: environments in random states."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import copier_of, teacher_of
from coach_app.games.game import Game, Size
from coach_app.games.images import ImageEnv, Picture, action_names

_MAX_MOVES = 20
_EPISODE: Final = 400
"""Moves after which an episode is left."""
_EACH: Final = 12
"""Positions of an episode, at most."""
_CHANCE: Final = 0.1
"""Share of the moves that are left to chance."""


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


def along(game: Game, count: int, seed: int) -> Iterator[Position]:
    """Positions along episodes of the teacher, in which a move now and then is left to chance: several of each
    episode, which costs less than ``positions`` where a game is long.

    Args:
        game: has a teacher, and can be copied.
        count: number of positions.
        seed: of the first episode.

    Raises:
        CoachError: the game has no teacher, or cannot be copied.
    """
    best_moves, copied = teacher_of(game), copier_of(game)
    env = game.make()
    names = action_names(env)
    left = count
    while left:
        rng = np.random.default_rng([seed, 3])
        env.reset(seed=seed)
        kept = list[Position]()
        for step in range(_EPISODE):
            if not (best := best_moves(env)):
                break
            at = int(rng.integers(step + 1))  # each step is as likely to be kept as any other
            if step < _EACH:
                kept.append(Position(seed, copied(env)))
            elif at < _EACH:
                kept[at] = Position(seed, copied(env))
            move = names[rng.integers(len(names))] if rng.random() < _CHANCE else best[rng.integers(len(best))]
            if _ended(env, names.index(move)):
                break
        yield from kept[:left]
        left -= len(kept[:left])
        seed += 1


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

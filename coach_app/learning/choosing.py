"""What collects experiences: something that chooses one move after the other, and says why."""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from coach_app.games.catalogue import copier_of
from coach_app.games.game import Game
from coach_app.games.images import ImageEnv, action_names


@dataclass(frozen=True)
class Chosen:
    """A move, and why.

    Attributes:
        move: name of the action.
        why: in a few words.
        goal: what it is for; empty if for nothing in particular.
    """

    move: str
    why: str
    goal: str = ""


class Chooser(Protocol):
    """Plays episodes to learn from them."""

    def begin(self, seed: int) -> None:
        """Begin an episode; all randomness depends on the seed."""

    def choose(self, env: ImageEnv) -> Chosen | None:
        """The next move; None to end the episode here.

        Args:
            env: the game; must not be changed.

        Raises:
            CoachError: it cannot choose.
        """


SLIPPED: Final = "slipped, to see what is to be done then"
"""Why a move was made that nobody would choose."""


class Slipping:
    """Makes a share of random moves instead of another chooser's, and so comes to what mistakes lead to (as in DART,
    Laskey et al. 2017, arXiv:1703.09327). None of them ends the episode.

    Args:
        chooser: chooses all other moves.
        game: the game.
        share: of random moves, from 0 to 1.

    Raises:
        CoachError: the game cannot be copied.
    """

    def __init__(self, chooser: Chooser, game: Game, share: float) -> None:
        self._chooser, self._game, self._share, self._copied = chooser, game, share, copier_of(game)
        self.begin(0)

    def begin(self, seed: int) -> None:
        self._rng = np.random.default_rng([seed, 5])
        self._chooser.begin(seed)

    def choose(self, env: ImageEnv) -> Chosen | None:
        if self._rng.random() < self._share:
            for move in self._rng.permutation(moves_of(self._game, env)).tolist():
                _, _, terminated, truncated, _ = self._copied(env).step(action_names(env).index(move))
                if not (terminated or truncated):
                    return Chosen(move, SLIPPED)
        return self._chooser.choose(env)


def moves_of(game: Game, env: ImageEnv) -> tuple[str, ...]:
    """The moves worth trying in a state: those that change something, where the game knows them."""
    possible = game.possible_moves(env) if game.possible_moves else ()
    return possible or action_names(env)

"""Random and novelty-driven exploration."""

from collections import Counter
from collections.abc import Iterable

import numpy as np

from coach_app.games.game import Game
from coach_app.games.images import ImageEnv
from coach_app.games.positions import rendered
from coach_app.learning.choosing import Chosen, moves_of
from coach_app.learning.experience import Experience


class Explorer:
    """Makes the move that was made least often in the state that it sees, or any move.

    Counting visits is the simplest of novelty bonuses (Strehl & Littman 2008). States are told apart by their
    descriptions, or by their pictures if the game has none.

    Args:
        game: the game.
        novelty: whether to count; else every move is drawn at random.
        seen: earlier experiences, which count too.
    """

    def __init__(self, game: Game, novelty: bool = True, seen: Iterable[Experience] = ()) -> None:
        self._game, self._novelty = game, novelty
        self._tried: Counter[tuple[int, str]] = Counter()
        if game.describe:
            self._tried.update((hash(step.description), step.action) for step in seen)
        self.begin(0)

    def begin(self, seed: int) -> None:
        self._rng = np.random.default_rng([seed, 3])

    def choose(self, env: ImageEnv) -> Chosen:
        moves = moves_of(self._game, env)
        if not self._novelty:
            return Chosen(moves[self._rng.integers(len(moves))], "at random")
        state = hash(self._game.describe(env) if self._game.describe else rendered(env).tobytes())
        times = [self._tried[state, move] for move in moves]
        least = [move for move, count in zip(moves, times, strict=True) if count == min(times)]
        move = least[self._rng.integers(len(least))]
        self._tried[state, move] += 1
        return Chosen(move, f"made {min(times)} times here, which is least often")

"""Scenes of Montezuma's Revenge to learn from: from places of an archive on, the teacher plays, with moves amiss."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np

from coach_app.games.montezuma_revenge.env import MontezumaEnv
from coach_app.games.montezuma_revenge.lessons.pictures import Scene, scene, with_sign
from coach_app.games.montezuma_revenge.view import KEY, MOVES

TRAINING_SEEDS = 500_000
"""Games of lower seeds are for training; those from here on are for measuring. A seed says when a game begins; what
comes then depends on its moves, in which no two games are alike for long."""
UNSEEN_SEEDS = range(TRAINING_SEEDS, TRAINING_SEEDS + 100_000)

_GAMES, _MORE = 8, 1.0  # not all begin at once, as each has its way looked for
_OTHER_SHARE = 0.03
_LONGEST = 80  # steps from a place on
_AMISS = (0.02, 0.15, 0.3, 0.4)  # shares of moves that are not the teacher's, in training
_SELDOM_AMISS = (0.0, 0.0, 0.02, 0.05)  # and where it is measured
_FROM_THE_START = 0.2  # of the games
_LOST = 0.1  # of the moments in which a life is lost, which all look alike
_IN_THE_AIR = 0.5  # of those in which there is nothing to decide
_OTHER_SIGN = 0.5  # of the scenes show a last move by chance: see ``scenes``
_WITH_KEY = 0.5  # of the games begin with the key, once one has come so far
_KEPT, _KEEP = 64, 0.1  # moments with the key, and the share of them that is kept
_ASTRAY = 9  # moves that such a game may begin with, exclusive
_LIFE_LOST = 0.35  # of such games begin with the next life, which is nearer to a door
_RECKLESS = 200  # moves by chance, by which one is lost


def scenes(rng: np.random.Generator, tricky_share: float = 0.0) -> Iterator[Scene | None]:
    """Scenes to train on, without end; None stands for a picture of something else.

    The teacher mostly goes on as it went, so that a coach learns to repeat its last move, and goes on wrongly for ever
    (de Haan, Jayaraman and Levine 2019, "Causal confusion in imitation learning", arXiv:1905.11979). What is best never
    depends on that move: so the sign of it is often another one.

    Args:
        rng: draws everything, and may be used by others between two scenes.
        tricky_share: how many of the scenes have the skull in the way.
    """
    games = _Games(rng, range(TRAINING_SEEDS), _AMISS)
    while True:
        if rng.random() < _OTHER_SHARE:
            yield None
            continue
        tricky = rng.random() < tricky_share
        found = games.next()
        for _ in range(_LONGEST):
            if not tricky or found.decision.dodges:
                break
            found = games.next()
        yield with_sign(found, str(rng.choice(MOVES))) if rng.random() < _OTHER_SIGN else found


def unseen_scenes(rng: np.random.Generator) -> Iterator[tuple[str, Scene]]:
    """Scenes of games that are never trained on, without end, and what each is about."""
    games = _Games(rng, UNSEEN_SEEDS, _SELDOM_AMISS)
    while True:
        found = games.next()
        yield f"to the {found.decision.goal}" if found.decision.goal else "no goal", found


class _WithKey:
    """Moments of games in which the key is carried, to begin others from: few get so far from the start."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng, self._kept = rng, list[MontezumaEnv]()

    def see(self, env: MontezumaEnv) -> None:
        """Keep some moments with the key."""
        if KEY not in env.view.items or env.view.joe is None or env.is_done or self._rng.random() >= _KEEP:
            return
        if len(self._kept) < _KEPT:
            self._kept.append(env.copy())
        else:
            self._kept[int(self._rng.integers(_KEPT))] = env.copy()

    def begin(self) -> MontezumaEnv | None:
        """A game that goes on from such a moment, or a little astray; None where one begins without the key."""
        if not self._kept or self._rng.random() >= _WITH_KEY:
            return None
        env = self._kept[int(self._rng.integers(len(self._kept)))].copy()
        loses = self._rng.random() < _LIFE_LOST
        for move in self._rng.choice(MOVES, size=_RECKLESS if loses else int(self._rng.integers(_ASTRAY))):
            env.act(str(move))
            if env.view.joe is None or env.is_done:
                break
        while loses and env.view.joe is None and not env.is_done:
            env.act("wait")
        return None if env.view.joe is None or env.is_done else env


class OwnGames:
    """Games that a coach in training plays (see ``coach_app.games.lessons.OwnGames``).

    In each episode the teacher makes some of the moves, as many as chance says: from none, so that it is seen what the
    coach's mistakes lead to, to nearly all, so that key and door are reached. Half of them begin anywhere on the way.

    Args:
        rng: draws everything.
        count: how many games.
    """

    def __init__(self, rng: np.random.Generator, count: int) -> None:
        self._rng, self._with_key = rng, _WithKey(rng)
        self._games = [new() for _ in range(count)]
        self._helped = [self._begin(number) for number in range(count)]

    @property
    def scenes(self) -> list[Scene]:
        """What is seen in each game."""
        return [scene(env) for env in self._games]

    def play(self, moves: Sequence[str]) -> None:
        """One step in each game, as the coach says; the teacher's where a name is none of a move."""
        for number, (env, move) in enumerate(zip(self._games, moves, strict=True)):
            helped = move not in MOVES or self._rng.random() < self._helped[number]
            env.act(env.decision().move if helped else move)
            while env.view.joe is None and not env.over:
                env.act("wait")
            self._with_key.see(env)
            if env.is_done:
                self._helped[number] = self._begin(number)

    def _begin(self, number: int) -> float:
        """A new episode, and how much of it the teacher plays."""
        if found := self._with_key.begin():
            self._games[number] = found
        else:
            seed, env = int(self._rng.integers(TRAINING_SEEDS)), self._games[number]
            env.reset(seed=seed) if self._rng.random() < 0.5 else env.scatter(seed)
        return float(self._rng.random())


class _Games:
    """Games that go on in turn, the teacher's with moves amiss, so that what follows on each other differs."""

    def __init__(self, rng: np.random.Generator, seeds: range, amiss: Sequence[float]) -> None:
        self._rng, self._seeds, self._shares, self._with_key = rng, seeds, amiss, _WithKey(rng)
        self._games: list[MontezumaEnv] = []
        self._amiss, self._steps = [0.0] * _GAMES, [0] * _GAMES

    def next(self) -> Scene:
        """What is seen in one of them after a step; seldom where there is nothing to decide."""
        while True:
            if len(self._games) < _GAMES and self._rng.random() < _MORE / (1 + len(self._games)) ** 2:
                self._games.append(new())
                self._begin(len(self._games) - 1)
            number = int(self._rng.integers(len(self._games)))
            self._step(number)
            view = self._games[number].view
            share = _LOST if view.joe is None else _IN_THE_AIR if view.flies else 1.0
            if self._rng.random() < share:
                return scene(self._games[number])

    def _begin(self, number: int) -> None:
        self._amiss[number] = float(self._rng.choice(self._shares))
        self._steps[number] = _LONGEST
        if found := self._with_key.begin():
            self._games[number] = found
            return
        env, seed = self._games[number], int(self._rng.integers(self._seeds.start, self._seeds.stop))
        env.reset(seed=seed) if self._rng.random() < _FROM_THE_START else env.scatter(seed)

    def _step(self, number: int) -> None:
        env = self._games[number]
        amiss = self._rng.random() < self._amiss[number]
        env.act(str(self._rng.choice(MOVES)) if amiss else env.decision().move)
        self._steps[number] -= 1
        self._with_key.see(env)
        if env.is_done or self._steps[number] <= 0:
            self._begin(number)


@lru_cache(maxsize=1)
def _loaded() -> MontezumaEnv:
    return MontezumaEnv()


def new() -> MontezumaEnv:
    """A game that shares its emulator with others, as loading one takes a tenth of a second."""
    return _loaded().copy()

"""Scenes of Breakout to learn from: of games that the teacher plays, with moves amiss, and bricks and balls changed."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np

from coach_app.games.breakout.env import BreakoutEnv
from coach_app.games.breakout.lessons.pictures import Scene
from coach_app.games.breakout.teacher import follow
from coach_app.games.breakout.view import COLUMNS, FIRE, MOST_LIVES, MOVES, ROWS, View
from coach_app.games.breakout.words import Decision

TRAINING_SEEDS = 500_000
"""Games of lower seeds are for training; those from here on are for measuring. A seed says when a game begins; what
comes then depends on its moves, in which no two games are alike for long."""
UNSEEN_SEEDS = range(TRAINING_SEEDS, TRAINING_SEEDS + 100_000)

FRAMES = (9, 9, 4)
"""Of a step of the games, in turn: of *Breakout* and of *Breakout in small steps*."""
_GAMES = 12
_LONGEST = 1_200  # steps
_OTHER_SHARE = 0.03
_TO_SERVE = 0.05  # share of the scenes without a ball: a life has one of them, too few to be learned
_BEFORE_THE_FIRST_MOVE = 0.3
_EDITED = 0.4  # of the scenes in which bricks do not matter
_RISING = 0.4  # share of the scenes that are kept while the ball goes up: less is decided then
_AMISS = (0.0, 0.02, 0.05, 0.1, 0.25)  # shares of moves that are not the teacher's
_RANDOM = 0.6  # of these; the others follow the ball
_SCATTERED = 0.5  # of the games begin after some moves


def scenes(rng: np.random.Generator, tricky_share: float = 0.0) -> Iterator[Scene | None]:
    """Scenes to train on, without end; None stands for a picture of something else.

    Args:
        rng: draws everything, and may be used by others between two scenes.
        tricky_share: how many of the scenes need another move than the one that follows the ball.
    """
    games = _Games(rng, range(TRAINING_SEEDS))
    while True:
        if rng.random() < _OTHER_SHARE:
            yield None
            continue
        if rng.random() < _TO_SERVE:
            yield _to_serve(games.next(), rng)
            continue
        tricky = rng.random() < tricky_share
        scene = games.next()
        while tricky and (not scene.right or follow(scene.decision.view) in scene.right):
            scene = games.next()
        yield _edited(scene, rng)


def unseen_scenes(rng: np.random.Generator) -> Iterator[tuple[str, Scene]]:
    """Scenes of games that are never trained on, without end, and how many frames a step of each has."""
    games = _Games(rng, UNSEEN_SEEDS)
    while True:
        scene = games.next()
        yield f"{scene.frames} frames", scene


class OwnGames:
    """Games that a coach in training plays (see ``coach_app.games.lessons.OwnGames``).

    In each episode the teacher makes some of the moves, as many as chance says: from none, so that it is seen what the
    coach's mistakes lead to, to nearly all, so that the wall is worn down.

    Args:
        rng: draws everything.
        count: how many games.
    """

    def __init__(self, rng: np.random.Generator, count: int) -> None:
        self._rng = rng
        self._games = [_new(FRAMES[number % len(FRAMES)]) for number in range(count)]
        self._helped = [self._begin(env) for env in self._games]

    @property
    def scenes(self) -> list[Scene]:
        """What is seen in each game."""
        return [_scene(env) for env in self._games]

    def play(self, moves: Sequence[str]) -> None:
        """One step in each game, as the coach says; the teacher's where a name is none of a move."""
        for number, (env, move) in enumerate(zip(self._games, moves, strict=True)):
            helped = move not in MOVES or self._rng.random() < self._helped[number]
            env.step(MOVES.index(_scene(env).decision.move if helped else move))
            if env.over:
                self._helped[number] = self._begin(env)

    def _begin(self, env: BreakoutEnv) -> float:
        """A new episode, and how much of it the teacher plays."""
        env.reset(seed=int(self._rng.integers(TRAINING_SEEDS)))
        return float(self._rng.random())


class _Games:
    """Games that go on in turn, the teacher's with moves amiss, so that what follows on each other differs."""

    def __init__(self, rng: np.random.Generator, seeds: range) -> None:
        self._rng, self._seeds = rng, seeds
        self._games = [_new(FRAMES[number % len(FRAMES)]) for number in range(_GAMES)]
        self._amiss, self._steps = [0.0] * _GAMES, [0] * _GAMES
        for number in range(_GAMES):
            self._begin(number)

    def next(self) -> Scene:
        """What is seen in one of them after a step; seldom where the ball goes up."""
        while True:
            number = int(self._rng.integers(_GAMES))
            self._step(number)
            view = self._games[number].view
            if view.ball is None or view.falls or self._rng.random() < _RISING:
                return _scene(self._games[number])

    def _begin(self, number: int) -> None:
        env, seed = self._games[number], int(self._rng.integers(self._seeds.start, self._seeds.stop))
        self._amiss[number] = float(self._rng.choice(_AMISS))
        self._steps[number] = int(self._rng.integers(_LONGEST))
        env.scatter(seed) if self._rng.random() < _SCATTERED else env.reset(seed=seed)

    def _step(self, number: int) -> None:
        env = self._games[number]
        if self._rng.random() >= self._amiss[number]:
            move = _scene(env).decision.move
        else:
            move = str(self._rng.choice(MOVES)) if self._rng.random() < _RANDOM else follow(env.view)
        env.step(MOVES.index(move))
        self._steps[number] -= 1
        if env.over or self._steps[number] <= 0:
            self._begin(number)


@lru_cache(maxsize=len(FRAMES))
def _loaded(frames: int) -> BreakoutEnv:
    return BreakoutEnv(frames)


def _new(frames: int) -> BreakoutEnv:
    """A game that shares its emulator with others, as loading one takes a tenth of a second."""
    return _loaded(frames).copy()


def _scene(env: BreakoutEnv) -> Scene:
    """What is seen. Of several best moves the one after the ball is taught, which its place explains; the teacher's own
    choice, of which most ways lead on, is as good, but harder to see."""
    decision, natural = env.decision(), follow(env.view)
    return Scene(replace(decision, move=natural) if natural in decision.best else decision, env.frames)


def _to_serve(scene: Scene, rng: np.random.Generator) -> Scene:
    """The same place before a ball is served: in a game, or before its first move."""
    view = replace(scene.decision.view, ball=None, ball_before=None, lives=int(rng.integers(1, MOST_LIVES + 1)))
    if rng.random() < _EDITED:
        view = replace(view, bricks=_bricks(view, rng))
    if rng.random() < _BEFORE_THE_FIRST_MOVE:
        view = replace(view, bar_before=None, last="")
    return Scene(Decision(view, FIRE), scene.frames)


def _edited(scene: Scene, rng: np.random.Generator) -> Scene:
    """Now and then with other bricks and balls, where neither matters: below the bricks, on the way down."""
    view = scene.decision.view
    if view.landing is None or rng.random() >= _EDITED:
        return scene
    new = replace(view, bricks=_bricks(view, rng), lives=int(rng.integers(MOST_LIVES + 1)))
    return replace(scene, decision=replace(scene.decision, view=new))


def _bricks(view: View, rng: np.random.Generator) -> tuple[tuple[bool, ...], ...]:
    """Some of the bricks: any, whole rows, or those beside a way through."""
    there = rng.random((ROWS, COLUMNS)) < rng.choice((0.1, 0.5, 0.9, 1.0))
    there &= rng.random((ROWS, 1)) < rng.choice((0.3, 0.8, 1.0))
    gap = int(rng.integers(COLUMNS))
    there[:, gap : gap + int(rng.integers(3))] = False
    if rng.random() < 0.2:
        there &= np.array(view.bricks)
    return tuple(tuple(map(bool, row)) for row in there)

"""Plans by Monte Carlo tree search in copies of a game, or by an archive of its places where rewards are far away."""

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from coach_app.games.archive import Archive, Expedition
from coach_app.games.catalogue import copier_of
from coach_app.games.game import Game
from coach_app.games.images import ImageEnv, action_names
from coach_app.learning.choosing import Chosen, moves_of


@dataclass(frozen=True)
class Search:
    """The parameters of a search. Depth and discount are those of Xiang et al. 2023 (E2WM).

    Attributes:
        simulations: for each move.
        depth: of a simulation, in steps.
        discount: of rewards, for each step.
        curiosity: weight of moves that were seldom tried; values are scaled to between 0 and 1 before.
    """

    simulations: int = 500
    depth: int = 25
    discount: float = 0.99
    curiosity: float = 1.4


@dataclass
class _Node:
    """A sequence of moves.

    Attributes:
        untried: moves that were not made after it yet; None before it was reached.
        visits: simulations that came through.
        total: their returns from the last of the moves on, added up.
    """

    untried: list[str] | None = None
    children: "dict[str, _Node]" = field(default_factory=dict)
    visits: int = 0
    total: float = 0.0

    @property
    def mean(self) -> float:
        return self.total / self.visits


@dataclass(frozen=True)
class _Way:
    """A sequence of moves that was made once, and the return that it had."""

    moves: tuple[str, ...] = ()
    gain: float = -math.inf


_SAME = 1e-9
"""Returns that differ by less are the same."""
_AGAIN = 5
"""A way is certain if it has the same return so many times."""
_CHUNK = 2_000
"""Steps of an archive that an interruption can cost."""
_TRIED_STEPS = 20


class Planner:
    """Plays by UCT (Kocsis & Szepesvári 2006), open-loop, so that luck is averaged over: every simulation plays a copy
    of the game from the present state. It is led by the game's rewards alone, and never asks the teacher.

    The move that was tried most is made. But where the best way that was found is certain, as it has the same return in
    copies with other luck, that way is gone, unless a better one is found; and of moves that begin equally good ones
    always the first in the game's own order is made: what is chosen by chance cannot be learned.

    Copies draw luck of their own if the game takes it from Gymnasium's generator; otherwise they foresee the game's.

    Args:
        game: the game.
        search: parameters.

    Raises:
        CoachError: the game cannot be copied.
    """

    def __init__(self, game: Game, search: Search) -> None:
        self._game, self._copied, self._search = game, copier_of(game), search
        self.begin(0)

    def begin(self, seed: int) -> None:
        self._rng = np.random.default_rng([seed, 4])
        self._going = _Way()

    def choose(self, env: ImageEnv) -> Chosen:
        root = _Node()
        self._least, self._most = math.inf, -math.inf
        self._ways: dict[str, _Way] = {}
        for _ in range(self._search.simulations):
            self._simulate(self._twin(env), root)
        ranked = sorted(root.children.items(), key=lambda each: (each[1].visits, each[1].mean), reverse=True)
        move = self._surely(env) or ranked[0][0]
        self._going = _Way(self._ways[move].moves[1:])
        best = root.children[move]
        ranked.sort(key=lambda each: each[0] != move)
        others = ", ".join(f"{name} {node.mean:+.2f}" for name, node in ranked[1:3])
        why = f"expected return {best.mean:+.2f} in {best.visits} of {root.visits} simulations"
        return Chosen(move, f"{why}; {others}" if others else why)

    def _twin(self, env: ImageEnv) -> ImageEnv:
        """A copy with luck of its own."""
        twin: ImageEnv = self._copied(env)
        twin.np_random = np.random.default_rng(int(self._rng.integers(2**62)))
        return twin

    def _surely(self, env: ImageEnv) -> str:
        """The first move of the best way that is certain; empty if there is none, or every move is as good."""
        if (moves := self._going.moves) and moves[0] in self._ways:
            self._keep(moves, self._gain(env, moves))
        most = max(way.gain for way in self._ways.values())
        equal = [move for move, way in self._ways.items() if way.gain >= most - _SAME]
        if len(equal) == len(self._ways):
            return ""
        sure = (
            move
            for move in sorted(equal, key=action_names(env).index)
            if all(abs(self._gain(env, self._ways[move].moves) - most) < _SAME for _ in range(_AGAIN))
        )
        return next(sure, "")

    def _gain(self, env: ImageEnv, moves: Sequence[str]) -> float:
        """The return of some moves in a copy."""
        twin, names, gain = self._twin(env), action_names(env), 0.0
        for number, move in enumerate(moves):
            _, reward, terminated, truncated, _ = twin.step(names.index(move))
            gain += self._search.discount**number * float(reward)
            if terminated or truncated:
                break
        return gain

    def _keep(self, moves: Sequence[str], gain: float) -> None:
        """Keep a way if none that begins with the same move is better."""
        if gain > self._ways.get(moves[0], _Way()).gain + _SAME:
            self._ways[moves[0]] = _Way(tuple(moves), gain)

    def _simulate(self, env: ImageEnv, root: _Node) -> None:
        """One simulation: down the tree, one step further, and at random from there on."""
        names = action_names(env)
        path, moves, rewards, ended = [root], list[str](), list[float](), False
        while not ended and len(rewards) < self._search.depth:
            node = path[-1]
            if node.untried is None:
                node.untried = list(moves_of(self._game, env))
                self._rng.shuffle(node.untried)
            new = bool(node.untried)
            move = node.untried.pop() if node.untried else self._most_promising(node)
            _, reward, terminated, truncated, _ = env.step(names.index(move))
            moves.append(move)
            rewards.append(float(reward))
            ended = terminated or truncated
            path.append(node.children.setdefault(move, _Node()))
            if new:
                break
        while not ended and len(rewards) < self._search.depth:
            possible = moves_of(self._game, env)
            moves.append(possible[self._rng.integers(len(possible))])
            _, reward, terminated, truncated, _ = env.step(names.index(moves[-1]))
            rewards.append(float(reward))
            ended = terminated or truncated
        self._keep(moves, self._credit(path, rewards))

    def _credit(self, path: list[_Node], rewards: list[float]) -> float:
        """Add the returns from each move on to its node; the root counts visits only. That of all."""
        gained, gains = 0.0, [0.0] * len(rewards)
        for at in reversed(range(len(rewards))):
            gained = rewards[at] + self._search.discount * gained
            gains[at] = gained
        path[0].visits += 1
        for node, gain in zip(path[1:], gains, strict=False):
            node.visits += 1
            node.total += gain
            self._least, self._most = min(self._least, gain), max(self._most, gain)
        return gains[0]

    def _most_promising(self, node: _Node) -> str:
        """UCB1 (Auer et al. 2002) on values scaled to between 0 and 1 by the returns of this search's simulations; by
        the means, which are closer together, a goal behind a danger would hardly be looked for."""
        spread = (self._most - self._least) or 1.0
        explored = math.log(node.visits)

        def worth(child: _Node) -> float:
            return (child.mean - self._least) / spread + self._search.curiosity * math.sqrt(explored / child.visits)

        return max(node.children, key=lambda move: worth(node.children[move]))


class ArchivePlanner:
    """Plays the way to most reward that an archive knows; it is explored before an episode, and kept on disk.

    It is led by the game's rewards and places alone, and never asks the teacher.

    Args:
        game: the game.
        folder: of the archives, one a seed; what is in them is gone on with.
        budget: steps in copies for each archive, those it has been given before included.
        on_steps: called now and then with how many of these were made, and the budget.

    Attributes:
        archives: of this run, by their seeds.

    Raises:
        CoachError: the game cannot be copied.
    """

    def __init__(
        self, game: Game, folder: Path, budget: int, on_steps: Callable[[int, int], object] = lambda done, count: None
    ) -> None:
        copier_of(game)
        self._game, self._folder, self._budget, self._on_steps = game, folder, budget, on_steps
        self.archives: dict[int, Archive] = {}
        self.begin(0)

    def begin(self, seed: int) -> None:
        self._seed = seed
        self._moves: Iterator[int] | None = None

    def choose(self, env: ImageEnv) -> Chosen | None:
        """See ``Chooser``.

        Raises:
            CoachError: the archive is damaged, or could not be kept.
        """
        if self._moves is None:
            archive = self.archives[self._seed] = self._explored()
            best = archive.best
            self._moves = iter(archive.moves_to(best))
            self._goal = f"reward {best.reward:g}"
            self._why = f"best of {len(archive.places)} places found in {archive.steps} steps"
        move = next(self._moves, None)
        return None if move is None else Chosen(action_names(env)[move], self._why, self._goal)

    def _explored(self) -> Archive:
        file = self._folder / f"{self._seed:07d}.json"
        archive = Archive.read(file) if file.is_file() else Archive.begun(self._game, self._seed)
        if archive.steps >= self._budget:
            return archive
        expedition = Expedition(self._game, archive)
        while archive.steps < self._budget:
            expedition.go_on(min(_CHUNK, self._budget - archive.steps))
            archive.write(file)
            self._on_steps(archive.steps, self._budget)
        return archive


def seconds_to_explore(game: Game, steps: int) -> float:
    """How long so many steps in copies take here, judged by a few of them."""
    copied, env = copier_of(game), game.make()
    env.reset(seed=0)
    began = time.perf_counter()
    twin = copied(env)
    for _ in range(_TRIED_STEPS):
        twin.step(0)
    return steps * (time.perf_counter() - began) / _TRIED_STEPS

"""Judges a move of a game that can be copied: whether it was one of the best, and if not, how much worse it was."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final, Literal, get_args

import numpy as np

from coach_app.games.catalogue import copier_of, teacher_of
from coach_app.games.game import Game
from coach_app.games.images import ImageEnv, action_names
from coach_app.games.positions import rendered

Kind = Literal["lost", "hurt", "missed", "idle", "detour"]
"""What was wrong with a move: it lost the game, earned less than nothing, left a reward that was to be had at once,
changed nothing, or led away from what comes later."""
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
By = Literal["values", "look-ahead", "network", "opinion"]
"""How a cost is known: exactly, by what follows in copies of the game, by a Q-network's estimate, or not at all, as a
model has but an opinion."""
Opinion = Literal["same", "worse", "better", "undecided"]
"""How the coach finds a move, compared to the one that it would make."""

AHEAD: Final = 40
"""Moves that the teacher makes in a copy after the move in question."""
DISCOUNT: Final = 0.95
"""Of rewards, for each step: a reward that comes a step later is worth less, so that lost time counts."""
_SAME: Final = 1e-9


@dataclass(frozen=True)
class Verdict:
    """A judged move.

    Attributes:
        best: the best moves, by the teacher; none once the episode has ended.
        cost: by how much the move was worse, as an expected return; 0 for one of the best.
        kind: what was wrong with it; None for one of the best.
    """

    best: tuple[str, ...]
    cost: float = 0.0
    kind: Kind | None = None


@dataclass(frozen=True)
class _Tried:
    """A move in a copy: the rewards from it on, and what came of it."""

    rewards: tuple[float, ...]
    lost: bool
    changed: bool


class Judge:
    """Judges moves by the game's teacher. A move of the teacher's is never wrong, and of any other the cost is
    measured: by the teacher's own values where it has exact ones, else by letting it go on in two copies of the game,
    from where they part until both have earned the same. What comes after that is luck more than a consequence of the
    move: the smallest difference changes everything that is left to chance.

    Args:
        game: the game.

    Raises:
        CoachError: the game cannot be copied, or has no teacher.
    """

    def __init__(self, game: Game) -> None:
        self._game, self._copied, self._best = game, copier_of(game), teacher_of(game)
        self.by: By = "values" if game.values else "look-ahead"

    def judge(self, env: ImageEnv, move: str) -> Verdict:
        """Judge a move.

        Args:
            env: the game before it; must not be changed.
            move: name of the action.
        """
        best = self._best(env)
        if not best or move in best:
            return Verdict(best)
        made, instead = self._tried(env, move), self._tried(env, best[0])
        if self._game.values:
            values = self._game.values(env)
            cost = max(values.values()) - values[move]
        else:
            cost = _behind(made.rewards, instead.rewards)
        return Verdict(best, round(max(0.0, cost), 4), _kind(made, instead))

    def _tried(self, env: ImageEnv, move: str) -> _Tried:
        """Make a move in a copy, and let the teacher go on if that is needed."""
        names, before = action_names(env), rendered(env)
        twin: ImageEnv = self._copied(env)
        _, reward, terminated, truncated, _ = twin.step(names.index(move))
        rewards, practice = [float(reward)], self._game.practice
        lost = bool(terminated and practice and not practice.ending(twin).won)
        changed = terminated or not np.array_equal(before, rendered(twin))
        for _ in range(0 if self._game.values else AHEAD):
            if terminated or truncated:
                break
            _, reward, terminated, truncated, _ = twin.step(names.index(self._best(twin)[0]))
            rewards.append(float(reward))
        return _Tried(tuple(rewards), lost, changed)


def _behind(made: Sequence[float], instead: Sequence[float]) -> float:
    """How much less a move earns than another one, discounted, from where they part until they have earned as much.

    Of the step that makes them equal, what is over counts no more than what comes after it: a blow that comes in the
    same step as the reward that was late is luck, too.
    """
    cost, weight, lead = 0.0, 1.0, 0.0
    for one, other in zip_longest(made, instead, fillvalue=0.0):
        gained = other - one
        parted, catches_up = abs(lead) > _SAME, lead * (lead + gained) <= _SAME
        if parted and catches_up:
            return cost - weight * lead
        cost += weight * gained
        weight *= DISCOUNT
        lead += gained
    return cost


def _kind(made: _Tried, instead: _Tried) -> Kind:
    if made.lost and not instead.lost:
        return "lost"
    if instead.rewards[0] > max(0.0, made.rewards[0]):
        return "missed"
    if made.rewards[0] < min(0.0, instead.rewards[0]):
        return "hurt"
    return "detour" if made.changed else "idle"

"""An automatic curriculum: proposes what to achieve next (after Voyager, Wang et al. 2023, arXiv:2305.16291)."""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from coach_app.domain.errors import CoachError
from coach_app.games.game import Game
from coach_app.games.images import ImageEnv
from coach_app.learning.choosing import Chosen

_GIVE_UP_AFTER = 150
"""Steps of an attempt."""


@dataclass(frozen=True)
class Progress:
    """What a proposal is made from.

    Attributes:
        needs: each task that was not reached yet and could be, with those before it; easy ones first.
        reached: tasks that were reached, in this episode or an earlier one.
        in_sight: tasks for which something is at hand or in the picture.
        failed: how often each task was attempted in vain.
        last_failed: the task that just failed; empty if none did.
    """

    needs: Mapping[str, tuple[str, ...]]
    reached: frozenset[str]
    in_sight: frozenset[str]
    failed: Mapping[str, int]
    last_failed: str = ""

    @property
    def open(self) -> tuple[str, ...]:
        """The tasks that can be proposed: not reached, and everything before them was."""
        return tuple(
            task for task, before in self.needs.items() if task not in self.reached and self.reached.issuperset(before)
        )


Proposer = Callable[[Progress], str]
"""Returns one of the open tasks, of which there is at least one."""


def by_rule(progress: Progress) -> str:
    """The task that failed least often, what is in sight first, never the one that just failed if there is another."""

    def rank(task: str) -> tuple[bool, int, bool]:
        return task == progress.last_failed, progress.failed.get(task, 0), task not in progress.in_sight

    return min(progress.open, key=rank)


def prompt(progress: Progress) -> str:
    """The question for a text model."""

    def listed(tasks: tuple[str, ...]) -> str:
        return ", ".join(tasks) or "nothing"

    failed = tuple(f"{task} ({times} times)" for task, times in progress.failed.items() if times)
    lines = (
        "You plan what a player of a game practises next",
        f"Achieved so far: {listed(tuple(sorted(progress.reached)))}",
        f"In sight now: {listed(tuple(sorted(progress.in_sight.intersection(progress.open))))}",
        f"Tried in vain: {listed(failed)}",
        f"Possible tasks: {listed(progress.open)}",
        "Answer with the one task that is best tried next, new and not too hard",
    )
    return ". ".join(lines) + "."


def by_model(ask: Callable[[str], str]) -> Proposer:
    """A proposer that asks a text model, and follows the rule where the answer names no open task.

    Args:
        ask: returns the model's answer to a prompt.
    """

    def propose(progress: Progress) -> str:
        answer = ask(prompt(progress)).lower()
        named = [task for task in progress.open if re.search(rf"\b{re.escape(task)}\b", answer)]
        return max(named, key=len) if named else by_rule(progress)

    return propose


class Curriculum:
    """Attempts one task after the other, by the way that the game knows.

    Args:
        game: a game with tasks.
        reached: tasks that were reached in earlier episodes; never proposed again.
        propose: chooses the next task.

    Attributes:
        proposed: every task that was proposed, in order.

    Raises:
        CoachError: the game has no tasks.
    """

    def __init__(self, game: Game, reached: frozenset[str] = frozenset(), propose: Proposer = by_rule) -> None:
        if game.tasks is None or game.achievements is None:
            raise CoachError(f"The game {game.id} has no tasks for a curriculum.", "Choose another way to collect.")
        self._tasks, self._achieved = game.tasks(), game.achievements
        self._reached, self._propose = reached, propose
        self._failed: Counter[str] = Counter()
        self._task = self._last_failed = ""
        self._steps = 0
        self.proposed: list[str] = []
        self.begin(0)

    def begin(self, seed: int) -> None:
        self._rng = np.random.default_rng([seed, 5])
        if self._task:  # the episode ended in between
            self._give_up()

    def choose(self, env: ImageEnv) -> Chosen | None:
        self._reached |= {task for task, done in self._achieved(env).items() if done}
        if self._task in self._reached:
            self._task = ""
        elif self._task and self._steps >= _GIVE_UP_AFTER:
            self._give_up()
        if not self._task:
            progress = Progress(
                self._tasks.needs(), self._reached, self._tasks.in_sight(env), self._failed, self._last_failed
            )
            if not progress.open:
                return None
            self._task, self._steps = self._propose(progress), 0
            self.proposed.append(self._task)
        self._steps += 1
        move = self._tasks.attempt(env, self._task, float(self._rng.random()))
        return Chosen(move.move, move.text, self._task)

    def _give_up(self) -> None:
        self._failed[self._task] += 1
        self._task, self._last_failed = "", self._task

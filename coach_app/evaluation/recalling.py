"""Lets an agent recall what is remembered of a game, and counts whether that helped."""

import statistics
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from coach_app.advisor.local import looked_at
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.evaluation.agents import Decision
from coach_app.knowledge.likeness import features_of
from coach_app.knowledge.remembered import Memories, Recalled, memory_file
from coach_app.learning.remembering import AHEAD, worth


@dataclass
class _Pending:
    """A decision whose outcome is not complete."""

    ids: tuple[int, ...]
    rewards: list[float]


class Recalling:
    """The memory of one game in play.

    Reads only until the end, so that what is recalled does not depend on the episodes before.

    Args:
        memories: the memories.
        profile: of the game.
    """

    def __init__(self, memories: Memories, profile: GameProfile) -> None:
        self._memories, self._profile = memories, profile
        self._values = {memory.id: memory.value for memory in memories.of(profile.id)}
        self._pending: deque[_Pending] = deque()
        self._rewards: list[float] = []
        self._judged: list[tuple[tuple[int, ...], bool]] = []

    def recall(self, frame: Frame, words: str) -> Recalled:
        """What is remembered of situations like this one.

        Args:
            frame: what is seen.
            words: said last about the game.
        """
        image = frame.pixels.crop(looked_at(frame.pixels, self._profile))
        return self._memories.recall(self._profile.id, features_of(image, words))

    def see(self, decision: Decision, reward: float, ended: bool) -> None:
        """Note what came of a decision.

        Args:
            decision: the decision.
            reward: of its move.
            ended: whether the episode ended with it.
        """
        self._rewards.append(reward)
        self._pending.append(_Pending(decision.recalled, []))
        for pending in self._pending:
            pending.rewards.append(reward)
        while self._pending and (ended or len(self._pending[0].rewards) >= AHEAD):
            self._judge(self._pending.popleft())

    def count(self) -> None:
        """Count in the memory whether what was recalled helped.

        Raises:
            CoachError: it could not be written.
        """
        for ids, helped in self._judged:
            self._memories.judge(ids, helped)
        self._judged.clear()

    def _judge(self, pending: _Pending) -> None:
        """A warning helped if it went less than half as badly as then, an example if more than half as well."""
        if not pending.ids:
            return
        came = worth(pending.rewards, statistics.median(self._rewards))
        self._judged += [((memory_id,), came > self._values[memory_id] / 2) for memory_id in pending.ids]


@contextmanager
def opened_memory(profile: GameProfile) -> Iterator[Recalling]:
    """Open the memory of a game; whether it helped is counted at the end of the block.

    Args:
        profile: of the game.

    Raises:
        CoachError: nothing is remembered of the game, or the memory cannot be opened.
    """
    memories = Memories(memory_file())
    try:
        recalling = Recalling(memories, profile)
        if not memories.of(profile.id):
            raise CoachError(
                f"Nothing is remembered of {profile.id} yet.",
                f"Collect some experiences with: coach learn {profile.id} collect --how explore",
            )
        yield recalling
        recalling.count()
    finally:
        memories.close()

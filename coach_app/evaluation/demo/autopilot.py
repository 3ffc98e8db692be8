"""Plays the demo on a virtual screen."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from coach_app.evaluation.demo.advice import Line

READING_S = 1.2
"""How long the autopilot leaves the viewer to read a piece of advice before it follows it."""
PATIENCE_S = 6.0
"""How long it waits for advice before it plays on by itself."""
_AGAIN_S = 2.0
_NEW_ANYWAY = ("at", "steps", "action", "reward")  # in every position


@dataclass
class Autopilot:
    """Follows the coach's advice at reading speed; makes a teacher's move if there is no advice.

    Where a move has changed nothing, it is made again: the coach says nothing new about the same picture, and what it
    said is still shown.

    Attributes:
        keys: the key of each move.
        position: the last line of the game's state log.
        advised: the move to make, and its time.
        since: when the position was reached or the coach last spoke.
        followed: the move last made as the coach said, as long as it has changed nothing.
    """

    keys: Mapping[str, str]
    position: Line | None = None
    advised: tuple[float, str] | None = None
    since: float = field(default_factory=time.time)
    followed: str | None = None

    def see(self, position: Line) -> None:
        """Note a new position."""
        if self.position is None or _shown(position) != _shown(self.position):
            self.followed = None
        self.position, self.advised, self.since = position, None, time.time()

    def hear(self, captured_at: float, move: str | None) -> bool:
        """Note advice; returns whether it is about the current position, and will be followed."""
        if not self.position or self.position["done"] or captured_at < self.position["at"]:
            return False
        if move is None or move not in self.keys:
            return False
        self.advised = (time.time() + READING_S, move)
        return True

    def key(self) -> str | None:
        """The key to press now, if any; returned once."""
        if self.position is None or self.position["done"]:
            return None
        now, move = time.time(), None
        if self.advised and now >= self.advised[0]:
            move = self.followed = self.advised[1]
        elif not self.advised and self.followed and now - self.since > _AGAIN_S:
            move = self.followed
        elif not self.advised and now - self.since > PATIENCE_S:
            move = self.position["optimal_moves"][0]
        if move is None:
            return None
        self.advised, self.since = None, now
        return self.keys[move]


def _shown(position: Line) -> Line:
    """What of a position can be seen, as far as the game tells it."""
    return {name: value for name, value in position.items() if name not in _NEW_ANYWAY}

"""Plays the demo on a virtual screen."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from coach_app.evaluation.demo.advice import Line

READING_S = 1.2
"""How long the autopilot leaves the viewer to read a piece of advice before it follows it."""
PATIENCE_S = 6.0
"""How long it waits for advice before it plays on by itself."""


@dataclass
class Autopilot:
    """Follows the coach's advice at reading speed; makes a teacher's move if there is no advice.

    Attributes:
        keys: the key of each move.
        position: the last line of the game's state log.
        advised: the move to make, and its time.
        since: when the position was reached or the coach last spoke.
    """

    keys: Mapping[str, str]
    position: Line | None = None
    advised: tuple[float, str] | None = None
    since: float = field(default_factory=time.time)

    def see(self, position: Line) -> None:
        """Note a new position."""
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
            move = self.advised[1]
        elif not self.advised and now - self.since > PATIENCE_S:
            move = self.position["optimal_moves"][0]
        if move is None:
            return None
        self.advised, self.since = None, now
        return self.keys[move]

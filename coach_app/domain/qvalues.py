"""Q-values: the return that a Q-network expects of each move."""

from collections.abc import Collection
from dataclasses import dataclass

_CLOSE = 0.15
"""Values that differ by less than this share of the range of all of them, and zero, are as good as each other."""


@dataclass(frozen=True)
class QValues:
    """The Q-values of one frame.

    Attributes:
        moves: names of the game's moves, in the network's order.
        values: expected discounted return of each move, in units of the game's reward.
        possible: whether each move can be made at all; at least one can.
        checkpoint: name of the Q-network that computed them.
        captured_at: when the frame was captured, in seconds since the epoch.
    """

    moves: tuple[str, ...]
    values: tuple[float, ...]
    possible: tuple[bool, ...]
    checkpoint: str
    captured_at: float

    def __post_init__(self) -> None:
        if not len(self.moves) == len(self.values) == len(self.possible):
            raise ValueError("moves, values and possible must be of the same length")
        if not any(self.possible):
            raise ValueError("no move is possible")

    def agrees_with(self, move: str) -> bool:
        """Whether a move is as good as the best one, within the network's own error."""
        if move not in self.moves:
            return False
        close = _CLOSE * (max(0.0, *self.values) - min(0.0, *self.values))
        return self._worth(move) >= self._worth(self.best) - close

    def preferred_move(self, move: str, ruled_out: Collection[str] = ()) -> str:
        """The move that the network clearly prefers; empty if it agrees or is unsure.

        It is unsure if its highest value belongs to an impossible move: it has then misread the picture.

        Args:
            move: the advised move, one of the network's.
            ruled_out: further moves known to be impossible.
        """
        likes_most = self.moves[self.values.index(max(self.values))]
        sure = likes_most == self.best and likes_most not in ruled_out
        return self.best if sure and not self.agrees_with(move) else ""

    def _worth(self, move: str) -> float:
        return self.values[self.moves.index(move)]

    @property
    def best(self) -> str:
        """The possible move with the highest value; the first one if several tie."""
        _, at = max((value, -i) for i, value in enumerate(self.values) if self.possible[i])
        return self.moves[-at]

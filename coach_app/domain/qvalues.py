"""What a Q-network expects of each move."""

from dataclasses import dataclass

_CLOSE = 0.02


@dataclass(frozen=True)
class QValues:
    """The Q-values of one frame.

    Attributes:
        moves: names of the game's moves, in the network's order.
        values: expected return of each move, discounted, in the game's own reward.
        possible: whether each move can be made at all; at least one can.
        checkpoint: name of the Q-network that they come from.
        captured_at: when the frame was captured, seconds since the epoch.
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
        """Whether a move is as good as the best one, or so nearly that the network's own error is larger."""
        return move in self.moves and self.values[self.moves.index(move)] >= max(self._open) - _CLOSE

    @property
    def _open(self) -> list[float]:
        return [value for value, possible in zip(self.values, self.possible, strict=True) if possible]

    @property
    def best(self) -> str:
        """The possible move with the highest value; the first of several."""
        _, at = max((value, -i) for i, value in enumerate(self.values) if self.possible[i])
        return self.moves[-at]

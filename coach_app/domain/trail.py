"""Remembers where the player was advised, to notice going in circles."""

from collections import deque
from hashlib import blake2b

from coach_app.domain.frame import Frame

_PLACES = 64


class Trail:
    """The moves advised at each picture; the same picture is the same place.

    A return needs another place in between: advice requested twice without a step has not been tried, except where it
    is known that every move is made.

    Args:
        followed: whether each move is made before the next one is asked for.
    """

    def __init__(self, followed: bool = False) -> None:
        self._followed = followed
        self._steps: deque[tuple[bytes, str]] = deque(maxlen=_PLACES)

    def tried(self, frame: Frame) -> tuple[str, ...]:
        """The moves advised at this place before the player came back to it, newest last."""
        place = _place(frame)
        steps = [*self._steps]
        while not self._followed and steps and steps[-1][0] == place:
            steps.pop()
        afterwards = [*(where for where, _ in steps), place][1:]
        return tuple(
            move
            for (where, move), after in zip(steps, afterwards, strict=True)
            if where == place and move and (self._followed or after != place)
        )

    def add(self, frame: Frame, move: str) -> None:
        """Note that a move was advised at a place; empty if it was held back: then the player only came by."""
        self._steps.append((_place(frame), move))

    def clear(self) -> None:
        """Forget everything, when a game begins."""
        self._steps.clear()


def _place(frame: Frame) -> bytes:
    """A digest that identifies a picture."""
    size = repr((frame.pixels.size, frame.pixels.mode)).encode()
    return blake2b(frame.pixels.tobytes(), digest_size=16, key=size).digest()

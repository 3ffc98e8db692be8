"""The places that a player was advised at, to tell when the way goes in a circle."""

from collections import deque
from hashlib import blake2b

from coach_app.domain.frame import Frame

_PLACES = 64


class Trail:
    """Remembers what was advised at which picture; the same picture is the same place.

    Coming back to a place needs another place between: advice that is asked for twice without a step was not tried.
    """

    def __init__(self) -> None:
        self._steps: deque[tuple[bytes, str]] = deque(maxlen=_PLACES)

    def tried(self, frame: Frame) -> tuple[str, ...]:
        """The moves that were advised at this place before the player came back to it, the newest last."""
        place = _place(frame)
        steps = [*self._steps]
        while steps and steps[-1][0] == place:
            steps.pop()
        visits: list[str] = []
        for at, (where, move) in enumerate(steps):
            if where == place and steps[at + 1 : at + 2] and steps[at + 1][0] != place:
                visits.append(move)
        return tuple(visits)

    def add(self, frame: Frame, move: str) -> None:
        """A move was advised at a place."""
        self._steps.append((_place(frame), move))

    def clear(self) -> None:
        """Another game, or the same anew: forget the way."""
        self._steps.clear()


def _place(frame: Frame) -> bytes:
    """What two pictures share only where they are the same."""
    size = repr((frame.pixels.size, frame.pixels.mode)).encode()
    return blake2b(frame.pixels.tobytes(), digest_size=16, key=size).digest()

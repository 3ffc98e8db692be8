"""What the models were given last, word for word: for the user to see. It is kept in memory only, and never written."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from PIL import Image

_COUNT: Final = 20
_MAX_BYTES: Final = 32_000_000


@dataclass(frozen=True)
class Sent:
    """What a model was given at once.

    Attributes:
        to: the model, with the server that it runs on if it is not this computer's engine.
        text: the prompt as the engine or the server got it; empty if it was only a picture.
        picture: after cropping and shrinking; None if there was none.
        away: whether it left this computer.
        at: seconds since the epoch.
    """

    to: str
    text: str = ""
    picture: Image.Image | None = None
    away: bool = False
    at: float = field(default_factory=time.time)

    @property
    def bytes(self) -> int:
        """The memory that it takes, about."""
        pixels = self.picture.width * self.picture.height * len(self.picture.getbands()) if self.picture else 0
        return pixels + len(self.text)


OnSent = Callable[[Sent], None]
"""Told what a model is given, before it answers; any thread."""


def unseen(sent: Sent) -> None:
    """The `OnSent` of those who keep nothing."""


class LastSent:
    """The newest of what was sent, within limits. Any thread.

    Pictures without words, which are encoded and rated several times a second, leave only the newest of each model, so
    that they do not push out what was asked.

    Args:
        count: so many are kept at most.
        max_bytes: so much memory they take at most, except that the newest is always kept.
    """

    def __init__(self, count: int = _COUNT, max_bytes: int = _MAX_BYTES) -> None:
        self._count, self._max_bytes = count, max_bytes
        self._kept: list[Sent] = []
        self._lock = threading.Lock()

    def add(self, sent: Sent) -> None:
        """Keep one more, and forget the oldest beyond the limits."""
        with self._lock:
            if not sent.text:
                self._kept = [other for other in self._kept if other.text or other.to != sent.to]
            self._kept.append(sent)
            while len(self._kept) > 1 and (len(self._kept) > self._count or self._bytes() > self._max_bytes):
                del self._kept[0]

    def newest_first(self) -> list[Sent]:
        """What is kept."""
        with self._lock:
            return self._kept[::-1]

    def forget(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def _bytes(self) -> int:
        return sum(sent.bytes for sent in self._kept)

"""How parts hear of what happens without knowing each other."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Outlet(Generic[T]):
    """Called with what happens; passes it on to everyone who listens, in the order in which they began to."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], None]] = []

    def listen(self, listener: Callable[[T], None]) -> None:
        """Tell this one, too, from now on; it must not raise or block."""
        self._listeners.append(listener)

    def __call__(self, happened: T) -> None:
        for listener in self._listeners:
            listener(happened)

"""Connects parts that do not know each other."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Outlet(Generic[T]):
    """Passes values on to all listeners, in the order of their registration."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[T], None]] = []

    def listen(self, listener: Callable[[T], None]) -> None:
        """Register a listener, which must not raise or block."""
        self._listeners.append(listener)

    def __call__(self, happened: T) -> None:
        for listener in self._listeners:
            listener(happened)

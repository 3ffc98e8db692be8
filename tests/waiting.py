"""Waiting for something to happen, instead of sleeping in hope."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def wait_until(
    condition: Callable[[], T],
    deadline_s: float = 10.0,
    what: str = "",
    pause: Callable[[], object] = lambda: time.sleep(0.02),
) -> T:
    """Ask again and again until the answer is true.

    Args:
        condition: asked at least once.
        deadline_s: when to give up, seconds from now.
        what: what is waited for, for the message of the failure.
        pause: between two questions; pass ``QApplication.processEvents`` where a Qt loop of this process has to run.

    Returns:
        The first true answer.

    Raises:
        AssertionError: it never became true.
    """
    end = time.monotonic() + deadline_s
    while not (answer := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {deadline_s:g} s in vain for {what or condition}")
        pause()
    return answer

"""Tasks are held until they end, and faults are told."""

import asyncio
import sys
import threading
from collections.abc import Callable

import pytest

from coach_app.assembly.tasks import Tasks
from coach_app.domain.errors import CoachError


async def fail(error: Exception) -> None:
    raise error


async def test_faults_of_tasks_are_told(expect_warning: Callable[[str], None]) -> None:
    # GIVEN two tasks that fail WHEN they end THEN a CoachError is told as it is, and another one goes to the log
    expect_warning("not caught")
    told: list[str] = []
    tasks = Tasks(told.append)
    tasks.hold(fail(CoachError("The disk is full.", "Make room.")))
    tasks.hold(fail(ValueError("secret")))
    await tasks.settled()
    await asyncio.sleep(0)
    assert told[0] == "The disk is full. Make room."
    assert told[1].startswith("Something went wrong")


async def test_the_end_cancels_what_is_under_way() -> None:
    # GIVEN a task that never ends WHEN the app ends THEN it is cancelled, and nothing is told
    tasks = Tasks(pytest.fail)
    task = tasks.hold(asyncio.sleep(1000))
    await tasks.end()
    assert task.cancelled()


async def test_faults_of_python_threads_and_the_loop_are_told_and_the_hooks_given_back() -> None:
    # GIVEN the hooks of before
    before = sys.excepthook, threading.excepthook
    told: list[str] = []
    tasks, error = Tasks(told.append), CoachError("It broke.")
    # WHEN something fails where nobody catches it
    with tasks.catching():
        sys.excepthook(CoachError, error, None)
        thread = threading.Thread(target=asyncio.run, args=(fail(error),))
        thread.start()
        thread.join()
        asyncio.get_running_loop().call_exception_handler({"message": "it broke", "exception": error})
        await asyncio.sleep(0)
    # THEN all three are told, and the hooks are as they were
    assert told == ["It broke."] * 3
    assert (sys.excepthook, threading.excepthook) == before

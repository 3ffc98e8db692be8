"""Background tasks of the running app, and uncaught exceptions."""

import asyncio
import contextlib
import logging
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from types import TracebackType
from typing import Any

from coach_app.domain.errors import CoachError

_log = logging.getLogger(__name__)


class Tasks:
    """Keeps references to tasks until they end. Interface thread only.

    Args:
        complain: called with a sentence for the user about each error.

    Attributes:
        complain: the same.
    """

    def __init__(self, complain: Callable[[str], None]) -> None:
        self.complain = complain
        self._tasks: set[asyncio.Task[None]] = set()

    def hold(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run a coroutine as a task that is awaited at the end, and whose errors are shown."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._let_go)
        return task

    async def settled(self) -> None:
        """Wait until all tasks have ended, including those started meanwhile."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def end(self) -> None:
        """Cancel every task, and wait until all have ended."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def report(self, error: BaseException) -> None:
        """Show an error to the user; anything but a CoachError is logged."""
        if isinstance(error, CoachError):
            self.complain(str(error))
        else:
            _log.error("not caught", exc_info=error)
            self.complain("Something went wrong inside the coach, but it keeps running. See the log file for details.")

    @contextlib.contextmanager
    def catching(self) -> Iterator[None]:
        """Report every uncaught exception of Python, of threads and of the running event loop."""
        loop = asyncio.get_running_loop()

        def from_python(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
            loop.call_soon_threadsafe(self.report, error)

        def from_thread(fault: threading.ExceptHookArgs) -> None:
            if fault.exc_value:
                loop.call_soon_threadsafe(self.report, fault.exc_value)

        def from_loop(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            self.report(context.get("exception") or RuntimeError(context["message"]))

        before = sys.excepthook, threading.excepthook, loop.get_exception_handler()
        sys.excepthook, threading.excepthook = from_python, from_thread
        loop.set_exception_handler(from_loop)
        try:
            yield
        finally:
            sys.excepthook, threading.excepthook = before[:2]
            loop.set_exception_handler(before[2])

    def _let_go(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self.report(error)

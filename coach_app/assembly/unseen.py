"""The whole app where nobody sees it, and without the screen: for measuring what it costs over a long time."""

import os
from collections.abc import Awaitable, Callable
from queue import SimpleQueue
from typing import TypeVar

import qasync
from PySide6.QtWidgets import QApplication

from coach_app.assembly.overlay_app import App, opened_app
from coach_app.assembly.plan import AppPlan
from coach_app.capture.source import FrameSource

T = TypeVar("T")


def run_unseen(plan: AppPlan, source: Callable[[], FrameSource], job: Callable[[App], Awaitable[T]]) -> T:
    """Run the app for the length of a job. Call from the main thread of a process without a QApplication.

    Args:
        plan: what is otherwise than in the settings.
        source: opens what is watched; called in the capture thread.
        job: told the running app; SIGINT and SIGTERM only set its ``stop``.

    Raises:
        CoachError: the plan names a game or a model that does not exist, or whatever the job raises.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qt = QApplication(["coach"])
    qt.setQuitOnLastWindowClosed(False)

    async def run() -> T:
        async with opened_app(plan) as app:
            app.watching.capture.change_source(source)
            app.show(plan, SimpleQueue())
            return await job(app)

    result: T = qasync.run(run())
    return result

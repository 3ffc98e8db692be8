"""The Qt application of the test process."""

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.waiting import wait_until

T = TypeVar("T")


def application() -> QApplication:
    """The one application of this process; it is never ended, as Qt allows no second one."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    return app


def pump() -> None:
    """Let Qt work for a moment."""
    QApplication.processEvents()
    time.sleep(0.005)


def qt_wait(condition: Callable[[], T], what: str = "", deadline_s: float = 10.0) -> T:
    """``wait_until`` while Qt's loop runs."""
    return wait_until(condition, deadline_s, what, pause=pump)


def destroy(widget: QWidget) -> None:
    """Delete a window of a test for good, with all its children."""
    widget.hide()
    widget.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()

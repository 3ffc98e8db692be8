"""A separate connection to the X server, for features that Qt lacks. Imported on X11 only."""

import logging
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal
from Xlib import display as xdisplay
from Xlib import error as xerror

log = logging.getLogger(__name__)


class X11Connection(QObject):
    """Delivers the events of its own connection in the interface thread.

    Attributes:
        display: the python-xlib display; call ``settle`` after requests that wait for a reply.
        received: emitted with every python-xlib event.

    Raises:
        OSError, Xlib.error.DisplayError: the X server cannot be reached (see ``connection_errors``).
    """

    received = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.display: Any = xdisplay.Display()
        self.display.set_error_handler(lambda error, _request: log.debug("X error: %s", error))
        self.root: Any = self.display.screen().root
        self._notifier = QSocketNotifier(self.display.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._drain)
        self.destroyed.connect(partial(_close, self.display))

    def atom(self, name: str) -> int:
        """The number of an atom, created if necessary."""
        return int(self.display.intern_atom(name))

    def settle(self) -> None:
        """Wait for the server, then deliver events that arrived with its reply, as the socket does not signal those."""
        self.display.sync()
        QTimer.singleShot(0, self, self._drain)

    def close(self) -> None:
        """Close the connection; may be called twice."""
        if self._notifier.isEnabled():
            self._notifier.setEnabled(False)
            _close(self.display)

    def _drain(self) -> None:
        try:
            while self._notifier.isEnabled() and self.display.pending_events():
                self.received.emit(self.display.next_event())
        except (OSError, xerror.ConnectionClosedError):
            log.warning("The X server closed the connection.")
            self._notifier.setEnabled(False)


connection_errors = (OSError, xerror.DisplayError, xerror.ConnectionClosedError)
"""What can be raised where there is no X server, or it refuses."""


def _close(display: Any) -> None:
    try:
        display.close()
    except xerror.ConnectionClosedError:
        log.debug("The connection to the X server was closed before.")

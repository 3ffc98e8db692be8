"""Tells whether translucent windows can be drawn: on X11 only while a compositor runs."""

import logging

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

log = logging.getLogger(__name__)


class Compositor(QObject):
    """Tracks whether there is a compositor; always true except on X11.

    Attributes:
        changed: emitted with the new state.
    """

    changed = Signal(bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.present = True
        if QGuiApplication.platformName() == "xcb":
            self._watch_x11()

    def _watch_x11(self) -> None:
        from coach_app.ui.x11 import X11Connection, connection_errors

        try:
            self._x = X11Connection(self)
        except connection_errors:
            log.warning("No connection to the X server of our own: the overlay is drawn opaque.")
            self.present = False
            return
        display = self._x.display
        self._selection = self._x.atom(f"_NET_WM_CM_S{display.get_default_screen()}")
        self.present = self._has_owner()
        if display.has_extension("XFIXES"):
            display.xfixes_query_version()  # the extension ignores requests before its version was queried
            display.xfixes_select_selection_input(self._x.root, self._selection, 0b111)
            self._x.received.connect(self._look_again)
        self._x.settle()

    def _has_owner(self) -> bool:
        return bool(self._x.display.get_selection_owner(self._selection))

    def _look_again(self) -> None:
        present = self._has_owner()
        self._x.settle()
        if present != self.present:
            self.present = present
            self.changed.emit(present)

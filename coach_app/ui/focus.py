"""Takes the keyboard focus from other programs, and gives it back."""

import logging
import sys
from typing import Any, Protocol

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QGuiApplication, QWindow

log = logging.getLogger(__name__)


class Focus(Protocol):
    """The keyboard focus of the whole desktop. Interface thread only."""

    def remember(self) -> None:
        """Note the window that has the focus now."""

    def take(self, window: QWindow) -> None:
        """Focus one of our visible windows on the user's request, even if the desktop prevents focus stealing."""

    def give_back(self) -> None:
        """Return the focus to the remembered window, if it still exists."""


def desktop_focus() -> Focus:
    """The implementation for this platform."""
    if QGuiApplication.platformName() == "xcb":
        from coach_app.ui.x11 import connection_errors

        try:
            return _X11Focus()
        except connection_errors:
            log.warning("No connection to the X server of our own: the focus is left to the window manager.")
    if sys.platform == "win32":
        return _WindowsFocus()
    if sys.platform == "darwin":
        return _MacFocus()
    return _QtFocus()


class FocusLoan(QObject):
    """Borrows the keyboard focus for one of our windows. Interface thread only."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._focus: Focus | None = None
        self._window: QWindow | None = None

    def borrow(self, window: QWindow) -> None:
        """Remember the focused window, and focus the given one once it is on the screen. Call before it is shown."""
        if self._focus is None:
            self._focus = desktop_focus()
            self._focus.remember()
        if window.isExposed():
            self._focus.take(window)
        else:
            self._window = window
            window.installEventFilter(self)

    def give_back(self) -> None:
        """Return the focus; does nothing if it was not borrowed."""
        self._stop_waiting()
        if self._focus is not None:
            self._focus.give_back()
            self._focus = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject."""
        if event.type() == QEvent.Type.Expose and self._window is not None and self._window.isExposed():
            window = self._window
            self._stop_waiting()
            if self._focus is not None:
                self._focus.take(window)
        return False

    def _stop_waiting(self) -> None:
        if self._window is not None:
            self._window.removeEventFilter(self)
            self._window = None


class _QtFocus:
    """For platforms where other programs' focus is unknown (Wayland, tests without a screen): relies on Qt."""

    def remember(self) -> None:
        pass

    def take(self, window: QWindow) -> None:
        window.requestActivate()

    def give_back(self) -> None:
        pass


class _X11Focus:
    """By ``_NET_ACTIVE_WINDOW``, as a taskbar does; a window without a window manager gets the input focus itself."""

    def __init__(self) -> None:
        from coach_app.ui.x11 import X11Connection

        self._x = X11Connection()
        self._active = self._x.atom("_NET_ACTIVE_WINDOW")
        self._clients = self._x.atom("_NET_CLIENT_LIST")
        self._before: int = 0

    def remember(self) -> None:
        focused = self._x.display.get_input_focus().focus
        # PointerRoot and None are plain numbers: no window has the focus.
        within = self._with_parents(focused) if hasattr(focused, "id") else self._root_windows(self._clients)
        # What is said to be active may be long gone, where a game without the window manager has the focus.
        active = (window for window in self._root_windows(self._active) if window in within)
        self._before = next(active, getattr(focused, "id", 0))

    def _with_parents(self, window: Any) -> list[int]:
        from Xlib.error import XError

        found = list[int]()
        while window and window.id != self._x.root.id:
            found.append(window.id)
            try:
                window = window.query_tree().parent
            except XError:  # it has gone meanwhile
                break
        return found

    def take(self, window: QWindow) -> None:
        managed = not window.flags() & Qt.WindowType.X11BypassWindowManagerHint
        self._activate(int(window.winId()), managed)

    def give_back(self) -> None:
        if self._before:
            self._activate(self._before, self._before in self._root_windows(self._clients))
        self._before = 0

    def _root_windows(self, atom: int) -> list[int]:
        from Xlib import X

        found = self._x.root.get_full_property(atom, X.AnyPropertyType)
        return [int(window) for window in found.value] if found else []

    def _activate(self, window_id: int, managed: bool) -> None:
        from Xlib import X
        from Xlib.protocol.event import ClientMessage

        window = self._x.display.create_resource_object("window", window_id)
        if managed:
            by_the_user = 2  # "a pager": the window manager must not take it for a program that pushes forward
            message = ClientMessage(
                window=window, client_type=self._active, data=(32, [by_the_user, X.CurrentTime, 0, 0, 0])
            )
            self._x.root.send_event(message, X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        else:
            window.set_input_focus(X.RevertToParent, X.CurrentTime)
        self._x.settle()


class _WindowsFocus:
    """Untested on this platform. Allowed to, because the process has just received a hotkey."""

    def __init__(self) -> None:
        self._before = 0

    def remember(self) -> None:
        if sys.platform == "win32":
            import ctypes

            self._before = ctypes.windll.user32.GetForegroundWindow()

    def take(self, window: QWindow) -> None:
        if sys.platform == "win32":
            import ctypes

            ctypes.windll.user32.SetForegroundWindow(int(window.winId()))
        window.requestActivate()

    def give_back(self) -> None:
        if sys.platform == "win32" and self._before:
            import ctypes

            ctypes.windll.user32.SetForegroundWindow(self._before)
        self._before = 0


class _MacFocus:
    """Untested on this platform. By application, as macOS gives the focus; AppKit comes with pynput's requirements."""

    def __init__(self) -> None:
        self._before: Any = None

    def remember(self) -> None:
        if sys.platform == "darwin":
            from AppKit import NSWorkspace

            self._before = NSWorkspace.sharedWorkspace().frontmostApplication()

    def take(self, window: QWindow) -> None:
        if sys.platform == "darwin":
            from AppKit import NSApp

            NSApp.activateIgnoringOtherApps_(True)
        window.requestActivate()

    def give_back(self) -> None:
        if self._before is not None:
            ignoring_others = 1 << 1
            self._before.activateWithOptions_(ignoring_others)
        self._before = None

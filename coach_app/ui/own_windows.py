"""Tracks the positions of the app's own windows."""

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget

_CHANGES = frozenset(
    {QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.WindowStateChange}
)
_PASSING = (Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)
_FRAMED_MS = 300
"""The time that a window manager takes to put a frame around a window, which nobody tells."""
_MIN_PX = 64
"""Of a window's longer side: what is smaller is an icon, as the one in the tray is on X11."""


class OwnWindows(QObject):
    """The app's windows as they open, close, move and resize. Interface thread only.

    Includes message boxes, file dialogs and menus, wherever they are created.

    Args:
        but: a window to exclude.

    Attributes:
        changed: emitted when a window appeared, disappeared or moved.
    """

    changed = Signal()

    def __init__(self, but: QWidget) -> None:
        super().__init__(but)
        self._but = but
        self._soon = QTimer(self, singleShot=True, interval=0)  # event filters run before the event takes effect
        self._soon.timeout.connect(self.changed)
        self._framed = QTimer(self, singleShot=True, interval=_FRAMED_MS)
        self._framed.timeout.connect(self.changed)
        app = QApplication.instance()
        assert app
        app.installEventFilter(self)

    def end(self) -> None:
        """Stop tracking."""
        app = QApplication.instance()
        assert app
        app.removeEventFilter(self)
        self._soon.stop()
        self._framed.stop()

    def places(self) -> list[QRect]:
        """The rectangles of visible windows, including their frames."""
        # A widget queries its frame only once, perhaps before the window manager has created it.
        return [
            handle.frameGeometry()
            for window in QApplication.topLevelWidgets()
            if self._counts(window) and (handle := window.windowHandle())
        ]

    @property
    def in_use(self) -> bool:
        """Whether one of them is active, or stays on top of other programs."""
        if QApplication.applicationState() == Qt.ApplicationState.ApplicationActive:
            return True
        on_top = Qt.WindowType.WindowStaysOnTopHint
        return any(window.windowFlags() & on_top for window in QApplication.topLevelWidgets() if self._counts(window))

    def _may_count(self, window: QWidget) -> bool:
        return window is not self._but and window.isWindow() and window.windowType() not in _PASSING

    def _counts(self, window: QWidget) -> bool:
        seen = window.isVisible() and not window.isMinimized()
        return self._may_count(window) and seen and max(window.width(), window.height()) >= _MIN_PX

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See QObject."""
        if (
            event.type() in _CHANGES
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched is not self._but
        ):
            self._soon.start()
            self._framed.start()
        return False

"""Tracks the desktop's monitors."""

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_FRAME_PX = 48
"""Room for what window managers put around a window."""


def room_for(window: QWidget) -> QSize:
    """The maximum size of a window on its screen."""
    return window.screen().availableGeometry().size() - QSize(_FRAME_PX, _FRAME_PX)


def fit(window: QWidget, width: int, height: int) -> None:
    """Resize a window, limited by its screen."""
    window.resize(QSize(width, height).boundedTo(room_for(window)))


def scrolling(content: QWidget) -> QScrollArea:
    """A scroll area for contents that may exceed small screens."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


class Screens(QObject):
    """Watches the monitors.

    Attributes:
        changed: emitted when the layout changed and there is at least one monitor.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.screenAdded.connect(self._on_added)
        app.screenRemoved.connect(self._on_change)
        for screen in QGuiApplication.screens():
            screen.geometryChanged.connect(self._on_change)

    def _on_added(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._on_change)
        self._on_change()

    def _on_change(self) -> None:
        # Qt still lists a screen while announcing its removal.
        QTimer.singleShot(0, self, self._tell)

    def _tell(self) -> None:
        if QGuiApplication.screens():
            self.changed.emit()

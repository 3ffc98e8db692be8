"""The monitors of the desktop, as they come, go and change."""

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_FRAME_PX = 48
"""Room for what window managers put around a window."""


def room_for(window: QWidget) -> QSize:
    """The greatest size of a window that its screen has room for."""
    return window.screen().availableGeometry().size() - QSize(_FRAME_PX, _FRAME_PX)


def fit(window: QWidget, width: int, height: int) -> None:
    """Give a window this size, or as much of it as its screen has room for."""
    window.resize(QSize(width, height).boundedTo(room_for(window)))


def scrolling(content: QWidget) -> QScrollArea:
    """An area around something that may be larger than small screens."""
    area = QScrollArea(widgetResizable=True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


class Screens(QObject):
    """Watches the monitors.

    Attributes:
        changed: their arrangement is another one, and there is at least one.
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
        # Qt still lists a screen while it tells that it goes.
        QTimer.singleShot(0, self, self._tell)

    def _tell(self) -> None:
        if QGuiApplication.screens():
            self.changed.emit()

"""Fades windows in and out."""

from PySide6.QtCore import QObject, QPropertyAnimation
from PySide6.QtWidgets import QWidget

_IN_MS = 160
_OUT_MS = 450


class Fade(QObject):
    """Fades a window by its opacity, without repainting.

    Args:
        window: a hidden window.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window, self._over = window, False
        window.setWindowOpacity(0.0)
        self._animation = QPropertyAnimation(window, b"windowOpacity", self)
        self._animation.finished.connect(self._on_end)

    def to(self, shown: bool, *, at_once: bool) -> None:
        """Show or hide the window, starting from its current opacity.

        Args:
            shown: whether to show it.
            at_once: without fading.
        """
        if self._over:
            return
        window, animation, opacity = self._window, self._animation, 1.0 if shown else 0.0
        running = animation.state() == QPropertyAnimation.State.Running
        if running and animation.endValue() == opacity and not at_once:
            return
        animation.stop()
        if shown and not window.isVisible():
            window.setWindowOpacity(1.0 if at_once else 0.0)
            window.show()
        if at_once or window.windowOpacity() == opacity:
            window.setWindowOpacity(opacity)
            self._on_end()
            return
        animation.setDuration(_IN_MS if shown else _OUT_MS)
        animation.setStartValue(window.windowOpacity())
        animation.setEndValue(opacity)
        animation.start()

    def stop(self) -> None:
        """Stop fading for good."""
        self._over = True
        self._animation.stop()

    def _on_end(self) -> None:
        if self._window.windowOpacity() == 0.0:
            self._window.hide()

"""Moves a practice game on by itself, at a pace that can be followed."""

from PySide6.QtCore import QObject, QTimer, Signal

from coach_app.games.game import Practice


class PracticeClock(QTimer):
    """Makes the moves of a game that does not wait: that of the key held down, or else the game's idle one.

    A key that is released before its turn counts once.

    Args:
        practice: pace, and idle move.
        parent: its owner.

    Signals:
        due: a move, by its name.
    """

    due = Signal(str)

    def __init__(self, practice: Practice, parent: QObject) -> None:
        super().__init__(parent)
        self.setInterval(round(1000 / practice.steps_per_s))
        self._idle = practice.idle
        self._action, self._held = "", False
        self.timeout.connect(self._tick)

    def press(self, action: str) -> None:
        """A key was pressed: its move is next, or now if the game waits."""
        self._action, self._held = action, True
        if not self.isActive():
            self.start()
            self._tick()

    def release(self, action: str) -> None:
        """A key was released."""
        if action == self._action:
            self._held = False

    def stop(self) -> None:
        """Wait for a key."""
        self._action, self._held = "", False
        super().stop()

    def _tick(self) -> None:
        action = self._action or self._idle
        if not self._held:
            self._action = ""
        self.due.emit(action)

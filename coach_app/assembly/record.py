"""Records a trace of the running app, for the demo, measurements and tests."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer

from coach_app.session.events import AnswerFinished, AnswerStarted, Event
from coach_app.session.trace import Trace
from coach_app.ui.overlay import Overlay

_TICK_MS = 16


class Record:
    """A trace, which may be switched off.

    Args:
        path: file of the trace; None for no trace.
    """

    def __init__(self, path: Path | None) -> None:
        self._trace = Trace(path) if path else None

    def note(self, name: str, **values: Any) -> None:
        """Write one line."""
        if self._trace:
            self._trace.note(name, **values)

    def watch(self, overlay: Overlay, ticks: bool) -> Callable[[Event], None]:
        """Start recording events and how they are shown.

        Args:
            overlay: its first paint, and its position with each answer, are recorded.
            ticks: also record the timing of the interface thread during answers.

        Returns:
            A listener to be called with each event, after the overlay has shown it.
        """
        if self._trace is None:
            return lambda event: None
        trace, rhythm = self._trace, _Ticks() if ticks else None
        overlay.installEventFilter(_FirstPaint(overlay, lambda: trace.note("WindowUp")))

        def write(event: Event) -> None:
            trace.event(event)
            if isinstance(event, AnswerStarted) and rhythm:
                rhythm.begin()
            if isinstance(event, AnswerFinished):
                card = overlay.card_geometry()
                trace.note("OverlayPlaced", left=card.x(), top=card.y(), width=card.width(), height=card.height())
                if rhythm:
                    trace.note("Ticks", intervals_ms=rhythm.end())

        return write

    def close(self) -> None:
        """Close the trace; may be called twice."""
        if self._trace:
            self._trace.close()


class _FirstPaint(QObject):
    """Calls back once when a widget is first painted. Owned by the widget."""

    def __init__(self, widget: QObject, painted: Callable[[], None]) -> None:
        super().__init__(widget)
        self._painted = painted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let everything pass."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._painted()
        return False


class _Ticks:
    """Measures the intervals of a timer in the interface thread, in milliseconds."""

    def __init__(self) -> None:
        self._gaps_ms: list[float] = []
        self._last: float | None = None
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Start measuring."""
        self._gaps_ms, self._last = [], None
        self._timer.start()

    def end(self) -> list[float]:
        """The intervals since ``begin``, in milliseconds."""
        self._timer.stop()
        return self._gaps_ms

    def _tick(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._last is not None:
            self._gaps_ms.append((now - self._last) * 1000)
        self._last = now

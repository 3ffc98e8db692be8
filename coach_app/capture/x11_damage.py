"""When a window of an X11 desktop draws, by the Damage extension.

The server tells every change of a window with its own time, in milliseconds. It is asked about once a second, so that
watching costs next to nothing.
"""

import contextlib
from typing import Any

from Xlib import X, Xatom, error
from Xlib.ext import damage

from coach_app.capture.frame_watch import Gaps, window_gone
from coach_app.capture.x11 import CONNECTION_ERRORS, open_display
from coach_app.domain.errors import CoachError

_MOST = 5_000
"""A window with more changes between two calls draws every line by itself; reading on would cost more than it tells."""
_WRAP_MS = 1 << 32
"""The server's clock starts again at this."""


class DamagedWindow:
    """See `coach_app.capture.frame_watch.FrameWatch`.

    Args:
        window_id: the window.

    Raises:
        CoachError: the window or the screen is gone, or the server has no such extension.
    """

    def __init__(self, window_id: int) -> None:
        self._display = open_display()
        self._gaps = Gaps()
        self._clock_ms = 0
        self._last_ms: int | None = None
        self._damage: int | None = None
        try:
            if not self._display.has_extension("DAMAGE"):
                raise CoachError("This screen does not tell when a window draws.")
            self._display.damage_query_version()
            window = self._display.create_resource_object("window", window_id)
            owner = window.get_full_property(self._display.intern_atom("_NET_WM_PID"), Xatom.CARDINAL)
            self._pid = int(owner.value[0]) if owner and owner.value else None
            self._damage = window.damage_create(damage.DamageReportRawRectangles)
            self._display.sync()
        except (error.BadWindow, error.BadDrawable) as gone:
            self.close()
            raise window_gone() from gone
        except CONNECTION_ERRORS as gone:
            raise window_gone() from gone
        except CoachError:
            self.close()
            raise

    @property
    def pid(self) -> int | None:
        """The process that the window names."""
        return self._pid

    def gaps_s(self) -> tuple[float, ...]:
        """See FrameWatch."""
        moments = []
        try:
            while self._display.pending_events():
                event: Any = self._display.next_event()
                if getattr(event, "damage", None) == self._damage and self._damage is not None:
                    moments.append(self._seconds(event.timestamp))
                elif event.type == X.DestroyNotify:
                    raise window_gone()
                if len(moments) > _MOST:
                    self._stop()
                    return ()
        except CONNECTION_ERRORS as gone:
            raise window_gone() from gone
        return self._gaps.between(moments)

    def close(self) -> None:
        """Close the connection."""
        with contextlib.suppress(*CONNECTION_ERRORS):
            self._display.close()

    def _stop(self) -> None:
        """Have the server tell no more."""
        if self._damage is not None:
            self._display.damage_destroy(self._damage)
            self._display.flush()
            self._damage = None

    def _seconds(self, server_ms: int) -> float:
        """The server's time on a clock that does not start again."""
        if self._last_ms is not None:
            self._clock_ms += (server_ms - self._last_ms) % _WRAP_MS
        self._last_ms = server_ms
        return self._clock_ms / 1000

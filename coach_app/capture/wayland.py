"""Captures a window or monitor of a Wayland desktop, which the user picks in the desktop's own window (Linux)."""

import time
from collections.abc import Callable
from typing import Any, Final, Protocol

from PIL import Image

from coach_app.capture.picked import forget_pick, keep_pick, kept_pick
from coach_app.capture.source import Loss, SourceLost
from coach_app.desktop.portal import Dismissed, Portal, Steps
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame, Place

AGAIN_AFTER_S: Final = 3.0
"""Time until a picture that ended, or could not be had, is asked for again."""
_QUICK_S: Final = 1.0
"""A desktop that asks nothing has answered by then."""
_MONITOR, _WINDOW = 1, 2
_CURSOR_HIDDEN = 1
_UNTIL_REVOKED = 2

_NO_PIPEWIRE = "PipeWire, which Wayland desktops send their pictures through, is missing."
_GET_PIPEWIRE = "Install it (on Debian and Ubuntu: libpipewire-0.3-0), and log in again."


class Stream(Protocol):
    """Pictures that arrive over PipeWire; ``pipewire_capture.CaptureStream``."""

    window_invalid: bool
    """Whether the stream has ended."""

    def get_frame(self) -> Any:
        """The newest picture: an array of height x width x 4 bytes (blue, green, red, unused); None before the
        first."""

    def stop(self) -> None:
        """End the stream."""


class _Cast:
    """A picture that the desktop sends.

    Args:
        stream: its pictures.
        session: the portal's session, which ends with it.
        box: left, top, right and bottom on the desktop; None where it is not a monitor.
    """

    def __init__(self, stream: Stream, session: str, box: tuple[int, int, int, int] | None) -> None:
        self.stream, self.session, self.box = stream, session, box


class WaylandSource:
    """What the user picks in the desktop's own window; picked once, as the desktop is asked to remember it.

    Args:
        connect: connects to the desktop portal.
        open_stream: opens a stream by its descriptor, number, width and height; raises CoachError.
    """

    def __init__(
        self,
        connect: Callable[[], Portal] = Portal,
        open_stream: Callable[[int, int, int, int], Stream] | None = None,
    ) -> None:
        self._connect, self._open_stream = connect, open_stream or _pipewire
        self._portal: Portal | None = None
        self._steps: Steps[_Cast] | None = None
        self._cast: _Cast | None = None
        self._lost = SourceLost(Loss.UNAVAILABLE, "The desktop is asked for its picture.")
        self._refused = False
        self._asked_s = 0.0
        self._again_s = 0.0

    @property
    def description(self) -> str:
        """What it is; the desktop does not tell which window."""
        return "what you picked on the desktop"

    def grab(self) -> Frame | SourceLost:
        """The newest picture, or why there is none."""
        try:
            if self._cast is None:
                self._cast = self._go_on()
            return self._picture(self._cast) if self._cast else self._lost
        except Dismissed:
            self._refused = True
            return self._end(Loss.CLOSED, "Nothing was picked. Choose in the menu what to watch to be asked again.")
        except CoachError as error:
            return self._end(Loss.UNAVAILABLE, str(error))

    def close(self) -> None:
        """End the stream, and what the desktop asks; may be called twice."""
        if self._cast:
            self._cast.stream.stop()
        if self._portal:
            self._portal.close()
        self._portal = self._steps = self._cast = None

    def _go_on(self) -> _Cast | None:
        """Go on asking the desktop; None while it has not answered."""
        now_s = time.monotonic()
        if self._refused or now_s < self._again_s:
            return None
        if self._portal is None or self._steps is None:
            self._portal, self._asked_s = self._connect(), now_s
            self._steps = self._ask(self._portal)
        elif now_s - self._asked_s > _QUICK_S:
            self._lost = SourceLost(Loss.UNAVAILABLE, "Pick the game's window in the window that your desktop shows.")
        try:
            next(self._steps)
        except StopIteration as end:
            cast: _Cast = end.value
            return cast
        return None

    def _ask(self, portal: Portal) -> Steps[_Cast]:
        kinds = yield from portal.property("ScreenCast", "AvailableSourceTypes")
        cursors = yield from portal.property("ScreenCast", "AvailableCursorModes")
        version = yield from portal.property("ScreenCast", "version")
        session = yield from portal.session("ScreenCast")
        wanted = {"types": ("u", kinds & (_MONITOR | _WINDOW) or _MONITOR), "multiple": ("b", False)}
        if cursors & _CURSOR_HIDDEN:
            wanted["cursor_mode"] = ("u", _CURSOR_HIDDEN)
        if version >= 4:
            wanted["persist_mode"] = ("u", _UNTIL_REVOKED)
            if token := kept_pick():
                wanted["restore_token"] = ("s", token)
        try:
            yield from portal.request("ScreenCast", "SelectSources", "o", session, **wanted)
        except CoachError:
            forget_pick()  # it may be the token that is refused
            raise
        started = yield from portal.request("ScreenCast", "Start", "os", session, "")
        forget_pick()  # a token opens once
        if token := started.get("restore_token", ""):
            keep_pick(token)
        if not started.get("streams"):
            raise Dismissed("The desktop sends no picture.")
        node, about = started["streams"][0]
        (descriptor,) = yield from portal.call("ScreenCast", "OpenPipeWireRemote", "oa{sv}", session, {})
        width, height = about.get("size", ("(ii)", (0, 0)))[1]
        with descriptor:
            stream = self._open_stream(descriptor.fileno(), node, width, height)
        left, top = about.get("position", ("(ii)", (0, 0)))[1]
        monitor = about.get("source_type", ("u", _MONITOR))[1] == _MONITOR
        return _Cast(stream, session, (left, top, left + width, top + height) if monitor else None)

    def _picture(self, cast: _Cast) -> Frame | SourceLost:
        assert self._portal
        self._portal.receive()
        signals, closed = self._portal.signals, False
        while signals:
            signal = signals.popleft()
            closed |= signal.name == "Session.Closed" and signal.path == cast.session
        if closed or cast.stream.window_invalid:
            gone = "What you picked was closed. The coach continues when it is back, or when you pick it again."
            return self._end(Loss.CLOSED, gone)
        pixels = cast.stream.get_frame()
        if pixels is None:
            waits = "The desktop has sent no picture yet. Some send none until something in the window moves."
            return SourceLost(Loss.UNAVAILABLE, waits)  # KWin 5 for one
        height, width, _ = pixels.shape
        image = Image.frombuffer("RGBX", (width, height), pixels, "raw", "RGBX", 0, 1)  # no copy
        box = cast.box
        at_scale = box and (box[2] - box[0], box[3] - box[1]) == (width, height)
        return Frame(image, place=Place(box=box) if box and at_scale else None)

    def _end(self, reason: Loss, sentence: str) -> SourceLost:
        """Give back what there is, and begin anew after a while."""
        self.close()
        self._lost, self._again_s = SourceLost(reason, sentence), time.monotonic() + AGAIN_AFTER_S
        return self._lost


def _pipewire(descriptor: int, node: int, width: int, height: int) -> Stream:
    try:
        from pipewire_capture import CaptureStream
    except ImportError as error:
        raise CoachError(_NO_PIPEWIRE, _GET_PIPEWIRE) from error
    # Every picture counts: one that were skipped for coming too soon might be the last of a game that now waits.
    stream = CaptureStream(descriptor, node, width, height, 0.0)
    stream.start()
    made: Stream = stream
    return made

"""Lists the windows of an X11 desktop and captures them from their own pixmaps.

The Composite extension keeps the whole contents of a window in a separate pixmap, even where the window is covered or
off the screen. Windows above it, such as the overlay, are not in the picture.
"""

import contextlib
import os
from typing import Any

from PIL import Image
from Xlib import X, Xatom, error
from Xlib.display import Display
from Xlib.ext import composite

from coach_app.capture import compound_text
from coach_app.capture.pixels import PixelFormat, pixel_format
from coach_app.capture.source import Loss
from coach_app.capture.windows import NoPicture, WindowInfo
from coach_app.capture.xshm import SharedMemoryReader
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame

# Raised by python-xlib when the server has gone away.
CONNECTION_ERRORS = (error.ConnectionClosedError, OSError)
_NOT_WINDOWS = ("_NET_WM_WINDOW_TYPE_DOCK", "_NET_WM_WINDOW_TYPE_DESKTOP")


class X11Desktop:
    """The windows of the display named by ``DISPLAY``.

    Raises:
        CoachError: there is no such display, or it lacks the Composite extension.
    """

    def __init__(self) -> None:
        self._display = open_display()
        self._redirected: int | None = None
        self._reader: SharedMemoryReader | None = None
        self._closed = False
        self._root = self._display.screen().root
        if not self._display.has_extension("Composite"):
            self.close()
            raise CoachError(
                "This screen cannot capture single windows.",
                "Choose a monitor or a part of the screen instead.",
            )
        with contextlib.suppress(OSError):  # a server on another machine: read through the connection then
            self._reader = SharedMemoryReader(self._display)

    def windows(self) -> list[WindowInfo]:
        """Ordinary windows, front-most first."""
        try:
            while self._display.pending_events():
                self._display.next_event()  # none was requested, but keyboard changes are sent to every client
            found = (self._describe(window_id) for window_id in self._ids())
            return [window for window in found if window is not None]
        except CONNECTION_ERRORS as cause:
            raise _screen_gone() from cause

    def capture(self, window_id: int) -> Frame:
        """Capture the client area of a window from its own pixmap.

        Raises:
            NoPicture: MINIMISED, CLOSED, COLOURS if the colour depth is not supported, or UNAVAILABLE.
            CoachError: the screen is gone.
        """
        window = self._display.create_resource_object("window", window_id)
        try:
            # Retry if it was resized between the query of its size and the reading, or is a new window with the id of
            # an earlier one, not redirected yet.
            for _ in range(3):
                self._redirect(window)
                if (image := self._read(window)) is not None:
                    return Frame(image, title=self._title(window))
                if _state(window) != X.IsViewable:
                    raise NoPicture(Loss.MINIMISED)
                self._unredirect()
            raise NoPicture(Loss.UNAVAILABLE)
        except (error.BadWindow, error.BadDrawable) as gone:
            raise NoPicture(Loss.CLOSED) from gone
        except CONNECTION_ERRORS as cause:
            raise _screen_gone() from cause

    def close(self) -> None:
        """Close the connection; the server then undoes every redirection."""
        if self._closed:
            return
        self._closed = True
        if self._reader is not None:
            self._reader.close()
        with contextlib.suppress(*CONNECTION_ERRORS):
            self._display.close()

    def _redirect(self, window: Any) -> None:
        if self._redirected != window.id:
            self._unredirect()
            self._redirected = window.id
            window.composite_redirect_window(composite.RedirectAutomatic, onerror=_ignore)

    def _unredirect(self) -> None:
        if self._redirected is not None:
            window = self._display.create_resource_object("window", self._redirected)
            window.composite_unredirect_window(composite.RedirectAutomatic, onerror=_ignore)
            self._redirected = None

    def _read(self, window: Any) -> Image.Image | None:
        """Name the pixmap and read it; None if that failed although the window exists.

        The pixmap is named for every picture, which costs nothing: after a resize or when it is shown again, a window
        has a new one, and the old one stays as it was.
        """
        geometry = window.get_geometry()
        pixmap = window.composite_name_window_pixmap(onerror=_ignore)
        border = geometry.border_width  # the pixmap holds the border, too
        form = pixel_format(self._display, window.get_attributes().visual, geometry.depth)
        if form is None:
            pixmap.free(onerror=_ignore)
            raise NoPicture(Loss.COLOURS)
        try:
            return read_pixels(self._reader, pixmap, (border, border, geometry.width, geometry.height), form)
        except (error.BadDrawable, error.BadPixmap, error.BadMatch):
            return None
        finally:
            pixmap.free(onerror=_ignore)

    def _ids(self) -> list[int]:
        for name in ("_NET_CLIENT_LIST_STACKING", "_NET_CLIENT_LIST"):
            if ids := self._cardinals(self._root, name, Xatom.WINDOW):
                return ids[::-1]
        # Without a window manager every program's window is a child of the root.
        return [child.id for child in self._root.query_tree().children[::-1] if _has_class(child)]

    def _describe(self, window_id: int) -> WindowInfo | None:
        window = self._display.create_resource_object("window", window_id)
        try:
            kinds = self._cardinals(window, "_NET_WM_WINDOW_TYPE", Xatom.ATOM)
            if any(self._atom(name) in kinds for name in _NOT_WINDOWS):
                return None
            geometry = window.get_geometry()
            corner = self._root.translate_coords(window, 0, 0)
            states = self._cardinals(window, "_NET_WM_STATE", Xatom.ATOM)
            shown = _state(window) == X.IsViewable and self._atom("_NET_WM_STATE_HIDDEN") not in states
            pids = self._cardinals(window, "_NET_WM_PID", Xatom.CARDINAL)
            return WindowInfo(
                id=window_id,
                title=self._title(window),
                program=self._program(window),
                pid=pids[0] if pids else None,
                left=corner.x,
                top=corner.y,
                width=geometry.width,
                height=geometry.height,
                minimised=not shown,
                full_screen=self._atom("_NET_WM_STATE_FULLSCREEN") in states,
            )
        except error.XError:
            return None  # closed in the meantime

    def _title(self, window: Any) -> str:
        for name in (self._atom("_NET_WM_NAME"), Xatom.WM_NAME):
            if text := self._text(window, name):
                return text
        return ""

    def _program(self, window: Any) -> str:
        return self._text(window, Xatom.WM_CLASS).rstrip("\0").rpartition("\0")[2]

    def _text(self, window: Any, name: int) -> str:
        """Decode a text property. Some toolkits label UTF-8 as Latin-1."""
        found = window.get_full_property(name, X.AnyPropertyType)
        if found is None or found.format != 8:
            return ""
        raw = found.value if isinstance(found.value, bytes) else bytes(found.value, "latin-1")
        if found.property_type == self._atom("COMPOUND_TEXT"):
            return compound_text.decode(raw)
        try:
            return raw.decode()
        except UnicodeDecodeError:
            return raw.decode("latin-1")

    def _cardinals(self, window: Any, name: str, kind: int) -> list[int]:
        found = window.get_full_property(self._atom(name), kind)
        return list(found.value) if found is not None and found.format == 32 else []

    def _atom(self, name: str) -> int:
        return int(self._display.get_atom(name))  # asked for once; intern_atom would ask each time


def _state(window: Any) -> int:
    return int(window.get_attributes().map_state)


def _has_class(window: Any) -> bool:
    try:
        attributes = window.get_attributes()
        named = window.get_full_property(Xatom.WM_CLASS, X.AnyPropertyType) is not None
    except error.XError:
        return False
    return named and attributes.win_class == X.InputOutput and not attributes.override_redirect


class X11Root:
    """The whole screen of ``DISPLAY``, at any colour depth.

    Raises:
        CoachError: there is no such display, or its colours cannot be read.
    """

    def __init__(self) -> None:
        self._display = open_display()
        self._reader: SharedMemoryReader | None = None
        screen = self._display.screen()
        self._root = screen.root
        form = pixel_format(self._display, screen.root_visual, screen.root_depth)
        if form is None:
            self._display.close()
            raise CoachError(
                f"The colours of this screen ({screen.root_depth} bits) cannot be read.",
                "Set the screen to 16, 24 or 30 bits a pixel.",
            )
        self._form = form
        with contextlib.suppress(OSError):
            self._reader = SharedMemoryReader(self._display)

    def monitors(self) -> list[tuple[int, int, int, int]]:
        """Left, top, right, bottom of the whole desktop, and then of each monitor, in physical pixels."""
        screen = self._root.get_geometry()
        boxes = [(0, 0, int(screen.width), int(screen.height))]
        with contextlib.suppress(error.XError, AttributeError):  # a server without RandR 1.5 has one monitor
            found = self._root.xrandr_get_monitors().monitors
            found = sorted(found, key=lambda monitor: (not monitor.primary, monitor.x, monitor.y))
            each = [(m.x, m.y, m.x + m.width_in_pixels, m.y + m.height_in_pixels) for m in found]
            return [*boxes, *(each or boxes)]
        return [*boxes, *boxes]

    def grab(self, box: tuple[int, int, int, int]) -> Image.Image:
        """Capture a rectangle (left, top, right, bottom) of the screen as RGB.

        Raises:
            CoachError: the screen is gone.
        """
        left, top, right, bottom = box
        try:
            return read_pixels(self._reader, self._root, (left, top, right - left, bottom - top), self._form)
        except CONNECTION_ERRORS as cause:
            raise _screen_gone() from cause

    def close(self) -> None:
        """Close the connection."""
        if self._reader is not None:
            self._reader.close()
            self._reader = None
        with contextlib.suppress(*CONNECTION_ERRORS):
            self._display.close()


def open_display() -> Any:
    """Connect to the display named by ``DISPLAY``.

    X errors raise exceptions of python-xlib and, unlike with Xlib itself, never end the process.

    Raises:
        CoachError: there is no such display.
    """
    try:
        display = Display()
    except (error.DisplayError, error.XauthError, error.XNoAuthError, *CONNECTION_ERRORS) as cause:
        name = os.environ.get("DISPLAY", "")
        raise CoachError(
            f"The screen “{name}” cannot be reached." if name else "There is no screen.",
            "Start the coach on a desktop, or set DISPLAY to one.",
        ) from cause
    display.set_error_handler(_ignore)
    # python-xlib assigns core error codes to errors of the RandR extension, and then fails on them.
    display.display.error_classes.update(error.xerror_class)
    return display


def read_pixels(
    reader: SharedMemoryReader | None, drawable: Any, box: tuple[int, int, int, int], form: PixelFormat
) -> Image.Image:
    """Read a rectangle of a drawable as RGB; valid until the next one is read.

    Args:
        reader: shared memory; None reads through the connection.
        drawable: window or pixmap.
        box: left, top, width, height.
        form: format of its pixels.

    Raises:
        Xlib.error.XError: the drawable is gone, or the rectangle is not inside it.
    """
    left, top, width, height = box
    data: Any
    if reader is not None:
        data = reader.read(drawable, left, top, width, height, form.line_bytes(width) * height)
    else:
        data = drawable.get_image(left, top, width, height, X.ZPixmap, 0xFFFFFFFF).data
    return form.image(data, width, height)


def _screen_gone() -> CoachError:
    return CoachError("The connection to the screen has ended.", "The coach tries again by itself.")


def _ignore(_error: object, _request: object) -> int:
    return 1

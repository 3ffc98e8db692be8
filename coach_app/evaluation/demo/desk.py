"""Controls the demo's virtual screen: finds and places windows, presses keys, takes pictures (X11)."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image


@dataclass(frozen=True)
class Box:
    """A rectangle of the screen, in pixels."""

    left: int
    top: int
    width: int
    height: int


class Desk:
    """One connection to a virtual screen.

    Args:
        display: name of the display, for instance ``:1``.
    """

    def __init__(self, display: str) -> None:
        from mss import MSS
        from Xlib.display import Display

        self._x = Display(display)
        self._root = self._x.screen().root
        self._screen = MSS(display=display)

    def close(self) -> None:
        """Release everything."""
        self._screen.close()
        self._x.close()

    def window_of(self, pid: int) -> int | None:
        """The visible window of a process, or None."""
        from Xlib.error import BadWindow

        clients = self._root.get_full_property(self._x.intern_atom("_NET_CLIENT_LIST"), 0)
        for window_id in clients.value if clients else []:
            with contextlib.suppress(BadWindow):
                window = self._x.create_resource_object("window", window_id)
                owner = window.get_full_property(self._x.intern_atom("_NET_WM_PID"), 0)
                if owner and owner.value[0] == pid:
                    return int(window_id)
        return None

    def frame_box(self, window_id: int) -> Box:
        """The rectangle of a window with its title bar and borders."""
        window = self._x.create_resource_object("window", window_id)
        while (parent := window.query_tree().parent) != self._root:
            window = parent
        shape = window.get_geometry()
        return Box(shape.x, shape.y, shape.width, shape.height)

    def place(self, window_id: int, left: int, top: int) -> None:
        """Move a window."""
        self._x.create_resource_object("window", window_id).configure(x=left, y=top)
        self._x.sync()

    def focus(self, window_id: int) -> None:
        """Focus a window, like a click on a taskbar."""
        from Xlib import X
        from Xlib.protocol.event import ClientMessage

        window = self._x.create_resource_object("window", window_id)
        message = ClientMessage(
            window=window, client_type=self._x.intern_atom("_NET_ACTIVE_WINDOW"), data=(32, [2, X.CurrentTime, 0, 0, 0])
        )
        self._root.send_event(message, X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self._x.sync()

    def minimise(self, window_id: int) -> None:
        """Minimise a window."""
        from Xlib import X, Xutil
        from Xlib.protocol.event import ClientMessage

        window = self._x.create_resource_object("window", window_id)
        change = self._x.intern_atom("WM_CHANGE_STATE")
        message = ClientMessage(window=window, client_type=change, data=(32, [Xutil.IconicState, 0, 0, 0, 0]))
        self._root.send_event(message, X.SubstructureRedirectMask | X.SubstructureNotifyMask)
        self._x.sync()

    def press(self, key: str) -> None:
        """Press and release a key; the focused window receives it.

        Args:
            key: name of the key, for instance ``Left``.
        """
        from Xlib import XK, X
        from Xlib.ext import xtest

        name = XK.string_to_keysym(key) or XK.string_to_keysym(key.lower())  # Qt's "Space" is X's "space"
        code = self._x.keysym_to_keycode(name)
        xtest.fake_input(self._x, X.KeyPress, code)
        xtest.fake_input(self._x, X.KeyRelease, code)
        self._x.sync()

    def picture(self) -> Image.Image:
        """Capture the whole screen as RGB."""
        shot = self._screen.grab(self._screen.monitors[0])
        return Image.frombuffer("RGB", shot.size, shot.raw, "raw", "BGRX", 0, 1).copy()


@contextlib.contextmanager
def desk(display: str) -> Iterator[Desk]:
    """Open a desk, closed at the end of the block."""
    with contextlib.closing(Desk(display)) as opened:
        yield opened

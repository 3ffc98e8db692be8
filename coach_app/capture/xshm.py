"""Reads X11 drawables quickly through shared memory (the MIT-SHM extension), on python-xlib's connection.

Protocol: https://www.x.org/releases/X11R7.7/doc/xextproto/shm.html
"""

import ctypes
import ctypes.util
from typing import Any

import numpy as np
import numpy.typing as npt
from Xlib import X, error
from Xlib.display import Display
from Xlib.protocol import rq

_IPC_PRIVATE, _IPC_CREAT, _IPC_RMID = 0, 0o1000, 0
_ALL_PLANES = 0xFFFFFFFF


class _Attach(rq.Request):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(1),
        rq.RequestLength(),
        rq.Card32("shmseg"),
        rq.Card32("shmid"),
        rq.Bool("read_only"),
        rq.Pad(3),
    )


class _Detach(rq.Request):  # type: ignore[misc]
    _request = rq.Struct(rq.Card8("opcode"), rq.Opcode(2), rq.RequestLength(), rq.Card32("shmseg"))


class _GetImage(rq.ReplyRequest):  # type: ignore[misc]
    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(4),
        rq.RequestLength(),
        rq.Drawable("drawable"),
        rq.Int16("x"),
        rq.Int16("y"),
        rq.Card16("width"),
        rq.Card16("height"),
        rq.Card32("plane_mask"),
        rq.Card8("format"),
        rq.Pad(3),
        rq.Card32("shmseg"),
        rq.Card32("offset"),
    )
    _reply = rq.Struct(
        rq.ReplyCode(),
        rq.Card8("depth"),
        rq.Card16("sequence_number"),
        rq.ReplyLength(),
        rq.Card32("visual"),
        rq.Card32("size"),
        rq.Pad(16),
    )


class SharedMemoryReader:
    """Reads rectangles into a segment that this process shares with the X server.

    Args:
        display: connection; used from one thread.

    Raises:
        OSError: the server is on another machine, or does not share memory with this process.
    """

    def __init__(self, display: Display) -> None:
        extension = display.query_extension("MIT-SHM")
        if extension is None:
            raise OSError("The X server has no MIT-SHM extension.")
        self._opcode = extension.major_opcode
        self._display = display
        self._libc = ctypes.CDLL(ctypes.util.find_library("c"), use_errno=True)
        self._libc.shmget.argtypes = [ctypes.c_int, ctypes.c_size_t, ctypes.c_int]
        self._libc.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
        self._libc.shmat.restype = ctypes.c_void_p
        self._libc.shmctl.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_void_p]
        self._libc.shmdt.argtypes = [ctypes.c_void_p]
        self._address: int | None = None
        self._size = 0
        self._segment = 0
        self._grow(4096)

    def read(self, drawable: Any, x: int, y: int, width: int, height: int, size: int) -> npt.NDArray[np.uint8]:
        """Pixels of a drawable, (size,) uint8; a view that is valid until the next call.

        Args:
            drawable: window or pixmap.
            x: left of the rectangle; then its top, width and height.
            size: bytes of the rectangle, which depend on the drawable's depth.

        Raises:
            Xlib.error.XError: the drawable is gone, or the rectangle is not inside it.
            OSError: no shared memory is available.
        """
        if size > self._size:
            self.close()
            self._grow(size)
        _GetImage(
            display=self._display.display,
            opcode=self._opcode,
            drawable=drawable,
            x=x,
            y=y,
            width=width,
            height=height,
            plane_mask=_ALL_PLANES,
            format=X.ZPixmap,
            shmseg=self._segment,
            offset=0,
        )
        assert self._address is not None
        return np.ctypeslib.as_array((ctypes.c_ubyte * size).from_address(self._address))

    def close(self) -> None:
        """Release the segment; may be called twice. Does not need a working connection."""
        if self._address is None:
            return
        try:
            _Detach(display=self._display.display, opcode=self._opcode, shmseg=self._segment, onerror=_ignore)
            self._display.flush()
        except error.ConnectionClosedError:
            pass  # the server has let go of it by itself
        self._libc.shmdt(self._address)
        self._address, self._size = None, 0

    def _grow(self, size: int) -> None:
        shmid = self._libc.shmget(_IPC_PRIVATE, size, _IPC_CREAT | 0o600)
        if shmid < 0:
            raise OSError(ctypes.get_errno(), "No shared memory.")
        try:
            address = self._libc.shmat(shmid, None, 0)
            if address in (None, ctypes.c_void_p(-1).value):
                raise OSError(ctypes.get_errno(), "The shared memory cannot be used.")
            self._segment = self._display.display.allocate_resource_id()
            refused = error.CatchError()
            _Attach(
                display=self._display.display,
                opcode=self._opcode,
                shmseg=self._segment,
                shmid=shmid,
                read_only=False,
                onerror=refused,
            )
            self._display.sync()
            if refused.get_error() is not None:
                self._libc.shmdt(address)
                raise OSError("The X server cannot use the shared memory.")
        finally:
            # Marked for removal once both sides have attached: it goes away with them, even after a crash.
            self._libc.shmctl(shmid, _IPC_RMID, None)
        self._address, self._size = address, size


def _ignore(_error: object, _request: object) -> int:
    return 1

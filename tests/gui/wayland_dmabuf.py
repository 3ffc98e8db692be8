"""Stands between a Wayland compositor and a program: offers DMA-BUF pictures, which no machine without a card has.

xdg-desktop-portal-wlr refuses to send pictures where they are not offered, and then sends them through shared memory
all the same (emersion/xdg-desktop-portal-wlr#289).

    python wayland_dmabuf.py SOCKET_OF_THE_COMPOSITOR SOCKET_FOR_THE_PROGRAM
"""

import contextlib
import os
import socket
import struct
import sys
import threading
from collections.abc import Callable

_BUFFER_DONE = (6, 8)
"""Event and size of ``zwlr_screencopy_frame_v1.buffer_done``; no other event that the portal gets has both."""
_LINUX_DMABUF = 5
_XR24 = int.from_bytes(b"XR24", "little")

Change = Callable[[bytes], tuple[bytes, bytes]]
"""What to pass on of what has arrived, and what is left over: the beginning of a message."""


def offer(arrived: bytes) -> tuple[bytes, bytes]:
    """Say before each end of a list of picture formats that DMA-BUF is among them."""
    passed, at = b"", 0
    while len(arrived) - at >= 8:
        thing, head = struct.unpack_from("<II", arrived, at)
        size = head >> 16
        if len(arrived) - at < size:
            break
        if (head & 0xFFFF, size) == _BUFFER_DONE:
            passed += struct.pack("<IIIII", thing, 20 << 16 | _LINUX_DMABUF, _XR24, 1, 1)
        passed += arrived[at : at + size]
        at += size
    return passed, arrived[at:]


def forward(source: socket.socket, target: socket.socket, change: Change) -> None:
    """Pass on data and file descriptors until either side closes."""
    left = b""
    with contextlib.suppress(OSError):
        while True:
            data, descriptors, _, _ = socket.recv_fds(source, 65536, 64)
            if not data:
                break
            data, left = change(left + data)
            socket.send_fds(target, [data], descriptors)
            for descriptor in descriptors:
                os.close(descriptor)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


def main(compositor: str, program: str) -> None:
    """Serve until killed."""
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(program)
        listener.listen()
        while True:
            client, _ = listener.accept()
            server = socket.socket(socket.AF_UNIX)
            server.connect(compositor)
            for source, target, change in ((client, server, lambda data: (data, b"")), (server, client, offer)):
                threading.Thread(target=forward, args=(source, target, change), daemon=True).start()


if __name__ == "__main__":
    main(*sys.argv[1:])

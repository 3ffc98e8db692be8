"""Keeps a window out of screen captures where the platform can; on X11 the game's own pixels are captured."""

import sys

from PySide6.QtGui import QWindow


def exclude_from_capture(window: QWindow) -> None:
    """Hide a window from every capture. Call before its first paint. Untested on Windows and macOS."""
    if sys.platform == "win32":
        import ctypes

        not_captured = 0x11  # WDA_EXCLUDEFROMCAPTURE, Windows 10 2004 and later; refused before, which does no harm
        ctypes.windll.user32.SetWindowDisplayAffinity(int(window.winId()), not_captured)
    elif sys.platform == "darwin":
        import objc

        shared_with_none = 0  # NSWindowSharingNone
        objc.objc_object(c_void_p=int(window.winId())).window().setSharingType_(shared_with_none)

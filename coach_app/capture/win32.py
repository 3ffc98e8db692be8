"""Windows of a Windows desktop. Untested on this platform.

Pictures come from PrintWindow with PW_RENDERFULLCONTENT, which reads a window's own surface even where it is covered
(Windows 8.1 and later).
"""

import ctypes
import sys
from ctypes import wintypes
from pathlib import PureWindowsPath

import psutil
from PIL import Image

from coach_app.capture.source import Loss
from coach_app.capture.windows import NoPicture, WindowInfo
from coach_app.domain.frame import Frame

assert sys.platform == "win32"

_PW_CLIENTONLY, _PW_RENDERFULLCONTENT = 1, 2
_GWL_EXSTYLE, _WS_EX_TOOLWINDOW = -20, 0x80
_DWMWA_CLOAKED = 14
_BI_RGB, _DIB_RGB_COLORS = 0, 0
_MONITOR_DEFAULTTONEAREST = 2


class _BitmapInfoHeader(ctypes.Structure):
    _fields_ = (
        ("biSize", wintypes.DWORD),
        ("biWidth", wintypes.LONG),
        ("biHeight", wintypes.LONG),
        ("biPlanes", wintypes.WORD),
        ("biBitCount", wintypes.WORD),
        ("biCompression", wintypes.DWORD),
        ("biSizeImage", wintypes.DWORD),
        ("biXPelsPerMeter", wintypes.LONG),
        ("biYPelsPerMeter", wintypes.LONG),
        ("biClrUsed", wintypes.DWORD),
        ("biClrImportant", wintypes.DWORD),
    )


class _MonitorInfo(ctypes.Structure):
    _fields_ = (
        ("cbSize", wintypes.DWORD),
        ("rcMonitor", wintypes.RECT),
        ("rcWork", wintypes.RECT),
        ("dwFlags", wintypes.DWORD),
    )


_EnumProc = ctypes.WINFUNCTYPE(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)


class WindowsDesktop:
    """The windows of the user's desktop. Untested on this platform."""

    def __init__(self) -> None:
        self._user = ctypes.WinDLL("user32")
        self._gdi = ctypes.WinDLL("gdi32")
        self._dwm = ctypes.WinDLL("dwmapi")
        # Handles are pointers; without types ctypes would cut them to 32 bits.
        for library, names in (
            (self._user, ("GetDC", "MonitorFromWindow")),
            (self._gdi, ("CreateCompatibleDC", "CreateCompatibleBitmap", "SelectObject")),
        ):
            for name in names:
                getattr(library, name).restype = wintypes.HANDLE
        self._gdi.CreateCompatibleDC.argtypes = [wintypes.HANDLE]
        self._gdi.CreateCompatibleBitmap.argtypes = [wintypes.HANDLE, ctypes.c_int, ctypes.c_int]
        self._gdi.SelectObject.argtypes = [wintypes.HANDLE, wintypes.HANDLE]
        self._gdi.DeleteObject.argtypes = [wintypes.HANDLE]
        self._gdi.DeleteDC.argtypes = [wintypes.HANDLE]
        self._gdi.GetDIBits.argtypes = [
            wintypes.HANDLE,
            wintypes.HANDLE,
            wintypes.UINT,
            wintypes.UINT,
            ctypes.c_void_p,
            ctypes.c_void_p,
            wintypes.UINT,
        ]
        self._user.GetDC.argtypes = [wintypes.HWND]
        self._user.ReleaseDC.argtypes = [wintypes.HWND, wintypes.HANDLE]
        self._user.PrintWindow.argtypes = [wintypes.HWND, wintypes.HANDLE, wintypes.UINT]
        self._user.MonitorFromWindow.argtypes = [wintypes.HWND, wintypes.DWORD]
        self._user.GetMonitorInfoW.argtypes = [wintypes.HANDLE, ctypes.c_void_p]

    def windows(self) -> list[WindowInfo]:
        """Ordinary windows; EnumWindows lists them from front to back."""
        found: list[WindowInfo] = []

        def visit(handle: int, _parameter: int) -> bool:
            if (window := self._describe(handle)) is not None:
                found.append(window)
            return True

        self._user.EnumWindows(_EnumProc(visit), 0)
        return found

    def capture(self, window_id: int) -> Frame:
        """The client area by PrintWindow."""
        if not self._user.IsWindow(wintypes.HWND(window_id)):
            raise NoPicture(Loss.CLOSED)
        if self._user.IsIconic(wintypes.HWND(window_id)):
            raise NoPicture(Loss.MINIMISED)
        _, _, width, height = self._client_area(window_id)
        if width <= 0 or height <= 0:
            raise NoPicture(Loss.MINIMISED)
        screen = self._user.GetDC(None)
        memory = self._gdi.CreateCompatibleDC(screen)
        bitmap = self._gdi.CreateCompatibleBitmap(screen, width, height)
        earlier = self._gdi.SelectObject(memory, bitmap)
        try:
            if not self._user.PrintWindow(window_id, memory, _PW_CLIENTONLY | _PW_RENDERFULLCONTENT):
                raise NoPicture(Loss.UNAVAILABLE)
            # A negative height means rows from top to bottom.
            header = _BitmapInfoHeader(ctypes.sizeof(_BitmapInfoHeader), width, -height, 1, 32, _BI_RGB)
            pixels = bytearray(4 * width * height)
            buffer = (ctypes.c_ubyte * len(pixels)).from_buffer(pixels)
            self._gdi.SelectObject(memory, earlier)  # GetDIBits wants the bitmap free
            if not self._gdi.GetDIBits(memory, bitmap, 0, height, buffer, ctypes.byref(header), _DIB_RGB_COLORS):
                raise NoPicture(Loss.UNAVAILABLE)
        finally:
            self._gdi.SelectObject(memory, earlier)
            self._gdi.DeleteObject(bitmap)
            self._gdi.DeleteDC(memory)
            self._user.ReleaseDC(None, screen)
        image = Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", 0, 1)
        return Frame(image, title=self._title(window_id))

    def close(self) -> None:
        """Nothing to release."""

    def _describe(self, handle: int) -> WindowInfo | None:
        window = wintypes.HWND(handle)
        cloaked = wintypes.DWORD()  # windows of store apps that run but are not shown
        self._dwm.DwmGetWindowAttribute(window, _DWMWA_CLOAKED, ctypes.byref(cloaked), ctypes.sizeof(cloaked))
        tool = self._user.GetWindowLongW(window, _GWL_EXSTYLE) & _WS_EX_TOOLWINDOW
        title = self._title(handle)
        if not self._user.IsWindowVisible(window) or cloaked.value or tool or not title:
            return None
        pid = wintypes.DWORD()
        self._user.GetWindowThreadProcessId(window, ctypes.byref(pid))
        left, top, width, height = self._client_area(handle)
        return WindowInfo(
            id=handle,
            title=title,
            program=_program(pid.value),
            pid=pid.value,
            left=left,
            top=top,
            width=width,
            height=height,
            minimised=bool(self._user.IsIconic(window)),
            full_screen=self._fills_monitor(handle, (left, top, width, height)),
        )

    def _title(self, handle: int) -> str:
        text = ctypes.create_unicode_buffer(512)
        self._user.GetWindowTextW(wintypes.HWND(handle), text, len(text))
        return text.value

    def _client_area(self, handle: int) -> tuple[int, int, int, int]:
        area = wintypes.RECT()
        corner = wintypes.POINT(0, 0)
        self._user.GetClientRect(wintypes.HWND(handle), ctypes.byref(area))
        self._user.ClientToScreen(wintypes.HWND(handle), ctypes.byref(corner))
        return corner.x, corner.y, area.right, area.bottom

    def _fills_monitor(self, handle: int, area: tuple[int, int, int, int]) -> bool:
        info = _MonitorInfo(ctypes.sizeof(_MonitorInfo))
        self._user.GetMonitorInfoW(self._user.MonitorFromWindow(handle, _MONITOR_DEFAULTTONEAREST), ctypes.byref(info))
        monitor = info.rcMonitor
        return area == (monitor.left, monitor.top, monitor.right - monitor.left, monitor.bottom - monitor.top)


def _program(pid: int) -> str:
    try:
        return PureWindowsPath(psutil.Process(pid).name()).stem
    except psutil.Error:
        return ""

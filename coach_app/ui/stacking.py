"""Detects windows of other programs above ours."""

import logging
from typing import Any

from PySide6.QtGui import QGuiApplication, QWindow

_log = logging.getLogger(__name__)


def is_covered(window: QWindow) -> bool:
    """Whether another program's window covers a shown window, or it was not mapped.

    Window managers may keep full-screen games above dialogs (i3), and do not manage games that bypass them. Only
    detectable on X11; False elsewhere.
    """
    if QGuiApplication.platformName() != "xcb":
        return False
    from Xlib import error as xerror

    from coach_app.ui.x11 import X11Connection, connection_errors

    try:
        x = X11Connection()
    except connection_errors:
        return False
    try:
        return _is_covered(x, int(window.winId()))
    except (xerror.XError, *connection_errors):
        _log.debug("a window went while it was looked at")
        return False
    finally:
        x.close()


def _is_covered(x: Any, window_id: int) -> bool:
    from Xlib import X
    from Xlib import error as xerror

    window = x.display.create_resource_object("window", window_id)
    if window.get_attributes().map_state != X.IsViewable:
        return True
    size, corner = window.get_geometry(), window.translate_coords(x.root, 0, 0)
    left, top = -corner.x + size.width // 2, -corner.y + size.height // 2
    frame, parent = window, window.query_tree().parent
    while parent.id != x.root.id:
        frame, parent = parent, parent.query_tree().parent
    ours = {int(other.winId()) for other in QGuiApplication.topLevelWindows() if other.isVisible()}
    stack = x.root.query_tree().children  # bottom to top
    for other in stack[[each.id for each in stack].index(frame.id) + 1 :]:
        try:
            attributes, place = other.get_attributes(), other.get_geometry()
        except xerror.XError:
            continue  # closed in the meantime
        seen = attributes.map_state == X.IsViewable and attributes.win_class == X.InputOutput
        over = place.x <= left < place.x + place.width and place.y <= top < place.y + place.height
        if seen and over and other.id not in ours:
            return True
    return False

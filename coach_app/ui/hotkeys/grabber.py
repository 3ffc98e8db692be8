"""The interface of the backends for global hotkeys, and the choice of one."""

import logging
import sys
from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from coach_app.desktop.screens import is_wayland
from coach_app.domain.errors import CoachError
from coach_app.domain.hotkeys import Chord

log = logging.getLogger(__name__)

OnKey = Callable[[str], None]
"""Called with the action. May come from another thread: it must do nothing but emit a signal."""


def ignored(_action: str) -> None:
    """An `OnKey` for whoever does not care how long a key is held."""


class Grabber(Protocol):
    """Registers hotkeys with the desktop. Interface thread only."""

    def grab(self, action: str, chord: Chord) -> None:
        """Register one hotkey; holding the key down counts once.

        Raises:
            CoachError: this one is not available; the others are unaffected.
        """

    def release_all(self) -> None:
        """Release all hotkeys."""

    def close(self) -> None:
        """Release everything; may be called twice."""


def taken(chord: Chord) -> CoachError:
    """The error that another program already has this hotkey."""
    return CoachError(
        QCoreApplication.translate("Hotkeys", "{key} is already used by another program.").format(key=chord),
        QCoreApplication.translate("Hotkeys", "Choose another key in the settings, or close that program."),
    )


def not_on_this_keyboard(chord: Chord) -> CoachError:
    """The error that the keyboard has no such key."""
    return CoachError(
        QCoreApplication.translate("Hotkeys", "This keyboard has no key for {key}.").format(key=chord),
        QCoreApplication.translate("Hotkeys", "Choose another key in the settings."),
    )


def portal_grabber(
    on_pressed: OnKey, on_released: OnKey, on_decided: Callable[[Mapping[str, str] | CoachError], None]
) -> Grabber | None:
    """The desktop's own way to global hotkeys on Wayland; None where there is none.

    Args:
        on_pressed, on_released: see ``OnKey``.
        on_decided: called with the keys that the desktop has given, in its own words, by action; or why it gives none.
    """
    if not is_wayland():
        return None
    from coach_app.ui.hotkeys.portal import PortalGrabber

    try:
        return PortalGrabber(on_pressed, on_released, on_decided)
    except CoachError as error:
        log.info("The desktop gives no hotkeys: %s", error)
        return None


def choose_grabber(on_pressed: OnKey, on_released: OnKey, *, listen: bool = False) -> Grabber:
    """Choose the best backend for this desktop.

    Args:
        on_pressed, on_released: see ``OnKey``.
        listen: only listen to the keyboard, for games that grab it; the game then gets the keys, too.

    Raises:
        CoachError: there is none for this desktop.
    """
    if not listen:
        if QGuiApplication.platformName() == "xcb":
            from coach_app.ui.hotkeys.x11 import X11Grabber
            from coach_app.ui.x11 import connection_errors

            try:
                return X11Grabber(on_pressed, on_released)
            except connection_errors as error:
                log.warning("Hotkeys cannot be grabbed, so the keyboard is listened to: %s", error)
        elif sys.platform == "win32":
            from coach_app.ui.hotkeys.win32 import WindowsGrabber

            return WindowsGrabber(on_pressed, on_released)
        elif sys.platform == "darwin":
            from coach_app.ui.hotkeys.macos import MacGrabber

            return MacGrabber(on_pressed, on_released)
    from coach_app.ui.hotkeys.listener import ListeningGrabber

    return ListeningGrabber(on_pressed, on_released)

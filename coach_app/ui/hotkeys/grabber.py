"""What every way to register global hotkeys looks like, and which one is used here."""

import logging
import sys
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication

from coach_app.domain.errors import CoachError
from coach_app.domain.hotkeys import Chord

log = logging.getLogger(__name__)

OnPressed = Callable[[str], None]
"""Called with the action. May come from another thread: it must do nothing but emit a signal."""


class Grabber(Protocol):
    """Registers hotkeys with the desktop. Interface thread only."""

    def grab(self, action: str, chord: Chord) -> None:
        """Register one hotkey; holding the key down counts once.

        Raises:
            CoachError: if this one cannot be had; the others are not touched.
        """

    def release_all(self) -> None:
        """Give every hotkey back."""

    def close(self) -> None:
        """Give everything back; may be called twice."""


def taken(chord: Chord) -> CoachError:
    """Another program already has this hotkey."""
    return CoachError(
        QCoreApplication.translate("Hotkeys", "{key} is already used by another program.").format(key=chord),
        QCoreApplication.translate("Hotkeys", "Choose another key in the settings, or close that program."),
    )


def not_on_this_keyboard(chord: Chord) -> CoachError:
    """The keyboard has no such key, so it could never be pressed."""
    return CoachError(
        QCoreApplication.translate("Hotkeys", "This keyboard has no key for {key}.").format(key=chord),
        QCoreApplication.translate("Hotkeys", "Choose another key in the settings."),
    )


def choose_grabber(on_pressed: OnPressed, *, listen: bool = False) -> Grabber:
    """The best way on this desktop.

    Args:
        on_pressed: see ``OnPressed``.
        listen: only listen to the keyboard, for games that keep it to themselves; the game then gets the key too.

    Raises:
        CoachError: if there is none here.
    """
    if not listen:
        if QGuiApplication.platformName() == "xcb":
            from coach_app.ui.hotkeys.x11 import X11Grabber
            from coach_app.ui.x11 import connection_errors

            try:
                return X11Grabber(on_pressed)
            except connection_errors as error:
                log.warning("Hotkeys cannot be grabbed, so the keyboard is listened to: %s", error)
        elif sys.platform == "win32":
            from coach_app.ui.hotkeys.win32 import WindowsGrabber

            return WindowsGrabber(on_pressed)
        elif sys.platform == "darwin":
            from coach_app.ui.hotkeys.macos import MacGrabber

            return MacGrabber(on_pressed)
    from coach_app.ui.hotkeys.listener import ListeningGrabber

    return ListeningGrabber(on_pressed)

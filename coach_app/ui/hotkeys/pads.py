"""Reads gamepads through SDL, without a window and also while another program has the focus."""

import logging
import os
from typing import Any, Protocol

from PySide6.QtCore import QCoreApplication

from coach_app.domain.errors import CoachError
from coach_app.domain.gamepad import BUTTONS, Buttons

_log = logging.getLogger(__name__)

_TRIGGER_HELD = 0.5
"""How far a trigger is pulled, 0 to 1, when it counts as held."""
_FULL = 32767


class Pads(Protocol):
    """All gamepads of the computer. Interface thread only."""

    def held(self) -> Buttons:
        """The buttons held now, on any of them. Cheap; notices gamepads that come and go."""

    @property
    def count(self) -> int:
        """How many gamepads there were when ``held`` was last called."""

    def close(self) -> None:
        """Let go of them."""


class SdlPads:
    """See ``Pads``. Polls, as SDL delivers events only to programs with a window.

    Raises:
        CoachError: SDL cannot be used here.
    """

    def __init__(self) -> None:
        os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
        os.environ.setdefault("SDL_JOYSTICK_ALLOW_BACKGROUND_EVENTS", "1")
        os.environ.setdefault("SDL_JOYSTICK_THREAD", "1")  # Windows notices new gamepads only by window or thread
        os.environ.setdefault("SDL_NO_SIGNAL_HANDLERS", "1")  # Ctrl+C ends the coach, not SDL
        try:
            import pygame
            from pygame._sdl2 import controller

            controller.init()
        except Exception as error:  # pygame raises all kinds of exceptions if a library is missing
            _log.info("no gamepads: %s", error)
            raise CoachError(
                QCoreApplication.translate("Hotkeys", "Gamepads cannot be used on this computer."),
                QCoreApplication.translate("Hotkeys", "Use the keyboard or the coach's menu instead."),
            ) from error
        self._sdl: Any = controller
        self._pads: dict[int, Any] = {}
        self._count = 0
        codes = {name: f"CONTROLLER_BUTTON_{name.upper()}" for name in ("A", "B", "X", "Y", "Back", "Start", "Guide")}
        codes |= {name: f"CONTROLLER_BUTTON_DPAD_{name.upper()}" for name in ("Up", "Down", "Left", "Right")}
        codes |= {f"{side[0]}S": f"CONTROLLER_BUTTON_{side}STICK" for side in ("LEFT", "RIGHT")}
        codes |= {f"{side[0]}B": f"CONTROLLER_BUTTON_{side}SHOULDER" for side in ("LEFT", "RIGHT")}
        self._buttons = {name: getattr(pygame, code) for name, code in codes.items()}
        self._triggers = {"LT": pygame.CONTROLLER_AXIS_TRIGGERLEFT, "RT": pygame.CONTROLLER_AXIS_TRIGGERRIGHT}
        assert {*self._buttons, *self._triggers} == {*BUTTONS}

    @property
    def count(self) -> int:
        """See ``Pads.count``."""
        return self._count

    def held(self) -> Buttons:
        """See ``Pads.held``."""
        self._sdl.update()
        if self._sdl.get_count() != self._count or not all(pad.attached() for pad in self._pads.values()):
            self._count = self._sdl.get_count()
            self._pads = {i: self._sdl.Controller(i) for i in range(self._count) if self._sdl.is_controller(i)}
        return frozenset(name for pad in self._pads.values() for name in self._held_on(pad))

    def close(self) -> None:
        """See ``Pads.close``."""
        self._pads.clear()
        self._sdl.quit()

    def _held_on(self, pad: Any) -> list[str]:
        pulled = [name for name, axis in self._triggers.items() if pad.get_axis(axis) > _TRIGGER_HELD * _FULL]
        return [name for name, button in self._buttons.items() if pad.get_button(button)] + pulled

"""Hotkeys that work while a game has the focus."""

from coach_app.ui.hotkeys.hotkeys import Hotkeys

__all__ = ["Hotkeys"]

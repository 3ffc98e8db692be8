"""Hotkeys that work while a game has the focus, by the backend that fits the system.

Knows keys and their names; what a hotkey does is up to whoever is told of it.
"""

from coach_app.ui.hotkeys.hotkeys import Hotkeys

__all__ = ["Hotkeys"]

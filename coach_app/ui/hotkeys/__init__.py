"""Hotkeys that work while a game has the focus, with a backend for each system.

Knows keys and their names; what a hotkey does is decided elsewhere.
"""

from coach_app.ui.hotkeys.hotkeys import Hotkeys

__all__ = ["Hotkeys"]

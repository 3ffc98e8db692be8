"""The card over the game: what it says, where it is, and the window that is always on top and lets clicks through.

Knows no session and no settings: it is told what to show, and tells where the player put it.
"""

from coach_app.ui.overlay.look import OverlayLook
from coach_app.ui.overlay.overlay import Overlay

__all__ = ["Overlay", "OverlayLook"]

"""The card over the game: its contents, its position, and the click-through window that is always on top.

Knows no session and no settings: it is told what to show, and reports where the player put it.
"""

from coach_app.ui.overlay.look import OverlayLook
from coach_app.ui.overlay.overlay import Overlay
from coach_app.ui.overlay.state import Answer

__all__ = ["Answer", "Overlay", "OverlayLook"]

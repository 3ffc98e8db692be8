"""The look of the overlay: as chosen, and as currently drawn."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont

from coach_app.ui.fonts import reading_font
from coach_app.ui.theme import Theme, ThemeName, faded, theme_named

WINDOW_FLAGS = (
    Qt.WindowType.X11BypassWindowManagerHint  # passes clicks through, and stays above full-screen windows on X11
    | Qt.WindowType.WindowTransparentForInput
    | Qt.WindowType.WindowDoesNotAcceptFocus
    | Qt.WindowType.Tool  # no entry in the taskbar
)
"""The window that is the overlay."""
_SMALL = 0.72
_TINY = 0.62
_SOLID_ENOUGH = 0.8


@dataclass(frozen=True)
class Style:
    """The style of the card's parts.

    Attributes:
        theme: colours.
        outline: colour of outlines if the card is too transparent to read on, otherwise None.
        font_size_pt: font size of the advice.
        language: language of the advice.
    """

    theme: Theme
    outline: QColor | None
    font_size_pt: float
    language: str

    def font(self, scale: float = 1.0) -> QFont:
        """The font of the advice, scaled."""
        return reading_font(self.font_size_pt * scale, self.language)

    @property
    def small(self) -> QFont:
        """Font of the texts around the advice."""
        return self.font(_SMALL)

    @property
    def tiny(self) -> QFont:
        """Font of marks."""
        return self.font(_TINY)


@dataclass(frozen=True)
class OverlayLook:
    """The chosen look.

    Attributes:
        font_size_pt: font size of the advice.
        opacity: opacity of the card's surface, 0 to 1; the text is always opaque.
        theme: colours.
        fade_after_s: seconds without anything new until the overlay fades; 0 for never.
        width_px: width of the card unless resized by hand.
        stale_after_s: advice older than this turns grey.
        shows_times: whether the card shows how long answers took.
    """

    font_size_pt: float = 16.0
    opacity: float = 0.88
    theme: ThemeName = "dark"
    fade_after_s: float = 15.0
    width_px: int = 420
    stale_after_s: float = 12.0
    shows_times: bool = False

    def style(self, language: str, *, solid: bool) -> Style:
        """The style for the desktop's current colours.

        Args:
            language: language of the advice.
            solid: whether the card cannot be translucent.
        """
        theme = theme_named(self.theme)
        outline = None if solid or self.opacity >= _SOLID_ENOUGH else faded(theme.card, 0.9)
        return Style(theme, outline, self.font_size_pt, language)

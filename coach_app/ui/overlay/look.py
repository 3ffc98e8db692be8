"""How the overlay looks: as it was chosen, and as it is drawn now."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont

from coach_app.ui.fonts import reading_font
from coach_app.ui.theme import Theme, ThemeName, faded, theme_named

_SMALL = 0.72
_TINY = 0.62
_SOLID_ENOUGH = 0.8


@dataclass(frozen=True)
class Style:
    """What the parts of the card are drawn with.

    Attributes:
        theme: colours.
        outline: colour around letters where the card is too thin to read on; None where it is not.
        font_size_pt: of the advice.
        language: of the advice.
    """

    theme: Theme
    outline: QColor | None
    font_size_pt: float
    language: str

    def font(self, scale: float = 1.0) -> QFont:
        """The advice's font, larger or smaller."""
        return reading_font(self.font_size_pt * scale, self.language)

    @property
    def small(self) -> QFont:
        """For what stands around the advice."""
        return self.font(_SMALL)

    @property
    def tiny(self) -> QFont:
        """For marks."""
        return self.font(_TINY)


@dataclass(frozen=True)
class OverlayLook:
    """How the overlay looks.

    Attributes:
        font_size_pt: of the advice.
        opacity: of the card's surface, 0 to 1; the text is always solid.
        theme: colours.
        fade_after_s: seconds after the last thing said until the overlay fades; 0 keeps it.
        width_px: of the card where it was not resized by hand.
        stale_after_s: advice older than this is greyed.
        shows_times: whether the card says how long answers took.
    """

    font_size_pt: float = 16.0
    opacity: float = 0.88
    theme: ThemeName = "dark"
    fade_after_s: float = 15.0
    width_px: int = 420
    stale_after_s: float = 12.0
    shows_times: bool = False

    def style(self, language: str, *, solid: bool) -> Style:
        """The look in the colours that the desktop has now.

        Args:
            language: of the advice.
            solid: whether the card cannot be translucent, whatever its opacity.
        """
        theme = theme_named(self.theme)
        outline = None if solid or self.opacity >= _SOLID_ENOUGH else faded(theme.card, 0.9)
        return Style(theme, outline, self.font_size_pt, language)

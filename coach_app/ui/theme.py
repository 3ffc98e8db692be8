"""Colours of everything drawn over a game."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication

ThemeName = Literal["dark", "light", "auto"]
Level = Literal["info", "warning", "error"]


@dataclass(frozen=True)
class Theme:
    """A set of colours; text on ``card`` always has a contrast of at least 4.5:1."""

    card: QColor
    edge: QColor
    text: QColor
    muted: QColor
    accent: QColor
    good: QColor
    warning: QColor
    error: QColor

    def level(self, level: Level) -> QColor:
        """The colour of a notice."""
        return {"info": self.accent, "warning": self.warning, "error": self.error}[level]


def faded(color: QColor, alpha: float) -> QColor:
    """The same colour with an alpha from 0 to 1."""
    result = QColor(color)
    result.setAlphaF(alpha)
    return result


DARK = Theme(
    card=QColor("#12151b"),
    edge=QColor(255, 255, 255, 34),
    text=QColor("#f5f7fa"),
    muted=QColor("#a3adbb"),
    accent=QColor("#7db8ff"),
    good=QColor("#57d98a"),
    warning=QColor("#ffc652"),
    error=QColor("#ff7b7b"),
)
LIGHT = Theme(
    card=QColor("#fbfcfe"),
    edge=QColor(10, 20, 40, 44),
    text=QColor("#12161d"),
    muted=QColor("#566072"),
    accent=QColor("#1a63d8"),
    good=QColor("#1a7f42"),
    warning=QColor("#8a5a00"),
    error=QColor("#c4232f"),
)


def theme_named(name: ThemeName) -> Theme:
    """The theme of a name; ``auto`` follows the desktop, and defaults to dark."""
    if name == "auto":
        return LIGHT if QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Light else DARK
    return LIGHT if name == "light" else DARK

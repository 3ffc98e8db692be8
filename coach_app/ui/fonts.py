"""Fonts for text over a game; makes sure that Japanese can be drawn."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from coach_app.domain.errors import CoachError

# Japanese fonts first: Chinese ones have other shapes for many characters.
_JAPANESE: Final = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "Source Han Sans JP",
    "Hiragino Sans",
    "Yu Gothic UI",
    "Meiryo",
    "IPAexGothic",
    "VL PGothic",
    "VL Gothic",
    "TakaoPGothic",
)
_LATIN: Final = ("Inter", "Segoe UI", "SF Pro Text", "Noto Sans", "Cantarell", "Ubuntu", "Noto Sans CJK JP")
_SAMPLE: Final = "右へ猫を動かす"


def japanese_family() -> str | None:
    """The best installed family with Japanese characters, or None."""
    installed = QFontDatabase.families(QFontDatabase.WritingSystem.Japanese)
    ranked = [name for name in _JAPANESE if name in installed] + installed
    return next((name for name in ranked if _draws_japanese(name)), None)


def require_japanese() -> str:
    """The family to draw Japanese with.

    Raises:
        CoachError: no installed font has Japanese characters, which would be shown as empty boxes.
    """
    family = japanese_family()
    if family is None:
        raise CoachError(
            QCoreApplication.translate("Fonts", "No installed font can draw Japanese."),
            QCoreApplication.translate(
                "Fonts", "Install one, for instance the package fonts-noto-cjk, and start again."
            ),
        )
    return family


def reading_font(size_pt: float, language: str = "en", weight: QFont.Weight = QFont.Weight.Medium) -> QFont:
    """A plain sans-serif font of the given size, with a Japanese font as the fallback for Japanese."""
    families = _families(language)
    font = QFont(families) if families else QFont()
    font.setPointSizeF(size_pt)
    font.setWeight(weight)
    return font


@lru_cache
def _families(language: str) -> list[str]:
    """Families to try in turn; cached, as reading the font database takes milliseconds."""
    installed = set(QFontDatabase.families())
    latin: list[str] = [name for name in _LATIN if name in installed]
    japanese = japanese_family()
    if japanese is None:
        return latin
    return [japanese, *latin] if language == "ja" else [*latin[:1], japanese, *latin[1:]]


def _draws_japanese(family: str) -> bool:
    raw = QRawFont.fromFont(QFont(family), QFontDatabase.WritingSystem.Japanese)
    return raw.isValid() and all(raw.supportsCharacter(ord(character)) for character in _SAMPLE)

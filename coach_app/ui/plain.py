"""Widgets for untrusted text (window titles, profiles, messages of hubs and servers, file names), never read as markup.

Qt's labels, message boxes and tooltips guess whether a text is HTML, and then load its resources: a window titled
``<img src="/dev/zero">`` would freeze the coach. The interface therefore uses only these labels, boxes and tooltips;
``tests/unit/test_house.py`` enforces it.
"""

import html
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QListWidgetItem, QMessageBox, QWidget

from coach_app.domain.words import printable

_MAX_MESSAGE_LENGTH: Final = 400


class PlainLabel(QLabel):
    """A label that shows text verbatim.

    Args:
        text: the text.
        parent: owner.
        wordWrap: whether to wrap long lines.
        bold: whether to use a bold font.
    """

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, wordWrap: bool = False, bold: bool = False
    ) -> None:
        super().__init__(parent, wordWrap=wordWrap)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if bold:
            font = self.font()
            font.setBold(True)
            self.setFont(font)
        self.setText(text)

    def setText(self, text: str) -> None:
        super().setText(printable(text))


class PlainMessageBox(QMessageBox):
    """A message box that shows text verbatim, cut if it would not fit on any screen.

    Args:
        icon: its kind.
        title: of its window.
        text: the text.
        parent: owner.
    """

    def __init__(self, icon: QMessageBox.Icon, title: str, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setIcon(icon)
        self.setWindowTitle(title)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(printable(text, _MAX_MESSAGE_LENGTH))


def set_tooltip(target: QWidget | QAction | QListWidgetItem, text: str) -> None:
    """Set the tooltip of a widget, action or item."""
    target.setToolTip(tooltip(text))


def tooltip(text: str) -> str:
    """Escape a text for Qt's tooltips, which always guess the format."""
    text = printable(text)
    return html.escape(text).replace("\n", "<br>") if "<" in text or "&" in text else text


def unmarked(text: str) -> str:
    """Remove tags from a text that the desktop draws, as desktops interpret different markup."""
    return printable(text).replace("<", "\u2039").replace(">", "\u203a")

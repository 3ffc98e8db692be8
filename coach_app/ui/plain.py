"""Text of others in widgets: window titles, profiles, what hubs and servers say, file names. Never read as markup.

Labels, message boxes and tooltips of Qt guess whether a text is HTML, and then load what it names: a window that is
called ``<img src="/dev/zero">`` would freeze the coach. So the interface has no other labels, boxes and tooltips than
these; ``tests/unit/test_house.py`` looks after it.
"""

import html
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QListWidgetItem, QMessageBox, QWidget

from coach_app.domain.words import printable

_MAX_MESSAGE_LENGTH: Final = 400


class PlainLabel(QLabel):
    """A label that shows any text as it is written.

    Args:
        text: the text.
        parent: owner.
        wordWrap: break long lines.
        bold: in heavy letters.
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
    """A message box that shows any text as it is written; of what fits on no screen the beginning.

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
    """Show a text when the mouse rests on something."""
    target.setToolTip(tooltip(text))


def tooltip(text: str) -> str:
    """What Qt's tooltips show as this text: they have no format, and guess."""
    text = printable(text)
    return html.escape(text).replace("\n", "<br>") if "<" in text or "&" in text else text


def unmarked(text: str) -> str:
    """A text for what the desktop draws, where every desktop reads other markup: no tag is left in it."""
    return printable(text).replace("<", "\u2039").replace(">", "\u203a")

"""The version of the coach, and the licences of third-party works in it."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase, QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QPlainTextEdit, QWidget

from coach_app import __version__
from coach_app.domain.resources import resources_dir
from coach_app.domain.words import printable
from coach_app.ui.icons import app_icon
from coach_app.ui.plain import PlainLabel
from coach_app.ui.screens import fit

LICENCES: Final = "THIRD-PARTY-LICENCES.txt"
_ICON_PX: Final = 64
_NAME_SCALE: Final = 1.5


class AboutWindow(QWidget):
    """Shows the version, and the licences as text that can be copied.

    Args:
        licences: collected when a bundle is built; there are none when running from source.
    """

    def __init__(self, licences: Path | None = None) -> None:
        super().__init__()
        self.setWindowFlag(Qt.WindowType.Dialog)  # tiling window managers do not resize others for it
        path = licences or resources_dir() / LICENCES
        self._collected = path.read_text(encoding="utf-8") if path.is_file() else ""
        self.setWindowIcon(app_icon())
        fit(self, 760, 560)
        icon = PlainLabel()
        icon.setPixmap(app_icon().pixmap(_ICON_PX, _ICON_PX))
        self._name = PlainLabel(f"Coach {__version__}", bold=True)
        font = self._name.font()
        font.setPointSizeF(font.pointSizeF() * _NAME_SCALE)
        self._name.setFont(font)
        self._words = PlainLabel(wordWrap=True)
        self._heading = PlainLabel()
        self.licences = QPlainTextEdit(readOnly=True)
        self.licences.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.licences.setTabChangesFocus(True)
        self._heading.setBuddy(self.licences)
        layout = QGridLayout(self)
        layout.addWidget(icon, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._name, 0, 1)
        layout.addWidget(self._words, 1, 1)
        layout.addWidget(self._heading, 2, 0, 1, 2)
        layout.addWidget(self.licences, 3, 0, 1, 2)
        layout.setColumnStretch(1, 1)
        layout.setRowStretch(3, 1)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self).activated.connect(self.close)
        self._name_parts()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._name_parts()

    def _name_parts(self) -> None:
        self.setWindowTitle(self.tr("About the coach"))
        self._words.setText(
            self.tr(
                "Watches your game and suggests the next move. Nothing on your screen leaves this computer unless "
                "you allow it in the settings."
            )
        )
        self._heading.setText(self.tr("&Third-party software and licences:"))
        self.licences.setAccessibleName(self.tr("Licences"))
        self.licences.setPlainText(
            printable(self._collected, len(self._collected))
            or self.tr(
                "This copy runs from its source code. "
                "The licences of the packages that it uses are in its Python environment."
            )
        )

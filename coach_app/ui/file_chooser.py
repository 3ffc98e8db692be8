"""The one dialog in which files and folders are chosen."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from coach_app.ui.screens import fit


class FileChooser(QFileDialog):
    """Chooses a file or folder; is gone once it is closed. The desktop's own dialog where it has one.

    Args:
        title: of its window.
        parent: owner.
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # Qt's own Japanese has no words for these two.
        self.setLabelText(QFileDialog.DialogLabel.LookIn, self.tr("Look in:"))
        self.setLabelText(QFileDialog.DialogLabel.FileType, self.tr("Files of type:"))

    def showEvent(self, event: QShowEvent) -> None:
        """See QWidget. Qt's dialog is larger than small screens."""
        super().showEvent(event)
        fit(self, self.width(), self.height())

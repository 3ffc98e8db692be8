"""The window about this copy of the coach."""

from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel

from coach_app import __version__
from coach_app.ui.about import AboutWindow


def test_the_version_and_the_licences_are_shown(qt_app: QApplication, tmp_path: Path) -> None:
    # GIVEN the licences that the build of a bundle collected WHEN the window is made
    licences = tmp_path / "licences.txt"
    licences.write_text("Qt 6: LGPL-3.0, “freedom”\n", encoding="utf-8")
    window = AboutWindow(licences)

    # THEN they are there as they were written, beside the version, also after the language changed
    assert any(__version__ in label.text() for label in window.findChildren(QLabel))
    QApplication.sendEvent(window, QEvent(QEvent.Type.LanguageChange))
    assert window.licences.toPlainText() == "Qt 6: LGPL-3.0, “freedom”\n"


def test_a_copy_that_runs_from_source_says_where_the_licences_are(qt_app: QApplication, tmp_path: Path) -> None:
    # GIVEN a checkout, where none were collected WHEN the window is made THEN it says so
    assert "Python environment" in AboutWindow(tmp_path / "none.txt").licences.toPlainText()

"""One Qt application for all tests of widgets; it has no screen."""

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(scope="session")
def qt_app() -> QApplication:
    """The Qt application."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    return app

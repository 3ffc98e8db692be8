"""The app's own pictures."""

from PySide6.QtGui import QIcon

from coach_app.domain.resources import resources_dir


def app_icon(paused: bool = False) -> QIcon:
    """The icon of the app, drawn sharply at any size; grey with a pause sign while paused. Needs a QGuiApplication."""
    name = "coach-paused.svg" if paused else "coach.svg"
    return QIcon(str(resources_dir() / "icons" / name))

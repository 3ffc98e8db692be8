"""The app's icon."""

from PySide6.QtGui import QIcon

from coach_app.domain.resources import resources_dir


def app_icon(paused: bool = False, recording: bool = False) -> QIcon:
    """The app's icon as vector graphics; grey with a pause sign while paused, or else with a red dot while the player's
    own play is recorded. Requires a QGuiApplication."""
    name = "coach-paused.svg" if paused else "coach-recording.svg" if recording else "coach.svg"
    return QIcon(str(resources_dir() / "icons" / name))

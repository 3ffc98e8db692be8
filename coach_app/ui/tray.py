"""The tray icon."""

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from coach_app.domain.actions import Group
from coach_app.ui.actions import CoachActions
from coach_app.ui.icons import app_icon
from coach_app.ui.plain import unmarked


class Tray(QObject):
    """The app's icon in the tray, with all actions in its menu; a click on it opens the question box.

    Args:
        actions: shared with the plain window.
        parent: owner.

    Attributes:
        icon: the tray icon.
        menu: menu of the icon.
    """

    def __init__(self, actions: CoachActions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions
        self._status, self._recording = "", False
        self.menu = coach_menu(actions)
        self.icon = QSystemTrayIcon(app_icon(), self)
        self.icon.setContextMenu(self.menu)
        self.icon.activated.connect(self._on_activated)
        for action in (actions["pause"], actions["unload"]):
            action.toggled.connect(self._show_state)
        self.set_status("")

    @staticmethod
    def is_available() -> bool:
        """Whether this desktop has a tray; otherwise the `ControlWindow` is used."""
        return QSystemTrayIcon.isSystemTrayAvailable()

    def show(self) -> None:
        """Show the icon."""
        self.icon.show()

    def hide(self) -> None:
        """Hide the icon."""
        self.icon.hide()

    def set_status(self, sentence: str) -> None:
        """Set the icon's tooltip: what the coach is doing; may be empty."""
        self._status = sentence
        recording = self.tr("Your play is being recorded.") if self._recording else ""
        self.icon.setToolTip(unmarked("\n".join(filter(None, [self.tr("Coach"), sentence, recording]))))

    def set_recording(self, recording: bool) -> None:
        """Set whether the player's own play is being recorded."""
        self._recording = recording
        self.set_status(self._status)
        self._show_state()

    def retranslate(self) -> None:
        """Translate the menu; its actions are translated already."""
        before, self.menu = self.menu, coach_menu(self._actions)
        self.icon.setContextMenu(self.menu)
        before.deleteLater()
        self.set_status(self._status)

    def notify(self, sentence: str) -> None:
        """Show a desktop notification, for notices while the overlay is hidden."""
        self.icon.showMessage(self.tr("Coach"), unmarked(sentence), app_icon())

    def _show_state(self) -> None:
        rests = self._actions["pause"].isChecked() or self._actions["unload"].isChecked()
        self.icon.setIcon(app_icon(rests, self._recording))

    def _on_activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason == QSystemTrayIcon.ActivationReason.Trigger:
            self._actions["ask"].trigger()


def group_titles() -> dict[str, Group]:
    """The sections of the menu that have titles."""
    return {
        QCoreApplication.translate("Tray", "How mu&ch it says"): "level",
        QCoreApplication.translate("Tray", "When &it speaks"): "when",
        QCoreApplication.translate("Tray", "A&nswer"): "answer",
    }


def coach_menu(actions: CoachActions) -> QMenu:
    """Create a menu of all actions; the caller has to keep a reference."""
    menu = QMenu()
    menu.addActions(actions.group("coach"))
    for title, group in group_titles().items():
        menu.addMenu(title).addActions(actions.group(group))
    menu.addSeparator()
    menu.addActions(actions.group("windows"))
    practice = menu.addMenu(QCoreApplication.translate("Tray", "Practice &game"))
    practice.addActions(list(actions.practice.values()))
    menu.addSeparator()
    menu.addActions(actions.group("end"))
    return menu

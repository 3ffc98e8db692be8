"""Everything that the user can make the coach do: one list for the tray, the plain window and the hotkeys."""

import re
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction

from coach_app.games.catalogue import games
from coach_app.ui.language import said


class CoachActions(QObject):
    """The actions. Connect to their ``triggered``, and set what they show: ``pause.setChecked(True)``, for instance.

    Attributes:
        ask: open the question box.
        pause: checkable; no unasked advice while checked.
        show_hide: checkable; the overlay is shown while checked.
        edit: checkable; the overlay can be moved and resized while checked.
        language: switch between English and Japanese.
        values: checkable; the Q-values are shown while checked.
        unload: checkable; checked while the memory of the models is given back, by hand or after an idle time.
        source: choose what to watch.
        history, models, settings, about: open that window.
        practice: an action for each practice game, by its id; see `practice_wanted`.
        quit: end the coach.
    """

    practice_wanted = Signal(str)
    """Id of the practice game to open."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bindings: dict[str, str] = {}
        self.ask = QAction(self)
        self.pause = QAction(self, checkable=True)
        self.show_hide = QAction(self, checkable=True, checked=True)
        self.edit = QAction(self, checkable=True)
        self.language = QAction(self)
        self.values = QAction(self, checkable=True)
        self.unload = QAction(self, checkable=True)
        self.source = QAction(self)
        self.history = QAction(self)
        self.models = QAction(self)
        self.settings = QAction(self)
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.about = QAction(self)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self._menu = {game.id: game.practice.menu for game in games().values() if game.practice}
        self.practice = {game: QAction(self) for game in self._menu}
        for game, action in self.practice.items():
            action.triggered.connect(lambda _=False, game=game: self.practice_wanted.emit(game))
        self.quit = QAction(self)
        self.quit.setMenuRole(QAction.MenuRole.QuitRole)
        self.retranslate()

    def retranslate(self) -> None:
        """Name every action in the interface's language."""
        for action, title in (
            (self.ask, self.tr("&Ask a question…")),
            (self.pause, self.tr("&Pause advice")),
            (self.show_hide, self.tr("&Show the overlay")),
            (self.edit, self.tr("&Move and resize the overlay")),
            (self.language, self.tr("English / 日本&語")),
            (self.values, self.tr("Show &Q-values")),
            (self.unload, self.tr("&Unload the model")),
            (self.source, self.tr("Choose what to &watch…")),
            (self.history, self.tr("&History…")),
            (self.models, self.tr("M&odels…")),
            (self.settings, self.tr("Se&ttings…")),
            (self.about, self.tr("A&bout the coach…")),
            *((action, said(self._menu[game])) for game, action in self.practice.items()),
            (self.quit, self.tr("&Quit")),
        ):
            action.setText(title)
        self.show_hotkeys(self._bindings)

    @property
    def hotkey_actions(self) -> dict[str, QAction]:
        """The actions that a global hotkey can trigger, by the names of ``coach_app.domain.hotkeys.ACTIONS``."""
        return {
            "ask": self.ask,
            "pause": self.pause,
            "show_hide": self.show_hide,
            "edit": self.edit,
            "language": self.language,
            "values": self.values,
            "unload": self.unload,
        }

    @property
    def window_actions(self) -> list[QAction]:
        """The actions that open a window."""
        return [self.source, self.history, self.models, self.settings, self.about]

    def show_hotkeys(self, bindings: Mapping[str, str]) -> None:
        """Show the key of each action behind its name in menus; the keys themselves are registered elsewhere."""
        self._bindings = dict(bindings)
        for name, action in self.hotkey_actions.items():
            title, key = action.text().split("\t")[0], bindings.get(name, "")
            action.setText(f"{title}\t{key}" if key else title)
            plain = without_mnemonic(title)
            action.setToolTip(f"{plain} ({key})" if key else plain)


def without_mnemonic(title: str) -> str:
    """A title as it is read: without the mark of its key, and without the key in brackets that Japanese puts behind."""
    return re.sub(r"\(&[A-Z]\)|&", "", title)

"""The user's actions: one list for the tray, the plain window and the hotkeys."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, Signal
from PySide6.QtGui import QAction, QActionGroup

from coach_app.domain.actions import ACTIONS, HELD, HOTKEYS, Action, Group
from coach_app.games.catalogue import games
from coach_app.ui.language import translated
from coach_app.ui.plain import set_tooltip

CHOICES: Final[tuple[Group, ...]] = ("level", "when")
"""The sections of the menu in which one toggle is on."""
_RARE = frozenset({"go_on"}) | HELD
"""Shown only where there is a reason to, if at all."""


class CoachActions(QObject):
    """The actions of ``coach_app.domain.actions``, by their names: ``actions["pause"].setChecked(True)``, for instance.

    Attributes:
        practice: an action for each practice game, by its id; see `practice_wanted`.
    """

    practice_wanted = Signal(str)
    """Id of the practice game to open."""
    held = Signal(str, bool)
    """An action whose key is held, and whether it is; see `HELD`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bindings: dict[str, str] = {}
        self._chords: dict[str, str] = {}
        self._actions = {action.name: self._made(action) for action in ACTIONS}
        for group in CHOICES:
            one_of = QActionGroup(self)
            for action in self.group(group):
                one_of.addAction(action)
        self._menu = {game.id: game.practice.menu for game in games().values() if game.practice}
        self.practice = {game: QAction(self) for game in self._menu}
        for game, action in self.practice.items():
            action.triggered.connect(lambda _=False, game=game: self.practice_wanted.emit(game))
        self.retranslate()

    def _made(self, declared: Action) -> QAction:
        action = QAction(self, checkable=declared.switch is not None, checked=bool(declared.switch))
        action.setMenuRole(_role(declared.name))
        action.setVisible(declared.name not in _RARE)
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def bind(self, handlers: Mapping[str, Callable[[bool], object]]) -> None:
        """Connect each action to its handler.

        Args:
            handlers: by name of the action; called with whether a toggle is on.

        Raises:
            ValueError: an action has no handler, or a handler no action.
        """
        if different := handlers.keys() ^ self._actions.keys():
            raise ValueError(f"handlers and actions differ in {', '.join(sorted(different))}")
        for name, handler in handlers.items():
            self._actions[name].triggered.connect(handler)

    def press(self, name: str) -> None:
        """The key of an action was pressed."""
        if name in HELD:
            self.held.emit(name, True)
        else:
            self[name].trigger()

    def release(self, name: str) -> None:
        """The key of an action was released."""
        if name in HELD:
            self.held.emit(name, False)

    def retranslate(self) -> None:
        """Translate the titles of all actions."""
        for declared in ACTIONS:
            self[declared.name].setText(QCoreApplication.translate("CoachActions", declared.title))
        for game, action in self.practice.items():
            action.setText(translated(self._menu[game]))
        self.show_hotkeys(self._bindings)

    def group(self, group: Group) -> list[QAction]:
        """The actions of a section of the menu, in order."""
        return [self[action.name] for action in ACTIONS if action.group == group]

    def show_choice(self, group: Group, name: str | None) -> None:
        """Show which of a section's toggles is on; None if there is nothing to choose for."""
        for declared in ACTIONS:
            if declared.group == group:
                self[declared.name].setEnabled(name is not None)
                self[declared.name].setChecked(declared.name == name)

    def ways(self) -> dict[str, str]:
        """How to reach each action, by its name: its hotkey, its buttons, or the menu."""
        in_menu = self.tr("in the coach's menu")
        keys = {name: self._keys(name) or in_menu for name in self._actions}
        titles = {name: without_mnemonic(action.text().split("\t")[0]) for name, action in self._actions.items()}
        return {name: f"{title.rstrip('…')}: {keys[name]}" for name, title in titles.items()}

    def show_buttons(self, chords: Mapping[str, str]) -> None:
        """Show the gamepad's buttons of each action beside its key."""
        self._chords = dict(chords)
        self.show_hotkeys(self._bindings)

    def _keys(self, name: str) -> str:
        """Hotkey and buttons of an action, as they are shown."""
        chord = self._chords.get(name, "")
        shown = self.tr("Gamepad: {buttons}").format(buttons=chord) if chord else ""
        return ", ".join(filter(None, [self._bindings.get(name, ""), shown]))

    def show_hotkeys(self, bindings: Mapping[str, str]) -> None:
        """Show the key of each action in menus; the keys themselves are registered elsewhere."""
        self._bindings = dict(bindings)
        for name in HOTKEYS:
            action = self[name]
            title, key = action.text().split("\t")[0], self._keys(name)
            action.setText(f"{title}\t{key}" if key else title)
            plain = without_mnemonic(title)
            set_tooltip(action, f"{plain} ({key})" if key else plain)


def _role(name: str) -> QAction.MenuRole:
    """Where macOS puts an action."""
    roles = {
        "settings": QAction.MenuRole.PreferencesRole,
        "about": QAction.MenuRole.AboutRole,
        "quit": QAction.MenuRole.QuitRole,
    }
    return roles.get(name, QAction.MenuRole.TextHeuristicRole)


def without_mnemonic(title: str) -> str:
    """A title without its mnemonic, including the key in brackets at the end of Japanese titles."""
    return re.sub(r"\(&[A-Z0-9]\)|&", "", title)

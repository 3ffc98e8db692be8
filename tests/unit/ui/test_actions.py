"""One list of actions for the tray, the plain window and the hotkeys."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QMenu, QToolButton

from coach_app.domain.actions import ACTIONS, HOTKEYS
from coach_app.domain.hotkeys import DEFAULT_BINDINGS
from coach_app.games.catalogue import practice_ids
from coach_app.ui.actions import CHOICES, CoachActions
from coach_app.ui.control_window import ControlWindow
from coach_app.ui.icons import app_icon
from coach_app.ui.language import InterfaceLanguageSwitch
from coach_app.ui.tray import Tray, coach_menu


def leaves(menu: QMenu) -> set[str]:
    texts = set()
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            texts |= leaves(inner)
        elif not action.isSeparator():
            texts.add(action.text())
    return texts


def test_every_action_has_a_handler_and_every_handler_an_action(qt_app: QApplication) -> None:
    # GIVEN the actions, and handlers for all
    actions = CoachActions()
    done: list[tuple[str, bool]] = []

    def handler(name: str) -> Callable[[bool], None]:
        return lambda on: done.append((name, on))

    handlers = {action.name: handler(action.name) for action in ACTIONS}
    # WHEN one is missing, or one is too many THEN that is a mistake
    with pytest.raises(ValueError, match="quit"):
        actions.bind({name: handlers[name] for name in handlers if name != "quit"})
    with pytest.raises(ValueError, match="dance"):
        actions.bind(handlers | {"dance": handler("dance")})
    # WHEN they fit THEN each does what its action wants, and a switch says whether it is on
    actions.bind(handlers)
    for action in ACTIONS:
        actions[action.name].trigger()
    assert done == [(action.name, action.switch is False) for action in ACTIONS]


def test_the_tray_and_the_window_offer_the_same(qt_app: QApplication) -> None:
    # GIVEN both
    actions = CoachActions()
    menu, window = coach_menu(actions), ControlWindow(actions)
    buttons = window.findChildren(QToolButton)
    # THEN they have the same actions, and a press does what the menu does
    assert leaves(menu) == {button.defaultAction().text() for button in buttons}
    done: list[str] = []
    actions["quit"].triggered.connect(lambda: done.append("quit"))
    actions.practice_wanted.connect(done.append)
    for button in buttons:
        if button.defaultAction() in (actions["quit"], *actions.practice.values()):
            button.click()
    assert sorted(done) == sorted([*practice_ids(), "quit"])


def test_the_keys_are_shown_and_can_change(qt_app: QApplication) -> None:
    # GIVEN the actions with the default keys
    actions = CoachActions()
    window = ControlWindow(actions)
    actions.show_hotkeys(DEFAULT_BINDINGS)
    assert actions["ask"].text().endswith("\tCtrl+Alt+Space")
    # WHEN the key is changed, then taken away
    actions.show_hotkeys({"ask": "F9"})
    # THEN menus and buttons show what is so now
    assert actions["ask"].text().endswith("\tF9")
    assert "\t" not in actions["pause"].text()
    asking = next(button for button in window.findChildren(QToolButton) if button.defaultAction() is actions["ask"])
    assert asking.accessibleName() == "Ask a question… (F9)"
    actions.show_hotkeys({})
    assert asking.accessibleName() == "Ask a question…"


def test_the_state_is_seen_in_the_window(qt_app: QApplication) -> None:
    # GIVEN the plain window
    actions = CoachActions()
    window = ControlWindow(actions)
    button = next(button for button in window.findChildren(QToolButton) if button.defaultAction() is actions["pause"])
    # WHEN the coach is paused
    actions["pause"].setChecked(True)
    # THEN the button says so
    assert button.text().startswith("✓")


def test_the_tray_icon_shows_the_pause_and_a_click_asks(qt_app: QApplication) -> None:
    # GIVEN a tray icon
    actions = CoachActions()
    tray = Tray(actions)
    running = tray.icon.icon().pixmap(32).toImage()
    # WHEN the coach is paused
    actions["pause"].setChecked(True)
    # THEN the icon is another one
    assert tray.icon.icon().pixmap(32).toImage() != running
    # WHEN it goes on, and its model is unloaded THEN likewise
    actions["pause"].setChecked(False)
    assert tray.icon.icon().pixmap(32).toImage() == running
    actions["unload"].setChecked(True)
    assert tray.icon.icon().pixmap(32).toImage() != running
    # WHEN the icon is clicked
    asked: list[bool] = []
    actions["ask"].triggered.connect(lambda: asked.append(True))
    tray.icon.activated.emit(tray.icon.ActivationReason.Trigger)
    # THEN the question box is wanted
    assert asked == [True]
    # WHEN the coach says what it does
    tray.set_status("Watching Grid.")
    assert tray.icon.toolTip() == "Coach\nWatching Grid."


def test_a_model_that_was_unloaded_by_itself_is_shown_so_and_one_press_loads_it(qt_app: QApplication) -> None:
    # GIVEN a tray icon and the plain window
    actions = CoachActions()
    tray, window = Tray(actions), ControlWindow(actions)
    button = next(button for button in window.findChildren(QToolButton) if button.defaultAction() is actions["unload"])
    loaded = tray.icon.icon().pixmap(32).toImage()
    wanted: list[bool] = []
    actions["unload"].triggered.connect(lambda unloaded: wanted.append(unloaded))
    # WHEN the model was unloaded without a press
    actions["unload"].setChecked(True)
    # THEN icon, menu and window show it, and nobody is told that the user wants it
    assert tray.icon.icon().pixmap(32).toImage() != loaded
    assert actions["unload"] in tray.menu.actions()
    assert button.text().startswith("✓")
    assert wanted == []
    # WHEN the key, the menu or the button is pressed
    actions["unload"].trigger()
    # THEN the model is wanted back
    assert wanted == [False]
    assert tray.icon.icon().pixmap(32).toImage() == loaded
    assert not button.text().startswith("✓")


def test_the_icons_are_drawn(qt_app: QApplication) -> None:
    # GIVEN both icons, at the size of a tray THEN they are pictures, and differ
    pictures = [app_icon(paused).pixmap(22, 22).toImage() for paused in (False, True)]
    assert all(picture.width() == 22 for picture in pictures)
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_each_action_has_a_letter_of_its_own_or_a_key(qt_app: QApplication, language: str) -> None:
    # GIVEN the actions in a language WHEN the plain window shows all of them THEN no letter is for two; only what one
    # chooses once for a game has none
    switch = InterfaceLanguageSwitch(qt_app)
    switch.use(language)  # type: ignore[arg-type]
    actions = CoachActions()
    shown = [actions[action.name] for action in ACTIONS if action.group not in CHOICES] + list(
        actions.practice.values()
    )
    letters = [found[1].upper() for action in shown if (found := re.search("&(.)", action.text()))]
    without = {action.name for action in ACTIONS if "&" not in actions[action.name].text()}
    without -= {action.name for action in ACTIONS if action.group in CHOICES}
    switch.use("en")
    assert len(letters) == len(set(letters)) == len(shown) - len(without), letters
    # THEN what is left without one, as there are no more letters, has a hotkey
    assert without <= set(HOTKEYS)

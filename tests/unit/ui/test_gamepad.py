"""A gamepad that carries out actions: with a made-up one, and with SDL's virtual one."""

import ctypes
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QTableWidget

from coach_app.domain.gamepad import Buttons
from coach_app.settings.schema import Settings
from coach_app.ui.hotkeys.gamepad import Gamepad
from coach_app.ui.hotkeys.pads import SdlPads
from coach_app.ui.settings_dialog import SettingsDialog
from tests.waiting import wait_until


class MadeUpPads:
    """Gamepads whose buttons a test holds."""

    def __init__(self) -> None:
        self.buttons: Buttons = frozenset()
        self.count = 1
        self.closed = False

    def held(self) -> Buttons:
        return self.buttons

    def close(self) -> None:
        self.closed = True


class Player:
    """Somebody with a gamepad, and what came of it."""

    def __init__(self) -> None:
        self.opened: list[MadeUpPads] = []
        self.gamepad = Gamepad(self._open)
        self.acted: list[str] = []
        self.recorded: list[str] = []
        self.let_go: list[str] = []
        self.gamepad.released.connect(self.let_go.append)
        self.gamepad.pressed.connect(self.acted.append)
        self.gamepad.recorded.connect(self.recorded.append)

    def hold(self, *buttons: str) -> None:
        self.opened[-1].buttons = frozenset(buttons)
        self.gamepad._poll()

    def _open(self) -> MadeUpPads:
        self.opened.append(MadeUpPads())
        return self.opened[-1]


@pytest.fixture
def player(qt_app: QApplication) -> Iterator[Player]:
    player = Player()
    yield player
    player.gamepad.close()
    player.gamepad.deleteLater()


def test_buttons_act_once_for_each_press(player: Player) -> None:
    # GIVEN a gamepad with a chord WHEN it is pressed, held, released and pressed again THEN it acted twice
    player.gamepad.follow(True, {"ask": "LB + X"})
    for held in (["LB"], ["LB", "X"], ["LB", "X"], ["LB"], ["LB", "X"], []):
        player.hold(*held)
    assert player.acted == ["ask", "ask"]
    # THEN it was told each time when the chord was no longer held
    assert player.let_go == ["ask", "ask"]
    # WHEN the gamepad is no longer wanted while it is held THEN that counts as released
    player.hold("LB", "X")
    player.gamepad.close()
    assert player.let_go == ["ask", "ask", "ask"]


@pytest.mark.parametrize(("on", "chords"), [(False, {"ask": "LB + X"}), (True, {})])
def test_no_gamepad_is_opened_unless_it_is_wanted(player: Player, on: bool, chords: dict[str, str]) -> None:
    # GIVEN settings without a use for a gamepad WHEN they are followed THEN none is opened, and nothing polls
    player.gamepad.follow(on, chords)
    assert player.opened == []
    # WHEN it is wanted, and no longer THEN it is closed
    player.gamepad.follow(True, {"ask": "A"})
    player.gamepad.follow(on, chords)
    assert [pads.closed for pads in player.opened] == [True]


def test_buttons_are_recorded_until_all_are_released_and_do_not_act(player: Player) -> None:
    # GIVEN buttons that have an action WHEN they are pressed to be recorded THEN all that were held are, at the release
    player.gamepad.follow(True, {"ask": "X"})
    player.gamepad.record(True)
    for held in ([], ["X"], ["X", "LB"], ["LB"]):
        player.hold(*held)
    assert player.recorded == []
    player.hold()
    assert player.recorded == ["LB + X"]
    assert player.acted == []
    # THEN they act again
    player.hold("X")
    assert player.acted == ["ask"]


class Shown:
    """The settings, with the gamepad's page."""

    def __init__(self, chords: dict[str, str]) -> None:
        self.dialog = SettingsDialog(Settings().with_value("gamepad", "buttons", chords))
        self.changed: list[Settings] = []
        self.wanted: list[bool] = []
        self.dialog.changed.connect(self.changed.append)
        self.dialog.gamepad_wanted.connect(self.wanted.append)
        (self.table,) = self.dialog.findChildren(QTableWidget)
        self.buttons = {button.text(): button for button in self.dialog.findChildren(QPushButton)}

    def row(self, title: str) -> int:
        titles = [self.table.item(row, 0) for row in range(self.table.rowCount())]
        return [item.text() for item in titles if item].index(title)

    def text(self, title: str) -> str:
        item = self.table.item(self.row(title), 1)
        return item.text() if item else ""


def test_buttons_are_recorded_in_the_settings_as_keys_are(qt_app: QApplication) -> None:
    # GIVEN the settings, in which one action has buttons
    shown = Shown({"ask": "LB + X"})
    assert shown.text("Ask") == "LB + X"
    # WHEN others are recorded for another action THEN it has them
    shown.table.setCurrentCell(shown.row("Pause"), 0)
    shown.buttons["Record"].click()
    assert shown.wanted == [True]
    assert shown.text("Pause") == "Press the buttons…"
    shown.dialog.take_buttons("RB + Y")
    assert shown.wanted == [True, False]
    assert shown.changed[-1].gamepad.buttons == {"ask": "LB + X", "pause": "RB + Y"}
    assert shown.text("Pause") == "RB + Y"
    # WHEN those of another action are recorded THEN that one loses them
    shown.buttons["Record"].click()
    shown.dialog.take_buttons("LB + X")
    assert shown.changed[-1].gamepad.buttons == {"pause": "LB + X"}
    # WHEN they are removed, or recording is broken off THEN nothing is left, and nothing comes
    shown.buttons["Remove"].click()
    assert shown.changed[-1].gamepad.buttons == {}
    shown.buttons["Record"].click()
    shown.table.setCurrentCell(shown.row("Ask"), 0)
    shown.dialog.take_buttons("A")
    assert shown.wanted[-1] is False
    assert shown.changed[-1].gamepad.buttons == {}
    shown.dialog.deleteLater()


class VirtualPad:
    """A gamepad that exists only in SDL."""

    def __init__(self) -> None:
        import pygame

        (library,) = (Path(pygame.__file__).parents[1] / "pygame.libs").glob("libSDL2-2*")
        self._sdl = ctypes.CDLL(str(library))
        self._sdl.SDL_JoystickOpen.restype = ctypes.c_void_p
        self.number = self._sdl.SDL_JoystickAttachVirtual(1, 6, 15, 0)  # a gamepad: axes, buttons, hats
        self._pad = ctypes.c_void_p(self._sdl.SDL_JoystickOpen(self.number))

    def hold(self, button: int, down: bool = True) -> None:
        self._sdl.SDL_JoystickSetVirtualButton(self._pad, button, down)

    def pull(self, axis: int, share: float) -> None:
        self._sdl.SDL_JoystickSetVirtualAxis(self._pad, axis, ctypes.c_int16(round(share * 65535 - 32768)))

    def unplug(self) -> None:
        self._sdl.SDL_JoystickClose(self._pad)
        self._sdl.SDL_JoystickDetachVirtual(self.number)


def test_sdl_reads_a_gamepad_that_comes_and_goes(qt_app: QApplication) -> None:
    # GIVEN no gamepad THEN nothing is held, and SDL's windows are not begun for it (a game of another test may have)
    import pygame

    begun = pygame.display.get_init()
    pads = SdlPads()
    before = pads.held(), pads.count
    assert pygame.display.get_init() == begun
    # WHEN one is plugged in THEN each button has its name
    pad = VirtualPad()
    try:
        assert pads.held() == before[0]
        assert pads.count == before[1] + 1
        for number, name in ((0, "A"), (2, "X"), (4, "Back"), (9, "LB"), (8, "RS"), (13, "Left")):
            pad.hold(number)
            assert pads.held() == {name}
            pad.hold(number, False)
        # WHEN a trigger is pulled THEN it counts from half of the way on
        for share, held in ((0.4, frozenset()), (0.9, {"RT"})):
            pad.pull(5, share)
            assert pads.held() == held
    finally:
        pad.unplug()
    # WHEN it is gone THEN so is what was held
    assert pads.held() == frozenset()
    assert pads.count == before[1]
    pads.close()


def test_a_gamepad_acts_through_sdl(qt_app: QApplication) -> None:
    # GIVEN a gamepad whose Back with LB asks WHEN these are pressed THEN the question box is wanted
    acted: list[str] = []
    gamepad = Gamepad()
    gamepad.pressed.connect(acted.append)
    gamepad.follow(True, {"ask": "LB + Back"})
    pad = VirtualPad()
    try:
        wait_until(lambda: gamepad.connected, what="the gamepad", pause=QApplication.processEvents)
        pad.hold(9)
        pad.hold(4)
        wait_until(lambda: acted == ["ask"], what="the press", pause=QApplication.processEvents)
    finally:
        pad.unplug()
        gamepad.close()
        gamepad.deleteLater()

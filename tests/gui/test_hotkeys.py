"""Global hotkeys on a real X server, with another program's window in front."""

import subprocess
from collections.abc import Callable, Iterator

import pytest
from Xlib import X, display
from Xlib.ext import xtest

from coach_app.domain.hotkeys import DEFAULT_BINDINGS
from coach_app.ui.hotkeys import Hotkeys
from tests.gui.desktop import Desktop
from tests.gui.game import start_game
from tests.gui.qt import application, pump, qt_wait

_KEY_P = "key 80"

MakeHotkeys = Callable[..., tuple[Hotkeys, list[str]]]
"""Makes hotkeys, and the list of actions that were pressed; given back after the test."""


@pytest.fixture
def make_hotkeys() -> Iterator[MakeHotkeys]:
    application()
    made: list[Hotkeys] = []

    def make(*, listen: bool = False) -> tuple[Hotkeys, list[str]]:
        hotkeys = Hotkeys(listen=listen)
        pressed: list[str] = []
        hotkeys.pressed.connect(pressed.append)
        made.append(hotkeys)
        return hotkeys, pressed

    yield make
    for hotkeys in made:
        hotkeys.close()


def _for_xdotool(hotkey: str) -> str:
    *modifiers, key = hotkey.split("+")
    keysyms = {"PgUp": "Prior", "PgDown": "Next", "Space": "space"}
    return "+".join([*(name.lower() for name in modifiers), keysyms.get(key, key if len(key) > 1 else key.lower())])


def test_the_game_does_not_get_the_hotkey(desktop: Desktop, make_hotkeys: MakeHotkeys) -> None:
    # GIVEN a game with the focus, and all default hotkeys
    game = start_game(desktop)
    hotkeys, pressed = make_hotkeys()
    assert hotkeys.set_bindings(DEFAULT_BINDINGS) == []

    # WHEN each is pressed, then a plain key
    for action, key in DEFAULT_BINDINGS.items():
        desktop.key(_for_xdotool(key))
        qt_wait(lambda: bool(pressed), f"{key} to be heard")
        assert pressed.pop() == action
    desktop.key("p")
    qt_wait(lambda: _KEY_P in game.happened(), "the plain key to reach the game")

    # THEN every action was heard once, and the game got the plain P alone
    assert pressed == []
    letters = [event for event in game.happened() if event.startswith("key") and int(event[4:]) < 256]
    assert letters == [_KEY_P]


@pytest.mark.parametrize("lock", ["Num_Lock", "Caps_Lock"])
def test_locks_do_not_stop_a_hotkey(desktop: Desktop, make_hotkeys: MakeHotkeys, lock: str) -> None:
    # GIVEN a hotkey, and a lock that is on
    hotkeys, pressed = make_hotkeys()
    hotkeys.set_bindings({"ask": "Ctrl+Alt+P"})
    subprocess.run(["xdotool", "key", lock], check=True)
    try:
        # WHEN it is pressed THEN it is heard
        subprocess.run(["xdotool", "key", "ctrl+alt+p"], check=True)
        qt_wait(lambda: pressed == ["ask"], "the hotkey")
    finally:
        subprocess.run(["xdotool", "key", lock], check=True)


def test_holding_the_key_down_counts_once(make_hotkeys: MakeHotkeys) -> None:
    # GIVEN a hotkey, and a second client that sees how often the server repeats the key
    hotkeys, pressed = make_hotkeys()
    hotkeys.set_bindings({"ask": "F9"})
    repeats: list[int] = []
    released: list[str] = []
    hotkeys.released.connect(released.append)
    hotkeys._grabber._x.received.connect(  # type: ignore[union-attr]
        lambda event: repeats.append(event.time) if event.type == X.KeyPress else None
    )

    # WHEN it is held until the server has repeated it several times
    subprocess.run(["xdotool", "keydown", "F9"], check=True)
    try:
        qt_wait(lambda: len(repeats) >= 4, "the server to repeat the key")
        assert released == []
    finally:
        subprocess.run(["xdotool", "keyup", "F9"], check=True)

    # THEN it was one press, and one release; pressed again, it is another
    qt_wait(lambda: released == ["ask"], "the release")
    assert pressed == ["ask"]
    subprocess.run(["xdotool", "key", "F9"], check=True)
    qt_wait(lambda: pressed == ["ask", "ask"], "the second press")


def test_a_key_of_another_program_fails_alone_and_says_so(
    make_hotkeys: MakeHotkeys,
) -> None:
    # GIVEN another program that has Ctrl+Alt+P, with Num Lock only
    other = display.Display()
    keycode = other.keysym_to_keycode(ord("p"))
    other.screen().root.grab_key(
        keycode, X.ControlMask | X.Mod1Mask | X.Mod2Mask, False, X.GrabModeAsync, X.GrabModeAsync
    )
    other.sync()
    hotkeys, pressed = make_hotkeys()
    try:
        # WHEN it is wanted along with others
        failures = hotkeys.set_bindings({"ask": "Ctrl+Alt+Space", "pause": "Ctrl+Alt+P", "edit": "F9"})
    finally:
        other.close()

    # THEN that one failed, with the key and a remedy, and the others work
    assert [(failure.action, failure.key) for failure in failures] == [("pause", "Ctrl+Alt+P")]
    assert "Ctrl+Alt+P is already used by another program" in failures[0].sentence
    assert "Choose another key" in failures[0].sentence
    subprocess.run(["xdotool", "key", "ctrl+alt+space", "F9"], check=True)
    qt_wait(lambda: pressed == ["ask", "edit"], "the other hotkeys")

    # WHEN the other program is gone and the bindings are set again THEN it works too
    assert hotkeys.set_bindings({"pause": "Ctrl+Alt+P"}) == []
    subprocess.run(["xdotool", "key", "ctrl+alt+p"], check=True)
    qt_wait(lambda: pressed[2:] == ["pause"], "the hotkey that had failed")


def test_keys_are_given_back_when_rebound_and_at_the_end(desktop: Desktop, make_hotkeys: MakeHotkeys) -> None:
    # GIVEN a hotkey that was bound to another key
    game = start_game(desktop)
    hotkeys, pressed = make_hotkeys()
    hotkeys.set_bindings({"ask": "Ctrl+Alt+P"})
    hotkeys.set_bindings({"ask": "Ctrl+Alt+O"})

    # WHEN the old and the new one are pressed THEN the game gets the old one, and the new one is heard
    desktop.key("ctrl+alt+p")
    qt_wait(lambda: _KEY_P in game.happened(), "the old key to reach the game")
    desktop.key("ctrl+alt+o")
    qt_wait(lambda: pressed == ["ask"], "the new key")

    # WHEN all are given back THEN the game gets the new one too
    hotkeys.close()
    desktop.key("ctrl+alt+o")
    qt_wait(lambda: "key 79" in game.happened(), "the new key to reach the game")
    assert pressed == ["ask"]


def test_a_key_that_the_keyboard_lacks_is_named(make_hotkeys: MakeHotkeys) -> None:
    # GIVEN a keyboard without F24 WHEN it is wanted THEN the failure names it; no wrong sequence raises either
    hotkeys, _ = make_hotkeys()
    failures = {
        failure.action: failure for failure in hotkeys.set_bindings({"ask": "Ctrl+F24", "pause": "P", "edit": ""})
    }
    assert "Ctrl+F24" in failures["ask"].sentence
    assert "would take that key from your game" in failures["pause"].sentence
    assert set(failures) == {"ask", "pause"}


@pytest.mark.parametrize("layout", ["ru", "gr", "us,ru", "fr"])
def test_keyboards_without_latin_letters_have_the_keys_at_their_english_places(
    make_hotkeys: MakeHotkeys, layout: str
) -> None:
    # GIVEN a keyboard of this layout, and hotkeys bound on it
    subprocess.run(["setxkbmap", "-layout", layout], check=True)
    try:
        hotkeys, pressed = make_hotkeys()
        assert hotkeys.set_bindings(DEFAULT_BINDINGS) == []
        # WHEN the place of H is pressed (43; a French keyboard has H there, too) with Ctrl and Alt
        x = display.Display()
        for kind, codes in ((X.KeyPress, (37, 64, 43)), (X.KeyRelease, (43, 64, 37))):
            for code in codes:
                xtest.fake_input(x, kind, code)
        x.sync()
        # THEN the overlay is hidden or shown
        qt_wait(lambda: bool(pressed), "the hotkey to be heard")
        x.close()
        assert pressed == ["show_hide"]
        hotkeys.close()
    finally:
        subprocess.run(["setxkbmap", "-layout", "us"], check=True)


@pytest.mark.parametrize("layout", ["us", "ru", "gr", "us,ru", "fr"])
def test_listening_goes_by_the_places_of_the_keys_too(make_hotkeys: MakeHotkeys, layout: str) -> None:
    # GIVEN a keyboard of this layout, whose keys are only listened to
    subprocess.run(["setxkbmap", "-layout", layout], check=True)
    hotkeys, pressed = make_hotkeys(listen=True)
    try:
        assert hotkeys.set_bindings({**DEFAULT_BINDINGS, "edit": "Ctrl+1", "values": "Ctrl+Shift+2"}) == []
        # WHEN the place of H is pressed with Ctrl and Alt, 1 with Ctrl, 2 with Ctrl and Shift, and H alone
        x = display.Display()
        for chord in ((37, 64, 43), (37, 10), (37, 50, 11), (43,)):
            for kind, codes in ((X.KeyPress, chord), (X.KeyRelease, chord[::-1])):
                for code in codes:
                    xtest.fake_input(x, kind, code)
        x.sync()
        # THEN the actions are heard, wherever else that keyboard writes H, 1 and 2
        qt_wait(lambda: len(pressed) == 3, "the hotkeys to be heard")
        x.close()
        assert pressed == ["show_hide", "edit", "values"]
    finally:
        hotkeys.close()
        subprocess.run(["setxkbmap", "-layout", "us"], check=True)
        subprocess.run(["xdotool", "key", "p"], check=True)  # the listening thread ends with the next key


def test_listening_hears_the_key_while_a_game_keeps_the_keyboard(
    make_hotkeys: MakeHotkeys,
) -> None:
    # GIVEN a game that grabs the whole keyboard, which no grabbed hotkey survives
    greedy = display.Display()
    window = greedy.screen().root.create_window(0, 0, 10, 10, 0, X.CopyFromParent, event_mask=X.KeyPressMask)
    window.map()
    greedy.sync()
    qt_wait(lambda: window.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime) == X.GrabSuccess)
    grabbing, heard_by_grabbing = make_hotkeys()
    listening, heard = make_hotkeys(listen=True)
    try:
        assert grabbing.set_bindings({"ask": "F9"}) == []
        assert listening.set_bindings({"ask": "Ctrl+Alt+P", "pause": "F9"}) == []

        # WHEN hotkeys are pressed THEN the one that listens hears them, in the interface thread
        subprocess.run(["xdotool", "key", "ctrl+alt+p", "F9"], check=True)
        qt_wait(lambda: heard == ["ask", "pause"], "the hotkeys")
        pump()
        assert heard_by_grabbing == []
    finally:
        greedy.close()
        listening.close()
        subprocess.run(["xdotool", "key", "p"], check=True)  # the listening thread ends with the next key

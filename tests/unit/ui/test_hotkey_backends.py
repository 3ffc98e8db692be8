"""The bookkeeping of the ways to register hotkeys, with stand-ins for the platforms' libraries."""

import ctypes
import sys
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QKeySequenceEdit, QLineEdit

from coach_app.domain.errors import CoachError
from coach_app.domain.hotkeys import DEFAULT_BINDINGS, KEYS, Chord, parse_hotkey
from coach_app.ui.hotkeys import Hotkeys
from coach_app.ui.hotkeys.listener import _Held, pynput_spelling
from coach_app.ui.hotkeys.macos import MacGrabber
from coach_app.ui.hotkeys.win32 import WindowsGrabber, virtual_key
from coach_app.ui.setting_editors import is_hotkey_field


class _User32:
    def __init__(self, refused: int = -1) -> None:
        self.refused = refused
        self.registered: dict[int, tuple[int, int]] = {}
        self.down = {0x78}

    def GetAsyncKeyState(self, key: int) -> int:
        return 0x8000 if key in self.down else 1

    def RegisterHotKey(self, _window: None, number: int, modifiers: int, key: int) -> bool:
        if key == self.refused:
            return False
        self.registered[number] = (modifiers, key)
        return True

    def UnregisterHotKey(self, _window: None, number: int) -> None:
        del self.registered[number]

    def VkKeyScanW(self, character: int) -> int:
        return {ord(";"): 0x01BA, ord("-"): 0xBD}.get(character, -1)


class _Carbon:
    def __init__(self) -> None:
        self.registered: list[tuple[int, int, int]] = []
        self.released = 0
        self.removed = 0
        self.kind = 5

    def GetApplicationEventTarget(self) -> int:
        return 1

    def InstallEventHandler(self, *_: object) -> int:
        return 0

    def RemoveEventHandler(self, _: object) -> None:
        self.removed += 1

    def RegisterEventHotKey(self, key: int, bits: int, number: Any, *_: object) -> int:
        if (key, bits) in [(taken, held) for taken, held, _ in self.registered]:
            return -9878  # eventHotKeyExistsErr
        self.registered.append((key, bits, number.id))
        return 0

    def UnregisterEventHotKey(self, _: object) -> None:
        self.released += 1

    def GetEventParameter(self, event: int, *arguments: Any) -> None:
        arguments[-1]._obj.id = event  # the test names the hotkey by the event's number

    def GetEventKind(self, _: int) -> int:
        return self.kind


def test_windows_registers_without_repeat_and_gives_back() -> None:
    # GIVEN a stand-in for user32
    user32, pressed = _User32(), list[str]()
    grabber = WindowsGrabber(pressed.append, user32=user32)

    # WHEN hotkeys are registered THEN each has its number, its modifiers with MOD_NOREPEAT, and its virtual key
    grabber.grab("ask", parse_hotkey("Ctrl+Alt+Space"))
    grabber.grab("edit", parse_hotkey("Meta+Shift+;"))
    assert user32.registered == {1: (0x4003, 0x20), 2: (0x400C, 0xBA)}

    # WHEN closed THEN none is left
    grabber.close()
    assert user32.registered == {}


def test_windows_names_what_it_cannot_have() -> None:
    # GIVEN a key of another program, and one that the layout lacks WHEN registered THEN each failure names its key
    grabber = WindowsGrabber(lambda _: None, user32=_User32(refused=0x50))
    with pytest.raises(CoachError, match=r"Ctrl\+Alt\+P is already used"):
        grabber.grab("pause", parse_hotkey("Ctrl+Alt+P"))
    with pytest.raises(CoachError, match="no key for"):
        grabber.grab("pause", parse_hotkey("Ctrl+`"))
    grabber.close()


def test_windows_hears_its_message_and_no_other(qt_app: QApplication) -> None:
    # GIVEN a registered hotkey
    class Message(ctypes.Structure):
        _fields_ = (
            ("window", ctypes.c_void_p),
            ("message", ctypes.c_uint),
            ("wParam", ctypes.c_size_t),
            ("lParam", ctypes.c_ssize_t),
        )

    user32, pressed, released = _User32(), list[str](), list[str]()
    grabber = WindowsGrabber(pressed.append, released.append, user32)
    grabber.grab("ask", parse_hotkey("F9"))

    # WHEN messages come THEN only WM_HOTKEY with its number counts, and is kept from Qt
    answers = []
    for kind, message, number in [
        (b"windows_generic_MSG", 0x0312, 1),
        (b"windows_generic_MSG", 0x0312, 7),
        (b"windows_generic_MSG", 0x0100, 1),
        (b"xcb_generic_event_t", 0x0312, 1),
    ]:
        received = Message(None, message, number, 0)
        answers.append(grabber.nativeEventFilter(kind, ctypes.addressof(received))[0])
    assert answers == [True, False, False, False]
    assert pressed == ["ask"]

    # WHEN the key is still held, and then released THEN that is seen, as Windows does not tell it
    grabber._look_at_keys()
    assert released == []
    user32.down.clear()
    grabber._look_at_keys()
    grabber._look_at_keys()
    assert released == ["ask"]
    grabber.close()


def test_macos_registers_hears_refuses_and_gives_back() -> None:
    # GIVEN a stand-in for Carbon
    carbon, pressed, released = _Carbon(), list[str](), list[str]()
    grabber = MacGrabber(pressed.append, released.append, carbon)

    # WHEN hotkeys are registered THEN by key position and Carbon's modifier bits
    grabber.grab("ask", parse_hotkey("Ctrl+Alt+Space"))
    grabber.grab("pause", parse_hotkey("Cmd+Shift+P"))
    assert carbon.registered == [(0x31, 0x1800, 1), (0x23, 0x0300, 2)]
    with pytest.raises(CoachError, match="already used"):
        grabber.grab("edit", parse_hotkey("Ctrl+Alt+Space"))
    with pytest.raises(CoachError, match="no key for"):
        grabber.grab("edit", parse_hotkey("Pause"))

    # WHEN its handler is called THEN the action is named
    assert grabber._on_event(None, 2, None) == 0
    carbon.kind = 6
    assert grabber._on_event(None, 2, None) == 0
    assert (pressed, released) == (["pause"], ["pause"])

    # WHEN closed twice THEN all is given back once
    grabber.close()
    grabber.close()
    assert (carbon.released, carbon.removed) == (2, 1)


@pytest.mark.parametrize("key", [key for key in KEYS if len(key) > 1 or key.isalnum()])
def test_windows_knows_every_key_that_no_layout_moves(key: str) -> None:
    # GIVEN a key WHEN asked for its virtual-key code THEN there is one
    assert virtual_key(key)


def test_pynput_is_asked_in_its_own_spelling() -> None:
    # GIVEN chords WHEN spelled THEN as pynput wants them
    assert pynput_spelling(parse_hotkey("Ctrl+Alt+Space")) == "<ctrl>+<alt>+<space>"
    assert pynput_spelling(parse_hotkey("Meta+Shift+P")) == "<shift>+<cmd>+p"
    assert pynput_spelling(parse_hotkey("Ctrl+PgUp")) == "<ctrl>+<page_up>"


def test_where_there_are_no_global_hotkeys_every_binding_fails_with_a_remedy(
    qt_app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a desktop without X11, Windows or macOS
    monkeypatch.setitem(sys.modules, "pynput", None)

    # WHEN bindings are set THEN nothing raises, and each failure says what to use instead
    failures = Hotkeys(listen=True).set_bindings(DEFAULT_BINDINGS)
    assert {failure.action for failure in failures} == set(DEFAULT_BINDINGS)
    assert all("tray" in failure.sentence for failure in failures)


class _Keyboard:
    """Takes note of what is grabbed."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        self.refused = ""

    def grab(self, action: str, chord: Chord) -> None:
        if str(chord) == self.refused:
            raise CoachError(f"{chord} is used by another program.")
        self.held[action] = str(chord)

    def release_all(self) -> None:
        self.held.clear()

    def close(self) -> None:
        self.release_all()


def test_a_key_that_is_held_counts_as_released_when_hotkeys_rest(
    qt_app: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a hotkey that is held
    monkeypatch.setattr("coach_app.ui.hotkeys.hotkeys.choose_grabber", lambda *_, listen: _Keyboard())
    hotkeys, released = Hotkeys(), list[str]()
    hotkeys.released.connect(released.append)
    hotkeys.set_bindings({"talk": "F9"})
    hotkeys.pressed.emit("talk")
    # WHEN the coach lets go of all keys THEN nothing goes on for ever, and it is told once
    hotkeys.rest(True)
    hotkeys.close()
    assert released == ["talk"]


def test_listening_tells_when_a_chord_is_no_longer_held() -> None:
    # GIVEN a hotkey of two keys
    told: list[str] = []
    chord = _Held(
        {"ctrl", "m"}, "talk", lambda action: told.append(f"+{action}"), lambda action: told.append(f"-{action}")
    )
    # WHEN one is pressed, and the other repeats itself THEN it is told once that both are
    for key in ("ctrl", "x", "m", "m"):
        chord.press(key)
    assert told == ["+talk"]
    # WHEN either is released THEN it is told once
    for key in ("x", "ctrl", "m"):
        chord.release(key)
    assert told == ["+talk", "-talk"]


def test_no_hotkey_acts_while_one_is_entered(qt_app: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN hotkeys
    keyboard = _Keyboard()
    monkeypatch.setattr("coach_app.ui.hotkeys.hotkeys.choose_grabber", lambda *_, listen: keyboard)
    hotkeys = Hotkeys()
    hotkeys.set_bindings({"ask": "F9", "pause": "F10"})
    # WHEN one is entered THEN none is taken from the keyboard
    hotkeys.rest(True)
    assert keyboard.held == {}
    # WHEN it was entered THEN it is said whether it works, and it acts only when the field is left
    keyboard.refused = "F11"
    (failure,) = hotkeys.set_bindings({"ask": "F8", "pause": "F11"})
    assert (failure.action, keyboard.held) == ("pause", {})
    hotkeys.rest(False)
    assert keyboard.held == {"ask": "F8"}
    hotkeys.close()


def test_a_field_for_hotkeys_is_known_by_its_parts(qt_app: QApplication) -> None:
    # GIVEN such a field, and another WHEN they have the focus THEN it is known which one it is
    keys, line = QKeySequenceEdit(), QLineEdit()
    assert is_hotkey_field(keys)
    assert all(is_hotkey_field(part) for part in keys.findChildren(QLineEdit))
    assert not is_hotkey_field(line)
    assert not is_hotkey_field(None)

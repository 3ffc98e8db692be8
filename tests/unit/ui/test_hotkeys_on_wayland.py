"""Hotkeys through a portal that the tests make."""

import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from coach_app.domain.errors import CoachError
from coach_app.ui.hotkeys import Hotkeys
from tests.fakes.bus import session_bus
from tests.fakes.portal import FakePortal, portal
from tests.waiting import wait_until

SESSION = "/org/freedesktop/portal/desktop/session/1_1/coach"
KEYS = {"ask": "Ctrl+Alt+Space", "pause": "F9", "more": ""}


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakePortal]:
    """A desktop that gives every key, but the one for pausing as another."""
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")

    def bound(body: tuple[Any, ...]) -> tuple[int, dict[str, tuple[str, Any]]]:
        given = {"ask": "Ctrl+Alt+Leertaste", "pause": "Meta+P"}
        keys = [(action, {"trigger_description": ("s", given[action])}) for action, _ in body[1]]
        return 0, {"shortcuts": ("a(sa{sv})", keys)}

    with session_bus(tmp_path / "b") as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        session = {"session_handle": ("s", SESSION)}
        answers: dict[str, Any] = {"CreateSession": lambda _: (0, session), "BindShortcuts": bound}
        with portal({"GlobalShortcuts": {"version": 1}}, answers) as fake:
            yield fake


class Keys:
    """The app's hotkeys, and what they said."""

    def __init__(self) -> None:
        self.hotkeys = Hotkeys()
        self.pressed: list[str] = []
        self.decisions: list[Mapping[str, str] | CoachError] = []
        self.released: list[str] = []
        self.hotkeys.pressed.connect(self.pressed.append)
        self.hotkeys.released.connect(self.released.append)
        self.hotkeys.decided.connect(self.decisions.append)


def until(condition: Callable[[], object]) -> None:
    def pause() -> None:
        QApplication.processEvents()
        time.sleep(0.002)

    wait_until(condition, pause=pause)


@pytest.fixture
def keys(qt_app: QApplication, desktop: FakePortal) -> Iterator[Keys]:
    keys = Keys()
    yield keys
    keys.hotkeys.close()
    keys.hotkeys.deleteLater()


def test_the_desktop_gives_the_keys_and_says_which_were_pressed(desktop: FakePortal, keys: Keys) -> None:
    # GIVEN a desktop with the portal WHEN keys are wanted THEN it is asked once for all, in its own spelling
    assert keys.hotkeys.set_bindings(KEYS) == []
    assert keys.hotkeys.everywhere
    until(lambda: keys.decisions)
    ((session, wanted, _, _),) = desktop.called("BindShortcuts")
    assert session == SESSION
    triggers = {action: about["preferred_trigger"][1] for action, about in wanted}
    assert triggers == {"ask": "CTRL+ALT+space", "pause": "F9"}
    assert dict(wanted)["ask"]["description"][1] == "Ask"
    # THEN the session began with them, too, as Plasma 5 gives no others
    ((began,),) = desktop.called("CreateSession")
    assert began["shortcuts"] == ("a(sa{sv})", wanted)
    # THEN the keys are shown that it gave
    assert keys.decisions == [{"ask": "Ctrl+Alt+Leertaste", "pause": "Meta+P"}]
    # WHEN they are pressed THEN the actions are carried out; those of another session are not ours
    desktop.press("/another", "pause")
    desktop.press(SESSION, "ask")
    until(lambda: keys.pressed)
    assert keys.pressed == ["ask"]
    # WHEN they are held, which Plasma repeats, and released THEN the release is told, and no second press
    desktop.press(SESSION, "ask")
    desktop.press(SESSION, "ask", "Deactivated")
    until(lambda: keys.released == ["ask"])
    assert keys.pressed == ["ask"]
    # WHEN a key is being entered THEN they rest, and the desktop is not asked again
    keys.hotkeys.rest(True)
    desktop.press(SESSION, "ask")
    desktop.press(SESSION, "pause")
    keys.hotkeys.rest(False)
    desktop.press(SESSION, "pause")
    until(lambda: keys.pressed[-1] == "pause")
    assert len(desktop.called("BindShortcuts")) == 1
    # WHEN they change THEN it is asked in another session
    keys.hotkeys.set_bindings({"ask": "F8"})
    until(lambda: len(keys.decisions) == 2)
    assert len(desktop.called("CreateSession")) == 2


def test_whoever_refuses_keys_is_told_how_to_get_them(desktop: FakePortal, keys: Keys) -> None:
    # GIVEN a user who closes the desktop's question WHEN keys are wanted THEN that is said
    desktop.answers["BindShortcuts"] = lambda _: (1, {})
    keys.hotkeys.set_bindings(KEYS)
    until(lambda: keys.decisions)
    assert "gave the coach no keys" in str(keys.decisions[0])
    # WHEN the desktop ends THEN that is said, too
    desktop.close()
    until(lambda: len(keys.decisions) == 2)
    assert "lost" in str(keys.decisions[1])


def test_without_the_portal_keys_work_under_xwayland_only(
    desktop: FakePortal, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a desktop that has no portal for keys
    desktop.properties.clear()
    monkeypatch.setattr("coach_app.ui.hotkeys.hotkeys.choose_grabber", lambda *_, **__: Grabs())
    # WHEN keys are wanted THEN they are grabbed as on X11, which does not reach everywhere
    assert keys.hotkeys.set_bindings(KEYS) == []
    assert not keys.hotkeys.everywhere
    assert keys.decisions == []


class Grabs:
    """Takes every key."""

    def grab(self, *_: object) -> None: ...

    def release_all(self) -> None: ...

    def close(self) -> None: ...

"""The parts of the app without a screen, an engine process or a capture."""

from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import AsyncMock

import pytest
from PySide6.QtWidgets import QApplication

from coach_app.advisor.local import LocalAdvisor
from coach_app.advisor.remote import RemoteAdvisor
from coach_app.assembly import engine_room, interface, overlay_app, watching
from coach_app.assembly.live_governor import LiveGovernor
from coach_app.assembly.live_hearing import LiveHearing
from coach_app.capture.mailbox import CaptureThread
from coach_app.session.history import History
from coach_app.session.session import Session
from coach_app.settings import keys
from coach_app.ui.hotkeys.gamepad import Gamepad
from coach_app.ui.hotkeys.hotkeys import Hotkeys
from coach_app.ui.language import InterfaceLanguageSwitch
from coach_app.ui.overlay import Overlay
from coach_app.ui.voice import Voice
from tests.fakes.quiet import Happened, QuietEngine, QuietTranslator


@pytest.fixture(scope="session")
def qt_app() -> QApplication:
    """The Qt application."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    return app


@pytest.fixture
def happened(monkeypatch: pytest.MonkeyPatch, coach_home: Path, qt_app: QApplication) -> Happened:
    """Every call that a changed option can lead to, as it comes; what has effects beyond the app is not carried out."""
    calls: Happened = []

    def noted(name: str, owner: Any, method: str, describe: Callable[..., object], *, carried_out: bool = True) -> None:
        before = getattr(owner, method)

        def call(*arguments: Any, **named: Any) -> Any:
            calls.append((name, str(describe(*arguments, **named))))
            return before(*arguments, **named) if carried_out else []

        monkeypatch.setattr(owner, method, call)

    class Engine(QuietEngine):
        happened = calls

    async def open_translator(client: object, rules: object, *_: object) -> object:
        calls.append(("translator", str(rules)))
        return QuietTranslator()

    monkeypatch.setattr(overlay_app, "EngineClient", Engine)
    monkeypatch.setattr(engine_room, "open_translator", open_translator)
    monkeypatch.setattr(
        watching, "open_source", lambda source, games: f"{source} {[(game.window, game.program) for game in games]}"
    )
    monkeypatch.setattr(Overlay, "setWindowOpacity", lambda self, opacity: None)  # Qt warns without a screen
    monkeypatch.setattr(Overlay, "show", lambda self: None)
    noted("look", Overlay, "apply", lambda self, look: look)
    noted("hiding", Overlay, "exclude", lambda self, excluded: excluded)
    monkeypatch.setattr(interface, "is_excluded", AsyncMock(return_value=None))
    noted("advice language", Overlay, "set_language", lambda self, language: language)
    noted("panel", Overlay, "set_panel", lambda self, panel: panel is not None)
    noted("hotkeys", Hotkeys, "set_bindings", lambda self, bindings: bindings, carried_out=False)
    noted("gamepad", Gamepad, "follow", lambda self, on, chords: f"{on} {chords}", carried_out=False)
    noted("interface", InterfaceLanguageSwitch, "use", lambda self, language: language, carried_out=False)
    noted("history", History, "apply", lambda self, rules: rules)
    noted("interval", CaptureThread, "change_interval", lambda self, interval_s: interval_s)
    noted("source", CaptureThread, "change_source", lambda self, opener: opener())
    noted("governor", LiveGovernor, "follow", lambda self, settings: settings)
    noted("sound", Voice, "set_sound", lambda self, volume, speed: f"{volume} {speed}")
    noted("voice", Voice, "check", lambda self, language: language, carried_out=False)
    noted("hearing", LiveHearing, "follow", lambda self, hearing: hearing)
    noted("session", Session, "configure", lambda self, plan, *others: plan)
    noted("local", LocalAdvisor, "__init__", lambda self, client, entry, detail: f"{entry.name} {detail}")
    noted("remote", RemoteAdvisor, "__init__", lambda self, server, on_sent: server)
    noted("keyring", keys, "keep_key", lambda address, key: f"{address} {key}", carried_out=False)
    return calls

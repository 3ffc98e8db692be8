"""``coach do``."""

import pytest
from typer.testing import CliRunner, Result

from coach_app.cli import app
from coach_app.domain.actions import HELD, HOTKEYS
from coach_app.settings.store import SettingsStore, settings_file


def do(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["do", *arguments])


def test_the_lines_bind_every_hotkey_as_it_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN sway, and hotkeys of which one was changed and one switched off
    monkeypatch.setenv("XDG_CURRENT_DESKTOP", "sway")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    store = SettingsStore(settings_file())
    store.change(store.current.with_value("hotkeys", "ask", "Meta+F1").with_value("hotkeys", "pin", ""))
    # WHEN the lines are printed
    lines = do("--lines").stdout.splitlines()
    # THEN there is one for each, with its own key
    assert "bindsym Mod4+F1 exec coach do ask" in lines
    assert "bindsym Ctrl+Mod1+p exec coach do pause" in lines
    assert {line.split()[-1] for line in lines} == HOTKEYS.keys() - {"pin"} - HELD  # which no command can hold


def test_an_action_is_needed_otherwise() -> None:
    # GIVEN no action WHEN something is to be done THEN that is an error
    assert do().exit_code == 1

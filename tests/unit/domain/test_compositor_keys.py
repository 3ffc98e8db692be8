"""How Wayland desktops spell keys."""

import pytest

from coach_app.domain.compositor_keys import line_to_add, portal_trigger
from coach_app.domain.hotkeys import parse_hotkey


@pytest.mark.parametrize(
    ("key", "trigger"),
    [("Ctrl+Alt+Space", "CTRL+ALT+space"), ("F9", "F9"), ("Meta+Shift+;", "SHIFT+LOGO+semicolon"), ("Alt+P", "ALT+p")],
)
def test_the_portal_has_its_own_spelling(key: str, trigger: str) -> None:
    assert portal_trigger(parse_hotkey(key)) == trigger


@pytest.mark.parametrize(
    ("desktop", "line"),
    [
        ("sway", "bindsym Ctrl+Mod1+Page_Down exec coach do read_on"),
        ("sway:wlroots", "bindsym Ctrl+Mod1+Page_Down exec coach do read_on"),
        ("Hyprland", "bind = CTRL ALT, Page_Down, exec, coach do read_on"),
        ("niri", 'Ctrl+Alt+Page_Down { spawn "coach" "do" "read_on"; }'),
        ("labwc:wlroots", "Ctrl+Alt+PgDown: coach do read_on"),
        ("", "Ctrl+Alt+PgDown: coach do read_on"),
    ],
)
def test_each_desktop_gets_a_line_that_it_reads(desktop: str, line: str) -> None:
    assert line_to_add(desktop, parse_hotkey("Ctrl+Alt+PgDown"), "coach do read_on") == line


def test_a_key_without_modifiers_has_a_line_too() -> None:
    assert line_to_add("Hyprland", parse_hotkey("F9"), "coach do ask") == "bind = , F9, exec, coach do ask"

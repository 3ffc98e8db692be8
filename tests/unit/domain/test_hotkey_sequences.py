"""Key sequences: what is accepted, how it is spelled, what is refused and why."""

import pytest

from coach_app.domain.actions import HOTKEYS
from coach_app.domain.errors import CoachError
from coach_app.domain.hotkeys import DEFAULT_BINDINGS, KEYS, BadHotkey, check_bindings, parse_hotkey


def test_every_action_has_a_valid_default_of_its_own() -> None:
    # GIVEN the defaults WHEN they are checked THEN they come back unchanged, one for every action
    assert check_bindings(DEFAULT_BINDINGS) == dict(DEFAULT_BINDINGS)
    assert set(DEFAULT_BINDINGS) == set(HOTKEYS)


@pytest.mark.parametrize("key", KEYS)
def test_every_key_can_be_written_and_read_again(key: str) -> None:
    # GIVEN a key with modifiers WHEN it is read THEN its canonical spelling is the same
    assert str(parse_hotkey(f"Ctrl+Shift+{key}")) == f"Ctrl+Shift+{key}"


@pytest.mark.parametrize(
    ("written", "canonical"),
    [("alt + control+space", "Ctrl+Alt+Space"), ("SUPER+f9", "Meta+F9"), ("f9", "F9"), ("Cmd+Enter", "Meta+Return")],
)
def test_spelling_is_forgiving(written: str, canonical: str) -> None:
    # GIVEN another spelling WHEN it is read THEN it becomes the canonical one
    assert str(parse_hotkey(written)) == canonical


@pytest.mark.parametrize(
    "wrong", ["", "Ctrl", "Ctrl+", "+", "Ctrl+Alt", "Ctrl+Ctrl+A", "Ctrl+Banana", "A+B", "A", "Shift+A", "Space"]
)
def test_what_cannot_be_a_hotkey_is_refused_with_a_remedy(wrong: str) -> None:
    # GIVEN a wrong sequence WHEN it is read THEN the error says what to write instead, and validators can use it
    with pytest.raises(BadHotkey) as caught:
        parse_hotkey(wrong)
    assert isinstance(caught.value, CoachError)
    assert isinstance(caught.value, ValueError)
    assert caught.value.remedy


def test_one_key_for_two_actions_is_refused() -> None:
    # GIVEN two spellings of one key WHEN they are given to two actions THEN the error names the key
    with pytest.raises(BadHotkey, match=r"Ctrl\+Alt\+P"):
        check_bindings({"ask": "alt+ctrl+p", "pause": "Ctrl+Alt+P"})


def test_unknown_actions_are_refused_and_empty_means_no_hotkey() -> None:
    # GIVEN an unknown action WHEN checked THEN it is refused; two empty sequences are fine
    with pytest.raises(BadHotkey, match="dance"):
        check_bindings({"dance": "F9"})
    assert check_bindings({"ask": " ", "pause": ""}) == {"ask": "", "pause": ""}

"""Buttons of a gamepad as hotkeys, as plain data: their names, and which of them are allowed."""

from collections.abc import Mapping
from typing import Final

from coach_app.domain.actions import HOTKEYS
from coach_app.domain.errors import CoachError

BUTTONS: Final = (
    *("LB", "RB", "LT", "RT", "LS", "RS", "Back", "Start", "Guide"),
    *("Up", "Down", "Left", "Right", "A", "B", "X", "Y"),
)
"""The buttons by their names on an Xbox gamepad, in the order in which a chord names them: what is held comes first."""

Buttons = frozenset[str]
"""Buttons that are held together."""


class BadButtons(CoachError, ValueError):
    """Buttons that cannot be a hotkey; a ``ValueError`` too, so that validators can let it through."""


def parse_buttons(chord: str) -> Buttons:
    """Read buttons such as ``LB + X``; ``spelled`` writes them.

    Raises:
        BadButtons: if one of them does not exist.
    """
    names = {button.lower(): button for button in BUTTONS}
    words = [word.strip().lower() for word in chord.split("+")]
    if not all(word in names for word in words):
        raise BadButtons(f"“{chord}” are not buttons of a gamepad.", f"Buttons are {', '.join(BUTTONS)}.")
    return frozenset(names[word] for word in words)


def spelled(buttons: Buttons) -> str:
    """Buttons in words, for instance ``LB + X``."""
    return " + ".join(button for button in BUTTONS if button in buttons)


def check_chords(chords: Mapping[str, str]) -> dict[str, str]:
    """The chords by action in canonical spelling; actions without buttons are left out.

    Raises:
        BadButtons: for unknown buttons, an unknown action, or buttons that are given to two actions.
    """
    checked: dict[str, str] = {}
    for action, chord in chords.items():
        if action not in HOTKEYS:
            raise BadButtons(f"There is no action “{action}”.", f"Actions are {', '.join(HOTKEYS)}.")
        if not chord.strip():
            continue
        buttons = spelled(parse_buttons(chord))
        if buttons in checked.values():
            raise BadButtons(f"{buttons} is given to two actions.", "Choose other buttons for one of them.")
        checked[action] = buttons
    return checked


def completed(chords: Mapping[str, Buttons], held: Buttons, before: Buttons) -> str:
    """The action whose buttons have just been completed; empty if there is none.

    Where several are (``X`` and ``LB + X``), it is the one with the most buttons.

    Args:
        chords: buttons by action.
        held: the buttons held now.
        before: those held a moment ago.
    """
    new = held - before
    found = [action for action, buttons in chords.items() if buttons <= held and buttons & new]
    return max(found, key=lambda action: len(chords[action]), default="")

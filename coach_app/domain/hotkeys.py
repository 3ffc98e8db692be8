"""Global hotkeys as plain data: their notation, and which of them are allowed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from coach_app.domain.actions import HOTKEYS
from coach_app.domain.errors import CoachError

DEFAULT_BINDINGS: Final[Mapping[str, str]] = MappingProxyType({name: key.default for name, key in HOTKEYS.items()})
"""Key sequences by action."""

MODIFIERS: Final = ("Ctrl", "Alt", "Shift", "Meta")
_MODIFIER_ALIASES: Final = {
    "control": "Ctrl",
    "ctrl": "Ctrl",
    "alt": "Alt",
    "option": "Alt",
    "shift": "Shift",
    "meta": "Meta",
    "super": "Meta",
    "win": "Meta",
    "cmd": "Meta",
}
_FUNCTION_KEYS: Final = tuple(f"F{number}" for number in range(1, 25))
_ALONE: Final = (*_FUNCTION_KEYS, "Pause", "ScrollLock", "Print")
KEYS: Final = (
    *"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    *"-=[];',./\\`",
    *("Space", "Tab", "Return", "Backspace", "Insert", "Delete", "Home", "End", "PgUp", "PgDown"),
    *("Left", "Right", "Up", "Down"),
    *_ALONE,
)
_KEY_ALIASES: Final = {"enter": "Return", "del": "Delete", "ins": "Insert", "pageup": "PgUp", "pagedown": "PgDown"}
_KEYS_BY_LOWER: Final = {key.lower(): key for key in KEYS} | _KEY_ALIASES


class BadHotkey(CoachError, ValueError):
    """A key sequence that cannot be a hotkey; a ``ValueError`` too, so that validators can let it through."""


@dataclass(frozen=True)
class Chord:
    """One key with the modifiers held down.

    Attributes:
        key: one of ``KEYS``.
        modifiers: some of ``MODIFIERS``.
    """

    key: str
    modifiers: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return "+".join([*(name for name in MODIFIERS if name in self.modifiers), self.key])


@dataclass(frozen=True)
class HotkeyFailure:
    """A hotkey that could not be registered.

    Attributes:
        action: one of ``HOTKEYS``.
        key: the key sequence as shown to the user.
        sentence: what failed and what to do about it.
    """

    action: str
    key: str
    sentence: str


def parse_hotkey(sequence: str) -> Chord:
    """Read a sequence such as ``Ctrl+Alt+Space``; ``str()`` of the result is its canonical spelling.

    Raises:
        BadHotkey: if it is not one key with modifiers, or would take an ordinary typing key from the game.
    """
    *modifier_words, key_word = (part.strip() for part in sequence.split("+"))
    key = _KEYS_BY_LOWER.get(key_word.lower())
    modifiers = [_MODIFIER_ALIASES.get(word.lower()) for word in modifier_words]
    if key is None or None in modifiers or len(set(modifiers)) != len(modifiers):
        raise BadHotkey(
            f"“{sequence}” is not a key that can be a hotkey.",
            "Write it like Ctrl+Alt+Space or F9, with one key at the end.",
        )
    chord = Chord(key, frozenset(name for name in modifiers if name))
    if key not in _ALONE and not chord.modifiers - {"Shift"}:
        raise BadHotkey(
            f"“{sequence}” alone would take that key from your game.", "Add Ctrl, Alt or Meta, or use a key such as F9."
        )
    return chord


def check_bindings(bindings: Mapping[str, str]) -> dict[str, str]:
    """All bindings in canonical spelling; an empty sequence means that the action has no hotkey.

    Raises:
        BadHotkey: for a wrong sequence, an unknown action, or one key given to two actions.
    """
    checked: dict[str, str] = {}
    for action, sequence in bindings.items():
        if action not in HOTKEYS:
            raise BadHotkey(f"There is no action “{action}”.", f"Actions are {', '.join(HOTKEYS)}.")
        spelled = str(parse_hotkey(sequence)) if sequence.strip() else ""
        if spelled and spelled in checked.values():
            raise BadHotkey(f"{spelled} is given to two actions.", "Choose another key for one of them.")
        checked[action] = spelled
    return checked

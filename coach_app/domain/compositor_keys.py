"""How Wayland desktops spell keys, and what to write into their settings where they give programs none."""

from typing import Final

from coach_app.domain.hotkeys import Chord

_KEYSYMS: Final = {
    **{"-": "minus", "=": "equal", "[": "bracketleft", "]": "bracketright", ";": "semicolon", "'": "apostrophe"},
    **{",": "comma", ".": "period", "/": "slash", "\\": "backslash", "`": "grave"},
    **{"Space": "space", "Backspace": "BackSpace", "PgUp": "Page_Up", "PgDown": "Page_Down"},
    "ScrollLock": "Scroll_Lock",
}
_PORTAL: Final = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Meta": "LOGO"}
_SWAY: Final = {"Ctrl": "Ctrl", "Alt": "Mod1", "Shift": "Shift", "Meta": "Mod4"}
_HYPRLAND: Final = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Meta": "SUPER"}
_NIRI: Final = {"Ctrl": "Ctrl", "Alt": "Alt", "Shift": "Shift", "Meta": "Super"}


def keysym_name(key: str) -> str:
    """The name of a key in `domain.hotkeys.KEYS` as X11 and Wayland have it."""
    return _KEYSYMS.get(key, key.lower() if len(key) == 1 else key)


def portal_trigger(chord: Chord) -> str:
    """The chord as the portal for shortcuts wants it, for instance ``CTRL+ALT+space``."""
    return _spelled(_PORTAL, "+", chord)


def line_to_add(desktop: str, chord: Chord, command: str) -> str:
    """The line for a desktop's settings that runs a command on a key.

    Args:
        desktop: its name, as in ``XDG_CURRENT_DESKTOP``; others than sway, Hyprland and niri get key and command only.
        chord: the key.
        command: what it is to do.
    """
    name = desktop.lower()
    if "sway" in name:
        return f"bindsym {_spelled(_SWAY, '+', chord)} exec {command}"
    if "hyprland" in name:
        *modifiers, key = _spelled(_HYPRLAND, "+", chord).split("+")
        return f"bind = {' '.join(modifiers)}, {key}, exec, {command}"
    if "niri" in name:
        words = " ".join(f'"{word}"' for word in command.split())
        return f"{_spelled(_NIRI, '+', chord)} {{ spawn {words}; }}"
    return f"{chord}: {command}"


def _spelled(modifiers: dict[str, str], between: str, chord: Chord) -> str:
    held = [name for word, name in modifiers.items() if word in chord.modifiers]
    return between.join([*held, keysym_name(chord.key)])

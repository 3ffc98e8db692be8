"""What the user picked on a Wayland desktop: whether that can be done here, and what the desktop remembers it by."""

import contextlib
from pathlib import Path
from typing import Final

from coach_app.desktop.files import write_atomically
from coach_app.desktop.folders import data_dir
from coach_app.desktop.screens import is_wayland
from coach_app.domain.errors import CoachError

_LOOK_S: Final = 2.0


def can_be_picked() -> bool:
    """Whether this desktop lets the user pick a window or monitor for the coach. Asks it: takes some milliseconds."""
    if not is_wayland():
        return False
    from coach_app.desktop.portal import Portal, finished

    try:
        with contextlib.closing(Portal()) as portal:
            return bool(finished(portal.property("ScreenCast", "AvailableSourceTypes"), _LOOK_S))
    except CoachError:
        return False


def kept_pick() -> str:
    """The desktop's token for what was picked; empty if there is none."""
    try:
        return _file().read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""


def keep_pick(token: str) -> None:
    """Keep the desktop's token, so that it need not ask again.

    Raises:
        CoachError: it cannot be saved.
    """
    write_atomically(_file(), token.encode(), "What you picked", private=True)


def forget_pick() -> None:
    """Have the desktop ask again what to watch."""
    with contextlib.suppress(OSError):
        _file().unlink()


def _file() -> Path:
    return data_dir() / "picked-on-wayland"

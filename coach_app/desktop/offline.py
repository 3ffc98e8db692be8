"""The hard offline switch: while “Stay offline” is on, the door to the network refuses every other computer.

The door reads the saved switch itself at each request, so that no part of the coach, and none of its processes, can
forget to pass it on.
"""

import logging
from collections.abc import Callable

from coach_app.desktop import address
from coach_app.desktop.folders import config_dir
from coach_app.desktop.foreign import read_file, toml_of
from coach_app.domain.errors import CoachError

_log = logging.getLogger(__name__)


def is_offline(complain: Callable[[str], None] = _log.info) -> bool:
    """Whether the user's settings forbid other computers; assumed if the settings cannot be read.

    Args:
        complain: called with a sentence if they cannot.
    """
    file = config_dir() / "settings.toml"
    try:
        general = toml_of(read_file(file)).get("general", {})
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        general = None
    match general:
        case {"offline": bool(offline)}:
            return offline
        case dict() if "offline" not in general:
            return False
    complain(f"The settings {file} cannot be read, so the coach stays offline; correct them, or delete them.")
    return True


def refuse_if_offline(url: str) -> None:
    """Refuse a request to another computer while the switch is on.

    Raises:
        CoachError: it is on, and the address is not on this computer.
    """
    if not address.is_this_computer(url) and is_offline():
        raise CoachError(
            f"{address.place(url)} was not contacted, as the coach is set to stay offline.",
            "Switch “Stay offline” off in the settings.",
        )

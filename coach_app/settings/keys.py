"""API keys of servers: kept in the system's keyring or an environment variable, never in a file of the coach."""

import logging
import os

from coach_app.desktop.address import origin
from coach_app.domain.errors import CoachError

VARIABLE = "COACH_SERVER_KEY"
"""Environment variable whose key goes before the keyring's."""

_SERVICE = "coach"
_log = logging.getLogger(__name__)


def read_key(address: str, kept: bool) -> str:
    """The key for a server, or an empty string. Blocks; the system may ask the user for permission.

    Args:
        address: address of the server.
        kept: whether one was stored in the keyring; otherwise the keyring is not touched.

    Raises:
        CoachError: the keyring cannot be read, or holds no key for this server.
    """
    if key := os.environ.get(VARIABLE, "").strip():
        return _checked(key)
    if not kept:
        return ""
    import keyring

    try:
        found = keyring.get_password(_SERVICE, origin(address))
    except Exception as error:  # Each system's keyring raises errors of its own.
        raise _unusable(error) from error
    if not found:
        raise CoachError(
            f"The keyring holds no key for {origin(address)}.", "Enter it on the Server page of the settings."
        )
    return _checked(found)


def has_key(kept: bool) -> bool:
    """Whether `read_key` has a source for a key."""
    return kept or bool(os.environ.get(VARIABLE, "").strip())


def keep_key(address: str, key: str) -> None:
    """Store the key for a server in the keyring; an empty one removes it. Blocks.

    Raises:
        CoachError: there is no keyring, or it refuses.
    """
    import keyring
    from keyring.errors import PasswordDeleteError

    try:
        if key := _checked(key.strip()):
            keyring.set_password(_SERVICE, origin(address), key)
        else:
            keyring.delete_password(_SERVICE, origin(address))
    except PasswordDeleteError:
        return  # There was none.
    except CoachError:
        raise
    except Exception as error:
        raise _unusable(error) from error


def _checked(key: str) -> str:
    if not key.isascii() or any(character.isspace() for character in key):
        raise CoachError("This is not a key: it contains characters that no key has.", "Copy it again.")
    return key


def _unusable(error: Exception) -> CoachError:
    _log.info("no keyring: %s", type(error).__name__)
    return CoachError(
        "This computer has no keyring that the coach can use.",
        f"Unlock or install one (on Linux gnome-keyring or KWallet), or put the key into the variable {VARIABLE}.",
    )

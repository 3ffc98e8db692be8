"""The address of a server that speaks the OpenAI protocol."""

import ipaddress
from urllib.parse import urlsplit, urlunsplit


def normalised(text: str) -> str:
    """Normalise an address for clients: ``192.168.1.5:8000`` becomes ``http://192.168.1.5:8000/v1``.

    Raises:
        ValueError: it is not an address, or contains something that must not be stored in a file, such as a password.
    """
    text = text.strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        raise ValueError("This is not an address; write for instance http://192.168.1.5:8000/v1") from None
    if parts.scheme not in ("http", "https") or not parts.hostname or any(c.isspace() for c in text):
        raise ValueError("This is not an address; write for instance http://192.168.1.5:8000/v1")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("A key does not belong into the address")
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/") or "/v1", "", ""))


def place(address: str) -> str:
    """The server's name for the user: its host, with its port if one is given."""
    return urlsplit(address).netloc


def origin(address: str) -> str:
    """The origin that a key belongs to: a key for one server is never sent to another."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def is_this_computer(address: str) -> bool:
    """Whether an address stays on this computer; names other than ``localhost`` are not resolved, and count as
    remote."""
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

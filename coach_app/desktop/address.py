"""The address of a server that speaks the OpenAI protocol."""

import ipaddress
from urllib.parse import urlsplit, urlunsplit


def normalised(text: str) -> str:
    """An address as clients want it: ``192.168.1.5:8000`` becomes ``http://192.168.1.5:8000/v1``.

    Raises:
        ValueError: it is none, or holds what does not belong into an address that is kept in a file.
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
    """What a user calls the server: its host, and its port where one is given."""
    return urlsplit(address).netloc


def origin(address: str) -> str:
    """What a key belongs to: a key for one server is never sent to another one."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def is_this_computer(address: str) -> bool:
    """Whether nothing leaves this computer; names other than ``localhost`` are not looked up, and count as others."""
    host = urlsplit(address).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

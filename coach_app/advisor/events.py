"""Parses a server's answer in any framing, with a limit on its size.

The protocol uses server-sent events, ``data: {JSON}``, ending with ``data: [DONE]``. Servers and proxies also send a
single JSON object, events without blank lines, or errors in plain words.
"""

import json
import re
from collections.abc import AsyncGenerator, AsyncIterator
from typing import Any, Final

from coach_app.domain.words import plain

MAX_BODY_BYTES: Final = 8 * 1024**2
MAX_ERROR_BYTES: Final = 64 * 1024
_MAX_MESSAGE_LENGTH = 200
_MAX_LOOSE_LENGTH = 2000
_NESTED = 5
_PAGE = re.compile(r"<(?:!doctype|html|head|body|title|h1|p|div)\b|</", re.IGNORECASE)
_REASONS = (
    *("error", "errors", "message", "error_message", "error_msg", "errorMessage", "error_description", "detail"),
    *("details", "msg", "description", "reason", "title", "metadata", "raw"),
)
_DATA, _ERROR = "data", "error"
_FIELDS = (_DATA, _ERROR, "event", "id", "retry")
DONE: Final[dict[str, Any]] = {"done": True}
"""The server's word that all has come."""


async def bounded(chunks: AsyncIterator[bytes], max_bytes: int) -> AsyncIterator[bytes]:
    """Limit a body to its first ``max_bytes`` bytes."""
    async for chunk in chunks:
        yield chunk[:max_bytes]
        max_bytes -= len(chunk)
        if max_bytes <= 0:
            return


async def events(chunks: AsyncIterator[bytes]) -> AsyncGenerator[dict[str, Any], None]:
    """The JSON objects of an answer, as they arrive.

    Args:
        chunks: the body, split anywhere.

    Yields:
        Each object, and `DONE`. Error events and plain words become objects with ``error``. Everything else is skipped.
    """
    reader = _Reader()
    rest = bytearray()
    async for chunk in bounded(chunks, MAX_BODY_BYTES):
        rest += chunk
        if b"\n" in chunk:
            *lines, last = bytes(rest).split(b"\n")
            rest = bytearray(last)
            for line in lines:
                for event in reader.take(line.decode("utf-8", "replace")):
                    yield event
    for line in (bytes(rest), b""):
        for event in reader.take(line.decode("utf-8", "replace")):
            yield event
    for event in reader.end():
        yield event


class _Reader:
    """Assembles lines into events."""

    def __init__(self) -> None:
        self._name = ""
        self._field = _DATA
        self._data: list[str] = []
        self._loose: list[str] = []
        self._any = False

    def take(self, line: str) -> list[dict[str, Any]]:
        """The events that a line completes."""
        name, colon, value = line.strip().partition(":")
        if not colon and not name:
            return self._ended()
        if name in (_DATA, _ERROR) and colon:
            self._field = _ERROR if self._name == _ERROR else name
            whole = [] if self._data else self._object(self._field, value.strip())  # a blank line may be missing
            if not whole:
                self._data.append(value.strip())
            return whole
        if name == "event":
            self._name = value.strip()
        elif name and name not in _FIELDS:
            whole = self._object(_DATA, line.strip())
            if not whole:
                self._loose.append(line)
            return whole
        return []  # a comment, or an unused field

    def _ended(self) -> list[dict[str, Any]]:
        text, self._data, self._name = "\n".join(self._data), [], ""
        return self._object(self._field, text) or self._words(self._field, text)

    def end(self) -> list[dict[str, Any]]:
        """The remaining events at the end of the body: JSON over several lines, or plain words."""
        loose = "\n".join(self._loose)
        return [] if self._any else self._object(_DATA, loose) or self._words(_ERROR, loose)

    def _object(self, field: str, text: str) -> list[dict[str, Any]]:
        if text.startswith("[DONE]"):
            return [DONE]
        found = parsed(text) if text.lstrip().startswith("{") else None
        if not isinstance(found, dict):
            return []
        self._any = True
        return [{"error": found} if field == _ERROR and "error" not in found else found]

    def _words(self, field: str, text: str) -> list[dict[str, Any]]:
        if field != _ERROR and text.lstrip()[:1] in ("{", "["):  # invalid JSON
            return []
        words = error_message(text[:_MAX_LOOSE_LENGTH])
        return [{"error": words}] if any(c.isalnum() for c in words) and (field == _ERROR or not self._any) else []


def parsed(text: str | bytes) -> Any:
    """Parse untrusted JSON; None if it is invalid."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def error_message(body: object) -> str:
    """A server's own error message, short and plain; empty if there is none that can be shown."""
    for _ in range(_NESTED):
        if isinstance(body, list | tuple):
            body = next((part for part in body if part), None)
        elif isinstance(body, dict):
            body = next((body[name] for name in _REASONS if body.get(name) and body[name] is not True), None)
        else:
            break
    if isinstance(body, str) and body.lstrip().startswith("{") and (inner := parsed(body)) is not None:
        return error_message(inner) if isinstance(inner, dict) and inner else ""
    text = plain(body[: 10 * _MAX_MESSAGE_LENGTH]) if isinstance(body, str) else ""
    return "" if _PAGE.search(text) else text[:_MAX_MESSAGE_LENGTH].rstrip().removesuffix(".")

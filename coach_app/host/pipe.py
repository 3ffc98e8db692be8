"""Encodes and decodes messages on the pipe (the layout is described in ``messages``). Never imports torch."""

import struct
from typing import IO, TypeVar

from pydantic import BaseModel, TypeAdapter, ValidationError

PREFIX = struct.Struct("<II")
MAX_HEADER_BYTES = 1 << 20
MAX_PAYLOAD_BYTES = 1 << 26
MessageT = TypeVar("MessageT")


class ProtocolError(Exception):
    """The bytes on the pipe are not a message; nothing after them can be trusted."""


def encode(message: BaseModel, payload: bytes = b"") -> bytes:
    """Encode a message.

    Raises:
        ValueError: the message is larger than the other side accepts.
    """
    header = message.model_dump_json().encode()
    if len(header) > MAX_HEADER_BYTES or len(payload) > MAX_PAYLOAD_BYTES:
        raise ValueError(f"A message of {len(header)} + {len(payload)} bytes is too large.")
    return PREFIX.pack(len(header), len(payload)) + header + payload


def decode_lengths(prefix: bytes) -> tuple[int, int]:
    """Header and payload length from the first ``PREFIX.size`` bytes of a message.

    Raises:
        ProtocolError: the lengths are not plausible.
    """
    header, payload = PREFIX.unpack(prefix)
    if not 0 < header <= MAX_HEADER_BYTES or payload > MAX_PAYLOAD_BYTES:
        raise ProtocolError(f"impossible lengths {header} and {payload}")
    return header, payload


def decode_header(adapter: TypeAdapter[MessageT], header: bytes) -> MessageT:
    """Decode the message in a header.

    Raises:
        ProtocolError: the adapter does not know it.
    """
    try:
        return adapter.validate_json(header)
    except ValidationError as error:
        raise ProtocolError(f"not a message ({error.error_count()} faults)") from error


def read_message(adapter: TypeAdapter[MessageT], stream: IO[bytes]) -> tuple[MessageT, bytes] | None:
    """Read the next message and its payload from a blocking, buffered stream; None at the end of the stream.

    Raises:
        ProtocolError: the bytes are not a message, or end within one.
    """
    prefix = stream.read(PREFIX.size)
    if not prefix:
        return None
    if len(prefix) < PREFIX.size:
        raise ProtocolError("the stream ended within a message")
    header_bytes, payload_bytes = decode_lengths(prefix)
    header, payload = stream.read(header_bytes), stream.read(payload_bytes)
    if len(header) < header_bytes or len(payload) < payload_bytes:
        raise ProtocolError("the stream ended within a message")
    return decode_header(adapter, header), payload

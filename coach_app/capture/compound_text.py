"""Decodes window titles in COMPOUND_TEXT, an ISO 2022 encoding used by programs without UTF-8 support.

Specification: https://www.x.org/releases/X11R7.7/doc/xorg-docs/ctext/ctext.html
"""

from typing import Final

_ESCAPE: Final = 0x1B
_SINGLE: Final = {
    **{b"(B": "ascii", b"(J": "ascii", b")I": "shift_jis", b")J": "ascii"},
    **{b"-A": "latin-1", b"-B": "iso8859-2", b"-C": "iso8859-3", b"-D": "iso8859-4", b"-F": "iso8859-7"},
    **{b"-G": "iso8859-6", b"-H": "iso8859-8", b"-L": "iso8859-5", b"-M": "iso8859-9", b"-_": "iso8859-10"},
    **{b"-Y": "iso8859-13", b"-b": "iso8859-15", b"-f": "iso8859-16"},
}
_DOUBLE: Final = {b"A": "gb2312", b"B": "euc_jp", b"C": "euc_kr"}
_EXTENDED: Final = {"big5-0": "big5", "gbk-0": "gbk", "koi8-r": "koi8-r", "microsoft-cp1251": "cp1251"}


def decode(raw: bytes) -> str:
    """Decode a text property of type COMPOUND_TEXT; undecodable bytes become the replacement character."""
    text, at = "", 0
    low, high, wide_low, wide_high = "ascii", "latin-1", False, False
    while at < len(raw):
        end = next((i for i in range(at, len(raw)) if raw[i] == _ESCAPE), len(raw))
        text += _run(raw[at:end], low, high, wide_low, wide_high)
        at, rest = end + 1, raw[end + 1 :]
        if rest[:2] == b"%G":  # UTF-8 up to the sequence that ends it
            body, _, _ = rest[2:].partition(b"\x1b%@")
            text += body.decode("utf-8", "replace")
            at += 2 + len(body) + 3
        elif rest[:2] == b"%/" and len(rest) >= 5:  # a segment with a length and the name of its encoding
            length = (rest[3] & 0x7F) * 128 + (rest[4] & 0x7F)
            name, _, body = rest[5 : 5 + length].partition(b"\x02")
            text += body.decode(_EXTENDED.get(name.decode("ascii", "replace").lower(), "ascii"), "replace")
            at += 5 + length
        elif rest[:2] in (b"$(", b"$)") and rest[2:3] in _DOUBLE:
            if rest[1:2] == b"(":
                low, wide_low = _DOUBLE[rest[2:3]], True
            else:
                high, wide_high = _DOUBLE[rest[2:3]], True
            at += 3
        elif rest[:2] in _SINGLE:
            if rest[:1] == b"(":
                low, wide_low = _SINGLE[rest[:2]], False
            else:
                high, wide_high = _SINGLE[rest[:2]], False
            at += 2
        elif rest:
            at += 2
    return text


def _run(raw: bytes, low: str, high: str, wide_low: bool, wide_high: bool) -> str:
    """Decode bytes without escape sequences: those below 0x80 belong to one character set, the others to another."""
    text, at = "", 0
    while at < len(raw):
        is_high = raw[at] >= 0x80
        wide = wide_high if is_high else wide_low and raw[at] > 0x20
        piece = raw[at : at + (2 if wide else 1)]
        if wide and not is_high:
            piece = bytes(byte | 0x80 for byte in piece)  # these encodings use two bytes in this range
        plain = not is_high and not wide
        text += piece.decode("ascii" if plain else high if is_high else low, "replace")
        at += len(piece)
    return text

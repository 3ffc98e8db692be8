"""Files as accidents and strangers make them: values of JSON replaced, left out or added, bytes changed or cut off."""

import copy
import json
import struct
from typing import Any

from hypothesis import strategies as st

NUMBERS = st.integers(-2, 40) | st.sampled_from([2**31, 2**63, -(2**40)])
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    NUMBERS,
    st.floats(),
    st.text(max_size=6),
    st.sampled_from(["../..", "model.safetensors", "a/b", "\x00", "1e999"]),
    st.lists(st.integers(-2, 40), max_size=3),
    st.dictionaries(st.text(max_size=4), st.integers(-2, 40), max_size=2),
)


@st.composite
def damaged_json(draw: st.DrawFn, original: Any, junk: st.SearchStrategy[Any] = JUNK) -> Any:
    """A copy of a JSON value with one to three places of it replaced, left out or added."""
    whole = copy.deepcopy(original)
    for _ in range(draw(st.integers(1, 3))):
        at = whole
        if not isinstance(at, dict) or not at:
            break
        while True:
            key = draw(st.sampled_from(sorted(at)))
            if not (isinstance(at[key], dict) and at[key] and draw(st.integers(0, 3))):
                break
            at = at[key]
        match draw(st.sampled_from(["replace", "replace", "leave out", "add"])):
            case "replace":
                at[key] = draw(junk)
            case "leave out":
                del at[key]
            case "add":
                at[draw(st.text(max_size=8))] = draw(junk)
    return whole


@st.composite
def damaged_bytes(draw: st.DrawFn, original: bytes) -> bytes:
    """A copy of a file that was cut off, or in which some bytes changed."""
    content = bytearray(original)
    if draw(st.booleans()):
        return bytes(content[: draw(st.integers(0, len(content)))])
    for _ in range(draw(st.integers(1, 4))):
        if content:
            content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    return bytes(content)


@st.composite
def damaged_json_file(draw: st.DrawFn, original: bytes, junk: st.SearchStrategy[Any] = JUNK) -> bytes:
    """A JSON file with other values, mostly, or with other bytes."""
    if draw(st.integers(0, 4)) == 0:
        return draw(damaged_bytes(original))
    return json.dumps(draw(damaged_json(json.loads(original), junk))).encode()


@st.composite
def damaged_safetensors(draw: st.DrawFn, original: bytes) -> bytes:
    """A safetensors file whose header says something else, mostly, or with other bytes."""
    if draw(st.integers(0, 4)) == 0:
        return draw(damaged_bytes(original))
    (length,) = struct.unpack("<Q", original[:8])
    header = json.dumps(draw(damaged_json(json.loads(original[8 : 8 + length])))).encode()
    return struct.pack("<Q", len(header)) + header + original[8 + length :]

"""What a server sends as an answer, however it is framed."""

import json
from collections.abc import AsyncGenerator

import pytest

from coach_app.advisor.events import DONE, MAX_BODY_BYTES, error_message, events, parsed

ONE, TWO = {"choices": [{"text": "a"}]}, {"choices": [{"text": "b"}]}


async def read(body: bytes, step: int = 7) -> list[object]:
    async def chunks() -> AsyncGenerator[bytes, None]:
        for start in range(0, len(body), step):
            yield body[start : start + step]

    return [event async for event in events(chunks())]


@pytest.mark.parametrize(
    "body",
    [
        b'data: {"choices": [{"text": "a"}]}\n\ndata: {"choices": [{"text": "b"}]}\n\ndata: [DONE]\n\n',
        b'data:{"choices": [{"text": "a"}]}\r\n\r\ndata:{"choices": [{"text": "b"}]}\r\n\r\ndata:[DONE]',
        b': hi\nid: 1\nevent: chunk\ndata: {"choices": [{"text": "a"}]}\ndata: {"choices": [{"text": "b"}]}\n[DONE]\n',
        b'data: {"choices":\ndata: [{"text": "a"}]}\n\n{"choices": [{"text": "b"}]}\ndata: {odd\n\ndata: [DONE]\n\n',
    ],
)
async def test_events_are_read_however_they_are_framed(body: bytes) -> None:
    # GIVEN two events and the end, framed in different ways WHEN they are read THEN they are the same
    assert await read(body) == await read(body, 1) == await read(body, 10_000) == [ONE, TWO, DONE]


async def test_one_object_is_an_answer_also_over_several_lines() -> None:
    # GIVEN no stream but one object WHEN it is read THEN it is there
    for indent in (None, 2):
        assert await read(json.dumps(ONE, indent=indent).encode()) == [ONE]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b'error: {"code": 400, "message": "too long"}\n\n', {"code": 400, "message": "too long"}),
        (b"event: error\ndata: out of memory\n\n", "out of memory"),
        (b'event: error\ndata: {"message": "gone"}\n\n', {"message": "gone"}),
        (b"upstream connect error or disconnect", "upstream connect error or disconnect"),
        (b"data: The model is loading.\n\n", "The model is loading"),
    ],
)
async def test_errors_in_words_of_their_own(body: bytes, error: object) -> None:
    # GIVEN an error instead of an answer WHEN it is read THEN it is one
    assert await read(body) == [{"error": error}]


@pytest.mark.parametrize(
    "body", [b"<html><body>Welcome</body></html>", b"data: [1, 2]\n\n", b"data: \xff\xfe\n\n", b""]
)
async def test_what_is_no_answer_is_left_out(body: bytes) -> None:
    # GIVEN something else WHEN it is read THEN nothing is there
    assert await read(body) == []


async def test_a_body_without_end_is_not_read_to_its_end() -> None:
    # GIVEN bodies that never end WHEN they are read THEN reading ends
    taken = 0

    async def endless(piece: bytes) -> AsyncGenerator[bytes, None]:
        nonlocal taken
        while True:
            taken += len(piece)
            yield piece

    for piece in (b"x" * 65_536, b"data: " + b" " * 65_536 + b"\n"):
        taken = 0
        assert len([event async for event in events(endless(piece))]) <= 1
        assert taken <= MAX_BODY_BYTES + 2 * len(piece)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"error": {"message": "No\x1b[31m room.\n"}}, "No[31m room"),
        ({"error": {"code": 400, "message": None, "metadata": {"raw": '{"detail": "too long"}'}}}, "too long"),
        (
            {"detail": [{"loc": ["body", "n"], "msg": "Extra inputs are not permitted"}]},
            "Extra inputs are not permitted",
        ),
        ({"error_type": "context", "error_message": "4096 tokens"}, "4096 tokens"),
        ({"errors": ["first", "second"]}, "first"),
        ("<html>no</html>", ""),
        ({"error": True}, ""),
        ([[[[[[[["deep"]]]]]]]], ""),
    ],
)
def test_the_servers_own_words(body: object, words: str) -> None:
    # GIVEN an error WHEN its words are looked for THEN they are found, plain
    assert error_message(body) == words
    assert len(error_message("long " * 9999)) <= 200


def test_json_of_others_never_raises() -> None:
    # GIVEN JSON that is none, or made to break readers WHEN it is read THEN there is nothing
    for text in ("{", "[" * 100_000, "1" * 10_000, b"\xff"):
        assert parsed(text) is None

"""Messages survive the pipe; anything else on it is recognised."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from coach_app.host import messages
from coach_app.host.messages import reply_adapter, request_adapter
from coach_app.host.pipe import MAX_PAYLOAD_BYTES, PREFIX, ProtocolError, encode, read_message

IDS = st.integers(min_value=0, max_value=2**53)
TEXTS = st.text(max_size=200)
SIDES = st.integers(min_value=1, max_value=10_000)
MILLISECONDS = st.floats(min_value=0, max_value=1e9)
REQUESTS = st.one_of(
    st.builds(
        messages.Load, id=IDS, folder=TEXTS, role=st.sampled_from(["vision", "translator"]), four_bit=st.booleans()
    ),
    st.builds(messages.Ask, id=IDS, prompt=TEXTS, width=SIDES, height=SIDES),
    st.builds(messages.Translate, id=IDS, text=TEXTS),
    st.builds(messages.Cancel, target=IDS),
    st.builds(messages.Ping, id=IDS),
    st.builds(messages.Shutdown),
)
REPLIES = st.one_of(
    st.builds(messages.Ready, id=IDS, model=TEXTS, load_ms=MILLISECONDS),
    st.builds(messages.Words, id=IDS, text=TEXTS),
    st.builds(
        messages.Answered,
        id=IDS,
        text=TEXTS,
        model=TEXTS,
        tokens=SIDES,
        first_word_ms=MILLISECONDS,
        latency_ms=MILLISECONDS,
    ),
    st.builds(messages.Translated, id=IDS, text=TEXTS),
    st.builds(messages.Cancelled, id=IDS),
    st.builds(messages.Failed, id=IDS, kind=st.just("internal"), message=TEXTS, remedy=TEXTS),
    st.builds(messages.Pong, id=IDS, memory_bytes=IDS),
)


@given(st.lists(st.tuples(REQUESTS, st.binary(max_size=300)), max_size=5))
def test_requests_come_out_as_they_went_in(sent: list[tuple[BaseModel, bytes]]) -> None:
    # GIVEN some requests one after the other on a pipe
    pipe = io.BytesIO(b"".join(encode(message, payload) for message, payload in sent))

    # WHEN they are read until the end
    read = list(iter(lambda: read_message(request_adapter, pipe), None))

    # THEN they are the same
    assert read == sent


@given(REPLIES)
def test_replies_come_out_as_they_went_in(sent: BaseModel) -> None:
    # GIVEN a reply on a pipe / WHEN it is read / THEN it is the same
    assert read_message(reply_adapter, io.BytesIO(encode(sent))) == (sent, b"")


@given(st.binary(min_size=1, max_size=200))
def test_garbage_is_recognised(garbage: bytes) -> None:
    # GIVEN bytes that are no message / WHEN they are read / THEN that is a protocol error, whatever they are
    with pytest.raises(ProtocolError):
        read_message(request_adapter, io.BytesIO(garbage))


@given(REQUESTS, st.binary(min_size=1, max_size=50), st.data())
def test_a_message_that_breaks_off_is_recognised(message: BaseModel, payload: bytes, data: st.DataObject) -> None:
    # GIVEN a message whose end is missing
    whole = encode(message, payload)
    part = whole[: data.draw(st.integers(min_value=1, max_value=len(whole) - 1))]

    # WHEN it is read / THEN that is a protocol error
    with pytest.raises(ProtocolError):
        read_message(request_adapter, io.BytesIO(part))


def test_what_is_too_large_is_neither_sent_nor_waited_for() -> None:
    # GIVEN a payload above the limit / WHEN it is sent / THEN it is refused here
    with pytest.raises(ValueError, match="too large"):
        encode(messages.Shutdown(), bytes(MAX_PAYLOAD_BYTES + 1))

    # AND a length above the limit is not believed
    with pytest.raises(ProtocolError, match="impossible"):
        read_message(request_adapter, io.BytesIO(PREFIX.pack(10, MAX_PAYLOAD_BYTES + 1)))

"""Servers as they are: what they send beside, instead of, or after an answer."""

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from PIL import Image

from coach_app.advisor.connection import _names
from coach_app.advisor.remote import RemoteAdvisor
from coach_app.advisor.servers import Server
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.domain.situation import Situation
from tests.fakes.openai import (
    DONE,
    STREAM,
    USAGE,
    Answer,
    OpenAIServer,
    chunk,
    failing,
    openai_server,
    saying,
    send,
    sending,
)

GRID = GameProfile(id="grid", title="Grid", prompt="Where to?", moves=("left", "down", "right", "up"))
SITUATION = Situation(Frame(Image.new("RGB", (64, 64))), GRID)
UP = saying("Go up", " now.")


@pytest.fixture
async def server() -> AsyncIterator[OpenAIServer]:
    async with openai_server(UP) as server:
        yield server


@pytest.fixture
async def advisor(server: OpenAIServer) -> AsyncIterator[RemoteAdvisor]:
    advisor = RemoteAdvisor(Server(server.url, "m", timeout_s=20))
    yield advisor
    await advisor.close()


async def heard(advisor: RemoteAdvisor) -> tuple[Advice, str]:
    """Advice, and what was passed on before."""
    said: list[str] = []
    advice = await advisor.advise(SITUATION, said.append)
    return advice, "".join(said)


def event(**fields: object) -> bytes:
    return f"data: {json.dumps(fields)}\n\n".encode()


# Thoughts


@pytest.mark.parametrize(
    "answer",
    [
        saying("The goal is up, left", " is a hole.\n</thi", "nk>\n\nGo up", " now."),
        saying("Left? ", "No. [/THINK]", "Go up now."),
        saying("◁think▷Left?", "◁/think▷Go", " up now."),
        saying("<|channel|>anal", "ysis<|message|>Left?<|end|><|start|>assistant<|channel|>final<|message|>Go up now."),
        saying("Go up now.", "<|im_end|>", "\n<|im_start|>user\nLeft?"),
        sending(STREAM + chunk(reasoning_content="Left?") + chunk(thinking="No.") + chunk("Go up now.") + DONE),
        sending(STREAM + chunk([{"type": "thinking", "thinking": []}, {"type": "text", "text": "Go up now."}]) + DONE),  # type: ignore[arg-type]
    ],
)
async def test_thoughts_are_neither_shown_nor_kept(
    server: OpenAIServer, advisor: RemoteAdvisor, answer: Answer
) -> None:
    # GIVEN a model that thinks aloud WHEN it is asked twice THEN only its answer is passed on, and kept
    server.answer = answer
    for _ in range(2):
        advice, shown = await heard(advisor)
        assert (advice.text, advice.move, shown) == ("Go up now.", "up", "Go up now.")


@pytest.mark.parametrize(
    "thoughts",
    [
        chunk(reasoning_content="Left?") * 3 + chunk(reason="length"),
        chunk("<think>Left?") + chunk(reason="length") + DONE,
        chunk("Go left.</think>") + DONE,
        chunk(reasoning="Left?", reason="stop"),
    ],
)
async def test_nothing_but_thoughts_is_asked_again_with_more_room(
    server: OpenAIServer, advisor: RemoteAdvisor, thoughts: bytes
) -> None:
    # GIVEN a model whose thoughts use up its tokens, unless there are many
    async def answer(writer: asyncio.StreamWriter) -> None:
        more = server.chats[-1]["max_tokens"] > 1000
        await (saying("<think>Left?</think>Go up now.") if more else sending(STREAM + thoughts))(writer)

    server.answer = answer
    # WHEN it is asked twice THEN it answers, and the second time it has that room from the beginning
    for _ in range(2):
        assert (await advisor.advise(SITUATION)).text == "Go up now."
    assert [chat["max_tokens"] > 1000 for chat in server.chats] == [False, True, True]

    # AND a model that goes on thinking is told of
    server.answer = sending(STREAM + thoughts)
    with pytest.raises(CoachError, match="used up its tokens for thoughts") as failure:
        await advisor.advise(SITUATION)
    assert "thinking off" in failure.value.remedy


async def test_unmarked_thoughts_that_use_up_the_tokens_are_not_shown(
    server: OpenAIServer, advisor: RemoteAdvisor
) -> None:
    # GIVEN a model whose thoughts have only a closing bracket, which comes too late
    async def answer(writer: asyncio.StreamWriter) -> None:
        few = server.chats[-1]["max_tokens"] < 1000
        end = chunk(reason="length") + DONE
        await (saying("Left? Left?", end=end) if few else saying("Left?</think>", "Go up now."))(writer)

    server.answer = answer
    # WHEN it is asked twice THEN only its answer is passed on
    for _ in range(2):
        advice, shown = await heard(advisor)
        assert (advice.text, shown) == ("Go up now.", "Go up now.")


async def test_an_answer_that_was_cut_is_kept_but_names_no_move(server: OpenAIServer, advisor: RemoteAdvisor) -> None:
    # GIVEN a model that is cut off whatever it is allowed WHEN asked THEN what came is kept, without a move
    server.answer = saying("Go up or", end=chunk(reason="length") + DONE)
    advice, shown = await heard(advisor)
    assert (advice.text, shown, advice.move) == ("Go up or", "Go up or", None)


@pytest.mark.parametrize(
    "piece", [chunk(reasoning_content="Once more. "), chunk("<think>"), event(choices=[]) + chunk("")]
)
async def test_thoughts_without_end_are_given_up(server: OpenAIServer, piece: bytes) -> None:
    # GIVEN a server that thinks for ever, in two ways, or only says that it is alive
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM)
        while True:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.02)

    server.answer = answer
    advisor = RemoteAdvisor(Server(server.url, "m", timeout_s=0.4))
    # WHEN it is asked THEN it is given up, and notices
    with pytest.raises(CoachError, match=r"thought for 0\.8 s without|did not respond for 0\.4 s"):
        await advisor.advise(SITUATION)
    await asyncio.wait_for(server.hung_up.wait(), 10)
    await advisor.close()


async def test_who_talks_for_ever_is_cut_off_after_a_time(server: OpenAIServer) -> None:
    # GIVEN a server that says a word now and then, for ever
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM)
        while True:
            writer.write(chunk("up "))
            await writer.drain()
            await asyncio.sleep(0.1)

    server.answer = answer
    advisor = RemoteAdvisor(Server(server.url, "m", timeout_s=0.4))
    # WHEN it is asked THEN what came is kept
    assert (await advisor.advise(SITUATION)).text.startswith("up up")
    await advisor.close()


async def test_who_thought_may_not_talk_for_ever_either(server: OpenAIServer, advisor: RemoteAdvisor) -> None:
    # GIVEN a server that keeps to no number of tokens, and a model that was given room for its thoughts
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM + chunk("<think>Left?"))
        if server.chats[-1]["max_tokens"] < 1000:
            writer.write(chunk(reason="length"))
            return
        writer.write(chunk("</think>"))
        while True:
            writer.write(chunk("up " * 50))
            await writer.drain()
            await asyncio.sleep(0)

    server.answer = answer
    # WHEN it is asked THEN its answer is cut off as any other
    assert len((await advisor.advise(SITUATION)).text) < 5000


# Fields and ends


@pytest.mark.parametrize(
    "body",
    [
        STREAM + event(usage={"prompt_tokens": 1}, choices=[]) + chunk("Go up now.") + chunk(reason="stop"),
        STREAM + event(usage={"completion_tokens": None}, choices=None) + chunk("Go up now.") + chunk(reason="eos"),
        STREAM + event(usage="many", choices=[None]) + chunk("Go up now.", reason="content_filter"),
        STREAM + event(choices=[{"delta": None}]) + event(choices=[{"delta": {"content": "Go up now."}}]) + DONE,
        STREAM
        + event(choices=[{"delta": {"content": "Go up now."}, "finish_reason": 7}], usage={"completion_tokens": -1}),
        STREAM + event(choices=[{"text": "Go up now."}], error=None) + DONE,
        STREAM + event(choices=[{"delta": {"content": ["Go up ", {"text": "now."}]}}]),
        STREAM + chunk("Go up now.") + DONE,
        STREAM + chunk("Go up now."),
        STREAM + chunk("Go up now.") + event(choices=[{"message": {"content": "Go up now."}, "finish_reason": "stop"}]),
        STREAM + event(status="loading", message="The model is loading.") + chunk("Go up now.") + DONE,
        STREAM.replace(b"Connection: close", b"Content-Length: 9999") + chunk("Go up now."),
        b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
        + json.dumps({"choices": [{"message": {"content": "<think>x</think>Go up now."}}]}, indent=1).encode(),
        b"HTTP/1.1 201 Created\r\nConnection: close\r\n\r\n"
        + json.dumps({"choices": [{"message": {"content": "Go up now.", "reasoning": "x"}}], "usage": None}).encode(),
    ],
)
async def test_what_came_is_an_answer_whatever_else_is_missing_or_odd(
    server: OpenAIServer, advisor: RemoteAdvisor, body: bytes
) -> None:
    # GIVEN servers that keep to the protocol in their own way WHEN asked THEN the answer counts
    server.answer = sending(body)
    advice, shown = await heard(advisor)
    assert (advice.text, advice.move, shown) == ("Go up now.", "up", "Go up now.")
    assert advice.tokens == 1


async def test_an_answer_is_passed_on_as_it_comes_once_the_model_is_known(
    server: OpenAIServer, advisor: RemoteAdvisor
) -> None:
    # GIVEN a model that has answered without thinking aloud WHEN it begins its next answer
    await advisor.advise(SITUATION)
    begun, go_on = asyncio.Event(), asyncio.Event()

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM + chunk("Go up "))
        await go_on.wait()
        writer.write(chunk("now.", reason="stop") + USAGE)
        writer.close()

    server.answer = answer
    asking = asyncio.create_task(advisor.advise(SITUATION, lambda words: begun.set()))
    # THEN its words are there before its end
    await asyncio.wait_for(begun.wait(), 10)
    go_on.set()
    assert (await asking).tokens == 42


# Errors


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b'{"error": {"code": 400, "message": "exceeds the context of 4096 tokens"}}', "exceeds the context of 4096"),
        (b'error: {"code":500,"message":"slot unavailable"}\n\n', "failed: slot unavailable"),
        (b'data: {"error": "the runner has ended"}\n\n', "failed: the runner has ended"),
        (b'data: {"error_code": 7, "error_msg": "no memory"}\n\n', "failed: no memory"),
        (b'{"detail": "The adapter is gone."}', "failed: The adapter is gone"),
        (b'data: {"choices": [{"error": {"message": "provider is down"}, "finish_reason": "error"}]}\n\n', "is down"),
        (b"event: error\ndata: CUDA\x1b[2J out of memory\n\n", r"failed: CUDA\[2J out of memory"),
        (b"upstream connect error", "failed: upstream connect error"),
        (b'{"error": {"code": 404, "message": "No endpoints found."}}', "No endpoints found"),
    ],
)
async def test_errors_within_200_are_told_in_the_servers_words(
    server: OpenAIServer, advisor: RemoteAdvisor, body: bytes, sentence: str
) -> None:
    # GIVEN a server whose status is 200 whatever happens WHEN asked THEN its words are in the sentence
    server.answer = sending(STREAM + body)
    with pytest.raises(CoachError, match=sentence) as failure:
        await advisor.advise(SITUATION)
    assert "\x1b" not in str(failure.value)


async def test_an_error_without_end_is_not_read_to_its_end(server: OpenAIServer, advisor: RemoteAdvisor) -> None:
    # GIVEN a server whose error never ends
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 500 Oops\r\nConnection: close\r\n\r\nno memory ")
        while True:
            writer.write(b"no memory " * 1000)
            await writer.drain()
            await asyncio.sleep(0)

    server.answer = answer
    # WHEN asked THEN the beginning is enough
    with pytest.raises(CoachError, match="failed: no memory") as failure:
        await advisor.advise(SITUATION)
    assert len(str(failure.value)) < 500


@pytest.mark.parametrize(
    "listed",
    [{"models": [{"name": "m"}]}, ["m"], {"data": [{"id": None}, 7, {"id": "m"}, "\x1b[2J"], "object": None}],
)
def test_models_are_found_in_odd_lists(listed: object) -> None:
    # GIVEN lists of models as servers make them WHEN they are read THEN the names that can be are found
    assert _names(listed) == ["m"]
    assert _names({"data": {"id": "m"}}) == _names(None) == _names("m") == []


# How many tokens


@pytest.mark.parametrize(
    ("refusal", "fits"),
    [
        (
            "'max_tokens' or 'max_completion_tokens' is too large: {n}. The context has 1024 tokens and the input 900.",
            124,
        ),
        ("max_tokens must be less than or equal to 150", 150),
        ("This model's maximum context length is 1024 tokens. However, you requested {n} in the completion.", 60),
    ],
)
async def test_too_many_tokens_are_made_fewer_for_one_answer(
    server: OpenAIServer, advisor: RemoteAdvisor, refusal: str, fits: int
) -> None:
    # GIVEN a server where picture and answer together are too long
    async def answer(writer: asyncio.StreamWriter) -> None:
        count = server.chats[-1]["max_tokens"]
        refused = failing("400 Bad Request", {"message": refusal.format(n=count), "code": 400})
        await (refused if count > fits else UP)(writer)

    server.answer = answer
    # WHEN it is asked twice THEN it is asked again with fewer, and each time with as many as ever at first
    for _ in range(2):
        assert (await advisor.advise(SITUATION)).move == "up"
    counts = [chat["max_tokens"] for chat in server.chats]
    assert counts[: len(counts) // 2] == counts[len(counts) // 2 :]
    assert counts[0] == 200
    assert fits / 2 <= counts[-1] <= fits


async def test_a_refusal_that_no_number_mends_is_told(server: OpenAIServer, advisor: RemoteAdvisor) -> None:
    # GIVEN a server whose context is full with the picture alone
    server.answer = failing("400 Bad Request", {"error": {"message": "max_tokens is too large: the context is full."}})
    # WHEN it is asked THEN its words are told, and every request named a number
    with pytest.raises(CoachError, match="the context is full"):
        await advisor.advise(SITUATION)
    assert all("max_tokens" in chat or "max_completion_tokens" in chat for chat in server.chats)
    assert len(server.chats) < 12


async def test_a_server_that_knows_no_number_of_tokens_is_asked_without(
    server: OpenAIServer, advisor: RemoteAdvisor
) -> None:
    # GIVEN a server that knows neither name, nor streams
    async def answer(writer: asyncio.StreamWriter) -> None:
        for name in ("max_tokens", "max_completion_tokens", "stream"):
            if name in server.chats[-1]:
                body = {"detail": [{"loc": ["body", name], "msg": "Extra inputs are not permitted"}]}
                await failing("422 Unprocessable Entity", body)(writer)
                return
        await send(writer, "200 OK", {"choices": [{"message": {"content": "Go up now."}}]})

    server.answer = answer
    # WHEN it is asked twice THEN it answers, and the number is tried each time
    for _ in range(2):
        assert (await advisor.advise(SITUATION)).text == "Go up now."
        assert "max_tokens" not in server.chats[-1]
    assert len([chat for chat in server.chats if "max_tokens" in chat]) == 2

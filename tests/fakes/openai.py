"""A server on the loopback that speaks the OpenAI protocol as far as the coach does: a list of models, streamed chats.

An answer comes as server-sent events, ``data: {chunk}``, each with a piece of text; the last one says why it ends.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

Answer = Callable[[asyncio.StreamWriter], Awaitable[None]]
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"


@dataclass
class OpenAIServer:
    """A running server.

    Attributes:
        url: of its protocol.
        answer: writes the answer to a chat; replace it to let the server misbehave.
        models: what it offers; None is not known to the server (status 500, as ``transformers serve`` may say).
        chats: the body of every chat, or text to go on with, that was asked for.
        headers: the headers of every request, names in lower case.
        asked: set when a chat was asked for.
        hung_up: set when a caller closed its connection before the answer ended.
    """

    url: str
    answer: Answer
    models: Sequence[str] | None = ("coach-model",)
    chats: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    hung_up: asyncio.Event = field(default_factory=asyncio.Event)


async def send(writer: asyncio.StreamWriter, status: str, body: object, more: str = "") -> None:
    """Write one complete answer: JSON, or bytes as they are."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n"
    head += f"Connection: close\r\n{more}\r\n"
    writer.write(head.encode() + content)
    await writer.drain()


def chunk(content: str | None = None, reason: str | None = None, **more: object) -> bytes:
    """One event of a stream."""
    delta = {} if content is None else {"content": content}
    body = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "coach-model",
        "choices": [{"index": 0, "delta": delta | more, "finish_reason": reason}],
    }
    return f"data: {json.dumps(body)}\n\n".encode()


USAGE = b'data: {"id":"1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":42,"total_tokens":51}}\n\n'
DONE = b"data: [DONE]\n\n"


def saying(*pieces: str, end: bytes = chunk(reason="stop") + USAGE + DONE) -> Answer:
    """Answer with these pieces of text, then with an end."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM + b"".join(chunk(piece) for piece in pieces) + end)
        await writer.drain()
        writer.close()

    return answer


def going_on(*pieces: str) -> Answer:
    """Go on with a text by these pieces."""
    choices = [{"index": 0, "text": piece, "finish_reason": None} for piece in pieces]
    choices.append({"index": 0, "text": "", "finish_reason": "stop"})
    bodies = [{"id": "1", "object": "text_completion", "created": 1, "model": "m", "choices": [c]} for c in choices]
    events = "".join(f"data: {json.dumps(body)}\n\n" for body in bodies)
    return sending(STREAM + events.encode() + USAGE + DONE)


def failing(status: str, body: object, more: str = "") -> Answer:
    """Answer with an HTTP error."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        await send(writer, status, body, more)

    return answer


def sending(raw: bytes) -> Answer:
    """Answer with these bytes and close the connection."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()
        writer.close()

    return answer


def hanging(*pieces: str) -> Answer:
    """Say this, and then nothing; the connection stays open."""

    async def answer(writer: asyncio.StreamWriter) -> None:
        if pieces:
            writer.write(STREAM + b"".join(chunk(piece) for piece in pieces))
            await writer.drain()
        await asyncio.Event().wait()

    return answer


@asynccontextmanager
async def openai_server(answer: Answer) -> AsyncIterator[OpenAIServer]:
    """Run the server on a free port until the block ends."""
    tasks: set[asyncio.Task[None]] = set()

    async def respond(method: str, path: str, body: bytes, writer: asyncio.StreamWriter) -> None:
        if (method, path) == ("GET", "/v1/models"):
            if server.models is None:
                await send(writer, "500 Internal Server Error", b"Internal Server Error")
            else:
                listed = [{"id": name, "object": "model", "created": 1, "owned_by": "me"} for name in server.models]
                await send(writer, "200 OK", {"object": "list", "data": listed})
        elif method == "POST" and path in ("/v1/chat/completions", "/v1/completions"):
            server.chats.append(json.loads(body))
            server.asked.set()
            await server.answer(writer)
        else:
            await send(writer, "404 Not Found", {"detail": "Not Found"})

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request, after which the connection is closed."""
        try:
            if (first := await reader.readexactly(1)) == b"\x16":  # TLS, which is not spoken here
                writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                return
            start, *lines = (first + await reader.readuntil(b"\r\n\r\n")).decode().strip().split("\r\n")
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            server.headers.append(headers)
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            method, path, _ = start.split(" ")
            responding = asyncio.create_task(respond(method, path, body, writer))
            gone = asyncio.create_task(reader.read())
            try:
                await asyncio.wait({responding, gone}, return_when=asyncio.FIRST_COMPLETED)
            finally:  # also where the server ends meanwhile
                responding.cancel()
                gone.cancel()
                ended, _ = await asyncio.gather(responding, gone, return_exceptions=True)
            if isinstance(ended, ConnectionError | asyncio.CancelledError):
                server.hung_up.set()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # The caller hung up, or the server ends.
        finally:
            writer.close()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    listening = await asyncio.start_server(connected, "127.0.0.1", 0)
    server = OpenAIServer(f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1", answer)
    try:
        yield server
    finally:
        listening.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks)
        await listening.wait_closed()


async def _serve_until_ended() -> None:
    async with openai_server(saying("The server", " says: move", " the cat up.")) as server:
        sys.stdout.write(f"{server.url}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":  # for tests of the app, which is another process
    asyncio.run(_serve_until_ended())

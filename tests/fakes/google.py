"""A service on the loopback that speaks Google Translate's format, as googletrans 4.0.2 calls it.

The call is ``GET /translate_a/single?client=gtx&sl=en&tl=ja&…&q=TEXT``, or from ``ja`` to ``en``. The answer is a bare
JSON list: first the translated pieces ``[translated, text, null, null, score]``, the last one their reading; third the
text's language.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

Answer = Callable[[str, asyncio.StreamWriter], Awaitable[None]]


@dataclass
class GoogleService:
    """A running service.

    Attributes:
        url: what GoogleTranslator takes as its service.
        answer: writes the answer to a text; replace it to let the service misbehave.
        texts: every text that was sent here, in order.
        targets: the language that each was wanted in.
    """

    url: str
    answer: Answer
    texts: list[str] = field(default_factory=list)
    targets: list[str] = field(default_factory=list)


async def send(
    writer: asyncio.StreamWriter, body: bytes, status: str = "200 OK", kind: str = "application/json", more: str = ""
) -> None:
    """Write one complete HTTP answer."""
    head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {len(body)}\r\n{more}\r\n"
    writer.write(head.encode() + body)
    await writer.drain()


def translation(english: str, pieces: list[str]) -> bytes:
    """The body of a good answer."""
    rows: list[list[object]] = [[piece, english, None, None, 10] for piece in pieces]
    rows.append([None, None, "yomi"])
    body = [rows, None, "en", None, None, None, 1, [], [["en"], None, [1], ["en"]]]
    return json.dumps(body, ensure_ascii=False).encode()


def translating(known: Mapping[str, str]) -> Answer:
    """Answer with translations from a table."""

    async def answer(text: str, writer: asyncio.StreamWriter) -> None:
        await send(writer, translation(text, [known[text]]))

    return answer


def failing(status: str, more: str = "") -> Answer:
    """Answer with an HTTP error and a web page, as Google does."""

    async def answer(text: str, writer: asyncio.StreamWriter) -> None:
        await send(writer, b"<html><title>Sorry...</title></html>", status, "text/html", more)

    return answer


def saying(body: bytes, kind: str = "application/json") -> Answer:
    """Answer with any body and status 200."""

    async def answer(text: str, writer: asyncio.StreamWriter) -> None:
        await send(writer, body, kind=kind)

    return answer


async def silence(text: str, writer: asyncio.StreamWriter) -> None:
    """Never answer; the connection stays open."""
    await asyncio.Event().wait()


async def hang_up(text: str, writer: asyncio.StreamWriter) -> None:
    """Close the connection without a word."""
    writer.close()


async def drip(text: str, writer: asyncio.StreamWriter) -> None:
    """Send one byte at a time, each soon enough to keep a time-out between bytes from ever firing."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n[")
    while True:
        writer.write(b" ")
        await writer.drain()
        await asyncio.sleep(0.01)


@asynccontextmanager
async def google_service(answer: Answer) -> AsyncIterator[GoogleService]:
    """Run the service on a free port until the block ends."""
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                target = urlsplit(request.split(b" ", 2)[1].decode())
                query = parse_qs(target.query)
                languages = (query["sl"][0], query["tl"][0])
                if target.path != "/translate_a/single" or languages not in (("en", "ja"), ("ja", "en")):
                    await send(writer, b"", "404 Not Found")
                    continue
                service.texts.append(query["q"][0])
                service.targets.append(languages[1])
                await service.answer(query["q"][0], writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # The caller hung up, or the service ends.
        finally:
            writer.close()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    service = GoogleService(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", answer)
    try:
        yield service
    finally:
        server.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks)
        await server.wait_closed()

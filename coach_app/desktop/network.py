"""The one door through which bytes leave this computer: every HTTP client of the coach is made here, and counted.

What is counted is a request and its answer as HTTP/1.1 writes them: heads and bodies, compressed as they come. What
the connection itself needs (TLS, a proxy's handshake, HTTP/2's frames) is not. Importing this takes a while: import it
where a client is opened.
"""

import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any, Self

import httpx2

from coach_app.desktop import address
from coach_app.desktop.ledger import Entry, Kind, ledger


def client(kind: Kind, **options: Any) -> httpx2.Client:
    """A client whose requests are counted.

    Args:
        kind: what it is for.
        options: of ``httpx2.Client``.
    """
    return _Client(kind, **options)


def async_client(kind: Kind, **options: Any) -> httpx2.AsyncClient:
    """The same for an event loop, with the options of ``httpx2.AsyncClient``."""
    return _AsyncClient(kind, **options)


class _Client(httpx2.Client):
    def __init__(self, kind: Kind, **options: Any) -> None:
        super().__init__(**options)
        self._kind = kind

    # Every request passes here, each step of a redirection and those that take a proxy included.
    def _transport_for_url(self, url: httpx2.URL) -> httpx2.BaseTransport:
        return _Counting(super()._transport_for_url(url), self._kind)


class _AsyncClient(httpx2.AsyncClient):
    def __init__(self, kind: Kind, **options: Any) -> None:
        super().__init__(**options)
        self._kind = kind

    def _transport_for_url(self, url: httpx2.URL) -> httpx2.AsyncBaseTransport:
        return _AsyncCounting(super()._transport_for_url(url), self._kind)


class _Counting(httpx2.BaseTransport):
    def __init__(self, transport: httpx2.BaseTransport, kind: Kind) -> None:
        self._transport = transport
        self._kind = kind

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        with _Exchange(request, self._kind) as exchange:
            request.extensions["trace"] = exchange.step
            response = self._transport.handle_request(request)
        return exchange.answered(response)


class _AsyncCounting(httpx2.AsyncBaseTransport):
    def __init__(self, transport: httpx2.AsyncBaseTransport, kind: Kind) -> None:
        self._transport = transport
        self._kind = kind

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        with _Exchange(request, self._kind) as exchange:

            async def step(name: str, info: object) -> None:
                exchange.step(name, info)

            request.extensions["trace"] = step
            response = await self._transport.handle_async_request(request)
        return exchange.answered(response)


class _Exchange:
    """One request and its answer: counts them, and writes down what was not yet.

    As a context, it counts what the request sends meanwhile.
    """

    def __init__(self, request: httpx2.Request, kind: Kind) -> None:
        self._request = request
        self._body = request.stream
        self._kind = kind
        self._id = uuid.uuid4().hex
        self._at = 0.0  # when it was sent; not yet
        self._requests = 1  # to be written down
        self._sent_bytes = self._received_bytes = 0  # not written down yet

    def __enter__(self) -> Self:
        self._request.extensions = dict(self._request.extensions)
        self._request.stream = _Counted(self._body, self._send)
        return self

    def __exit__(self, *_: object) -> None:
        self._request.stream = self._body  # a redirection sends it once more
        self._write_down()

    def step(self, name: str, _info: object) -> None:
        """What the connection does, as <https://www.encode.io/httpcore/extensions/#trace> names it."""
        _, what, state = name.rsplit(".", 2)
        if state == "started":
            return
        if what == "send_request_headers" and not self._at:
            self._at = time.time()
            line = f"{self._request.method} {self._request.url.raw_path.decode('ascii')} HTTP/1.1\r\n"
            self._send(len(line) + _size(self._request.headers))
        elif what == "send_request_body":
            self._write_down()

    def answered(self, response: httpx2.Response) -> httpx2.Response:
        """The answer, which is counted as it is read."""
        reason = response.extensions.get("reason_phrase", b"")
        self._receive(len(b"HTTP/1.1 200 \r\n") + len(reason) + _size(response.headers))
        response.stream = _Counted(response.stream, self._receive, self._write_down)
        return response

    def _send(self, count: int) -> None:
        self._sent_bytes += count

    def _receive(self, count: int) -> None:
        self._received_bytes += count

    def _write_down(self) -> None:
        if not self._sent_bytes and not self._received_bytes:
            return
        url = self._request.url
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        here = address.is_this_computer(origin)
        counts = self._sent_bytes, self._received_bytes, self._requests
        ledger().record(Entry(self._at, self._kind, origin, here, *counts, id=self._id))
        self._sent_bytes = self._received_bytes = self._requests = 0


def _size(headers: httpx2.Headers) -> int:
    return sum(len(name) + len(value) + len(": \r\n") for name, value in headers.raw) + len("\r\n")


class _Counted(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body whose bytes are counted as they pass.

    Args:
        stream: the body, for a thread or for an event loop.
        count: told the size of each piece.
        end: called when it is closed.
    """

    def __init__(self, stream: Any, count: Callable[[int], None], end: Callable[[], None] = lambda: None) -> None:
        self._stream = stream
        self._count = count
        self._end = end

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._count(len(chunk))
            yield chunk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            self._count(len(chunk))
            yield chunk

    def close(self) -> None:
        try:
            self._stream.close()
        finally:
            self._end()

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            self._end()

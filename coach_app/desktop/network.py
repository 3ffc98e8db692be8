"""The only way to the network: every HTTP client of the coach is created here, its traffic is counted, and while the
user wants to stay offline, other computers are refused.

Requests and answers are counted as HTTP/1.1 writes them: headers and bodies, before decompression. The overhead of the
connection (TLS, a proxy's handshake, HTTP/2 frames) is not. This module is slow to import: import it where a client is
opened.
"""

import os
import time
import uuid
import zlib
from collections.abc import AsyncIterator, Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final, Never, Self
from urllib.parse import urlsplit

import httpx2
from httpx2._utils import get_environment_proxies

from coach_app.desktop import address
from coach_app.desktop.ledger import Entry, Kind, ledger
from coach_app.desktop.offline import refuse_if_offline
from coach_app.domain.errors import CoachError

_LAST_PORT = 65_535

_MAX_ERROR_BYTES = 100_000
"""Of the body of an error: nobody reads more, and a peer may send without end."""
_MAX_LISTING_BYTES = 5_000_000
"""Of what the hub says about a model."""
_MAX_ANSWER_BYTES = 16_000_000
"""Of any other answer that is not a file."""
_PIECE_BYTES = 65_536
FILE: Final = "coach.file"
"""An extension of a request whose answer goes to the disk, however large it is."""


def client(kind: Kind, **options: Any) -> httpx2.Client:
    """Create a client whose requests are counted.

    Proxies and certificates are taken from the environment, except that requests to this computer never go through a
    proxy. A setting that cannot be used fails only the requests that need it, with a `CoachError`.

    Args:
        kind: purpose of the requests.
        options: options of ``httpx2.Client``.
    """
    return _Client(kind, **options)


def async_client(kind: Kind, **options: Any) -> httpx2.AsyncClient:
    """The same for an event loop, with the options of ``httpx2.AsyncClient``."""
    return _AsyncClient(kind, **options)


def proxy_variable(client: httpx2.Client | httpx2.AsyncClient, url: str) -> str:
    """The environment variable of the proxy that a client uses for an address; empty if it uses none."""
    if address.is_this_computer(url):
        return ""
    for pattern, transport in client._mounts.items():
        if pattern.matches(httpx2.URL(url)):
            return _variable(pattern.pattern) if transport else ""
    return ""


class _Client(httpx2.Client):
    def __init__(self, kind: Kind, **options: Any) -> None:
        surroundings, self._fault = _surroundings(httpx2.HTTPTransport, options)
        super().__init__(**surroundings)
        self._kind = kind

    # Every request passes here, including each redirect and those through a proxy.
    def _transport_for_url(self, url: httpx2.URL) -> httpx2.BaseTransport:
        _check(url, self._fault)
        here = address.is_this_computer(str(url))
        return _Counting(self._transport if here else super()._transport_for_url(url), self._kind)


class _AsyncClient(httpx2.AsyncClient):
    def __init__(self, kind: Kind, **options: Any) -> None:
        surroundings, self._fault = _surroundings(httpx2.AsyncHTTPTransport, options)
        super().__init__(**surroundings)
        self._kind = kind

    def _transport_for_url(self, url: httpx2.URL) -> httpx2.AsyncBaseTransport:
        _check(url, self._fault)
        here = address.is_this_computer(str(url))
        return _AsyncCounting(self._transport if here else super()._transport_for_url(url), self._kind)


def _surroundings(transport: Callable[..., Any], options: dict[str, Any]) -> tuple[dict[str, Any], CoachError | None]:
    """A client's options with those from the environment, and the error of unusable certificates."""
    verify, fault = _certificates()
    mounts: dict[str, Any] = {}
    for pattern, url in get_environment_proxies().items():
        proxy = url and _proxy(pattern, url)
        http2 = options.get("http2", False)
        mounts[pattern] = (
            transport(proxy=proxy, verify=verify, http2=http2) if isinstance(proxy, httpx2.Proxy) else proxy
        )
    return {"verify": verify, "mounts": mounts, **options, "trust_env": False}, fault


def _check(url: httpx2.URL, fault: CoachError | None) -> None:
    refuse_if_offline(str(url))
    if fault and url.scheme == "https":
        raise fault


class _Unusable(httpx2.BaseTransport, httpx2.AsyncBaseTransport):
    """Stands in for a proxy that cannot be used: fails every request with the reason."""

    def __init__(self, fault: CoachError) -> None:
        self._fault = fault

    def handle_request(self, request: httpx2.Request) -> Never:
        raise self._fault

    async def handle_async_request(self, request: httpx2.Request) -> Never:
        raise self._fault


def _proxy(pattern: str, url: str) -> httpx2.Proxy | _Unusable:
    try:
        proxy = httpx2.Proxy(url)
        schemes = ("http", "https", *(("socks5", "socks5h") if find_spec("socksio") else ()))
        if proxy.url.host and proxy.url.scheme in schemes and (proxy.url.port or 0) <= _LAST_PORT:
            return proxy
    except (ValueError, httpx2.InvalidURL):
        pass  # and urllib may know more
    try:
        parts = urlsplit(url)
        shown = f" {parts.scheme}://{parts.hostname}{f':{parts.port}' if parts.port else ''}"  # without a password
    except ValueError:
        shown = ""
    name = _variable(pattern)
    return _Unusable(
        CoachError(
            f"The proxy{shown} of the variable {name} cannot be used.",
            "Set the variable to the address of an HTTP proxy (http://…), or unset it.",
        )
    )


def _variable(pattern: str) -> str:
    """The name of a proxy's environment variable; lower case takes precedence, as in ``urllib``."""
    name = f"{pattern.partition(':')[0]}_proxy"
    return next((known for known in sorted(os.environ, reverse=True) if known.lower() == name), name.upper())


def _certificates() -> tuple[Any, CoachError | None]:
    """The certificates to trust, and the error if those that the environment names cannot be used."""
    named = next((name for name in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(name)), "")
    own = httpx2.create_ssl_context(trust_env=False)
    if not named:
        return own, None
    path = os.environ[named]
    try:
        if named == "SSL_CERT_DIR" and not Path(path).is_dir():
            raise NotADirectoryError(path)
        return httpx2.create_ssl_context(), None
    except OSError as error:
        name = "SSLKEYLOGFILE" if error.filename and error.filename == os.environ.get("SSLKEYLOGFILE") else named
        path = os.environ[name]
        return own, CoachError(
            f"The file or folder {path} of the variable {name} cannot be used.", "Correct that variable, or unset it."
        )


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
    """Counts one request and its answer, and logs the bytes not yet logged.

    As a context manager, it counts what is sent within the block.
    """

    def __init__(self, request: httpx2.Request, kind: Kind) -> None:
        self._request = request
        self._body = request.stream
        self._kind = kind
        self._id = uuid.uuid4().hex
        self._at = 0.0  # when it was sent; 0 before that
        self._requests = 1  # to be logged
        self._sent_bytes = self._received_bytes = 0  # not logged yet

    def __enter__(self) -> Self:
        self._request.extensions = dict(self._request.extensions)
        self._request.stream = _Counted(self._body, self._send)
        return self

    def __exit__(self, *_: object) -> None:
        self._request.stream = self._body  # a redirect sends it again
        self._write_down()

    def step(self, name: str, _info: object) -> None:
        """Trace callback of the connection; see <https://www.encode.io/httpcore/extensions/#trace>."""
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
        """The answer, wrapped so that it is counted as it is read."""
        reason = response.extensions.get("reason_phrase", b"")
        self._receive(len(b"HTTP/1.1 200 \r\n") + len(reason) + _size(response.headers))
        max_bytes: int | None = _MAX_ANSWER_BYTES
        if response.is_error:
            max_bytes = _MAX_ERROR_BYTES
        elif self._request.extensions.get(FILE):
            max_bytes = None
        elif self._kind == "download":
            max_bytes = _MAX_LISTING_BYTES
        unpack = _unpacker(response)
        response.stream = _Counted(response.stream, self._receive, self._write_down, max_bytes, unpack)
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


def _unpacker(response: httpx2.Response) -> "_Unpacker | None":
    """A streaming decompressor in place of httpx's own, which would expand a few bytes to any size at once."""
    if response.headers.get("Content-Encoding", "").strip().lower() not in ("gzip", "x-gzip", "deflate"):
        return None
    for name in ("Content-Encoding", "Content-Length"):
        response.headers.pop(name, None)
    return _Unpacker()


class _Unpacker:
    """Decompresses gzip and zlib; anything else passes unchanged."""

    def __init__(self) -> None:
        self._packed = zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._plain = False
        self._begun = False

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """Decompress a chunk of the body into pieces of bounded size."""
        while chunk:
            if self._plain:
                yield chunk
                return
            try:
                piece = self._packed.decompress(chunk, _PIECE_BYTES)
            except zlib.error as error:
                if self._begun:
                    raise httpx2.DecodingError("damaged") from error
                self._plain = True
                continue
            self._begun = True
            rest, chunk = chunk, self._packed.unconsumed_tail
            if piece:
                yield piece
            elif chunk == rest:
                return


def _size(headers: httpx2.Headers) -> int:
    return sum(len(name) + len(value) + len(": \r\n") for name, value in headers.raw) + len("\r\n")


class _Counted(httpx2.SyncByteStream, httpx2.AsyncByteStream):
    """A body whose bytes are counted as they pass.

    Args:
        stream: the body, for a thread or for an event loop.
        count: called with the size of each piece.
        end: called when it is closed.
        max_bytes: maximum size after decompression; the rest is not read. None for bodies that are not kept in memory.
        unpack: its decompressor; None if it is not compressed.
    """

    def __init__(
        self,
        stream: Any,
        count: Callable[[int], None],
        end: Callable[[], None] = lambda: None,
        max_bytes: int | None = None,
        unpack: _Unpacker | None = None,
    ) -> None:
        self._stream = stream
        self._count = count
        self._end = end
        self._left = max_bytes
        self._unpack = unpack

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            yield from self._passed(chunk)
            if self._left == 0:
                return

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            for piece in self._passed(chunk):
                yield piece
            if self._left == 0:
                return

    def _passed(self, chunk: bytes) -> Iterator[bytes]:
        """The decompressed pieces of a chunk, up to the limit."""
        self._count(len(chunk))
        for piece in self._unpack.pieces(chunk) if self._unpack else (chunk,):
            if self._left is None:
                yield piece
            elif self._left:
                wanted = piece[: self._left]
                self._left -= len(wanted)
                yield wanted
            else:
                return

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

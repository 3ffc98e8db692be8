"""A connection to a server that speaks the OpenAI protocol; its errors are sentences for the user.

The protocol is implemented here: the official client has no size limits, checks no fields, discards error messages sent
in place of a stream, and takes a second to import.
"""

import asyncio
import contextlib
import logging
import re
import ssl
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from typing import TYPE_CHECKING, Any

from coach_app.advisor.events import MAX_BODY_BYTES, MAX_ERROR_BYTES, bounded, error_message, events, parsed
from coach_app.advisor.servers import Server
from coach_app.desktop import address
from coach_app.domain.errors import CoachError
from coach_app.settings import keys

if TYPE_CHECKING:
    import httpx2

_log = logging.getLogger(__name__)

_CONNECT_S = 5.0
_PAUSE_S = 5.0
_MAX_PAUSE_S = 60.0
_MAX_NAMES = 12  # in a sentence
_MAX_MODELS = 2000
_MAX_NAME = 200
_NO_WORDS = ("not found", "method not allowed")
_NO_MODEL = r"['\"`]{}['\"`]|model.*not (found|exist)"


class Refused(Exception):
    """A server answered with an error.

    Args:
        status: HTTP status, or its equivalent.
        message: the server's own message, short and plain; may be empty.
        body: the complete response.
        pause: value of ``Retry-After``.
    """

    def __init__(self, status: int, message: str, body: str = "", pause: str = "") -> None:
        super().__init__(status)
        self.status, self.message, self.body, self.pause = status, message, body, pause


class BrokenOff(CoachError):
    """The connection ended in the middle of an answer."""


class Connection:
    """The connection to one server; opened when first needed. Use from one event loop.

    Args:
        server: the server.

    Attributes:
        model: the server's name of the model; empty until its only model is known.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self.model = server.model
        self._host = address.place(server.url)
        self._opening: asyncio.Task[httpx2.AsyncClient] | None = None
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._quiet_until_s = 0.0

    @contextlib.asynccontextmanager
    async def request(self) -> AsyncIterator[asyncio.Timeout]:
        """Limit the server's silence during one request: ``post``, ``models`` or ``only_model``.

        Raises:
            CoachError: the server cannot be reached or is silent.
        """
        if (pause_s := self._quiet_until_s - time.monotonic()) > 0:
            raise self._too_often(pause_s)
        client = await self.opened()
        import httpx2  # which took time in a thread

        from coach_app.desktop import network

        self._under_way += 1
        self._idle.clear()
        try:
            async with asyncio.timeout(self._server.timeout_s) as patience:
                yield patience
        except TimeoutError as error:
            raise self.silent() from error
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise self._unreachable(error, network.proxy_variable(client, self._server.url)) from error
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def post(self, path: str, body: dict[str, Any]) -> AsyncGenerator[dict[str, Any], None]:
        """Send a request, and yield the events of the answer; call within ``request``.

        Raises:
            Refused: the server answers with an error.
        """
        client = await self.opened()
        async with client.stream("POST", self._server.url + path, json=body) as response:
            await _check(response)
            async with contextlib.aclosing(events(response.aiter_bytes())) as found:
                async for event in found:
                    yield event

    async def models(self) -> list[str]:
        """The server's names of its models and adapters, in its order; call within ``request``.

        Raises:
            CoachError: it does not say.
        """
        client = await self.opened()
        names: list[str] = []
        try:
            async with client.stream("GET", f"{self._server.url}/models") as response:
                await _check(response)
                names = _names(parsed(await _body(response, MAX_BODY_BYTES)))
        except Refused as error:
            if error.status in (401, 403):
                raise self.refused(error) from error
            _log.info("no list of models: %d", error.status)
        if not names:
            raise CoachError(
                f"The server {self._host} does not list its models.",
                "Write the model's name on the Server page of the settings, or on the command line: --model NAME@URL",
            )
        return names

    async def only_model(self) -> str:
        """The model of a server that has only one; call within ``request``.

        Raises:
            CoachError: it has others, or does not say.
        """
        offered = await self.models()
        if len(offered) == 1:
            return offered[0]
        names = ", ".join(offered[:_MAX_NAMES]) + (", …" if len(offered) > _MAX_NAMES else "")
        raise CoachError(
            f"The server {self._host} offers several models: {names}.",
            "Choose one on the Server page of the settings, or on the command line: --model NAME@URL",
        )

    async def close(self) -> None:
        """Wait for pending answers, and close the connections; may be called twice."""
        await self._idle.wait()
        opening, self._opening = self._opening, None
        if opening is not None:
            with contextlib.suppress(CoachError):  # It was never opened.
                await (await opening).aclose()

    # Errors

    def silent(self) -> CoachError:
        """The server was silent for too long."""
        seconds = f"{self._server.timeout_s:g}"
        return CoachError(
            f"The server {self._host} did not respond for {seconds} s.",
            "It may be loading its model: try again, or give it more time on the Server page of the settings.",
        )

    def only_thought(self) -> CoachError:
        """The answer consists of thoughts only."""
        return CoachError(
            f"The model {self.model} of the server {self._host} used up its tokens for thoughts, and gave no answer.",
            "Switch its thinking off where the server runs, let it have more tokens there, or choose another model.",
        )

    def thinks_on(self, seconds: float) -> CoachError:
        """The answer did not begin in time."""
        return CoachError(
            f"The model {self.model} of the server {self._host} thought for {seconds:g} s without an answer.",
            "Switch its thinking off where the server runs, choose another model, or give it more time on the "
            "Server page of the settings.",
        )

    def not_understood(self) -> CoachError:
        """The response is not an answer."""
        return CoachError(
            f"The server {self._host} gave an answer that cannot be understood.",
            "Check that it speaks the OpenAI protocol at this address, and that its model accepts pictures.",
        )

    def refused(self, error: Refused) -> CoachError:
        """The server answered with an error."""
        status, message = error.status, error.message
        host, model, detail = self._host, self.model, f" ({error.message})" if error.message else ""
        if status in (401, 403):
            what = "does not accept the key" if keys.has_key(self._server.key_kept) else "wants a key"
            return CoachError(
                f"The server {host} {what}.",
                f"Enter it on the Server page of the settings, or put it into the variable {keys.VARIABLE}.",
            )
        if status == 429:
            pause_s = min(float(error.pause), _MAX_PAUSE_S) if error.pause.isdecimal() else _PAUSE_S
            self._quiet_until_s = time.monotonic() + pause_s
            return self._too_often(pause_s)
        if status in (400, 404) and re.search(_NO_MODEL.format(re.escape(model)), message, re.IGNORECASE):
            return CoachError(
                f"The server {host} has no model {model}{detail}.",
                "Choose another one on the Server page of the settings.",
            )
        if status < 400 or (status in (404, 405) and (not message or message.lower() in _NO_WORDS)):
            return CoachError(
                f"Nothing speaks the OpenAI protocol at {self._server.url} (status {status}).",
                "Check the address on the Server page of the settings; most end in /v1.",
            )
        if status == 413:
            return CoachError(
                f"The pictures are too large for the server {host}.",
                "Make them smaller on the Server page of the settings.",
            )
        if status < 500:
            return CoachError(
                f"The server {host} refuses the question{detail}.",
                "Check that its model accepts pictures, or choose another one.",
            )
        return self._failed(message or f"status {status}")

    def _failed(self, message: str) -> CoachError:
        return CoachError(
            f"The server {self._host} failed: {message}.",
            "Check that its model accepts pictures, and what the server's own log says.",
        )

    def _too_often(self, pause_s: float) -> CoachError:
        return CoachError(
            f"The server {self._host} has received too many questions.", f"Wait {pause_s:.0f} s before you ask again."
        )

    def _unreachable(self, error: Exception, variable: str) -> CoachError:
        causes = list(_causes(error))
        if fault := next((cause for cause in causes if isinstance(cause, CoachError)), None):
            return fault
        if not any(type(cause).__name__ in ("ConnectError", "ConnectTimeout", "ProxyError") for cause in causes):
            return BrokenOff(
                f"The server {self._host} broke off in the middle of its answer.",
                "Try again; the server's own log may say why.",
            )
        waiting = (ssl.SSLWantReadError, ssl.SSLWantWriteError)
        if any(isinstance(cause, ssl.SSLError) and not isinstance(cause, waiting) for cause in causes):
            return CoachError(
                f"There is no secure connection to the server {self._host}.",
                "Check whether its address begins with http or https, and whether this computer trusts its "
                "certificate.",
            )
        if variable:
            return CoachError(
                f"The server {self._host} cannot be reached through the proxy of the variable {variable}.",
                "See that the proxy runs, or name this server in the variable NO_PROXY.",
            )
        return CoachError(
            f"The server {self._host} cannot be reached.",
            "Check that it is running, and its address on the Server page of the settings.",
        )

    # Opening

    async def opened(self) -> "httpx2.AsyncClient":
        """The client, opened when first needed.

        Raises:
            CoachError: the environment or the keyring prevents opening it.
        """
        if self._opening is None:
            # Importing httpx2, reading certificates and asking the keyring are slow, so use a thread.
            self._opening = asyncio.create_task(asyncio.to_thread(_opened, self._server))
        opening = self._opening
        try:
            return await asyncio.shield(opening)
        except CoachError:
            if self._opening is opening:
                self._opening = None  # The user may fix it.
            raise


def _opened(server: Server) -> "httpx2.AsyncClient":
    """Open the client; blocks for a while."""
    import httpx2

    from coach_app.desktop import network

    for name in ("httpx2", "httpcore2"):  # Their details contain URLs, and with them the contents.
        logging.getLogger(name).setLevel(logging.WARNING)
    key = keys.read_key(server.url, server.key_kept) or "none"  # the usual value for servers without keys
    return network.async_client(
        "server",
        headers={"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"},
        timeout=httpx2.Timeout(None, connect=_CONNECT_S),
        follow_redirects=False,
    )


async def _check(response: "httpx2.Response") -> None:
    if response.is_success:
        return
    body = await _body(response, MAX_ERROR_BYTES)
    found = parsed(body)
    text = body.decode("utf-8", "replace")
    words = error_message(text if found is None else found)
    raise Refused(response.status_code, words, text, response.headers.get("Retry-After", ""))


async def _body(response: "httpx2.Response", max_bytes: int) -> bytes:
    return b"".join([chunk async for chunk in bounded(response.aiter_bytes(), max_bytes)])


def _names(listed: Any) -> list[str]:
    """The names of models in a server's list, in any of the known formats."""
    if isinstance(listed, dict):
        listed = listed.get("data") or listed.get("models")
    found = listed if isinstance(listed, list) else []
    names = (part.get("id") or part.get("name") if isinstance(part, dict) else part for part in found[:_MAX_MODELS])
    return [name for name in names if isinstance(name, str) and name.isprintable() and 0 < len(name) <= _MAX_NAME]


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__

"""A connection to a server that speaks the OpenAI protocol, whose faults are sentences for the user."""

import asyncio
import contextlib
import logging
import re
import ssl
import time
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING

from coach_app.advisor.servers import Server
from coach_app.desktop import address
from coach_app.domain.errors import CoachError
from coach_app.domain.words import plain
from coach_app.settings import keys

if TYPE_CHECKING:
    import openai

_log = logging.getLogger(__name__)

_CONNECT_S = 5.0
_PAUSE_S = 5.0
_LONGEST_PAUSE_S = 60.0
_LONGEST_SAID = 200
_NO_MODEL = r"['\"`]{}['\"`]|model.*not (found|exist)"
_NONSENSE = (ValueError, TypeError, AttributeError, LookupError)
"""What comes out of fields that are missing or of another type: the client checks none of them."""


class Connection:
    """The connection to one server; opened when it is first needed. Use from one event loop.

    Args:
        server: who is asked.

    Attributes:
        model: that is asked, as the server calls it; empty until the only one that it offers is known.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self.model = server.model
        self._host = address.place(server.url)
        self._opening: asyncio.Task[openai.AsyncOpenAI] | None = None
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._quiet_until_s = 0.0

    @contextlib.asynccontextmanager
    async def request(self) -> AsyncIterator[tuple["openai.AsyncOpenAI", asyncio.Timeout]]:
        """The client and how long the server may be silent, for one request.

        Raises:
            CoachError: for every fault of the server, of its answer and of the way to it; the remedy says what to do.
        """
        if (pause_s := self._quiet_until_s - time.monotonic()) > 0:
            raise self._too_often(pause_s)
        client = await self._open()
        import openai  # which has taken its time in a thread

        self._under_way += 1
        self._idle.clear()
        try:
            async with asyncio.timeout(self._server.timeout_s) as patience:
                yield client, patience
        except TimeoutError as error:
            seconds = f"{self._server.timeout_s:g}"
            raise CoachError(
                f"The server {self._host} said nothing for {seconds} s.",
                "It may be loading its model: try again, or give it more time on the page Server of the settings.",
            ) from error
        except openai.APIStatusError as error:
            raise self._refused(error) from error
        except openai.APIConnectionError as error:
            raise self._unreachable(error) from error
        except openai.APIError as error:  # the server gave up in the middle of an answer
            raise self._failed(plain(error.message)) from error
        except _NONSENSE as error:
            _log.info("no answer: %s", type(error).__name__)
            raise self.not_understood() from error
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def models(self, client: "openai.AsyncOpenAI") -> list[str]:
        """What the server calls its models, adapters included, in its order; to be called within ``request``.

        Raises:
            CoachError: it does not say.
        """
        import openai

        try:
            listed = (await client.models.list()).data
            names = [str(model.id) for model in listed if model.id]
        except (openai.AuthenticationError, openai.PermissionDeniedError, openai.APIConnectionError):
            raise
        except (openai.APIError, *_NONSENSE) as error:
            _log.info("no list of models: %s", type(error).__name__)
            names = []
        if not names:
            raise CoachError(
                f"The server {self._host} does not say which models it has.",
                "Write the model's name on the page Server of the settings, or on the command line: --model NAME@URL",
            )
        return names

    async def only_model(self, client: "openai.AsyncOpenAI") -> str:
        """The model of a server that has just one; to be called within ``request``.

        Raises:
            CoachError: it has others, or does not say.
        """
        offered = await self.models(client)
        if len(offered) == 1:
            return offered[0]
        names = ", ".join(offered)
        raise CoachError(
            f"The server {self._host} offers several models: {names}.",
            "Choose one on the page Server of the settings, or on the command line: --model NAME@URL",
        )

    async def close(self) -> None:
        """Wait for answers under way, and close the connections; may be called twice."""
        await self._idle.wait()
        opening, self._opening = self._opening, None
        if opening is not None:
            with contextlib.suppress(CoachError):  # It never opened.
                await (await opening).close()

    # What goes wrong

    def broken_off(self) -> CoachError:
        """The answer has no end."""
        return CoachError(
            f"The server {self._host} broke off its answer.", "Try again; the server's own log may say why."
        )

    def not_understood(self) -> CoachError:
        """The answer is none."""
        return CoachError(
            f"The server {self._host} gave no answer that can be understood.",
            "See that its address is that of an OpenAI protocol, and that its model takes pictures.",
        )

    def _refused(self, error: "openai.APIStatusError") -> CoachError:
        status, said = error.status_code, _said(error.body)
        host, model, told = self._host, self.model, f" ({said})" if said else ""
        if status in (401, 403):
            what = "does not accept the key" if keys.has_key(self._server.key_kept) else "wants a key"
            return CoachError(
                f"The server {host} {what}.",
                f"Enter it on the page Server of the settings, or put it into the variable {keys.VARIABLE}.",
            )
        if status == 429:
            asked = error.response.headers.get("Retry-After", "")
            pause_s = min(float(asked), _LONGEST_PAUSE_S) if asked.isdecimal() else _PAUSE_S
            self._quiet_until_s = time.monotonic() + pause_s
            return self._too_often(pause_s)
        if status in (400, 404) and re.search(_NO_MODEL.format(re.escape(model)), said, re.IGNORECASE):
            return CoachError(
                f"The server {host} has no model {model}{told}.",
                "Choose another one on the page Server of the settings.",
            )
        if status < 400 or status in (404, 405):
            return CoachError(
                f"Nothing speaks the OpenAI protocol at {self._server.url} (status {status}).",
                "Check the address on the page Server of the settings; most end in /v1.",
            )
        if status == 413:
            return CoachError(
                f"The pictures are too large for the server {host}.",
                "Make them smaller on the page Server of the settings.",
            )
        if status < 500:
            return CoachError(
                f"The server {host} refuses the question{told}.",
                "See that its model takes pictures, or choose another one.",
            )
        return self._failed(said or f"status {status}")

    def _failed(self, said: str) -> CoachError:
        return CoachError(
            f"The server {self._host} failed: {said[:_LONGEST_SAID].removesuffix('.')}.",
            "See that its model takes pictures, and what the server's own log says.",
        )

    def _too_often(self, pause_s: float) -> CoachError:
        return CoachError(
            f"The server {self._host} is asked too often.", f"It is left alone for {pause_s:.0f} s; then ask again."
        )

    def _unreachable(self, error: "openai.APIConnectionError") -> CoachError:
        causes = list(_causes(error))
        if not any(type(cause).__name__ in ("ConnectError", "ConnectTimeout") for cause in causes):
            return self.broken_off()
        waiting = (ssl.SSLWantReadError, ssl.SSLWantWriteError)
        if any(isinstance(cause, ssl.SSLError) and not isinstance(cause, waiting) for cause in causes):
            return CoachError(
                f"There is no secure connection to the server {self._host}.",
                "See whether its address begins with http or https, and whether this computer trusts its certificate.",
            )
        return CoachError(
            f"The server {self._host} cannot be reached.",
            "See that it runs, and check its address on the page Server of the settings.",
        )

    # Opening

    async def _open(self) -> "openai.AsyncOpenAI":
        if self._opening is None:
            # Importing openai, reading the certificates and asking the keyring take a second: in a thread.
            self._opening = asyncio.create_task(asyncio.to_thread(_opened, self._server))
        opening = self._opening
        try:
            return await asyncio.shield(opening)
        except CoachError:
            if self._opening is opening:
                self._opening = None  # The user may mend it.
            raise


def _opened(server: Server) -> "openai.AsyncOpenAI":
    """Blocks for a second."""
    import openai

    from coach_app.desktop import network

    for name in ("openai", "httpx2", "httpcore2"):  # Their details hold addresses, and with these what is asked.
        logging.getLogger(name).setLevel(logging.WARNING)
    key = keys.read_key(server.url, server.key_kept) or "none"  # what servers that want none are usually given
    client = openai.AsyncOpenAI(
        base_url=server.url,
        api_key=key,
        default_headers={"Authorization": f"Bearer {key}"},  # before one of an environment variable for another service
        max_retries=0,
        timeout=openai.Timeout(None, connect=_CONNECT_S),
        # A server on this computer is asked without the proxy, and none may send the picture elsewhere.
        http_client=network.async_client("server", trust_env=server.is_away, follow_redirects=False),
    )
    client.organization = client.project = None  # Environment variables meant for another service.
    return client


def _said(body: object) -> str:
    """What the server itself says about a failure, short; empty where it says nothing that can be shown."""
    while isinstance(body, dict):
        body = next((body[name] for name in ("error", "message", "detail") if name in body), None)
    text = plain(body) if isinstance(body, str) else ""
    return "" if "<" in text else text.removesuffix(".")[:_LONGEST_SAID]


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__

"""Google Translate through googletrans 4: online, used only if the user has switched it on."""

import asyncio
import logging
import sys
import time
from collections.abc import Callable
from types import SimpleNamespace
from typing import TYPE_CHECKING

from coach_app.desktop import address
from coach_app.domain.errors import CoachError
from coach_app.domain.sent import OnSent, Sent, unseen

if TYPE_CHECKING:
    import googletrans
    import httpx2

_log = logging.getLogger(__name__)

_MAX_REPLY_BYTES = 64 * 1024
_PAUSE_S = 5.0
_PAUSE_RATE_LIMITED_S = 60.0
_MAX_PAUSE_S = 900.0


class _Unusable(Exception):
    """The service did not answer with a translation; leave it alone for ``pause_s``."""

    def __init__(self, reason: str, pause_s: float = _PAUSE_S) -> None:
        self.pause_s = pause_s
        super().__init__(reason)


class GoogleTranslator:
    """Translates by Google's service, one text at a time. Use from one event loop, in any number of tasks.

    Every failure returns None and is logged without the text; those that the user can fix are also reported. After a
    failure nothing is sent for a while, doubling each time: 5 s, or 60 s (or what the service asks for) if it was asked
    too often.

    Args:
        timeout_s: time limit for a whole answer, however slowly it arrives.
        service: URL of the service, for instance ``http://127.0.0.1:8000``; empty for Google.
        on_fault: called once with the error of a proxy or certificates that cannot be used.
        on_sent: told each text before it is sent.
    """

    sends_text_away = True

    def __init__(
        self,
        timeout_s: float = 3.0,
        service: str = "",
        on_fault: Callable[[CoachError], None] = lambda fault: None,
        on_sent: OnSent = unseen,
    ) -> None:
        self._timeout_s = timeout_s
        self._service = service
        self._on_fault, self._on_sent = on_fault, on_sent
        self._fault = ""
        self._opening: asyncio.Task[googletrans.Translator] | None = None
        self._failures = 0
        self._paused_until_s = 0.0

    async def translate(self, text: str) -> str | None:
        """Japanese, or None if Google does not return any in time or is being left alone."""
        return await self._ask(text, "en", "ja")

    async def to_english(self, question: str) -> str | None:
        """English, or None in the same cases."""
        return await self._ask(question, "ja", "en")

    async def _ask(self, text: str, source: str, target: str) -> str | None:
        if time.monotonic() < self._paused_until_s:
            return None
        if self._opening is None:
            # Importing googletrans and reading the certificates takes 0.3 s: not on the interface's thread.
            self._opening = asyncio.create_task(asyncio.to_thread(self._open))
        try:
            client = await asyncio.shield(self._opening)
            self._on_sent(Sent("Google", text, away=not address.is_this_computer(self._service)))
            async with asyncio.timeout(self._timeout_s):
                translated = (await client.translate(text, src=source, dest=target)).text
            if not isinstance(translated, str) or not translated:
                raise _Unusable("no text in the answer")
        except _Unusable as error:
            self._pause(error.pause_s)
            _log.info("no translation from Google: %s", error)
            return None
        except CoachError as error:
            self._pause(_PAUSE_S)
            self._tell(error)
            return None
        except Exception as error:  # Time-outs, network errors, and anything googletrans raises on odd answers.
            self._pause(_PAUSE_S)
            _log.info("no translation from Google: %s", type(error).__name__)
            if variable := await self._proxy_in_the_way(error):
                self._tell(
                    CoachError(
                        f"Google Translate cannot be reached through the proxy of the variable {variable}.",
                        "See that the proxy runs, or unset the variable.",
                    )
                )
            return None
        self._failures = 0
        return translated

    async def close(self) -> None:
        """Close the connections; may be called twice, and a later text opens new ones."""
        opening, self._opening = self._opening, None
        if opening is None:
            return
        try:
            client = await opening
        except Exception:  # It was never opened.
            return
        await client.client.aclose()

    def _tell(self, fault: CoachError) -> None:
        if self._fault != str(fault):
            self._fault = str(fault)
            _log.info("no translation from Google: %s", fault)
            self._on_fault(fault)

    async def _proxy_in_the_way(self, error: Exception) -> str:
        """The variable of a proxy that refuses connections; empty if something else failed."""
        if type(error).__name__ not in ("ConnectError", "ConnectTimeout", "ProxyError") or self._opening is None:
            return ""
        from coach_app.desktop import network

        translator = await self._opening
        return network.proxy_variable(translator.client, self._service or f"https://{translator.service_urls[0]}")

    def _pause(self, first_s: float) -> None:
        now_s = time.monotonic()
        if now_s < self._paused_until_s:
            return  # A concurrent sentence has already failed: that is one failure, not two.
        self._paused_until_s = now_s + min(first_s * 2.0**self._failures, _MAX_PAUSE_S)
        self._failures += 1

    def _open(self) -> "googletrans.Translator":
        from googletrans import Translator
        from httpx2 import URL

        from coach_app.desktop import network

        # These log the URL of every request, and with it the text.
        for name in ("httpx2", "httpcore2", "hpack"):
            logging.getLogger(name).setLevel(logging.WARNING)
        # The client that it opens first would fail on a proxy or certificates that cannot be used.
        vars(sys.modules[Translator.__module__])["httpx"] = SimpleNamespace(AsyncClient=SimpleNamespace)
        translator = Translator(raise_exception=True)

        async def redirect(request: "httpx2.Request") -> None:
            service = URL(self._service)
            request.url = request.url.copy_with(scheme=service.scheme, host=service.host, port=service.port)

        translator.client = network.async_client(
            "translation",
            http2=True,
            timeout=self._timeout_s,
            headers={"User-Agent": translator.client.headers["User-Agent"]},
            event_hooks={"request": [redirect] if self._service else [], "response": [self._check]},
        )
        return translator

    async def _check(self, response: "httpx2.Response") -> None:
        """Reject anything that cannot be a translation: the parser of googletrans is slow on long web pages."""
        if response.status_code == 429:
            header = response.headers.get("Retry-After", "")
            asked_s = min(float(header), _MAX_PAUSE_S) if header.isdecimal() else 0.0
            raise _Unusable("asked too often", max(_PAUSE_RATE_LIMITED_S, asked_s))
        if response.status_code != 200:
            raise _Unusable(f"status {response.status_code}")
        body = (await response.aread()).lstrip()
        if not body.startswith(b"[") or len(body) > _MAX_REPLY_BYTES:
            raise _Unusable("the answer is no list of a translation's size")

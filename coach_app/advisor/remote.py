"""The advisor whose model runs on another machine, or in another program, that speaks the OpenAI protocol.

vLLM, ``transformers serve``, LM Studio and Ollama do; docs/remote.md says how to start each. The protocol:
<https://platform.openai.com/docs/api-reference/chat>.
"""

import asyncio
import base64
import contextlib
import io
import json
import logging
import re
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from PIL import Image

from coach_app.advisor.local import model_input
from coach_app.advisor.prompts import build_prompt
from coach_app.desktop import address
from coach_app.domain.advice import Advice, named_move
from coach_app.domain.elapsed import ms_since
from coach_app.domain.errors import CoachError
from coach_app.domain.situation import Situation
from coach_app.domain.words import WholeWords, plain
from coach_app.host.messages import Answered
from coach_app.knowledge.prompt import NEXT_QUESTION
from coach_app.settings import keys
from coach_app.settings.schema import Settings

if TYPE_CHECKING:
    import openai
    from openai.types.chat import ChatCompletionContentPartParam

_log = logging.getLogger(__name__)

_MAX_TOKENS = 200
_MAX_CHARACTERS = 4000  # for servers that keep to no number of tokens
_CONNECT_S = 5.0
_USAGE_S = 1.0
_PAUSE_S = 5.0
_LONGEST_PAUSE_S = 60.0
_LONGEST_SAID = 200
_LARGEST_PNG_BYTES = 256 * 1024
_JPEG_QUALITY = 90
_THOUGHTS = re.compile(r"\s*<think>.*?(</think>|\Z)", re.DOTALL)
_NO_MODEL = r"['\"`]{}['\"`]|model.*not (found|exist)"
_MARKUP = re.compile(r"\*\*|`")
_NONSENSE = (ValueError, TypeError, AttributeError, LookupError)
"""What comes out of fields that are missing or of another type: the client checks none of them."""
_ON_COMMAND_LINE = re.compile(r"(?:(?P<model>.+)@(?=https?://|[\w.-]+:\d)|(?=https?://))(?P<url>.+)", re.DOTALL)


@dataclass(frozen=True)
class Server:
    """Who is asked, and how.

    Attributes:
        url: address of its OpenAI protocol, normalised, for instance ``http://192.168.1.5:8000/v1``.
        model: its model, as it calls it; empty is the only one that it offers.
        key_kept: whether a key for it is in the keyring.
        side_px: pictures are shrunk to fit this square before they are sent.
        timeout_s: how long it may be silent.
    """

    url: str
    model: str = ""
    key_kept: bool = False
    side_px: int = 672
    timeout_s: float = 30.0

    @property
    def is_away(self) -> bool:
        """Whether pictures leave this computer; the overlay shows a mark then."""
        return not address.is_this_computer(self.url)


def is_server(model: str) -> bool:
    """Whether what was said where a model is named is a server: ``URL``, ``NAME@URL`` or ``NAME@HOST:PORT``."""
    return _ON_COMMAND_LINE.fullmatch(model) is not None


def chosen_server(settings: Settings, model: str = "") -> Server | None:
    """The server that answers, or None where a model on this computer does.

    Args:
        settings: of the user, who has to have switched the server on there.
        model: what the command line says, which goes before them: ``URL`` or ``NAME@URL`` is a server, switched on by
            having been named, anything else but an empty text is a model on this computer.

    Raises:
        CoachError: what is said is no address, or is beyond this computer while the coach is to stay offline.
    """
    rules = settings.server
    if said := _ON_COMMAND_LINE.fullmatch(model):
        try:
            url = address.normalised(said["url"])
        except ValueError as error:
            raise CoachError(f"{error}.") from error
        kept = rules.key and address.origin(url) == address.origin(rules.url)
        server = Server(url, said["model"] or "", kept, rules.side_px, rules.timeout_s)
    elif model or not rules.on:
        return None
    else:
        server = Server(rules.url, rules.model, rules.key, rules.side_px, rules.timeout_s)
    if settings.general.offline and server.is_away:
        host = address.place(server.url)
        raise CoachError(
            f"The server {host} is not asked: the coach is to stay offline.",
            "Allow the network on the page General of the settings, or switch the server off.",
        )
    return server


async def offered_models(settings: Settings) -> list[str]:
    """What the server of the settings calls its models, adapters included, also before it is switched on.

    Raises:
        CoachError: it must not or cannot be asked, or does not say.
    """
    server = chosen_server(settings.with_value("server", "on", True))
    assert server
    advisor = RemoteAdvisor(server)
    try:
        return await advisor.models()
    finally:
        await advisor.close()


class RemoteAdvisor:
    """Advises by a model of a server. Use from one event loop; the connection is opened when it is first needed.

    Args:
        server: who is asked.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        self._host = address.place(server.url)
        self._model = server.model
        self._opening: asyncio.Task[openai.AsyncOpenAI] | None = None
        self._under_way = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self._quiet_until_s = 0.0
        self._optional: dict[str, Any] = {
            "stream_options": {"include_usage": True},
            "temperature": 0,
            "max_tokens": _MAX_TOKENS,
        }

    @property
    def reads_japanese(self) -> bool:
        """See Advisor. The models that are run on servers do; nobody can be asked."""
        return True

    async def advise(self, situation: Situation, on_words: Callable[[str], None] | None = None) -> Advice:
        """See Advisor. Cancelling closes the connection at once.

        Raises:
            CoachError: nothing can be seen in the picture, or the server gives no answer; the remedy says what to do.
        """
        answer, frame, profile = _Answer(on_words), situation.frame, situation.profile
        picture = await asyncio.to_thread(lambda: data_url(model_input(frame.pixels, profile, self._server.side_px)))
        content: list[ChatCompletionContentPartParam] = [
            {"type": "image_url", "image_url": {"url": picture}},
            {"type": "text", "text": build_prompt(situation)},
        ]
        await self._ask("chat", {"messages": [{"role": "user", "content": content}]}, answer)
        text = answer.words.text
        return Advice(
            text=text,
            move=named_move(text, profile.moves),
            model=self._model,
            captured_at=frame.captured_at,
            latency_ms=answer.latency_ms,
            first_word_ms=answer.first_word_ms,
            tokens=answer.tokens,
            question=situation.question,
        )

    async def go_on(self, prompt: str, on_words: Callable[[str], None]) -> Answered:
        """Let a model for text go on with a prompt, up to the next question; see ``EngineClient.ask_text``.

        Raises:
            CoachError: as ``advise``.
        """
        answer = _Answer(on_words)
        await self._ask("text", {"prompt": prompt, "stop": [NEXT_QUESTION]}, answer)
        return Answered(
            id=0,
            text=answer.words.text,
            model=self._model,
            tokens=answer.tokens,
            first_word_ms=answer.first_word_ms,
            latency_ms=answer.latency_ms,
        )

    async def models(self) -> list[str]:
        """What the server calls its models, adapters included, in its order.

        Raises:
            CoachError: it cannot be asked, or does not say.
        """
        async with self._connected() as (client, _):
            return await self._offered(client)

    async def close(self) -> None:
        """Wait for answers under way, and close the connections; may be called twice."""
        await self._idle.wait()
        opening, self._opening = self._opening, None
        if opening is not None:
            with contextlib.suppress(CoachError):  # It never opened.
                await (await opening).close()

    # Asking

    async def _ask(self, kind: Literal["chat", "text"], said: dict[str, Any], answer: "_Answer") -> None:
        try:
            async with self._connected() as (client, patience):
                self._model = self._model or await self._only_model(client)
                create: Any = client.chat.completions.create if kind == "chat" else client.completions.create
                stream = await self._begun(create, said)
                now_s = asyncio.get_running_loop().time
                async with stream:
                    async for chunk in stream:
                        if answer.take(chunk):
                            patience.reschedule(now_s() + self._server.timeout_s)
                        if answer.finished:  # all that may follow is the number of tokens
                            patience.reschedule(now_s() + _USAGE_S)
                        if len(answer.raw) > _MAX_CHARACTERS:
                            answer.finished = True
                            break
        except CoachError:
            if not answer.finished:
                raise
        if not answer.finished and answer.raw:
            raise self._broken_off()
        answer.end()
        if not answer.words.text:
            raise self._not_understood()

    async def _begun(self, create: Callable[..., Awaitable[Any]], said: dict[str, Any]) -> Any:
        """The stream of an answer; a server that does not know an option is asked again without it, and for ever."""
        import openai

        while True:
            try:
                return await create(model=self._model, stream=True, **said, **self._optional)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                told = json.dumps(error.body)
                refused = next((name for name in self._optional if re.search(rf"\b{name}\b", told)), None)
                if refused is None:
                    raise
                value = self._optional.pop(refused)
                if refused == "max_tokens":
                    self._optional["max_completion_tokens"] = value

    async def _only_model(self, client: "openai.AsyncOpenAI") -> str:
        offered = await self._offered(client)
        if len(offered) == 1:
            return offered[0]
        names = ", ".join(offered)
        raise CoachError(
            f"The server {self._host} offers several models: {names}.",
            "Choose one on the page Server of the settings, or on the command line: --model NAME@URL",
        )

    async def _offered(self, client: "openai.AsyncOpenAI") -> list[str]:
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

    @contextlib.asynccontextmanager
    async def _connected(self) -> AsyncIterator[tuple["openai.AsyncOpenAI", asyncio.Timeout]]:
        """The client and how long the server may be silent, for one request; its faults become sentences."""
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
            raise self._not_understood() from error
        finally:
            self._under_way -= 1
            if not self._under_way:
                self._idle.set()

    async def _open(self) -> "openai.AsyncOpenAI":
        if self._opening is None:
            # Importing openai, reading the certificates and asking the keyring take a second: in a thread.
            self._opening = asyncio.create_task(asyncio.to_thread(_open, self._server))
        opening = self._opening
        try:
            return await asyncio.shield(opening)
        except CoachError:
            if self._opening is opening:
                self._opening = None  # The user may mend it.
            raise

    # What goes wrong

    def _refused(self, error: "openai.APIStatusError") -> CoachError:
        status, said = error.status_code, _said(error.body)
        host, model, told = self._host, self._model, f" ({said})" if said else ""
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
            return self._broken_off()
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

    def _broken_off(self) -> CoachError:
        return CoachError(
            f"The server {self._host} broke off its answer.", "Try again; the server's own log may say why."
        )

    def _not_understood(self) -> CoachError:
        return CoachError(
            f"The server {self._host} gave no answer that can be understood.",
            "See that its address is that of an OpenAI protocol, and that its model takes pictures.",
        )


class _Answer:
    """An answer as it comes.

    Attributes:
        raw: all text that came.
        words: what of it was passed on.
        tokens: as the server counts them; the pieces that came where it does not.
        finished: the server said that nothing follows.
        first_word_ms, latency_ms: from the beginning to the first word and, once it has ended, to its end.
    """

    def __init__(self, on_words: Callable[[str], None] | None) -> None:
        self._began = time.perf_counter()
        self._on_words = on_words
        self.raw = ""
        self.words = WholeWords(self._tell)
        self.tokens = 0
        self.finished = False
        self.first_word_ms = self.latency_ms = 0.0

    def _tell(self, text: str) -> None:
        self.first_word_ms = self.first_word_ms or ms_since(self._began)
        if self._on_words:
            self._on_words(text)

    def take(self, chunk: Any) -> bool:
        """Take what came in, whose fields nobody has checked; say whether there is any text in it, thoughts included.

        Raises:
            TypeError: it is no part of an answer.
        """
        choice = chunk.choices[0] if chunk.choices else None
        delta = getattr(choice, "delta", None)
        piece = (delta.content if delta else getattr(choice, "text", "")) or ""
        thought = getattr(delta, "reasoning_content", None) or getattr(delta, "reasoning", None)
        self.tokens += bool(piece)
        self.raw += piece
        if piece:
            self.words.show(_spoken(self.raw))
        self.finished |= bool(choice and choice.finish_reason)
        if chunk.usage:
            self.tokens = int(chunk.usage.completion_tokens)
        return bool(piece or thought)

    def end(self) -> None:
        """Pass on the last word."""
        self.words.show(_spoken(self.raw), last=True)
        self.latency_ms = ms_since(self._began)


def data_url(image: Image.Image) -> str:
    """A picture as the protocol takes it: exact as PNG, or as JPEG where that would be large.

    Args:
        image: mode RGB.
    """
    png = io.BytesIO()
    image.save(png, "PNG", compress_level=1)
    if png.tell() <= _LARGEST_PNG_BYTES:
        return f"data:image/png;base64,{base64.b64encode(png.getvalue()).decode()}"
    jpeg = io.BytesIO()
    image.save(jpeg, "JPEG", quality=_JPEG_QUALITY, subsampling=0)
    return f"data:image/jpeg;base64,{base64.b64encode(jpeg.getvalue()).decode()}"


def _open(server: Server) -> "openai.AsyncOpenAI":
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


def _spoken(raw: str) -> str:
    """Without thoughts and without marks for bold and code."""
    return _MARKUP.sub("", _THOUGHTS.sub("", raw, count=1) if raw.lstrip().startswith("<think>") else raw)


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

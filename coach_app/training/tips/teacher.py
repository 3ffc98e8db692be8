"""The teacher: a language model on a local or remote server with the OpenAI protocol."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

import openai
from openai.types.chat import ChatCompletion

from coach_app.desktop import address, network
from coach_app.domain.errors import CoachError
from coach_app.settings import keys
from coach_app.settings.schema import Settings


@dataclass(frozen=True)
class Reply:
    """A reply of the teacher.

    Args:
        text: the complete text; empty if it refused.
        finish: ``stop``, ``length`` if it was cut off, or ``refusal``.
        prompt_tokens: the server's count; 0 if unknown.
        completion_tokens: likewise.
    """

    text: str
    finish: str
    prompt_tokens: int = 0
    completion_tokens: int = 0


class TeacherBusy(CoachError):
    """A single request failed; the next one may succeed."""


class Teacher(Protocol):
    """The interface of a teacher."""

    async def reply(self, prompt: str) -> Reply:
        """Answer one prompt.

        Raises:
            TeacherBusy: the request failed.
            CoachError: every request would fail: server, key or model is wrong.
        """

    async def close(self) -> None:
        """Close its connections."""


def server_of(name: str, settings: Settings) -> tuple[str, str]:
    """The address and key of the teacher's server.

    The key is read from the variable ``COACH_SERVER_KEY``, or from the keyring if it belongs to this very server.

    Args:
        name: an address, possibly incomplete.
        settings: the user's settings.

    Raises:
        CoachError: it is not an address, is another computer in offline mode, or its key cannot be read.
    """
    try:
        url = address.normalised(name)
    except ValueError as error:
        raise CoachError(f"{name}: {error}.") from error
    if settings.general.offline and not address.is_this_computer(url):
        raise CoachError(
            f"The teacher at {address.place(url)} was not asked, as the coach is set to stay offline.",
            "Allow the network on the General page of the settings, or use a teacher on this computer.",
        )
    kept = settings.server.key and address.origin(url) == address.origin(settings.server.url)
    return url, keys.read_key(url, kept)


class OpenAITeacher:
    """A teacher on a server with the OpenAI protocol (vLLM, ``transformers serve``, LM Studio, Ollama, a paid service).

    Args:
        url: base URL of the server, with ``/v1``.
        model: the server's name of the model.
        key: API key; empty if none is needed.
        temperature: sampling temperature.
        timeout_s: time limit of one reply.
        retries: maximum number of retries after rate limiting, time-outs and server errors; respects ``Retry-After``.
    """

    def __init__(
        self, url: str, model: str, key: str = "", temperature: float = 0.7, timeout_s: float = 120.0, retries: int = 4
    ) -> None:
        self._url, self._model, self._temperature = url, model, temperature
        # Set everything explicitly: otherwise the client takes keys and addresses from the environment.
        self._client = openai.AsyncOpenAI(
            base_url=url,
            api_key=key or "none",
            timeout=timeout_s,
            max_retries=retries,
            http_client=network.async_client("server", follow_redirects=True),
        )

    async def close(self) -> None:
        """Close its connections."""
        await self._client.close()

    async def reply(self, prompt: str) -> Reply:
        """See `Teacher.reply`."""
        server = f"The teacher at {address.place(self._url)}"
        try:
            completion: object = await self._client.chat.completions.create(
                model=self._model, temperature=self._temperature, messages=[{"role": "user", "content": prompt}]
            )
        except openai.APITimeoutError as error:
            raise TeacherBusy(
                f"{server} did not answer in time.", "Allow it more time, or fewer requests at once."
            ) from error
        except openai.APIConnectionError as error:
            if isinstance(error.__cause__, CoachError):  # proxy or certificates from the environment
                raise error.__cause__ from error
            raise TeacherBusy(f"{server} cannot be reached.", "Start it, or check its address.") from error
        except (openai.RateLimitError, openai.InternalServerError, openai.ConflictError) as error:
            raise TeacherBusy(
                f"{server} has too much to do or is broken (status {error.status_code}).", "Ask it less often."
            ) from error
        except (openai.AuthenticationError, openai.PermissionDeniedError) as error:
            raise CoachError(f"{server} does not accept the key.", f"Set {keys.VARIABLE} to a valid one.") from error
        except openai.NotFoundError as error:
            raise CoachError(
                f"{server} has no model “{self._model}”.", "Check its name and the server's address."
            ) from error
        except openai.APIStatusError as error:
            raise CoachError(
                f"{server} refuses the request (status {error.status_code}).", "Check its model."
            ) from error
        except (openai.APIError, ValueError) as error:
            raise TeacherBusy(
                f"{server} answered something that is not of the OpenAI protocol.", "Check it."
            ) from error
        return _read(completion, server)


def _read(completion: object, server: str) -> Reply:
    """Extract the reply from a completion; rejects servers that only resemble the protocol."""
    nonsense = TeacherBusy(f"{server} answered something that is not of the OpenAI protocol.", "Check its address.")
    if not isinstance(completion, ChatCompletion) or not completion.choices:
        raise nonsense
    choice, usage = completion.choices[0], completion.usage
    message = getattr(choice, "message", None)
    if message is None:
        raise nonsense
    refused = bool(getattr(message, "refusal", None)) or choice.finish_reason == "content_filter"
    text = message.content
    if not refused and not isinstance(text, str):
        raise nonsense
    finish = "refusal" if refused else "length" if choice.finish_reason == "length" else "stop"
    counts = (getattr(usage, name, 0) or 0 for name in ("prompt_tokens", "completion_tokens"))
    return Reply("" if refused else text or "", finish, *counts)


class Pace:
    """Limits the rate of requests evenly.

    Args:
        per_minute: maximum requests per minute; 0 for no limit.
        sleep: sleep function, replaced in tests.
    """

    def __init__(self, per_minute: float, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._gap_s = 60.0 / per_minute if per_minute else 0.0
        self._next = 0.0
        self._sleep = sleep

    async def wait(self) -> None:
        """Wait until the next request may start."""
        now = asyncio.get_running_loop().time()
        turn = max(now, self._next)
        self._next = turn + self._gap_s
        if turn > now:
            await self._sleep(turn - now)

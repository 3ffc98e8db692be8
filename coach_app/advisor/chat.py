"""One question to a server's model, and its answer as it comes."""

import asyncio
import json
import re
import time
from collections.abc import Awaitable, Callable
from typing import Any, Literal

from coach_app.advisor.connection import Connection
from coach_app.domain.elapsed import ms_since
from coach_app.domain.errors import CoachError
from coach_app.domain.words import WholeWords

_MAX_TOKENS = 200
_MAX_CHARACTERS = 4000  # for servers that keep to no number of tokens
_USAGE_S = 1.0
_THOUGHTS = re.compile(r"\s*<think>.*?(</think>|\Z)", re.DOTALL)
_MARKUP = re.compile(r"\*\*|`")


class StreamedAnswer:
    """An answer as it comes.

    Attributes:
        raw: all text that came.
        words: what of it was passed on.
        tokens: as the server counts them; the pieces that came where it does not.
        finished: the server said that nothing follows.
        cut: it became too long, and was broken off before its end.
        first_word_ms, latency_ms: from the beginning to the first word and, once it has ended, to its end.
    """

    def __init__(self, on_words: Callable[[str], None] | None) -> None:
        self._began = time.perf_counter()
        self._on_words = on_words
        self.raw = ""
        self.words = WholeWords(self._tell)
        self.tokens = 0
        self.finished = False
        self.cut = False
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
        self.cut |= bool(choice and choice.finish_reason == "length")
        if chunk.usage:
            self.tokens = int(chunk.usage.completion_tokens)
        return bool(piece or thought)

    def end(self) -> None:
        """Pass on the last word."""
        self.words.show(_spoken(self.raw), last=True)
        self.latency_ms = ms_since(self._began)


class Chat:
    """Asks a model of a server, without the options that the server turns out not to know.

    Args:
        connection: to the server.
        timeout_s: how long it may be silent.
    """

    def __init__(self, connection: Connection, timeout_s: float) -> None:
        self._connection = connection
        self._timeout_s = timeout_s
        self._optional: dict[str, Any] = {
            "stream_options": {"include_usage": True},
            "temperature": 0,
            "max_tokens": _MAX_TOKENS,
        }

    async def ask(self, kind: Literal["chat", "text"], said: dict[str, Any], answer: StreamedAnswer) -> None:
        """Have one question answered. Cancelling closes the connection at once.

        Args:
            kind: which of the protocol's two ways is taken.
            said: what is asked, as that way has it.
            answer: told what comes; complete afterwards.

        Raises:
            CoachError: there is no answer, or no end of it.
        """
        try:
            async with self._connection.request() as (client, patience):
                self._connection.model = self._connection.model or await self._connection.only_model(client)
                create: Any = client.chat.completions.create if kind == "chat" else client.completions.create
                stream = await self._begun(create, said)
                now_s = asyncio.get_running_loop().time
                async with stream:
                    async for chunk in stream:
                        if answer.take(chunk):
                            patience.reschedule(now_s() + self._timeout_s)
                        if answer.finished:  # all that may follow is the number of tokens
                            patience.reschedule(now_s() + _USAGE_S)
                        if len(answer.raw) > _MAX_CHARACTERS:
                            answer.finished = answer.cut = True
                            break
        except CoachError:
            if not answer.finished:
                raise
        if not answer.finished and answer.raw:
            raise self._connection.broken_off()
        answer.end()
        if not answer.words.text:
            raise self._connection.not_understood()

    async def _begun(self, create: Callable[..., Awaitable[Any]], said: dict[str, Any]) -> Any:
        """The stream of an answer; a server that does not know an option is asked again without it, from then on."""
        import openai

        while True:
            try:
                return await create(model=self._connection.model, stream=True, **said, **self._optional)
            except (openai.BadRequestError, openai.UnprocessableEntityError) as error:
                told = json.dumps(error.body)
                refused = next((name for name in self._optional if re.search(rf"\b{name}\b", told)), None)
                if refused is None:
                    raise
                value = self._optional.pop(refused)
                if refused == "max_tokens":
                    self._optional["max_completion_tokens"] = value


def _spoken(raw: str) -> str:
    """Without thoughts and without marks for bold and code."""
    return _MARKUP.sub("", _THOUGHTS.sub("", raw, count=1) if raw.lstrip().startswith("<think>") else raw)

"""Sends a question to a server's model and streams the answer."""

import asyncio
import contextlib
import json
import re
import time
from collections.abc import Callable, Iterable
from typing import Any, Literal

from coach_app.advisor.connection import BrokenOff, Connection, Refused
from coach_app.advisor.events import DONE, error_message
from coach_app.domain.elapsed import ms_since
from coach_app.domain.errors import CoachError
from coach_app.domain.markdown import WholeWords, from_markdown
from coach_app.domain.spoken import MAY_END_A_BRACKET, Spoken, spoken

_MAX_TOKENS = 200
_ROOM_TOKENS = 4096  # for models with thoughts
_MIN_TOKENS = 16
_CHARACTERS_A_TOKEN = 20  # for servers that ignore the token limit
_USAGE_S = 1.0
_HANG_UP_S = 0.1
_THINKING = 2.0
_TALKING = 5.0
"""Time-outs after which no word, or no end, of an answer is waited for."""
_SENTENCE = re.compile(r"[.!?…。！？][)\"'”’」』]*\Z")
_LIMITS = ("max_tokens", "max_completion_tokens")
_TOO_LONG = re.compile(
    r"too (?:large|long|big|many|high)|exceed|at most|at least|less|greater|larger|maximum|context|length|[<>≤]|range",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"completion|output|generat|max_", re.IGNORECASE)
"""What a server names that counts the picture and the answer together."""
_CUT = ("length", "max_tokens", "MAX_TOKENS", "model_length")
_ANSWER_LIMIT_TOKENS = 10**9
_OVERLAP = 8
_MAX_BREAKS = 3  # before anything of an answer has come
_PATHS = {"chat": "/chat/completions", "text": "/completions"}
_THOUGHTS = ("reasoning_content", "reasoning", "reasoning_text", "thinking", "thought", "reasoning_details")


class StreamedAnswer:
    """An answer while it is received.

    Args:
        on_words: called with each new piece of text for the player.
        holds: whether to hold text back until it is certain not to be thoughts.

    Attributes:
        raw: all text received, except thoughts in a separate field.
        text: plain text for the player; set at the end.
        spoken: ``raw`` so far, taken apart.
        thought: whether there were thoughts, in the text or a separate field.
        tokens: number of tokens by the server's count, or else the number of pieces received.
        finished: whether the server reported the end of the answer.
        done: whether it sent the protocol's end marker.
        cut: whether it was cut off by a limit of length or time.
        runs_away: whether it ignored the limit of tokens or time.
        failure: an error received in place of text, possibly unimportant.
        first_word_ms, latency_ms: time from the request to the first word and to the end.
    """

    def __init__(self, on_words: Callable[[str], None] | None, holds: bool = False) -> None:
        self._began = time.perf_counter()
        self._on_words = on_words
        self._holds = holds
        self._words = WholeWords(self._tell)
        self._counted = False
        self.raw = self.text = ""
        self.spoken = Spoken("")
        self.thought = self.finished = self.done = self.cut = self.runs_away = False
        self.failure: dict[str, Any] | None = None
        self.tokens = 0
        self.first_word_ms = self.latency_ms = 0.0

    @property
    def is_unsure(self) -> bool:
        """Whether the text may still turn out to be thoughts."""
        return self._holds and not self.thought

    @property
    def length(self) -> int:
        """Number of characters that may be for the player."""
        return len(self.raw if self.is_unsure else self.spoken.text)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was received, not even an end."""
        return not (self.raw or self.thought or self.finished or self.failure)

    @property
    def has_text(self) -> bool:
        """Whether there is any text that may be for the player."""
        return bool(self.spoken.text.strip())

    def _tell(self, text: str) -> None:
        self.first_word_ms = self.first_word_ms or ms_since(self._began)
        if self._on_words:
            self._on_words(text)

    def take(self, event: dict[str, Any]) -> bool:
        """Process an unchecked event; returns whether it contains text or thoughts.

        Raises:
            Refused: the event is an error.
        """
        if event is DONE:
            self.finished = self.done = True
            return False
        choices = event.get("choices")
        choice = next((part for part in choices if isinstance(part, dict)), {}) if isinstance(choices, list) else {}
        if event.get("error") or choice.get("error") or (not choices and any(map(_is_error, event.items()))):
            raise _refusal(event if event.get("error") or not choices else choice)
        if not choices and error_message(event):
            self.failure = event
        delta, message = (part if isinstance(part := choice.get(name), dict) else {} for name in ("delta", "message"))
        piece = _text(delta.get("content")) or _text(delta.get("refusal")) or _text(choice.get("text"))
        if not self.raw:  # otherwise it repeats the whole text
            piece = piece or _text(message.get("content")) or _text(message.get("refusal"))
        thinks = any(part.get(name) for part in (delta, message) for name in _THOUGHTS)
        self.thought |= thinks
        if piece:
            self._hear(piece)
        if reason := choice.get("finish_reason"):
            self.finished = True
            self.cut |= reason in _CUT
        usage = event.get("usage")
        count = usage.get("completion_tokens") if isinstance(usage, dict) else None
        if isinstance(count, int) and 0 < count < _ANSWER_LIMIT_TOKENS:
            self.tokens, self._counted = count, True
        return bool(piece or thinks)

    def _hear(self, piece: str) -> None:
        self.tokens += not self._counted
        self.raw += piece
        unsure = self.is_unsure
        if (self.spoken.within or (unsure and self.has_text)) and not MAY_END_A_BRACKET.search(
            self.raw, max(len(self.raw) - len(piece) - _OVERLAP, 0)
        ):
            return  # skips most of long thoughts
        self.spoken = spoken(self.raw, last=False)
        self.thought |= self.spoken.thought
        if self.thought or not unsure:
            self._words.show(self.spoken.text)

    def end(self) -> None:
        """Finish the answer and determine the text for the player, without passing it on yet."""
        self.spoken = spoken(self.raw)
        self.thought |= self.spoken.thought
        self.text = from_markdown(self.spoken.text)
        self.latency_ms = ms_since(self._began)

    def say(self) -> None:
        """Pass on the text that was held back, including the last word."""
        if self.text.startswith(self._words.text):
            self._words.show(self.spoken.text, last=True)


class Chat:
    """Sends questions to a server's model, without the options that the server turns out not to support.

    Args:
        connection: connection to the server.
        timeout_s: maximum time without data.
    """

    def __init__(self, connection: Connection, timeout_s: float) -> None:
        self._connection = connection
        self._timeout_s = timeout_s
        self._optional: dict[str, Any] = {"stream": True, "stream_options": {"include_usage": True}, "temperature": 0}
        self._limit = _LIMITS[0]
        self._tokens = _MAX_TOKENS
        # Thoughts without an opening bracket look like an answer until they end: the first answer of a model is held
        # back until its end shows whether it thinks like that.
        self._only_closes: bool | None = None

    async def ask(
        self, kind: Literal["chat", "text"], asked: dict[str, Any], on_words: Callable[[str], None] | None
    ) -> StreamedAnswer:
        """Ask one question. Cancelling closes the connection at once.

        Args:
            kind: which of the protocol's two endpoints is used.
            asked: request body for that endpoint.
            on_words: called with each new piece of text.

        Raises:
            CoachError: there is no answer, or it does not end.
        """
        await self._connection.opened()
        clock = asyncio.get_running_loop().time
        think_until = clock() + _THINKING * self._timeout_s
        answer = await self._answer(kind, asked, on_words, self._tokens, think_until)
        thoughts = self._is_only_thoughts(answer)
        in_doubt = self._only_closes is None and kind == "chat" and answer.cut and not answer.thought
        if (thoughts or in_doubt) and self._tokens < _ROOM_TOKENS and not answer.runs_away and clock() < think_until:
            answer = await self._with_room(kind, asked, on_words, think_until, None if thoughts else answer)
            thoughts = self._is_only_thoughts(answer)
        if thoughts:
            raise self._connection.only_thought()
        if not answer.text:
            raise self._connection.not_understood()
        self._only_closes = answer.spoken.only_closed
        answer.say()
        return answer

    def _is_only_thoughts(self, answer: StreamedAnswer) -> bool:
        unmarked = answer.cut and bool(self._only_closes) and not answer.thought
        return unmarked or (answer.thought and not answer.text)

    async def _with_room(
        self,
        kind: Literal["chat", "text"],
        asked: dict[str, Any],
        on_words: Callable[[str], None] | None,
        think_until: float,
        before: StreamedAnswer | None,
    ) -> StreamedAnswer:
        """Ask again with more tokens for thoughts; falls back to the earlier answer if that does not help."""
        try:
            answer = await self._answer(kind, asked, on_words, _ROOM_TOKENS, think_until)
        except CoachError:
            if before is None:
                raise
            return before
        if answer.thought:
            self._tokens = _ROOM_TOKENS
        elif before and answer.cut and answer.length > _longest(_MAX_TOKENS):
            raise self._connection.only_thought()
        return answer

    async def _answer(
        self,
        kind: Literal["chat", "text"],
        asked: dict[str, Any],
        on_words: Callable[[str], None] | None,
        tokens: int,
        think_until: float,
    ) -> StreamedAnswer:
        """Get an answer of limited length; options that the server refuses are omitted or reduced."""
        limits, most = [self._limit, *(name for name in _LIMITS if name != self._limit), ""], tokens
        streams, breaks = "stream" in self._optional, 0
        while True:
            answer = StreamedAnswer(on_words, self._only_closes is not False)
            limit = {limits[0]: tokens} if limits[0] else {}
            optional = {name: value for name, value in self._optional.items() if streams or "stream" not in name}
            try:
                await self._listen(_PATHS[kind], {**optional, **asked, **limit}, answer, tokens, think_until)
            except BrokenOff:
                breaks += 1
                if not answer.is_empty or breaks == _MAX_BREAKS:
                    raise
                # The first may be a kept connection that the server closed; after the second it may say why otherwise.
                streams = streams and breaks == 1
            except Refused as error:
                option = "" if answer.raw else _refused_option(error, (*self._optional, *_LIMITS))
                if option in self._optional:
                    del self._optional[option]  # a server that does not support it never will
                elif option and _TOO_LONG.search(error.message) and (fewer := _fewer(tokens, error.message)):
                    tokens = fewer  # for this answer only: a smaller picture leaves room for more
                elif option and len(limits) > (2 if _TOO_LONG.search(error.message) else 1):
                    limits.pop(0)
                    tokens = most
                else:
                    raise self._connection.refused(error) from error
            else:
                if streams and answer.is_empty:
                    streams = False  # llama-cpp-python reports errors only without streaming
                    continue
                self._limit = limits[0] or self._limit
                return answer

    async def _listen(
        self, path: str, body: dict[str, Any], answer: StreamedAnswer, tokens: int, think_until: float
    ) -> None:
        """Receive one answer to its end.

        Raises:
            Refused: the server refuses this request.
            CoachError: there is no answer, or it breaks off.
        """
        clock = asyncio.get_running_loop().time
        talk_until = clock() + _TALKING * self._timeout_s
        try:
            async with self._connection.request() as patience:
                self._connection.model = self._connection.model or await self._connection.only_model()
                try:
                    async with (
                        asyncio.timeout_at(think_until) as enough,
                        contextlib.aclosing(
                            self._connection.post(path, {"model": self._connection.model, **body})
                        ) as events,
                    ):
                        async for event in events:
                            has_words = answer.take(event)
                            if answer.has_text:
                                enough.reschedule(talk_until)
                            if answer.finished:  # only the token count may follow
                                patience.reschedule(clock() + (_HANG_UP_S if answer.done else _USAGE_S))
                            elif has_words:
                                patience.reschedule(clock() + self._timeout_s)
                            longest = _longest(tokens if answer.is_unsure else _MAX_TOKENS)
                            if answer.length > longest or len(answer.raw) > _longest(_ROOM_TOKENS):
                                answer.finished = answer.cut = answer.runs_away = True
                                break
                except TimeoutError:
                    answer.cut = answer.runs_away = True
                    if not answer.has_text:
                        thinks_on = self._connection.thinks_on(_THINKING * self._timeout_s)
                        raise (thinks_on if answer.thought else self._connection.silent()) from None
        except BrokenOff:
            if not answer.finished and not _SENTENCE.search(answer.spoken.text.rstrip()):
                raise
        except CoachError:
            if not answer.finished:
                raise
        answer.end()
        if answer.failure and not answer.text and not answer.thought:
            raise _refusal(answer.failure)


def _longest(tokens: int) -> int:
    return _CHARACTERS_A_TOKEN * tokens


def _refused_option(error: Refused, known: Iterable[str]) -> str:
    """The option that a server's error refuses; empty if it is about something else."""
    if error.status not in (400, 422, 500, 501):
        return ""
    for words in (error.message, error.body):
        found = [(match.start(), name) for name in known if (match := re.search(rf"\b{name}\b", words))]
        found = [pair for pair in found if pair[1] != "stream" or error.status != 500]
        if found:
            return min(found)[1]
    whole = _TOO_LONG.search(error.message) and _WHOLE.search(error.message)
    return _LIMITS[0] if whole else ""


def _fewer(tokens: int, words: str) -> int:
    """A smaller number of tokens: the one that the server names, or half of the refused one; 0 if that is too few."""
    named = [int(number) for number in re.findall(r"(?<![\w.])\d{1,6}(?![\w.]*\w)", words)]
    fewer = max((number for number in named if tokens // 2 < number < tokens), default=tokens // 2)
    return fewer if fewer >= _MIN_TOKENS else 0


def _is_error(field: tuple[str, object]) -> bool:
    name, value = field
    return name.lower().startswith("error") and bool(value)


def _refusal(event: dict[str, Any]) -> Refused:
    """The error in an event of an answer."""
    error = event.get("error")
    codes = [part.get(name) for part in (error, event) if isinstance(part, dict) for name in ("code", "status")]
    status = next((code for code in codes if isinstance(code, int) and 400 <= code < 600), 500)
    return Refused(status, error_message(event), json.dumps(event))


def _text(content: object) -> str:
    """The text of a field, which may be a string or a list of parts."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(map(_text, content))
    if isinstance(content, dict) and content.get("type") in (None, "text", "output_text"):
        return _text(content.get("text"))
    return ""

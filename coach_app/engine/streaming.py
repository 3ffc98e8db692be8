"""Streams an answer while it is generated, token by token."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from transformers.generation.streamers import BaseStreamer

from coach_app.domain.certainty import Likelihood
from coach_app.domain.markdown import WholeWords, from_markdown
from coach_app.engine.faults import Stopped
from coach_app.engine.transcript import Transcript


@dataclass(frozen=True)
class Answer:
    """A complete answer.

    Attributes:
        text: plain text.
        tokens: number of generated tokens, the end token included.
        first_word_ms: time from the call to the first word.
        cut: whether it became too long and was cut off.
        thought: whether it was preceded by thoughts.
        ids: ids of the generated tokens, including thoughts.
        weight: if an avoided move was replaced, the probability of the new one relative to it.
        likelihood: how likely the move that it recommends was to the model; None without one.
    """

    text: str
    tokens: int
    first_word_ms: float
    cut: bool = False
    thought: bool = False
    ids: tuple[int, ...] = ()
    weight: float | None = None
    likelihood: Likelihood | None = None


class AnswerStream(BaseStreamer):
    """Turns generated tokens into whole words for the player, and stops the generation on request.

    Args:
        tokenizer: the model's.
        on_words: gets each further piece of text.
        stopped: called before each step, of one token or several; whether to stop.
        limit: maximum number of tokens for the player.
        until: text that ends the answer; empty for none.
        opened: mark of a thought that the prompt leaves open.
    """

    def __init__(
        self,
        tokenizer: Any,
        on_words: Callable[[str], None],
        stopped: Callable[[], bool],
        limit: int,
        until: str = "",
        opened: str = "",
    ) -> None:
        self.began_at = time.perf_counter()
        self._transcript = Transcript(tokenizer, opened)
        self._words = WholeWords(on_words)
        self._stopped = stopped
        self._limit, self._until = limit, until
        self._prompt_tokens = self._visible_tokens = 0
        self._first_word_at: float | None = None

    def put(self, value: torch.Tensor) -> None:
        """Receive the prompt (first call) or the next token."""
        if self._prompt_tokens:
            self.add(*value.flatten().tolist())
        elif self._stopped():
            raise Stopped
        else:
            self._prompt_tokens = value.numel()

    def add(self, *tokens: int) -> bool:
        """Add the next tokens, up to the end of the answer; returns whether it is complete."""
        if self._stopped():
            raise Stopped
        for token in tokens:
            if not self._is_over():
                self.keep([token])
        self._show(last=False)
        return self._is_over()

    def keep(self, tokens: Sequence[int]) -> None:
        """Add tokens without showing them before the next one."""
        self._transcript.add(tokens)
        if self._transcript.spoken.text.strip():
            self._visible_tokens += len(tokens)

    def answer(self, ends: Sequence[int] = ()) -> Answer:
        """The finished answer; it was cut off unless it ended with one of these tokens."""
        first_word_at = self._first_word_at or time.perf_counter()
        tokens = tuple(self._transcript.tokens)
        ended = not tokens or tokens[-1] in ends or self._has_ended()
        return Answer(
            from_markdown(self._text()),
            len(tokens),
            (first_word_at - self.began_at) * 1000,
            cut=not ended,
            thought=self._transcript.spoken.thought,
            ids=tokens,
        )

    def end(self) -> None:
        """Show the last word."""
        self._transcript.end()
        self._show(last=True)

    def stops(self, input_ids: torch.Tensor, scores: object, **_: object) -> torch.Tensor:
        """Stopping criterion: (batch,) bool, whether the answer is complete."""
        return torch.full((len(input_ids),), self._is_over(), device=input_ids.device)

    def _is_over(self) -> bool:
        return self._has_ended() or self._visible_tokens >= self._limit

    def _has_ended(self) -> bool:
        found = self._transcript.spoken
        return found.ended or bool(self._until and self._until in found.text)

    def _text(self) -> str:
        text = self._transcript.spoken.text
        return text.partition(self._until)[0] if self._until else text

    def _show(self, last: bool) -> None:
        self._words.show(self._text(), last)
        if self._words.text and self._first_word_at is None:
            self._first_word_at = time.perf_counter()

"""An answer as it is generated, token by token."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from transformers.generation.streamers import BaseStreamer

from coach_app.domain.markdown import WholeWords, from_markdown
from coach_app.engine.faults import Stopped
from coach_app.engine.transcript import Transcript


@dataclass(frozen=True)
class Answer:
    """A whole answer.

    Attributes:
        text: plain text.
        tokens: number of generated tokens, the end token included.
        first_word_ms: from the call to the first word.
        sure: of an answer that begins with a citation: how probable that was to the model, 0 to 1.
        cut: it became too long, and was broken off before its end.
        thought: the model thought aloud first.
        said: the generated tokens, those of thoughts included.
        weight: of an answer that tells another move than at first: how likely that was to the model, beside the first
            one; 1 is as likely.
    """

    text: str
    tokens: int
    first_word_ms: float
    sure: float | None = None
    cut: bool = False
    thought: bool = False
    said: tuple[int, ...] = ()
    weight: float | None = None


class AnswerStream(BaseStreamer):
    """Turns generated tokens into whole words for the player, and stops the generation when asked to.

    Args:
        tokenizer: the model's.
        on_words: gets each further piece of text.
        stopped: asked before each token.
        limit: so many tokens are for the player.
        until: what the answer goes until; empty is its end.
        opened: what the prompt leaves open.
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
        self._prompt_tokens = self._told = 0
        self._first_word_at: float | None = None

    def put(self, value: torch.Tensor) -> None:
        """Take the prompt (first call) or the next token."""
        if self._prompt_tokens:
            self.add(*value.flatten().tolist())
        elif self._stopped():
            raise Stopped
        else:
            self._prompt_tokens = value.numel()

    def add(self, *tokens: int) -> bool:
        """Take the next tokens; say whether nothing more is wanted."""
        if self._stopped():
            raise Stopped
        self.keep(tokens)
        self._show(last=False)
        return self._is_over()

    def keep(self, tokens: Sequence[int]) -> None:
        """Take tokens that are not shown before the next one is."""
        self._transcript.add(tokens)
        if self._transcript.spoken.text.strip():
            self._told += len(tokens)

    def answer(self, ends: Sequence[int] = ()) -> Answer:
        """What was generated, once it has ended: by one of these tokens, unless it was broken off."""
        first_word_at = self._first_word_at or time.perf_counter()
        tokens = tuple(self._transcript.tokens)
        ended = not tokens or tokens[-1] in ends or self._has_ended()
        return Answer(
            from_markdown(self._text()),
            len(tokens),
            (first_word_at - self.began_at) * 1000,
            cut=not ended,
            thought=self._transcript.spoken.thought,
            said=tokens,
        )

    def end(self) -> None:
        """Show the last word."""
        self._transcript.end()
        self._show(last=True)

    def stops(self, input_ids: torch.Tensor, scores: object, **_: object) -> torch.Tensor:
        """Whether nothing more is wanted, as a stopping criterion: (batch,) bool."""
        return torch.full((len(input_ids),), self._is_over(), device=input_ids.device)

    def _is_over(self) -> bool:
        return self._has_ended() or self._told >= self._limit

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

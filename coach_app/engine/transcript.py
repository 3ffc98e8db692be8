"""Decodes generated tokens into the text that is meant for the player."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from coach_app.domain.spoken import MAY_END_A_BRACKET, is_mark, spoken

_LOOK_BACK = 8  # maximum number of tokens of a closing bracket


@dataclass
class Thinking:
    """What is known about a model's thoughts before it answers.

    Attributes:
        opened: mark that its prompts leave open for the answer to close, for instance ``<think>``; None until known.
        room: extra tokens for its thoughts, in addition to those of the answer.
    """

    opened: str | None = None
    room: int = 0


class Transcript:
    """The tokens of one answer and their text, without thoughts and control tokens (see ``domain.spoken``).

    Everything is decoded again for each token, as a tokenizer may join tokens across any boundary; thoughts, which can
    be long, only when they may end.

    Args:
        tokenizer: the model's.
        opened: mark of a thought that the prompt leaves open.

    Attributes:
        tokens: the tokens so far.
        spoken: their text for the player.
    """

    def __init__(self, tokenizer: Any, opened: str = "") -> None:
        self._tokenizer = tokenizer
        self._opened = opened
        self._hidden: dict[int, bool] = {}
        self.tokens: list[int] = []
        self.spoken = spoken(opened, last=False)

    def add(self, tokens: Iterable[int]) -> None:
        """Add the next tokens."""
        self.tokens += tokens
        if not self.spoken.within or MAY_END_A_BRACKET.search(self._text(self.tokens[-_LOOK_BACK:])):
            self.spoken = spoken(self._opened + self._text(self.tokens), last=False)

    def end(self) -> None:
        """Note that the answer is complete."""
        self.spoken = spoken(self._opened + self._text(self.tokens))

    def _text(self, tokens: Iterable[int]) -> str:
        shown = [token for token in tokens if not self._is_hidden(token)]
        return self._decoded(shown, skips=False).rstrip("\ufffd")  # part of a character that takes several tokens

    def _is_hidden(self, token: int) -> bool:
        """Whether a token is a control token that does not mark thoughts."""
        if token not in self._hidden:
            text = self._decoded([token], skips=False)
            self._hidden[token] = bool(text) and not self._decoded([token], skips=True) and not is_mark(text)
        return self._hidden[token]

    def _decoded(self, tokens: list[int], skips: bool) -> str:
        return str(self._tokenizer.decode(tokens, skip_special_tokens=skips, clean_up_tokenization_spaces=False))

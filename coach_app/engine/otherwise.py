"""Another move than the ones that did not help, by the model's own second thoughts.

The answer is kept up to the word that tells the move; there the likeliest of the other moves takes its place, and the
model goes on from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import torch
from transformers import LogitsProcessor

from coach_app.domain.moves import NamedMove, find_named_move


@dataclass(frozen=True)
class Otherwise:
    """What an answer is not to tell again.

    Attributes:
        moves: names of all moves of the game.
        tried: those that are not to be told.
    """

    moves: tuple[str, ...]
    tried: tuple[str, ...]

    def told(self, text: str) -> NamedMove | None:
        """The place in an answer where one of the tried moves is told; None where another, or none, is."""
        told = find_named_move(text, self.moves)
        return told if told and told.move in self.tried else None


class SecondThought(LogitsProcessor):
    """Chooses the likeliest move that is left at the place of a word, and has it said.

    Args:
        tokenizer: a fast one.
        text: the answer, as it is decoded from ``tokens``.
        tokens: of the answer.
        told: the word in it.
        otherwise: the moves that are left.

    Attributes:
        kept: the tokens before the word.
        move: the chosen one; None before the first call, and where no move is left.
        weight: how likely the chosen move was to the model, beside the one that it told: 1 is as likely.
    """

    def __init__(self, tokenizer: Any, text: str, tokens: Sequence[int], told: NamedMove, otherwise: Otherwise) -> None:
        count = next(n for n in range(len(tokens)) if len(decoded(tokenizer, tokens[: n + 1])) > told.start)
        self.kept = list(tokens[:count])
        self.move: str | None = None
        self.weight = 0.0
        before, word = text[: told.start], text[told.start : told.end]
        self._first = tokens[count]
        self._spelled = {
            move: _tail(tokenizer, before, move.capitalize() if word[0].isupper() else move)
            for move in otherwise.moves
            if move not in otherwise.tried
        }
        self._waiting: list[int] = []

    def choose(self, scores: torch.Tensor) -> list[int]:
        """The tokens of the likeliest move that is left, by the scores of the next token, (1, vocabulary)."""
        likely = scores[0].float().softmax(-1)
        if not self._spelled:
            return []
        self.move = max(self._spelled, key=lambda move: float(likely[self._spelled[move][0]]))
        chosen = self._spelled[self.move]
        self.weight = float(likely[chosen[0]] / likely[self._first])
        return chosen

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> Any:
        """Scores of the next token, (1, vocabulary): as they are, or with one token left."""
        if self.move is None:
            self._waiting = list(self.choose(scores))
        if not self._waiting:
            return scores
        only = torch.full_like(scores, -torch.inf)
        only[:, self._waiting.pop(0)] = 0.0
        return only


def decoded(tokenizer: Any, tokens: Sequence[int]) -> str:
    """The text of an answer's tokens, as it was generated."""
    text = tokenizer.decode(list(tokens), skip_special_tokens=True, clean_up_tokenization_spaces=False)
    return str(text).rstrip("\ufffd")


def _tail(tokenizer: Any, before: str, word: str) -> list[int]:
    """The tokens that a word takes after a text."""
    coded = tokenizer(before + word, add_special_tokens=False, return_offsets_mapping=True)
    pairs = zip(coded["input_ids"], coded["offset_mapping"], strict=True)
    return [token for token, (_, end) in pairs if end > len(before)]

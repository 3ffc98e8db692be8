"""Lets the model recommend another move when earlier ones did not help.

The answer is kept up to the word of the move; the most likely other move replaces it, and the model continues from
there.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Any

import torch
from transformers import LogitsProcessor

from coach_app.domain.certainty import Likelihood
from coach_app.domain.moves import AvoidedMoves, NamedMove, find_named_move
from coach_app.engine.streaming import Answer


def move_likelihood(
    tokenizer: Any, found: Answer, probabilities: Sequence[float], moves: Sequence[str]
) -> Likelihood | None:
    """How likely the move that an answer recommends was to the model: the tokens that spell it, and all up to them.

    Args:
        tokenizer: the model's.
        found: the answer.
        probabilities: of its tokens.
        moves: names of all moves of the game.

    Returns:
        None if it recommends none, or thought before.
    """
    if not moves or found.thought:
        return None
    tokens = found.ids
    mention = find_named_move(decoded(tokenizer, tokens), moves)
    if mention is None:
        return None

    def length(count: int) -> int:
        return len(decoded(tokenizer, tokens[:count]))

    counts = range(len(tokens) + 1)
    first = bisect_right(counts, mention.start, key=length) - 1
    last = bisect_left(counts, mention.end, key=length)
    return Likelihood(math.prod(probabilities[first:last]), math.prod(probabilities[:last]))


class SecondThought(LogitsProcessor):
    """Logits processor that replaces a move by the most likely remaining one.

    Args:
        tokenizer: a fast one.
        text: the answer, as it is decoded from ``tokens``.
        tokens: tokens of the answer.
        mention: the move in it.
        avoided: the moves to avoid.

    Attributes:
        kept: the tokens before the word.
        move: the chosen move; None before the first call, and if no move is left.
        weight: probability of the chosen move relative to that of the original one.
    """

    def __init__(
        self, tokenizer: Any, text: str, tokens: Sequence[int], mention: NamedMove, avoided: AvoidedMoves
    ) -> None:
        count = next(n for n in range(len(tokens)) if len(decoded(tokenizer, tokens[: n + 1])) > mention.start)
        self.kept = list(tokens[:count])
        self.move: str | None = None
        self.weight = 0.0
        before, word = text[: mention.start], text[mention.start : mention.end]
        self._first = tokens[count]
        self._spelled = {
            move: _tail(tokenizer, before, move.capitalize() if word[0].isupper() else move)
            for move in avoided.moves
            if move not in avoided.tried
        }
        self._waiting: list[int] = []

    def choose(self, scores: torch.Tensor) -> list[int]:
        """The tokens of the most likely remaining move, by the scores of the next token, (1, vocabulary)."""
        likely = scores[0].float().softmax(-1)
        if not self._spelled:
            return []
        self.move = max(self._spelled, key=lambda move: float(likely[self._spelled[move][0]]))
        chosen = self._spelled[self.move]
        self.weight = float(likely[chosen[0]] / likely[self._first])
        return chosen

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> Any:
        """Scores of the next token, (1, vocabulary): unchanged, or allowing a single token."""
        if self.move is None:
            self._waiting = list(self.choose(scores))
        if not self._waiting:
            return scores
        only = torch.full_like(scores, -torch.inf)
        only[:, self._waiting.pop(0)] = 0.0
        return only


def decoded(tokenizer: Any, tokens: Sequence[int]) -> str:
    """Decode an answer's tokens without clean-up."""
    text = tokenizer.decode(list(tokens), skip_special_tokens=True, clean_up_tokenization_spaces=False)
    return str(text).rstrip("\ufffd")


def _tail(tokenizer: Any, before: str, word: str) -> list[int]:
    """The tokens of a word after a text."""
    coded = tokenizer(before + word, add_special_tokens=False, return_offsets_mapping=True)
    pairs = zip(coded["input_ids"], coded["offset_mapping"], strict=True)
    return [token for token, (_, end) in pairs if end > len(before)]

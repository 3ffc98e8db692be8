"""Citations that are exact: a model chooses which sentence to cite, and the sentence follows as it was read."""

from typing import Any

import torch
from transformers import LogitsProcessor

from coach_app.knowledge.prompt import cited_last, quotable


class Quoting(LogitsProcessor):
    """Makes what follows a mark the sentence of that mark, in an answer that begins with one, and tells how sure it is.

    A model that is trained to cite so has to choose sentences, and when to stop; it need not copy them, at which small
    models fail. Whoever begins in other words is left alone: a mark in an essay stands behind what it is about. The
    principle is jump-forward decoding (Zheng et al. 2024, SGLang, arXiv:2312.07104), but for the jump.

    Args:
        tokenizer: a fast one; with another nothing is changed.
        prompt: the whole text that the model goes on with; its numbered sentences are what can be cited.
    """

    def __init__(self, tokenizer: Any, prompt: str) -> None:
        self._tokenizer = tokenizer
        self._waiting: list[int] = []
        self._cites = False
        self._sure = 1.0
        spans = quotable(prompt) if tokenizer.is_fast else {}
        coded = tokenizer(prompt, return_offsets_mapping=bool(spans))
        ids = coded["input_ids"]
        self._length = len(ids)
        placed = list(zip(ids, coded["offset_mapping"], strict=True)) if spans else []
        self._said = {
            number: [token for token, (left, right) in placed if left < end and right > begin]
            for number, (begin, end) in spans.items()
        }

    @property
    def sure(self) -> float | None:
        """How probable the first citation was to the model, 0 to 1; None where the answer does not begin with one."""
        return self._sure if self._cites else None

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> Any:
        """Scores of the next token, (1, vocabulary): as they are, or with one token left."""
        if not self._waiting:
            answer = self._tokenizer.decode(input_ids[0, self._length :], skip_special_tokens=True)
            self._waiting = list(self._said.get(cited_last(answer), ()))
        if not self._waiting:
            if not self._cites:  # up to the first sentence all tokens are the model's choice
                self._sure *= float(scores.softmax(-1).max())
            return scores
        self._cites = True
        only = torch.full_like(scores, -torch.inf)
        only[:, self._waiting.pop(0)] = 0.0
        return only

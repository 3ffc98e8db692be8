"""Exact citations: the model chooses a sentence to cite, and the sentence is then copied verbatim."""

from typing import Any

import torch
from transformers import LogitsProcessor

from coach_app.knowledge.prompt import cited_last, quotable


class Quoting(LogitsProcessor):
    """Logits processor that follows each mark by its sentence, in an answer that begins with a mark.

    A model trained to cite like this only has to choose sentences and when to stop; it need not copy them, at which
    small models fail. Answers that begin otherwise are left alone: in prose a mark follows its claim. The principle is
    jump-forward decoding (Zheng et al. 2024, SGLang, arXiv:2312.07104), without the jump.

    Args:
        tokenizer: a fast tokenizer; with others nothing is changed.
        prompt: the whole prompt; its numbered sentences can be cited.
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
        """Probability of the first citation, 0 to 1; None if the answer does not begin with one."""
        return self._sure if self._cites else None

    def __call__(self, input_ids: torch.Tensor, scores: torch.Tensor) -> Any:
        """Scores of the next token, (1, vocabulary): unchanged, or allowing a single token."""
        if not self._waiting:
            answer = self._tokenizer.decode(input_ids[0, self._length :], skip_special_tokens=True)
            self._waiting = list(self._said.get(cited_last(answer), ()))
        if not self._waiting:
            if not self._cites:  # up to the first sentence the model chooses all tokens
                self._sure *= float(scores.softmax(-1).max())
            return scores
        self._cites = True
        only = torch.full_like(scores, -torch.inf)
        only[:, self._waiting.pop(0)] = 0.0
        return only

"""Auxiliary labels for numbered sentences: whether the answer cites them."""

from collections.abc import Sequence
from typing import Any

from coach_app.knowledge.prompt import MAX_MARKS, mark

IGNORED = -100
"""The label of what is not learned."""


def labels_of(tokenizer: Any, prompt: Sequence[int], answer: Sequence[int]) -> list[int]:
    """Labels for the prompt with numbered sentences.

    The label at the end of every sentence, that is at the mark of the next one, is its own mark if the answer cites it,
    otherwise the padding token. Neither is ever generated, but this gives a signal for every sentence, so that choosing
    is learned from far fewer texts (deep supervision: Lee et al. 2015, arXiv:1409.5185).

    Args:
        tokenizer: if it lacks single tokens for the marks, there are no labels.
        prompt: tokens of the prompt.
        answer: tokens of the answer.

    Returns:
        A label for each token of the prompt.
    """
    labels = [IGNORED] * len(prompt)
    marks = tokenizer.convert_tokens_to_ids([mark(number) for number in range(1, MAX_MARKS + 1)])
    first, none = marks[0], tokenizer.pad_token_id
    if None in (first, none) or marks != list(range(first, first + MAX_MARKS)):
        return labels
    chosen = {token for token in answer if token >= first}
    for place, token in enumerate(prompt[:-1]):
        if token > first:
            labels[place + 1] = token - 1 if token - 1 in chosen else none
    return labels

"""What a text model learns about numbered sentences beside the answer itself: which of them the answer cites."""

from collections.abc import Sequence
from typing import Any

from coach_app.knowledge.prompt import MAX_MARKS, mark

IGNORED = -100
"""The label of what is not learned."""


def labels_of(tokenizer: Any, asked: Sequence[int], said: Sequence[int]) -> list[int]:
    """What is learned from a question with numbered sentences, before the answer.

    At the end of every sentence, that is at the mark of the next one, it is whether the answer cites it: its own mark,
    or nothing, by the token that pads. Neither is ever said, but each text so tells of all its sentences, and choosing
    among them is learned with far fewer texts (deep supervision: Lee et al. 2015, arXiv:1409.5185).

    Args:
        tokenizer: only one that has a token for each mark learns so; with another nothing is to be learned.
        asked: tokens of the question.
        said: tokens of the answer.

    Returns:
        A label for each token of the question.
    """
    labels = [IGNORED] * len(asked)
    marks = tokenizer.convert_tokens_to_ids([mark(number) for number in range(1, MAX_MARKS + 1)])
    first, none = marks[0], tokenizer.pad_token_id
    if None in (first, none) or marks != list(range(first, first + MAX_MARKS)):
        return labels
    chosen = {token for token in said if token >= first}
    for place, token in enumerate(asked[:-1]):
        if token > first:
            labels[place + 1] = token - 1 if token - 1 in chosen else none
    return labels

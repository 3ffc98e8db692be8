"""Rows of tokens from which a language model learns, as batches."""

from collections.abc import Sequence

import torch

IGNORED = -100
"""The label of a token that is not learned."""


def collate(rows: Sequence[dict[str, list[int]]], padding: int) -> dict[str, torch.Tensor]:
    """A batch of rows of any lengths, padded on the right.

    Args:
        rows: each with ``input_ids`` and ``labels`` of equal length.
        padding: token that fills up shorter rows.

    Returns:
        ``input_ids``, ``attention_mask`` and ``labels``, (rows, tokens) int64.
    """
    tokens = max(len(row["input_ids"]) for row in rows)

    def padded(fill: int, values: Sequence[list[int]]) -> torch.Tensor:
        return torch.tensor([value + [fill] * (tokens - len(value)) for value in values])

    return {
        "input_ids": padded(padding, [row["input_ids"] for row in rows]),
        "attention_mask": padded(0, [[1] * len(row["input_ids"]) for row in rows]),
        "labels": padded(IGNORED, [row["labels"] for row in rows]),
    }

"""Measures what an adapter has learned and forgotten, and whether it is an improvement."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from coach_app.training.experience.examples import IGNORED, Asked, Batch, Prepared
from coach_app.training.experience.losses import distance, perplexity
from coach_app.training.precision import multiplies_bfloat16


@dataclass(frozen=True)
class Answers:
    """How a model answers some questions.

    Attributes:
        right: whether its most likely words are the answer, word by word, of each; or whether it names the move.
        losses: mean negative log-likelihood of each answer.
        same: share of the commonest of its answers.
        distance: mean Kullback-Leibler divergence from the model without its adapter, in nats a token.
    """

    right: tuple[bool, ...]
    losses: tuple[float, ...]
    same: float
    distance: float

    @property
    def share(self) -> float:
        """Share of right answers."""
        return sum(self.right) / len(self.right) if self.right else 0.0

    @property
    def perplexity(self) -> float:
        """Of the answers."""
        return perplexity(self.losses)


def said(model: Any, batch: Batch) -> Tensor:
    """What a model expects at each token of the answers: (questions, longest answer, vocabulary) logits."""
    count = batch.labels.shape[1]
    device = batch.labels.device.type
    with torch.autocast(device, torch.bfloat16, enabled=multiplies_bfloat16()):
        logits = model(**batch.inputs, logits_to_keep=count + 1, use_cache=False).logits
    found: Tensor = logits[:, -count - 1 : -1].float()
    return found


def losses_of(model: Any, batch: Batch) -> Tensor:
    """Mean negative log-likelihood of each answer, (questions,)."""
    return _losses(said(model, batch), batch.labels)


def _losses(logits: Tensor, labels: Tensor) -> Tensor:
    each = cross_entropy(logits.transpose(1, 2), labels, ignore_index=IGNORED, reduction="none")
    return each.sum(1) / (labels != IGNORED).sum(1)


@torch.no_grad()
def measured(model: Any, prepared: Prepared, asked: Sequence[Asked]) -> Answers:
    """How a model with an adapter answers.

    Args:
        model: adapted by peft, in eval mode.
        prepared: puts questions into tokens.
        asked: the questions.
    """
    count = len(asked)
    right, losses, away, heard = [False] * count, [0.0] * count, [0.0] * count, [()] * count
    for numbers, batch in prepared.sorted(asked):
        now, given = said(model, batch), batch.labels != IGNORED
        with model.disable_adapter():
            before = said(model, batch)
        likely = now.argmax(-1)
        correct = ((likely == batch.labels) | ~given).all(1).tolist()
        for row, (number, loss) in enumerate(zip(numbers, _losses(now, batch.labels).tolist(), strict=True)):
            there = given[row]
            right[number], losses[number] = correct[row], loss
            away[number] = float(distance(now[row][there], before[row][there]))
            heard[number] = tuple(likely[row][there].tolist())
    same = Counter(heard).most_common(1)[0][1] / count if count else 0.0
    return Answers(tuple(right), tuple(losses), same, float(np.mean(away)) if away else 0.0)


def commonest(asked: Sequence[Asked]) -> float:
    """The share of the commonest right answer, or move."""
    return Counter(each.move or each.answer for each in asked).most_common(1)[0][1] / len(asked) if asked else 0.0

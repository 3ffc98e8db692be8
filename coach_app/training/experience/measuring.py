"""Measures what an adapter has learned and forgotten, and whether it is an improvement."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from coach_app.training.experience.examples import IGNORED, Asked, Encoded, Encoder
from coach_app.training.experience.losses import distance, perplexity

_RESAMPLES = 10_000


@dataclass(frozen=True)
class Answers:
    """How a model answers some questions.

    Attributes:
        right: whether its most likely words are the answer, word by word, of each.
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


def said(model: Any, example: Encoded) -> Tensor:
    """What a model expects at each token of an answer: (tokens, vocabulary) logits."""
    count = int((example.labels != IGNORED).sum())
    logits = model(**example.inputs, logits_to_keep=count + 1, use_cache=False).logits
    found: Tensor = logits[0, -count - 1 : -1]
    return found


def wanted(example: Encoded) -> Tensor:
    """The tokens of an answer: (tokens,) int64."""
    return example.labels[example.labels != IGNORED]


def loss_of(model: Any, example: Encoded) -> Tensor:
    """Mean negative log-likelihood of an answer."""
    return cross_entropy(said(model, example).float(), wanted(example))


@torch.no_grad()
def measured(model: Any, encoder: Encoder, asked: Sequence[Asked]) -> Answers:
    """How a model with an adapter answers.

    Args:
        model: adapted by peft, in eval mode.
        encoder: puts questions into tokens.
        asked: the questions.
    """
    right, losses, away = [], [], []
    heard: Counter[tuple[int, ...]] = Counter()
    for each in asked:
        example = encoder.encode(each)
        now, answer = said(model, example), wanted(example)
        with model.disable_adapter():
            before = said(model, example)
        away.append(float(distance(now, before)))
        losses.append(float(cross_entropy(now.float(), answer)))
        likely = now.argmax(-1)
        right.append(bool((likely == answer).all()))
        heard[tuple(likely.tolist())] += 1
    same = heard.most_common(1)[0][1] / len(asked) if asked else 0.0
    return Answers(tuple(right), tuple(losses), same, float(np.mean(away)) if away else 0.0)


def commonest(asked: Sequence[Asked]) -> float:
    """The share of the commonest right answer."""
    return Counter(each.answer for each in asked).most_common(1)[0][1] / len(asked) if asked else 0.0


def improvement(
    before: Sequence[float], after: Sequence[float], seeds: Sequence[int], seed: int = 0
) -> tuple[float, float, float]:
    """The mean improvement with its 95 % interval, by a paired bootstrap over episodes (Efron 1979).

    Args:
        before, after: scores of the same questions.
        seeds: the episode of each.
        seed: of the resampling.
    """
    episodes = sorted(set(seeds))
    numbers = {episode: number for number, episode in enumerate(episodes)}
    gained, count = np.zeros(len(episodes)), np.zeros(len(episodes))
    for old, new, episode in zip(before, after, seeds, strict=True):
        gained[numbers[episode]] += new - old
        count[numbers[episode]] += 1
    drawn = np.random.default_rng(seed).integers(len(episodes), size=(_RESAMPLES, len(episodes)))
    means = gained[drawn].sum(1) / count[drawn].sum(1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(gained.sum() / count.sum()), float(low), float(high)

"""What keeps a model from forgetting, and what orders its answers."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import torch
from peft.tuners.lora import LoraLayer
from torch import Tensor
from torch.nn.functional import kl_div, log_softmax, logsigmoid, relu

T = TypeVar("T")
MARGIN, RATIO, SCALE = 10.0, 0.2, 7
"""Margin at the largest difference of ratings, weight of what it costs, and the largest rating."""
BETA = 0.1
"""Of direct preference optimization; trl's default."""


def lora_layers(model: Any) -> dict[str, LoraLayer]:
    """The adapted layers of a model, by name."""
    return {name: module for name, module in model.named_modules() if isinstance(module, LoraLayer)}


def changes(model: Any) -> dict[str, Tensor]:
    """By how much an adapter changes each weight: (out, in) by the name of its layer, with gradients."""
    found = {}
    for name, layer in lora_layers(model).items():
        (adapter,) = layer.active_adapters
        a, b = (cast(Tensor, part[adapter].weight) for part in (layer.lora_A, layer.lora_B))
        found[name] = layer.scaling[adapter] * (b @ a)
    return found


def fisher(model: Any, batches: Iterable[T], losses_of: Callable[[T], Tensor]) -> dict[str, Tensor]:
    """The diagonal of the Fisher information of the adapted layers' own weights: their mean squared gradient
    (Kirkpatrick et al. 2017, arXiv:1612.00796).

    The weights need no gradients of their own, so that they may be quantised: the gradient of a weight is the product
    of what comes into its layer and of the gradient of what goes out, for each example of a batch by itself.

    Args:
        model: with an adapter that changes nothing yet.
        batches: examples of what the model is to keep.
        losses_of: returns the losses of the examples of a batch, (examples,).

    Returns:
        (out, in) float32, by the name of the layer.
    """
    total: dict[str, Tensor] = {}
    count = 0
    with _squared_gradients(lora_layers(model), total):
        for batch in batches:
            losses = losses_of(batch)
            losses.sum().backward()
            model.zero_grad(set_to_none=True)
            count += len(losses)
    return {name: each / max(1, count) for name, each in total.items()}


@contextmanager
def _squared_gradients(layers: dict[str, LoraLayer], total: dict[str, Tensor]) -> Iterator[None]:
    """Adds up the squared gradients of the layers' own weights; each layer is used once in a pass."""

    def watch(name: str) -> Any:
        def forward(_: Any, inputs: tuple[Tensor, ...], output: Tensor) -> None:
            given = inputs[0].detach()

            def backward(gradient: Tensor) -> None:
                for came, back in zip(given.float(), gradient.float(), strict=True):
                    square = (back.T @ came).square_()
                    total[name] = total[name].add_(square) if name in total else square

            if output.requires_grad:
                output.register_hook(backward)

        return forward

    handles = [layer.register_forward_hook(watch(name)) for name, layer in layers.items()]  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def consolidation(model: Any, importance: dict[str, Tensor]) -> Tensor:
    """What the changes of an adapter cost: the sum over all weights of Fisher information times squared change."""
    terms = [(importance[name] * change**2).sum() for name, change in changes(model).items() if name in importance]
    return torch.stack(terms).sum() if terms else torch.zeros(())


def distance(now: Tensor, before: Tensor) -> Tensor:
    """How far a model is from what it said before: the mean Kullback-Leibler divergence, which forgetting follows
    (Shenfeld et al. 2025, arXiv:2509.04259).

    Args:
        now: (tokens, vocabulary) logits.
        before: the same of the model without its adapter.
    """
    said, kept = log_softmax(now.float(), -1), log_softmax(before.float(), -1)
    return kl_div(said, kept, reduction="batchmean", log_target=True)


def margin_loss(losses: Sequence[Tensor], ratings: Sequence[int]) -> Tensor:
    """The loss of Stable Alignment (Liu et al. 2023, arXiv:2305.16960): imitate the best answer, and keep the others
    less likely, by a margin that grows with the difference of their ratings.

    Args:
        losses: mean negative log-likelihood of each answer, scalars.
        ratings: from 1 to 7, one of each answer.
    """
    best = max(range(len(losses)), key=lambda index: ratings[index])
    others = [
        losses[best] - losses[index] + (ratings[best] - rating) / SCALE * MARGIN
        for index, rating in enumerate(ratings)
        if rating < ratings[best]
    ]
    return losses[best] + RATIO * relu(torch.stack(others).mean()) if others else losses[best]


def dpo_loss(now: Tensor, before: Tensor, ratings: Sequence[int], beta: float = BETA) -> Tensor:
    """The loss of Direct Preference Optimization (Rafailov et al. 2023, arXiv:2305.18290), over all pairs of answers of
    which one is better: as trl's ``DPOTrainer`` has it, but for models that see, too.

    Args:
        now: negative log-likelihood of each answer, (answers,).
        before: the same of the model without its adapter.
        ratings: of each; at least two differ.
        beta: how far from the model before it may go; less is farther.
    """
    gained = before - now
    pairs = [
        logsigmoid(beta * (gained[better] - gained[worse]))
        for better in range(len(ratings))
        for worse in range(len(ratings))
        if ratings[better] > ratings[worse]
    ]
    return -torch.stack(pairs).mean()


def perplexity(losses: Sequence[float]) -> float:
    """Of mean losses; limited, as a broken model has any."""
    return math.exp(min(50.0, sum(losses) / len(losses))) if losses else math.nan

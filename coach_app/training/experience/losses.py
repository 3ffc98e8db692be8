"""What keeps a model from forgetting, and what orders its answers."""

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

import torch
from peft.tuners.lora import LoraLayer
from torch import Tensor
from torch.nn.functional import kl_div, log_softmax, relu

MARGIN, RATIO, SCALE = 10.0, 0.2, 7
"""Margin at the largest difference of ratings, weight of what it costs, and the largest rating."""


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


def fisher(model: Any, examples: Iterable[Any], loss_of: Callable[[Any], Tensor]) -> dict[str, Tensor]:
    """The diagonal of the Fisher information of the adapted layers' own weights: their mean squared gradient
    (Kirkpatrick et al. 2017, arXiv:1612.00796).

    The weights need no gradients of their own, so that they may be quantised: the gradient of a weight is the product
    of what comes into its layer and of the gradient of what goes out.

    Args:
        model: with an adapter that changes nothing yet.
        examples: of what the model is to keep.
        loss_of: returns the loss of an example.

    Returns:
        (out, in) float32, by the name of the layer.
    """
    total: dict[str, Tensor] = {}
    count = 0
    for example in examples:
        with _gradients(lora_layers(model)) as found:
            loss_of(example).backward()
        model.zero_grad(set_to_none=True)
        for name, gradient in found.items():
            total[name] = total.get(name, torch.zeros_like(gradient)) + gradient**2
        count += 1
    return {name: each / max(1, count) for name, each in total.items()}


@contextmanager
def _gradients(layers: dict[str, LoraLayer]) -> Iterator[dict[str, Tensor]]:
    """The gradients of the layers' own weights in one backward pass."""
    found: dict[str, Tensor] = {}

    def watch(name: str) -> Any:
        def forward(_: Any, inputs: tuple[Tensor, ...], output: Tensor) -> None:
            given = inputs[0].detach()

            def backward(gradient: Tensor) -> None:
                made = gradient.flatten(0, -2).float().T @ given.flatten(0, -2).float()
                found[name] = found.get(name, torch.zeros_like(made)) + made

            if output.requires_grad:
                output.register_hook(backward)

        return forward

    handles = [layer.register_forward_hook(watch(name)) for name, layer in layers.items()]  # type: ignore[attr-defined]
    try:
        yield found
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


def perplexity(losses: Sequence[float]) -> float:
    """Of mean losses; limited, as a broken model has any."""
    return math.exp(min(50.0, sum(losses) / len(losses))) if losses else math.nan

"""What keeps a model from forgetting, and what orders its answers."""

import math
from typing import cast

import pytest
import torch
from peft import LoraConfig, get_peft_model
from torch import Tensor, nn
from torch.nn.functional import mse_loss

from coach_app.training.experience.losses import (
    MARGIN,
    RATIO,
    changes,
    consolidation,
    distance,
    dpo_loss,
    fisher,
    lora_layers,
    margin_loss,
    perplexity,
)


class Two(nn.Module):
    """Two layers."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second = nn.Linear(3, 4), nn.Linear(4, 2)

    def forward(self, x: Tensor) -> Tensor:
        found: Tensor = self.second(torch.tanh(self.first(x)))
        return found


def adapted() -> nn.Module:
    torch.manual_seed(0)
    return get_peft_model(Two(), LoraConfig(r=2, lora_alpha=4, target_modules=["first", "second"]))


def test_importance_is_the_mean_squared_gradient_of_the_weights() -> None:
    # GIVEN a model with an adapter that changes nothing, and some examples
    model, examples = adapted(), [(torch.randn(1, 5, 3), torch.randn(1, 5, 2)) for _ in range(4)]

    def loss(example: tuple[Tensor, Tensor]) -> Tensor:
        return mse_loss(model(example[0]), example[1])

    def losses(batch: list[tuple[Tensor, Tensor]]) -> Tensor:
        given, wanted = (torch.cat(part) for part in zip(*batch, strict=True))
        return mse_loss(model(given), wanted, reduction="none").flatten(1).mean(1)

    # WHEN what matters is estimated, of several at once
    found = fisher(model, [examples[:3], examples[3:]], losses)
    # THEN it is the mean of the squares of the gradients that the weights themselves would have
    for name, layer in lora_layers(model).items():
        weight = cast(Tensor, layer.base_layer.weight)
        weight.requires_grad_(True)
        squares = [torch.autograd.grad(loss(example), weight)[0] ** 2 for example in examples]
        assert torch.allclose(found[name], torch.stack(squares).mean(0), rtol=1e-4)


def test_changes_cost_as_much_as_they_matter() -> None:
    # GIVEN an adapter WHEN it changes nothing THEN that costs nothing
    model = adapted()
    importance = {name: torch.ones_like(change) for name, change in changes(model).items()}
    assert float(consolidation(model, importance).detach()) == 0.0
    # WHEN it does THEN it costs the squares, as far as they matter, and the adapter is pulled back
    for layer in lora_layers(model).values():
        nn.init.ones_(cast(Tensor, layer.lora_B["default"].weight))
    cost = consolidation(model, importance)
    squares = sum(float((change**2).sum().detach()) for change in changes(model).values())
    assert float(cost.detach()) == pytest.approx(squares, rel=1e-5)
    cost.backward()
    assert all(layer.lora_B["default"].weight.grad is not None for layer in lora_layers(model).values())
    nothing = {name: torch.zeros_like(each) for name, each in importance.items()}
    assert float(consolidation(model, nothing).detach()) == 0.0


@pytest.mark.parametrize(
    ("losses", "ratings", "expected"),
    [
        ([1.0], [7], 1.0),
        ([1.0, 1.0], [6, 6], 1.0),  # none is better
        ([1.0, 1.0 + 5 / 7 * MARGIN], [7, 2], 1.0),  # far enough away
        ([1.0, 1.0], [7, 2], 1.0 + RATIO * 5 / 7 * MARGIN),
        ([1.0, 2.0], [2, 7], 2.0 + RATIO * (1.0 + 5 / 7 * MARGIN)),
        ([1.0, 1.0, 1.0], [7, 6, 2], 1.0 + RATIO * 3 / 7 * MARGIN),
    ],
)
def test_better_answers_are_kept_more_likely_by_a_margin(
    losses: list[float], ratings: list[int], expected: float
) -> None:
    # GIVEN rated answers WHEN their loss is computed THEN it is that of the best, and how much too near the others are
    assert float(margin_loss([torch.tensor(loss) for loss in losses], ratings)) == pytest.approx(expected)


def test_direct_preferences_cost_what_trl_says() -> None:
    # GIVEN how likely answers are, now and before WHEN one is better than the other
    now, before = torch.tensor([3.0, 5.0]), torch.tensor([4.0, 2.0])
    # THEN the loss is that of trl's DPOTrainer: -log sigmoid(beta * (what the better gained - what the other did))
    assert float(dpo_loss(now, before, (7, 2), beta=0.5)) == pytest.approx(math.log(1 + math.exp(-0.5 * (1.0 + 3.0))))
    # WHEN nothing was learned THEN it is that of chance; of three answers all pairs count
    assert float(dpo_loss(now, now, (2, 7))) == pytest.approx(math.log(2))
    three = dpo_loss(torch.tensor([0.0, 1.0, 2.0]), torch.zeros(3), (7, 6, 6), beta=1.0)
    assert float(three) == pytest.approx((math.log(1 + math.exp(-1.0)) + math.log(1 + math.exp(-2.0))) / 2)


def test_the_distance_is_none_where_nothing_changed() -> None:
    # GIVEN what a model says WHEN it says the same THEN the distance is 0; else what Kullback and Leibler say
    now = torch.tensor([[0.0, 0.0], [1.0, 3.0]])
    assert float(distance(now, now)) == pytest.approx(0.0)
    before = torch.tensor([[math.log(0.9), math.log(0.1)]])
    expected = 0.9 * math.log(0.9 / 0.5) + 0.1 * math.log(0.1 / 0.5)
    assert float(distance(now[:1], before)) == pytest.approx(expected, rel=1e-5)
    assert perplexity([0.0, 2.0]) == pytest.approx(math.e)

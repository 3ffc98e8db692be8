"""Layers of 4 bits where bitsandbytes packs them for the processor, and where it does not."""

from pathlib import Path
from typing import Any

import pytest
import torch
from bitsandbytes.nn.modules import Linear4bit

from coach_app.engine.loader import load_text
from tests.fakes.models import build_text


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model with layers of 96 → 96, 96 → 192 and 192 → 96: inputs of one and a half blocks, and of three."""
    return build_text(tmp_path_factory.mktemp("text") / "tiny-text", width=96)


def packable(model: Any) -> set[str]:
    layers = {name: layer for name, layer in model.named_modules() if isinstance(layer, Linear4bit)}
    assert len(layers) == 2 * 7
    return {name.rpartition(".")[2] for name, layer in layers.items() if layer.support_avx512bf16_for_cpu}


def logits(model: Any) -> torch.Tensor:
    found: torch.Tensor = model(input_ids=torch.arange(6, 30)[None]).logits
    return found


def test_only_layers_that_fit_are_packed(base: Path, packing: bool) -> None:
    # GIVEN a processor for which layers are packed, or are not WHEN a model is loaded THEN those whose inputs fill
    # whole blocks may be, or none
    model = load_text(base, four_bit=True).model
    assert packable(model) == ({"down_proj"} if packing else set())
    # AND all are computed
    with torch.inference_mode():
        assert logits(model).isfinite().all()


def test_layers_that_are_trained_are_not_packed_and_pass_gradients(base: Path, packing: bool) -> None:
    # GIVEN a model that is to be trained WHEN it has been asked, as between two steps of a training
    model = load_text(base, four_bit=True, trained=True).model
    assert packable(model) == set()
    with torch.no_grad():
        logits(model)
    # THEN gradients pass through its first layer, and through all others
    model.train()
    words = model.get_input_embeddings().weight.requires_grad_()
    layer = model.model.layers[0].mlp.down_proj
    inputs = torch.ones(1, 4, layer.in_features, requires_grad=True)
    layer(inputs).sum().backward()
    assert inputs.grad is not None
    assert inputs.grad.abs().sum() > 0
    logits(model).sum().backward()
    assert words.grad is not None


def test_packed_layers_compute_what_others_compute(base: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a model as this very processor computes it, and by the usual layout
    kind: Any = Linear4bit
    packs = kind(64, 32).support_avx512bf16_for_cpu
    here = load_text(base, four_bit=True).model
    monkeypatch.setattr("bitsandbytes.nn.modules.has_avx512bf16", lambda: False)
    usual = load_text(base, four_bit=True).model
    # WHEN both are asked THEN they say the same, to the accuracy of bfloat16
    with torch.inference_mode():
        torch.testing.assert_close(logits(here), logits(usual), rtol=0.05, atol=0.05)
    # AND layers were packed where the processor is one of those
    packed = [layer for layer in here.modules() if isinstance(layer, Linear4bit) and is_packed(layer)]
    assert len(packed) == (2 if packs else 0)


def is_packed(layer: Any) -> bool:
    return bool(getattr(layer.weight.quant_state, "packing_format_for_cpu", False))

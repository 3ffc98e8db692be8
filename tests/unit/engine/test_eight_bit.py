"""Text models with weights in 8 bits, on the processor."""

from pathlib import Path

import pytest
import torch
from torch import nn

from coach_app.engine.eight_bit import EightBitLinear, keep_in_eight_bits
from coach_app.engine.loader import load_text
from tests.fakes.models import build_text


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
@pytest.mark.parametrize("tokens", [1, 9, 40])
@pytest.mark.parametrize("bias", [True, False])
def test_a_layer_in_eight_bits_computes_the_same(dtype: torch.dtype, tokens: int, bias: bool) -> None:
    # GIVEN a layer, and few tokens or many
    torch.manual_seed(tokens)
    layer = nn.Linear(96, 64, bias=bias).to(dtype)
    x = torch.randn(2, tokens, 96).to(dtype)
    # WHEN its weights are kept in 8 bits
    with torch.inference_mode():
        wanted, found = layer(x).float(), EightBitLinear(layer)(x)
    # THEN what it computes has the same type and shape, and is off by no more than rounding does
    assert (found.dtype, found.shape) == (dtype, wanted.shape)
    assert (found.float() - wanted).abs().max() < 0.02 * wanted.abs().max()


def test_a_row_of_zeros_stays_one() -> None:
    # GIVEN a layer with an output that is always 0, and one whose weights are tiny
    layer = nn.Linear(32, 2, bias=False)
    layer.weight.data = torch.stack([torch.zeros(32), torch.full((32,), 1e-30)])
    # WHEN it is kept in 8 bits THEN it computes numbers
    found = EightBitLinear(layer)(torch.ones(1, 32))
    assert found[0, 0] == 0
    assert found[0, 1] == pytest.approx(32e-30, rel=0.02)


def test_a_text_model_takes_a_byte_for_each_weight(tmp_path: Path) -> None:
    # GIVEN a text model whose last layer has the embedding's weights
    folder = build_text(tmp_path / "text")
    whole = load_text(folder, trained=True).model
    whole.lm_head.weight = whole.get_input_embeddings().weight
    ids = torch.arange(3, 43)[None]
    with torch.inference_mode():
        wanted = whole(input_ids=ids).logits
        # WHEN it is kept in 8 bits
        keep_in_eight_bits(whole)
        found = whole(input_ids=ids).logits
    # THEN the two still share their weights, all matrices have one byte for each, and its answers are the same
    assert whole.lm_head.weight is whole.get_input_embeddings().weight
    assert {weight.dtype for weight in whole.parameters() if weight.dim() == 2} == {torch.int8}
    assert (found - wanted).abs().max() < 0.05 * wanted.abs().max()


def test_only_models_that_are_not_trained_are_kept_in_eight_bits(tmp_path: Path) -> None:
    # GIVEN a text model WHEN it is loaded to be asked, to be trained, and in 4 bits
    folder = build_text(tmp_path / "text")
    kinds = [{type(part) for part in load_text(folder, *way).model.modules()} for way in ((), (False, True), (True,))]
    # THEN only the first has its weights in 8 bits
    assert [EightBitLinear in each for each in kinds] == [True, False, False]

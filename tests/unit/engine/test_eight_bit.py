"""Text models with weights in 8 bits, on the processor."""

import sys
from pathlib import Path

import pytest
import torch
from torch import nn

from coach_app.engine import loader
from coach_app.engine.adapters import adapted
from coach_app.engine.eight_bit import EightBitLinear, keep_in_eight_bits
from coach_app.engine.loader import TextModel, load_text
from tests.fakes.models import build_adapter, build_text


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
    assert "EightBitEmbedding" in repr(whole)
    assert {weight.dtype for weight in whole.parameters() if weight.dim() == 2} == {torch.int8}
    assert (found - wanted).abs().max() < 0.05 * wanted.abs().max()


def test_what_the_kernel_cannot_compute_stays(tmp_path: Path) -> None:
    # GIVEN a model one of whose layers has a number of inputs of which the kernel would leave some out
    model = load_text(build_text(tmp_path / "text"), trained=True).model
    model.odd = nn.Linear(40, 8)
    # WHEN it is kept in 8 bits THEN that layer stays as it was
    keep_in_eight_bits(model)
    assert type(model.odd) is nn.Linear
    assert isinstance(model.lm_head, EightBitLinear)


def test_an_embedding_that_computes_stays_and_so_does_the_layer_that_shares_its_weights(tmp_path: Path) -> None:
    # GIVEN a model whose embedding multiplies what it looks up, and shares its weights with the last layer
    class Scaled(nn.Embedding):
        def forward(self, ids: torch.Tensor) -> torch.Tensor:
            return super().forward(ids) * 8

    model = load_text(build_text(tmp_path / "text"), trained=True).model
    embedding = Scaled(*model.lm_head.weight.shape)
    embedding.weight = model.lm_head.weight
    model.set_input_embeddings(embedding)
    # WHEN it is kept in 8 bits THEN both stay, and go on sharing them
    keep_in_eight_bits(model)
    assert model.get_input_embeddings() is embedding
    assert model.lm_head.weight is embedding.weight


def test_rows_in_any_order_of_memory_are_multiplied() -> None:
    # GIVEN tokens that lie in memory column by column WHEN multiplied THEN it is by their values
    layer = nn.Linear(32, 8, bias=False).bfloat16()
    x = torch.randn(32, 4).bfloat16().T
    assert torch.allclose(EightBitLinear(layer)(x).float(), layer(x).float(), atol=0.05)


@pytest.mark.parametrize(
    ("platform", "capability", "able"),
    [("linux", "AVX512", True), ("linux", "DEFAULT", False), ("win32", "AVX512", False), ("darwin", "AVX2", True)],
)
def test_eight_bits_are_used_where_torch_multiplies_them_fast(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, platform: str, capability: str, able: bool
) -> None:
    # GIVEN a system and a processor WHEN a text model is loaded THEN its weights have 8 bits where torch has a kernel
    folder = build_text(tmp_path / "text")
    monkeypatch.setattr(loader, "_device", lambda: "cpu")
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(torch.backends.cpu, "get_cpu_capability", lambda: capability)
    assert eight_bits(load_text(folder)) == able
    # AND not if it is to be trained, or has 4 bits
    assert not eight_bits(load_text(folder, trained=True))
    assert not eight_bits(load_text(folder, four_bit=True))


def test_an_adapter_computes_as_its_base_does(tmp_path: Path) -> None:
    # GIVEN a text model in 8 bits that computes in bfloat16, and in full precision, and an adapter
    folder, adapter = build_text(tmp_path / "text"), build_adapter(tmp_path / "adapter", tmp_path / "text")
    small, whole = load_text(folder), load_text(folder, trained=True)
    keep_in_eight_bits(small.model.bfloat16())
    ids, logits = torch.arange(3, 12)[None], []
    # WHEN both are asked with it THEN its matrices have the type that is computed in, and both answer alike
    for text in (small, whole):
        with torch.inference_mode(), adapted(text, str(adapter)):
            logits.append(text.model(input_ids=ids).logits.float())
    assert {weight.dtype for name, weight in small.model.named_parameters() if "lora" in name} == {torch.bfloat16}
    assert (logits[0] - logits[1]).abs().max() < 0.1 * logits[1].abs().max()


def eight_bits(text: TextModel) -> bool:
    return any(isinstance(part, EightBitLinear) for part in text.model.modules())

"""``coach bench four-bit`` on tiny weights: what it reports, not how fast this machine is."""

import pytest
import torch
from transformers import CLIPVisionConfig, LlavaNextConfig, MistralConfig

from coach_app.engine import layouts
from coach_app.engine.layouts import PACKED, USUAL, WHOLE
from coach_app.evaluation.bench import four_bit


def tiny() -> LlavaNextConfig:
    return LlavaNextConfig(
        vision_config=CLIPVisionConfig(
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            image_size=28,
            patch_size=14,
            projection_dim=32,
        ),
        text_config=MistralConfig(
            vocab_size=600,
            hidden_size=64,
            intermediate_size=128,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=1,
        ),
        image_grid_pinpoints=[[28, 56], [56, 28], [56, 56]],
        tie_word_embeddings=False,
    )


@pytest.mark.parametrize("packs", [False, True])
def test_every_layout_of_this_processor_is_measured(packs: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a processor that packs, or does not, whatever this one is
    monkeypatch.setattr("bitsandbytes.nn.modules.has_avx512bf16", lambda: packs)
    monkeypatch.setattr(layouts, "llava_next_small", tiny)
    monkeypatch.setattr(four_bit, "TOKENS", 4)
    monkeypatch.setenv("OMP_NUM_THREADS", str(torch.get_num_threads()))
    said: list[str] = []
    # WHEN its layouts are measured THEN packed weights are one of them where it packs
    report = four_bit.bench_four_bit(2, said.append)
    names = [PACKED, USUAL, WHOLE] if packs else [USUAL, WHOLE]
    assert [row.of for row in report.rows] == ["picture", *(name for name in names for _ in range(3))]
    assert all(row.value for row in (*report.rows, *report.ratios))
    assert len(report.ratios) == 3 * packs
    # AND it is said what was measured
    assert 0 < report.subject["in_4_bits"] < report.subject["parameters"]
    assert len(said) == 1 + 2

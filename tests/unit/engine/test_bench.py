"""``coach bench engine`` on tiny models: what it reports, not how fast this machine is."""

from pathlib import Path

import pytest
import torch
from transformers import CLIPVisionConfig, LlavaNextConfig, LlavaNextForConditionalGeneration, MistralConfig

from coach_app.domain.errors import CoachError
from coach_app.engine import bench
from coach_app.engine.loader import load_vision
from coach_app.engine.random_weights import llava_next_7b, write_random
from coach_app.models.catalogue import resolve
from coach_app.models.memory import memory_of


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "MAX_NEW_TOKENS", 12)
    monkeypatch.setenv("OMP_NUM_THREADS", str(torch.get_num_threads()))


def tiny_config() -> LlavaNextConfig:
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
            hidden_size=32,
            intermediate_size=64,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=1,
        ),
        image_grid_pinpoints=[[28, 56], [56, 28], [56, 56]],
        tie_word_embeddings=False,
    )


def test_both_ways_are_measured_at_each_detail(llava: Path) -> None:
    # GIVEN a model that cuts pictures WHEN both ways are measured on two pictures
    said: list[str] = []
    report = bench.bench_engine(str(llava), "", 2, said.append)
    # THEN every detail has its tokens, the same answers both ways, and all figures of the issue
    assert [level["detail"] for level in report["details"]] == ["base", "wide", "full"]
    tokens = [level["picture_tokens"] for level in report["details"]]
    assert tokens == sorted(set(tokens))
    for level in report["details"]:
        assert level["same_answers"] == report["runs"] == 2
        for way in ("article", "coach"):
            assert level[way]["tokens"] == 12
            assert level[way]["tokens_per_s"] > 0
            assert level[way]["peak_memory_bytes"] > 10_000_000
        # THEN the article's first word is seen when its answer is whole, and ours before
        assert level["article"]["first_word_ms"] == level["article"]["answer_ms"]
        assert level["coach"]["first_word_ms"] <= level["coach"]["answer_ms"]
        ratio = level["article"]["answer_ms"] / level["coach"]["first_word_ms"]
        assert level["ratios"]["first_word"] == pytest.approx(ratio, abs=0.06)
        assert level["coach"]["follow_up_first_word_ms"] > 0
    assert report["machine"]
    assert len(said) == 1 + 3 * 2


@pytest.mark.usefixtures("packing")
def test_random_weights_are_a_checkpoint_like_any_other(tmp_path: Path) -> None:
    # GIVEN dimensions WHEN random weights of them are written, in several files
    said: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("coach_app.engine.random_weights._SHARD_BYTES", 20_000)
        write_random(tmp_path / "model", tiny_config(), said.append)
    assert len(list((tmp_path / "model").glob("*.safetensors"))) == len(said) > 1
    # THEN the loader takes them, in 4 bits too, and answers go on for ever, in words
    for four_bit in (False, True):
        vision = load_vision(tmp_path / "model", four_bit)
        figures = bench.as_the_coach(vision, "Where?", bench._picture(1, 56, square=True), "wide")
        assert figures.tokens == 12
        assert figures.text


def test_the_shape_of_7b_is_that_of_the_published_model() -> None:
    # GIVEN the dimensions WHEN a model of them is made, without memory for its weights
    with torch.device("meta"):
        model = LlavaNextForConditionalGeneration(llava_next_7b())
    # THEN it has as many parameters as the catalogue says, in pictures too
    memory = resolve("llava-v1.6-mistral-7b").memory
    assert memory
    assert 2 * sum(parameter.numel() for parameter in model.parameters()) == pytest.approx(memory.bits16, rel=0.001)


def test_the_estimate_holds_for_random_weights(tmp_path: Path) -> None:
    # GIVEN random weights WHEN their files are looked at THEN the details and tiles are those of their configuration
    write_random(tmp_path / "model", tiny_config(), lambda line: None)
    assert memory_of(tmp_path / "model", "vision").details == ("base", "wide", "full")


def test_a_large_shape_needs_a_card(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a machine without a card WHEN 7B is to be measured THEN one sentence says what it takes
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(CoachError, match=r"needs a graphics card with CUDA and 6\.\d GB of free memory"):
        bench.bench_engine("", "7b", 1, lambda line: None)
    # GIVEN a shape that nobody knows THEN that is said
    with pytest.raises(CoachError, match="no shape") as failure:
        bench.bench_engine("", "70b", 1, lambda line: None)
    assert "7b" in failure.value.remedy

"""The two ways to an answer, and random weights to measure them with."""

from pathlib import Path

import pytest
import torch
from PIL import Image
from transformers import CLIPVisionConfig, LlavaNextConfig, LlavaNextForConditionalGeneration, MistralConfig

from coach_app.domain.errors import CoachError
from coach_app.engine import measuring
from coach_app.engine.loader import load_vision
from coach_app.engine.random_weights import llava_next_7b, write_random
from coach_app.models.catalogue import resolve
from coach_app.models.memory import memory_of


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(measuring, "MAX_NEW_TOKENS", 12)
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


def test_both_ways_say_the_same_and_are_timed(llava: Path) -> None:
    # GIVEN a model that is loaded for both ways
    said: list[str] = []
    with measuring.both_ways(str(llava), "", said.append) as ways:
        # WHEN a picture is asked about
        picture = Image.new("RGB", (56, 56), (200, 30, 30))
        ways.look_ahead(picture, "wide")
        article, coach = ways.article("Where?", picture, "wide"), ways.coach("Where?", picture, "wide")
        # THEN the words are the same, the article's are seen at once, and it is known what answered
        assert article.text == coach.text
        assert article.first_word_ms == article.answer_ms
        assert 0 < coach.first_word_ms <= coach.answer_ms
        assert ways.picture_tokens() > 0
        assert {"model", "bits", "torch", "threads"} <= ways.subject.keys()
    assert len(said) == 1


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
        figures = measuring.as_the_coach(vision, "Where?", Image.new("RGB", (56, 56)), "wide")
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


def refused(shape: str) -> None:
    with measuring.both_ways("", shape, lambda line: None):
        pass


def test_a_large_shape_needs_a_card(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a machine without a card WHEN 7B is to be measured THEN one sentence says what it takes
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(CoachError, match=r"needs a graphics card with CUDA and 6\.\d GB of free memory"):
        refused("7b")
    # GIVEN a shape that nobody knows THEN that is said
    with pytest.raises(CoachError, match="not a shape") as failure:
        refused("70b")
    assert "7b" in failure.value.remedy

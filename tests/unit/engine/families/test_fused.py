"""Passes computed in less time give, for every kind of model that they are for, the numbers of transformers."""

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import torch
from PIL import Image
from transformers import CLIPVisionConfig, DynamicCache, GenerationConfig, LlamaConfig, LlavaNextConfig, MistralConfig
from transformers import LlavaNextForConditionalGeneration as LlavaNext

from coach_app.domain.detail import DETAILS, Detail
from coach_app.domain.resources import resources_dir
from coach_app.engine.answering import model_inputs
from coach_app.engine.families.fused import Fused, _Race, can_fuse
from coach_app.engine.loader import VisionModel, load_vision
from tests.fakes.models import build_llava

SIZES = [(56, 56), (120, 40), (30, 90), (1, 1)]


@pytest.fixture(autouse=True)
def _inference() -> Iterator[None]:
    with torch.inference_mode():
        yield


@pytest.fixture(params=["mistral", "llama", "bundled", "published"])
def plain(request: pytest.FixtureRequest, tmp_path: Path) -> VisionModel:
    """A model as transformers computes it: heads that share keys or not, and the layers that published models use."""
    if request.param == "bundled":
        return load_vision(resources_dir() / "models" / "grid-coach")
    vision = load_vision(
        build_llava(tmp_path / "llava", text=LlamaConfig if request.param == "llama" else MistralConfig)
    )
    if request.param == "published":
        vision.model.config.vision_feature_layer = -2
        vision.model.model.vision_tower.config.hidden_act = "quick_gelu"
    return vision


def inputs_of(vision: VisionModel, size: tuple[int, int], detail: Detail = "full") -> dict[str, Any]:
    """What the model is given; within ``cut``."""
    inputs = dict(model_inputs(vision, "Where?", [Image.effect_noise(size, 120).convert("RGB")]))
    inputs.pop("attention_mask")
    return inputs


@pytest.mark.parametrize("detail", DETAILS)
@pytest.mark.parametrize("size", SIZES)
def test_the_numbers_are_those_of_transformers(plain: VisionModel, size: tuple[int, int], detail: Detail) -> None:
    # GIVEN a model, and a copy of it that computes in less time
    quick = Fused(copy.deepcopy(plain.model), halves=size[0] > 56)
    with plain.family.cut(plain.model, plain.processor, detail):
        quick.config.image_grid_pinpoints = plain.model.config.image_grid_pinpoints
        inputs = inputs_of(plain, size, detail)
        theirs, ours = DynamicCache(config=plain.model.config.get_text_config()), quick.new_cache()
        # WHEN a prompt with a picture is computed, and then some tokens more, and one, after some were taken back
        for step in (inputs, *({"input_ids": inputs["input_ids"][:, -count:]} for count in (5, 1, 3))):
            keep = min(4, step["input_ids"].shape[1])
            expected = plain.model(**step, past_key_values=theirs, use_cache=True, logits_to_keep=keep).logits
            made = quick(**step, past_key_values=ours, logits_to_keep=keep).logits
            # THEN both say the same
            torch.testing.assert_close(made, expected, rtol=1e-3, atol=1e-3)
            assert ours.get_seq_length() == theirs.get_seq_length()
            if step is not inputs and keep > 1:
                theirs.crop(-2)
                ours.crop(-2)


def test_a_picture_that_does_not_fit_its_prompt_is_an_error(plain: VisionModel) -> None:
    # GIVEN a prompt with a place too few for its picture WHEN it is computed THEN nothing is said about it
    quick, inputs = Fused(copy.deepcopy(plain.model)), inputs_of(plain, (56, 56))
    place = int((inputs["input_ids"][0] == plain.model.config.image_token_id).nonzero()[0])
    inputs["input_ids"] = torch.cat((inputs["input_ids"][:, :place], inputs["input_ids"][:, place + 1 :]), 1)
    with pytest.raises(ValueError, match="does not fit"):
        quick(**inputs, past_key_values=quick.new_cache(), logits_to_keep=1)


def test_memory_grows_with_what_is_said(plain: VisionModel) -> None:
    # GIVEN a prompt longer than the memory that is taken at first
    quick = Fused(copy.deepcopy(plain.model))
    ids = torch.randint(6, 200, (1, 700))
    # WHEN it is computed in parts, or at once THEN the last token's logits are the same
    cache, whole = quick.new_cache(), quick.new_cache()
    for part in ids.split((3, 250, 1, 446), 1):
        made = quick(input_ids=part, past_key_values=cache, logits_to_keep=1).logits
    at_once = quick(input_ids=ids, past_key_values=whole, logits_to_keep=700).logits
    torch.testing.assert_close(made[0, -1], at_once[0, -1], rtol=1e-3, atol=1e-3)
    assert at_once.shape[1] == cache.get_seq_length() == whole.get_seq_length() == 700


def test_the_model_remains_usable_and_no_memory_is_lost(plain: VisionModel) -> None:
    # GIVEN what a model says, and its weights
    def bytes_of(model: Any) -> int:
        storages = {tensor.untyped_storage().data_ptr(): tensor.untyped_storage().nbytes() for tensor in tensors(model)}
        return sum(storages.values())

    def tensors(model: Any) -> list[torch.Tensor]:
        return [*model.parameters(), *model.buffers()]

    model = copy.deepcopy(plain.model)
    ids = torch.randint(6, 200, (1, 9))
    before, weights = bytes_of(model), model(input_ids=ids).logits
    # WHEN it is computed in less time, too THEN it says the same by itself, with weights that are shared
    quick = Fused(model)
    torch.testing.assert_close(model(input_ids=ids).logits, weights, rtol=1e-4, atol=1e-4)
    assert bytes_of(model) == before
    own = {layer.qkv.weight.untyped_storage().data_ptr() for layer in quick._layers}
    assert own <= {parameter.untyped_storage().data_ptr() for parameter in model.parameters()}


def test_the_quicker_of_two_ways_is_gone_and_the_other_tried_again() -> None:
    # GIVEN two ways WHEN one takes longer THEN the other is gone mostly, until it takes longer itself
    race, slow = _Race(), True
    gone: list[bool] = []
    for time in range(64):
        slow = time < 32
        gone.append(race.next())
        race.took(gone[-1], 2.0 if gone[-1] == slow else 1.0)
    assert gone[4:32].count(True) in (3, 4)
    assert gone[48:].count(True) == 14


def tiny(**changes: Any) -> Any:
    """A model of random weights; ``text`` and ``vision`` change its parts."""
    text: dict[str, Any] = {"vocab_size": 99, "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1}
    text |= {"num_attention_heads": 2, "num_key_value_heads": 2, "pad_token_id": 0}
    text |= {"sliding_window": None} | changes.pop("text", {})
    vision = CLIPVisionConfig(
        hidden_size=32, intermediate_size=64, num_hidden_layers=2, num_attention_heads=2, image_size=28, patch_size=14
    )
    kind = changes.pop("kind", MistralConfig)
    config = LlavaNextConfig(vision_config=vision, text_config=kind(**text), **changes)
    model = LlavaNext(config).eval()
    model.generation_config = GenerationConfig(eos_token_id=1)
    return model


@pytest.mark.parametrize(
    "changes",
    [
        {"text": {"sliding_window": 64}},
        {"kind": LlamaConfig, "text": {"attention_bias": True}},
        {"kind": LlamaConfig, "text": {"mlp_bias": True}},
        {"text": {"rope_parameters": {"rope_type": "linear", "factor": 2.0, "rope_theta": 10000.0}}},
        {"vision_feature_layer": [-1, -2]},
    ],
    ids=str,
)
def test_models_of_unusual_parts_are_left_to_transformers(changes: dict[str, Any]) -> None:
    # GIVEN a model of usual parts, and one with something else WHEN asked for THEN only the first is for it
    assert can_fuse(tiny())
    assert not can_fuse(tiny(**changes))


def test_only_full_precision_on_a_processor(llava: Path) -> None:
    # GIVEN a model in four bits, and one in sixteen WHEN asked for THEN they are left to transformers
    assert not can_fuse(load_vision(llava, four_bit=True).model)
    assert not can_fuse(tiny().bfloat16())


def test_the_bundled_coach_is_computed_in_less_time(llava: Path) -> None:
    # GIVEN the bundled coach, and a model that suppresses tokens WHEN loaded THEN the first gets quick passes
    assert isinstance(load_vision(resources_dir() / "models" / "grid-coach").forward, Fused)
    other = load_vision(llava)
    assert other.forward is other.model

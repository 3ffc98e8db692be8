"""Checkpoints of every kind through the one loader."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file

from coach_app.domain.errors import CoachError
from coach_app.engine.answering import warm_up
from coach_app.engine.loader import load_translator, load_vision
from coach_app.engine.translating import translate, translate_with_log_probs


@pytest.fixture
def copy(llava: Path, tmp_path: Path) -> Path:
    """A copy of the tiny model that a test may damage."""
    return Path(shutil.copytree(llava, tmp_path / "copy"))


def edit(file: Path, change: Callable[[dict[str, Any]], None]) -> None:
    content = json.loads(file.read_text("utf-8"))
    change(content)
    file.write_text(json.dumps(content), "utf-8")


def test_a_processor_of_the_hub_with_nulls_is_mended(copy: Path) -> None:
    # GIVEN a processor file as older checkpoints have it
    def old(config: dict[str, Any]) -> None:
        config["patch_size"] = None
        config["vision_feature_select_strategy"] = None
        del config["num_additional_image_tokens"]

    edit(copy / "processor_config.json", old)

    # WHEN it is loaded
    vision = load_vision(copy)

    # THEN the processor places as many picture tokens as the model wants, and answers
    assert vision.processor.patch_size == 14
    assert vision.processor.vision_feature_select_strategy == "default"
    warm_up(vision)


def test_weights_that_are_not_there_are_not_made_up(copy: Path) -> None:
    # GIVEN a checkpoint that lacks a tensor
    weights = load_file(copy / "model.safetensors")
    del weights[next(name for name in weights if "lm_head" in name)]
    save_file(weights, copy / "model.safetensors", {"format": "pt"})

    # WHEN it is loaded / THEN it is refused
    with pytest.raises(CoachError, match="lacks 1 of its weights"):
        load_vision(copy)


@pytest.mark.parametrize(
    ("file", "content", "sentence"),
    [
        ("config.json", {"model_type": "of-tomorrow"}, "of a kind that the coach does not know"),
        ("config.json", {"model_type": "bert"}, "of a kind that the coach does not know"),
        ("tokenizer.json", {"version": "nonsense"}, "processor in .* could not be loaded"),
        ("processor_config.json", {"image_processor": 3}, "processor in .* could not be loaded"),
    ],
)
def test_what_transformers_cannot_load_is_a_sentence(copy: Path, file: str, content: object, sentence: str) -> None:
    # GIVEN files that are whole but make no sense
    (copy / file).write_text(json.dumps(content), "utf-8")

    # WHEN they are loaded / THEN one sentence and a remedy come of it
    with pytest.raises(CoachError, match=sentence) as failure:
        load_vision(copy)
    assert failure.value.remedy


def test_a_model_without_a_chat_template_is_refused(copy: Path) -> None:
    # GIVEN a base model / WHEN it is loaded / THEN it is refused, as nobody knows how to ask it
    (copy / "chat_template.jinja").unlink()
    with pytest.raises(CoachError, match="no chat template"):
        load_vision(copy)


def test_code_in_a_model_folder_is_never_run(copy: Path, tmp_path: Path) -> None:
    # GIVEN a model that brings its own code
    (copy / "evil.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\nclass Config: pass\nclass Model: pass\n")

    def bring_code(config: dict[str, Any]) -> None:
        config["model_type"] = "evil"
        config["auto_map"] = {"AutoConfig": "evil.Config", "AutoModelForImageTextToText": "evil.Model"}

    edit(copy / "config.json", bring_code)

    # WHEN it is loaded / THEN it is refused without running it
    with pytest.raises(CoachError):
        load_vision(copy)
    assert not (tmp_path / "ran").exists()


def test_four_bit_leaves_picture_tower_and_head_alone(llava: Path) -> None:
    # GIVEN a checkpoint / WHEN it is loaded in 4-bit
    vision = load_vision(llava, four_bit=True)

    # THEN the language model is quantised as nf4, twice, and nothing else is; and it answers
    layer = vision.model.model.language_model.layers[0].mlp.up_proj
    assert layer.weight.quant_state.quant_type == "nf4"
    assert layer.weight.quant_state.nested
    assert vision.model.lm_head.weight.is_floating_point()
    tower = [weight for name, weight in vision.model.named_parameters() if "vision_tower" in name]
    assert tower
    assert all(weight.is_floating_point() for weight in tower)
    warm_up(vision)


def test_a_translator_is_loaded_and_asked(marian: Path) -> None:
    # GIVEN a Marian model / WHEN it translates
    translation = load_translator(marian)
    text, log_probs = translate_with_log_probs(translation, "Move the cat up.", lambda: False)

    # THEN there is a text, the same without the probabilities, and a probability for each token
    assert text == translate(translation, "Move the cat up.", lambda: False)
    assert text
    assert log_probs
    assert all(value <= 0 for value in log_probs)


def test_full_precision_without_a_graphics_card(llava: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN no graphics card / WHEN a model is loaded / THEN it is float32 on the CPU
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    vision = load_vision(llava)
    assert vision.model.dtype is torch.float32
    assert vision.model.device.type == "cpu"

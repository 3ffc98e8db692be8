"""Checkpoints of every kind through the one loader."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import AutoModelForImageTextToText

from coach_app.domain.errors import CoachError
from coach_app.engine import loader
from coach_app.engine.answering import warm_up
from coach_app.engine.loader import VisionModel, load_text, load_translator, load_vision
from coach_app.engine.translating import translate, translate_with_log_probs
from tests.fakes.models import build_text


def four_bit_layers(vision: VisionModel) -> dict[str, Any]:
    """The quantised linear layers of a model, by name."""
    return {name: module for name, module in vision.model.named_modules() if type(module).__name__ == "Linear4bit"}


@pytest.fixture
def copy(llava: Path, tmp_path: Path) -> Path:
    """A copy of the tiny model that a test may damage."""
    return Path(shutil.copytree(llava, tmp_path / "copy"))


def edit(file: Path, change: Callable[[dict[str, Any]], None]) -> None:
    content = json.loads(file.read_text("utf-8"))
    change(content)
    file.write_text(json.dumps(content), "utf-8")


@pytest.mark.parametrize("nulls", [{"patch_size": None, "vision_feature_select_strategy": None}, {}], ids=str)
def test_a_processor_of_the_hub_with_nulls_is_mended(copy: Path, nulls: dict[str, Any]) -> None:
    # GIVEN a processor file as older checkpoints have it
    def old(config: dict[str, Any]) -> None:
        config.update(nulls)
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


@pytest.mark.usefixtures("packing")
def test_four_bit_leaves_picture_tower_and_head_alone(llava: Path) -> None:
    # GIVEN a checkpoint / WHEN it is loaded in 4-bit
    vision = load_vision(llava, four_bit=True)

    # THEN every linear layer of the language model is quantised as nf4, twice, and nothing else is; and it answers
    narrow = four_bit_layers(vision)
    linears = {name for name, module in vision.model.named_modules() if isinstance(module, torch.nn.Linear)}
    assert set(narrow) == {name for name in linears if name.startswith("model.language_model.")}
    assert len(narrow) == 2 * 7
    assert all(layer.weight.quant_state.quant_type == "nf4" for layer in narrow.values())
    assert all(layer.weight.quant_state.nested for layer in narrow.values())
    wide = [weight for name, weight in vision.model.named_parameters() if "language_model" not in name]
    assert len(wide) > 20
    assert all(weight.dtype is vision.model.dtype for weight in wide)
    assert {"lm_head", "model.multi_modal_projector.linear_1"} <= linears - set(narrow)
    warm_up(vision)


@pytest.mark.usefixtures("packing")
@pytest.mark.parametrize("four_bit", [True, False])
def test_what_was_saved_in_4_bit_is_loaded_as_it_is(llava: Path, tmp_path: Path, four_bit: bool) -> None:
    # GIVEN a checkpoint that was quantised before, on a machine that computes in another type
    first = load_vision(llava, four_bit=True)
    first.model.config.quantization_config.bnb_4bit_compute_dtype = torch.float16
    first.model.save_pretrained(tmp_path / "saved")
    first.processor.save_pretrained(tmp_path / "saved")

    # WHEN it is loaded, whatever is asked for
    vision = load_vision(tmp_path / "saved", four_bit)

    # THEN its layers are the same, to the bit, computed in this machine's type, and it answers
    before, after = four_bit_layers(first), four_bit_layers(vision)
    assert before.keys() == after.keys()
    assert all(torch.equal(before[name].weight, after[name].weight) for name in before)
    assert {layer.compute_dtype for layer in after.values()} == {vision.model.dtype}
    warm_up(vision)


@pytest.mark.parametrize(("card", "dtype"), [(True, torch.bfloat16), (False, torch.float16)])
def test_a_card_computes_in_the_best_type_that_it_knows(
    monkeypatch: pytest.MonkeyPatch, card: bool, dtype: torch.dtype
) -> None:
    # GIVEN a graphics card that knows bfloat16, or does not / THEN that, or float16, is used
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    monkeypatch.setattr(torch.cuda, "is_bf16_supported", lambda including_emulation: card)
    assert loader._dtype() is dtype


@pytest.mark.parametrize("able", [True, False])
def test_a_model_for_texts_computes_in_16_bits_on_a_processor_that_can(
    able: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a processor with or without instructions for bfloat16 WHEN a text model is loaded
    monkeypatch.setattr(loader, "_device", lambda: "cpu")
    monkeypatch.setattr(loader, "computes_in_16_bits", lambda: able)
    base = build_text(tmp_path / "text")
    # THEN it computes in 16 bits where that is possible, but not if gradients pass through it
    assert load_text(base).model.dtype is (torch.bfloat16 if able else torch.float32)
    assert load_text(base, trained=True).model.dtype is torch.float32


def test_pickles_are_not_opened_even_where_an_index_names_them(copy: Path) -> None:
    # GIVEN a checkpoint whose weights are a pickle with an index
    (copy / "model.safetensors").rename(copy / "pytorch_model.bin")
    index = {"weight_map": {"lm_head.weight": "pytorch_model.bin"}}
    # WHEN it is loaded / THEN it is refused, whatever the index is called
    for name in ("pytorch_model.bin.index.json", "model.safetensors.index.json"):
        (copy / name).write_text(json.dumps(index), "utf-8")
        with pytest.raises(CoachError, match=r"pickle|safetensors"):
            load_vision(copy)


def test_no_source_allows_code_of_a_model() -> None:
    # GIVEN all sources / THEN none lets transformers run what a model brings, and the engine opens no pickle
    sources = Path(loader.__file__).parents[1]
    text = "".join(file.read_text("utf-8") for file in sources.rglob("*.py"))
    assert "trust_remote_code=False" in text
    assert "trust_remote_code=True" not in text
    engine = "".join(file.read_text("utf-8") for file in sources.glob("engine/*.py"))
    assert not re.search(r"torch\.load\(|pickle\.loads?\(|use_safetensors=False", engine)


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
    for kind in (torch.cuda, torch.xpu, torch.backends.mps):
        monkeypatch.setattr(kind, "is_available", lambda: False)
    vision = load_vision(llava)
    assert vision.model.dtype is torch.float32
    assert vision.model.device.type == "cpu"


@pytest.mark.parametrize(
    "damage",
    [
        {"vision_config": None, "text_config": None},  # transformers would take those of LLaVA-NeXT 7B
        {"text_config": {"model_type": "llama", "num_hidden_layers": 10**9}},
        {"text_config": {"model_type": "llama", "hidden_size": 65_536, "intermediate_size": 10**6}},
    ],
)
def test_a_configuration_of_a_far_larger_model_is_refused_before_it_is_made(
    copy: Path, damage: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN small weights whose configuration asks for gigabytes
    edit(copy / "config.json", lambda config: config.update(damage))

    # WHEN they are loaded THEN a sentence says so, and no such model was begun
    monkeypatch.setattr(AutoModelForImageTextToText, "from_pretrained", lambda *_, **__: pytest.fail("begun"))
    with pytest.raises(CoachError, match=re.escape(str(copy))):
        load_vision(copy)

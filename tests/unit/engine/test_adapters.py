"""Text models and their adapters."""

import json
import shutil
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file
from transformers import LlamaConfig

from coach_app.domain.errors import CoachError
from coach_app.engine.answering import answer_text
from coach_app.engine.faults import Stopped
from coach_app.engine.loader import TextModel, load_text, load_vision
from tests.fakes.models import build_adapter, build_llava, build_text

PROMPT = "Q: How do I win as Fox?\nA: "


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_text(tmp_path_factory.mktemp("text") / "tiny-text")


@pytest.fixture(scope="module")
def adapters(base: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("adapters")
    return build_adapter(folder / "one", base, 1), build_adapter(folder / "two", base, 2, rank=8)


@pytest.fixture
def text(base: Path) -> TextModel:
    return load_text(base)


def ask(text: TextModel, adapter: Path | str = "") -> str:
    return answer_text(text, PROMPT, str(adapter), 10, lambda words: None, lambda: False).text


def test_adapters_are_switched_on_one_base(text: TextModel, adapters: tuple[Path, Path], base: Path) -> None:
    # GIVEN what the base says, and what it says with either adapter, each on a base of its own
    plain = ask(load_text(base))
    alone = [ask(load_text(base), adapter) for adapter in adapters]
    assert len({plain, *alone}) == 3

    # WHEN one base is asked with them in turn THEN it says the same, and by itself again what it said at first
    assert [ask(text, adapters[0]), ask(text, adapters[1]), ask(text, adapters[0])] == [*alone, alone[0]]
    assert ask(text) == plain


def test_an_adapter_for_a_llama_fits_the_llama_in_a_llava(
    tmp_path: Path, base: Path, adapters: tuple[Path, Path]
) -> None:
    # GIVEN a LLaVA whose language model is as wide as the adapter's base
    vision = load_vision(build_llava(tmp_path / "llava", text=LlamaConfig))
    text = TextModel(vision.name, vision.model, vision.processor.tokenizer)
    plain = ask(text)
    towers = [name for name, _ in vision.model.named_modules() if "vision_tower" in name]

    # WHEN it answers with the adapter
    adapted = ask(text, adapters[0])

    # THEN the adapter is at work, in the language model only, and at rest afterwards
    assert adapted != plain
    assert [name for name, _ in vision.model.named_modules() if "vision_tower" in name] == towers
    assert ask(text) == plain


def broken(folder: Path, adapter: Path, kind: str) -> Path:
    """A copy of an adapter that cannot be used."""
    shutil.copytree(adapter, folder)
    weights = folder / "adapter_model.safetensors"
    config = json.loads((folder / "adapter_config.json").read_text())
    tensors = load_file(weights)
    match kind:
        case "pickle":
            weights.rename(folder / "adapter_model.bin")
        case "truncated":
            weights.write_bytes(weights.read_bytes()[:-10])
        case "no config":
            (folder / "adapter_config.json").unlink()
        case "not LoRA":
            config["peft_type"] = "IA3"
        case "no rank":
            config["r"] = "eight"
        case "half":
            tensors.popitem()
        case "strange":
            tensors["base_model.model.embed"] = torch.zeros(2, 2)
        case "no-op":
            tensors = {name: tensor * ("lora_A" in name) for name, tensor in tensors.items()}
        case "other make":
            tensors = {name.replace("model.layers", "transformer.h"): tensor for name, tensor in tensors.items()}
    if kind != "no config":
        (folder / "adapter_config.json").write_text(json.dumps(config))
    if kind not in ("pickle", "truncated"):
        save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, weights)
    return folder


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("pickle", "could run any program"),
        ("truncated", "bytes instead of"),
        ("no config", "has no adapter_config.json"),
        ("not LoRA", "of a kind that the coach does not know"),
        ("no rank", "is damaged"),
        ("half", "matrices of it are missing"),
        ("strange", "weights of an unknown kind"),
        ("no-op", "changes nothing"),
        ("other make", "another make"),
    ],
)
def test_an_adapter_that_cannot_be_used_is_refused_in_a_sentence(
    tmp_path: Path, text: TextModel, adapters: tuple[Path, Path], kind: str, sentence: str
) -> None:
    # GIVEN an adapter with a fault
    plain, right = ask(text), ask(text, adapters[0])
    folder = broken(tmp_path / "broken", adapters[1], kind)

    # WHEN it is asked for THEN the sentence names the fault, and the model goes on as before
    with pytest.raises(CoachError, match=sentence):
        ask(text, folder)
    assert ask(text) == plain
    assert ask(text, adapters[0]) == right


def test_an_adapter_of_a_wider_base_is_refused(tmp_path: Path, text: TextModel) -> None:
    # GIVEN an adapter for a base of twice the width
    adapter = build_adapter(tmp_path / "adapter", build_text(tmp_path / "wide", width=64))

    # WHEN it is asked for THEN both widths are named
    with pytest.raises(CoachError, match="64 → 64 there, and 32 → 32 here"):
        ask(text, adapter)


def test_the_answer_ends_before_the_next_question(text: TextModel, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a model that has learned no end, and goes on with a question of its own
    said = iter(text.tokenizer("no\nQ: are", add_special_tokens=False)["input_ids"] * 9)
    forward = type(text.model).forward

    def scripted(*args: object, **options: object) -> object:
        output = forward(text.model, *args, **options)
        output.logits[:, -1] = -100.0
        output.logits[:, -1, next(said)] = 100.0
        return output

    monkeypatch.setattr(text.model, "forward", scripted)
    monkeypatch.setattr(text.model.generation_config, "suppress_tokens", None)
    pieces: list[str] = []

    # WHEN it is asked
    answer = answer_text(text, PROMPT, "", 40, pieces.append, lambda: False)

    # THEN nothing of that question is said, and it stops there
    assert answer.text == "".join(pieces) == "no"
    assert answer.tokens == len("no\nQ:")


def test_it_stops_when_told_to_and_the_adapter_rests(text: TextModel, adapters: tuple[Path, Path]) -> None:
    # GIVEN an answer with an adapter that is stopped
    plain = ask(text)
    with pytest.raises(Stopped):
        answer_text(text, PROMPT, str(adapters[0]), 40, lambda words: None, lambda: True)

    # WHEN the base is asked THEN the adapter is not at work
    assert ask(text) == plain

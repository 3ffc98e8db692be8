"""Text models and their adapters."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM, LlamaConfig

from coach_app.domain.errors import CoachError
from coach_app.engine.adapters import adapted
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


@torch.inference_mode()
def logits(model: Any) -> torch.Tensor:
    """What a model computes for some tokens, (tokens, vocabulary)."""
    ids = torch.arange(6, 46, device=model.device)[None]
    return model(input_ids=ids).logits[0]  # type: ignore[no-any-return]


PATTERNS: list[dict[str, Any]] = [
    {"alpha_pattern": {"q_proj": 64}},
    {"alpha_pattern": {"layers.0.self_attn.v_proj": 2, "v_proj": 40.5}},
    {"alpha_pattern": {r"model\.layers\.[1-9]\..*": 3}},
    {"rank_pattern": {"v_proj": 2, "layers.1.self_attn.q_proj": 6}},
    {"rank_pattern": {"q_proj": 9}, "alpha_pattern": {"q_proj": 5, "self_attn.v_proj": 1}, "use_rslora": True},
]


@pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing` is deprecated")
@pytest.mark.parametrize("options", PATTERNS)
def test_modules_with_a_scaling_or_a_rank_of_their_own_compute_what_peft_computes(
    tmp_path: Path, base: Path, options: dict[str, Any]
) -> None:
    # GIVEN an adapter some modules of which have a scaling or a rank of their own
    torch.manual_seed(3)
    config = LoraConfig(r=4, lora_alpha=16, target_modules=["q_proj", "v_proj"], init_lora_weights=False, **options)
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(base), config)
    model.save_pretrained(str(tmp_path / "adapter"))
    by_peft = logits(PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base), str(tmp_path / "adapter")))

    # WHEN it is put onto its base THEN that computes the same numbers as with peft, and others without it
    text = load_text(base, trained=True)  # in 32 bits on any processor
    with adapted(text, str(tmp_path / "adapter")):
        torch.testing.assert_close(logits(text.model), by_peft)
    assert (logits(text.model) - by_peft).abs().max() > 0.1

    # AND so does a LLaVA whose language model has the same weights
    vision = load_vision(build_llava(tmp_path / "llava", text=LlamaConfig)).model
    vision.model.language_model.load_state_dict(text_weights(base))
    vision.lm_head.load_state_dict(AutoModelForCausalLM.from_pretrained(base).lm_head.state_dict())
    with adapted(TextModel("llava", vision, text.tokenizer), str(tmp_path / "adapter")):
        torch.testing.assert_close(logits(vision), by_peft)


def text_weights(base: Path) -> dict[str, torch.Tensor]:
    """Weights of a text model below its head."""
    weights: dict[str, torch.Tensor] = AutoModelForCausalLM.from_pretrained(base).model.state_dict()
    return weights


@pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing` is deprecated")
def test_an_adapter_may_also_be_for_the_last_product(tmp_path: Path, base: Path) -> None:
    # GIVEN an adapter that changes the head, too
    torch.manual_seed(4)
    config = LoraConfig(r=4, target_modules=["q_proj", "lm_head"], init_lora_weights=False)
    model = get_peft_model(AutoModelForCausalLM.from_pretrained(base), config)
    model.save_pretrained(str(tmp_path / "adapter"), save_embedding_layers=False)

    # WHEN it is put onto a LLaVA of the same shapes THEN it is at work there
    vision = load_vision(build_llava(tmp_path / "llava", text=LlamaConfig))
    text = TextModel(vision.name, vision.model, vision.processor.tokenizer)
    assert ask(text, tmp_path / "adapter") != ask(text)


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
        case "layers twice":
            config["layer_replication"] = [[0, 2], [0, 2]]
        case "changes its base":
            config["init_lora_weights"] = "pissa_niter_4"
        case "no scaling":
            config["alpha_pattern"] = {"q_proj": "eight"}
        case "no pattern":
            config["alpha_pattern"] = {"(": 8}
        case "no numbers":
            tensors = {name: tensor * float("nan") for name, tensor in tensors.items()}
        case "too large":
            tensors = {name: tensor.sign() * 1e38 for name, tensor in tensors.items()}
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
        ("half", "some of its matrices are missing"),
        ("strange", "weights of an unknown kind"),
        ("layers twice", "of a kind that the coach does not know"),
        ("changes its base", "of a kind that the coach does not know"),
        ("no scaling", "is damaged"),
        ("no pattern", "is damaged"),
        ("no numbers", "some of its weights are not numbers"),
        ("too large", "are far too large"),
        ("no-op", "does not change what"),
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


def test_an_adapter_that_makes_the_model_compute_no_numbers_is_refused(
    tmp_path: Path, text: TextModel, adapters: tuple[Path, Path]
) -> None:
    # GIVEN an adapter whose weights are numbers, but whose scaling is beyond all
    plain = ask(text)
    folder = shutil.copytree(adapters[1], tmp_path / "scaled")
    config = json.loads((folder / "adapter_config.json").read_text())
    (folder / "adapter_config.json").write_text(json.dumps({**config, "lora_alpha": 1e40}))

    # WHEN it is asked for THEN it is refused, and the model goes on as before
    with pytest.raises(CoachError, match="computes no numbers"):
        ask(text, folder)
    assert ask(text) == plain


def test_an_adapter_of_a_wider_base_is_refused(tmp_path: Path, text: TextModel) -> None:
    # GIVEN an adapter for a base of twice the width
    adapter = build_adapter(tmp_path / "adapter", build_text(tmp_path / "wide", width=64))

    # WHEN it is asked for THEN both widths are named
    with pytest.raises(CoachError, match="64 → 64 there, and 32 → 32 here"):
        ask(text, adapter)


def test_the_answer_ends_before_the_next_question(text: TextModel, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a model that has learned no end, and goes on with a question of its own
    said = text.tokenizer("no\nQ: are", add_special_tokens=False)["input_ids"] * 9
    first = len(text.tokenizer(PROMPT)["input_ids"])
    forward = type(text.model).forward

    def scripted(*args: object, **options: object) -> object:
        output = forward(text.model, *args, **options)
        seen, last = output.past_key_values.get_seq_length(), output.logits.shape[1]
        for place in range(max(seen - last, first - 1), seen):
            output.logits[:, place - seen] = -100.0
            output.logits[:, place - seen, said[place - first + 1]] = 100.0
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

"""Which LLaVAs can take the place of an adapter's base, by files of the layout of the real ones."""

import json
import struct
from pathlib import Path
from typing import Any

import pytest

from coach_app.domain.errors import CoachError
from coach_app.models.bases import base_note, base_of, can_replace, fits, is_named
from coach_app.models.catalogue import ModelEntry, add_model

# As they are at the hub: what is usual for the library that wrote them is left out.
VICUNA = {"model_type": "llama", "_name_or_path": "lmsys/vicuna-7b-v1.5", "vocab_size": 32064}
MISTRAL = {"model_type": "mistral", "intermediate_size": 14336, "num_key_value_heads": 8, "vocab_size": 32064}
LLAMA_2 = {
    "model_type": "llama",
    "hidden_size": 4096,
    "intermediate_size": 11008,
    "num_attention_heads": 32,
    "num_hidden_layers": 32,
    "num_key_value_heads": 32,
    "vocab_size": 32000,
}


def model(folder: Path, config: Any) -> Path:
    """A folder with only what is looked at."""
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(config))
    return folder


def llava(folder: Path, text: Any = VICUNA, kind: str = "llava_next") -> Path:
    return model(folder, {"model_type": kind, "text_config": text, "vision_config": {}})


def adapter(folder: Path, modules: dict[str, tuple[int, int]], rank: int = 8, layer: int = 31) -> Path:
    """An adapter without weights, for modules of (in, out) features in the first and in this layer."""
    folder.mkdir()
    header = {}
    for name, (wide, out) in modules.items():
        for number in (0, layer):
            key = f"base_model.model.model.layers.{number}.{name}.lora"
            header[f"{key}_A.weight"] = {"dtype": "F16", "shape": [rank, wide], "data_offsets": [0, 0]}
            header[f"{key}_B.weight"] = {"dtype": "F16", "shape": [out, rank], "data_offsets": [0, 0]}
    content = json.dumps(header).encode()
    (folder / "adapter_model.safetensors").write_bytes(struct.pack("<Q", len(content)) + content)
    return folder


ALL = {
    "self_attn.q_proj": (4096, 4096),
    "self_attn.k_proj": (4096, 4096),
    "self_attn.v_proj": (4096, 4096),
    "self_attn.o_proj": (4096, 4096),
    "mlp.gate_proj": (4096, 11008),
    "mlp.up_proj": (4096, 11008),
    "mlp.down_proj": (11008, 4096),
}


def test_a_llava_on_vicuna_takes_the_place_of_llama_2(tmp_path: Path) -> None:
    # GIVEN files as those of LLaVA-NeXT 7B on Vicuna, of Llama 2 7B and of an adapter for all its matrices
    seeing, base, tips = llava(tmp_path / "l"), model(tmp_path / "b", LLAMA_2), adapter(tmp_path / "a", ALL)
    # WHEN compared THEN it fits, whether the base is here or not
    assert can_replace(seeing, base, tips)
    assert can_replace(seeing, None, tips)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (MISTRAL, "llava_next"),
        (VICUNA, "qwen3_vl"),
        ({**VICUNA, "hidden_size": 5120, "num_hidden_layers": 40, "num_attention_heads": 40}, "llava"),
        ({**VICUNA, "num_key_value_heads": 8}, "llava"),
        ({**VICUNA, "num_hidden_layers": 31}, "llava"),
        ({**VICUNA, "num_attention_heads": 0}, "llava"),
        ("vicuna", "llava"),
        (None, "llava"),
    ],
)
def test_one_of_another_make_or_size_does_not(tmp_path: Path, text: object, kind: str) -> None:
    # GIVEN a model of another make, size or kind, or a damaged file WHEN compared THEN it is none
    tips = adapter(tmp_path / "a", ALL)
    assert not can_replace(llava(tmp_path / "l", text, kind), None, tips)


@pytest.mark.parametrize(
    "differs", [{"vocab_size": 32016, "rope_theta": 1e6}, {"vocab_size": 40_000}, {"head_dim": 64}]
)
def test_a_base_with_other_positions_or_more_tokens_keeps_its_adapters(
    tmp_path: Path, differs: dict[str, float]
) -> None:
    # GIVEN a base whose matrices fit, and which was trained otherwise WHEN compared THEN it
    # is not replaced
    base = model(tmp_path / "b", LLAMA_2 | differs)
    assert not can_replace(llava(tmp_path / "l"), base, adapter(tmp_path / "a", ALL))


@pytest.mark.parametrize(
    "modules", [{"self_attn.q_proj": (5120, 5120)}, {"self_attn.v_proj": (4096, 1024)}, {"mlp.c_fc": (4096, 4096)}, {}]
)
def test_an_adapter_with_other_matrices_does_not_fit(tmp_path: Path, modules: dict[str, tuple[int, int]]) -> None:
    # GIVEN an adapter for a model of other shapes or names, or without any WHEN compared THEN it does not fit
    assert not can_replace(llava(tmp_path / "l"), None, adapter(tmp_path / "a", modules))


def test_missing_files_fit_nothing(tmp_path: Path) -> None:
    # GIVEN folders that are not there WHEN compared THEN nothing fits
    assert not can_replace(tmp_path / "l", tmp_path / "b", tmp_path / "a")
    assert not can_replace(llava(tmp_path / "l"), tmp_path / "b", adapter(tmp_path / "a", ALL))


def named(folder: Path, base: str) -> ModelEntry:
    """An adapter that names its base so."""
    adapter(folder, ALL)
    (folder / "adapter_config.json").write_text(json.dumps({"base_model_name_or_path": base}))
    return ModelEntry(name=folder.name, title=folder.name, role="adapter", folder=folder)


def known(folder: Path, config: Any = LLAMA_2) -> str:
    """A text model that the user has added."""
    add_model(ModelEntry(name=folder.name, title=folder.name, role="text", folder=model(folder, config)))
    return folder.name


@pytest.mark.parametrize(
    "base",
    ["D:\\models\\fable-7b-hf", "/home/rented/Fable-7b/", "unsloth/fable-7b-bnb-4bit", "x/Fable-7B-GPTQ", ""],
)
def test_a_copy_of_the_base_takes_its_place(coach_home: Path, tmp_path: Path, base: str) -> None:
    # GIVEN an adapter that names the trainer's folder, or a copy, and nothing that fits
    tips = named(tmp_path / "tips", base)
    known(tmp_path / "small", LLAMA_2 | {"hidden_size": 2048})
    with pytest.raises(CoachError) as caught:
        base_of(tips)
    assert "coach models add" in caught.value.remedy
    # WHEN what it names is added, beside another one of its sizes, THEN it stands on that
    known(tmp_path / "other-7b")
    expected = known(tmp_path / "fable-7b-hf")
    assert base_of(tips).name == (expected if base else "other-7b")
    assert not is_named(base_of(tips), tips)
    # AND the user is told
    told = f"names {base}, which is not here; fable-7b-hf fits it" if base else "names no base; other-7b fits it"
    assert told in base_note(base_of(tips), tips)


def test_a_base_that_is_named_rightly_is_taken_as_it_is(coach_home: Path, tmp_path: Path) -> None:
    name = known(tmp_path / "mine", LLAMA_2 | {"hidden_size": 2048})
    for number, base in enumerate((name, str(tmp_path / "mine"))):
        tips = named(tmp_path / f"tips{number}", base)
        assert base_of(tips).name == name
        assert is_named(base_of(tips), tips)
        assert base_note(base_of(tips), tips) == ""


def test_an_adapter_for_the_base_of_earlier_versions_is_named(coach_home: Path, tmp_path: Path) -> None:
    # GIVEN an adapter for the model that used to come with the app WHEN its base is wanted THEN one sentence says so
    with pytest.raises(CoachError, match="The adapter tips was made for coach-text") as caught:
        base_of(named(tmp_path / "tips", "coach-text"))
    assert "coach train tips" in caught.value.remedy


def test_a_base_that_is_known_but_not_here_says_how_to_get_it(coach_home: Path, tmp_path: Path) -> None:
    tips = named(tmp_path / "tips", "D:\\llama-2-7b-hf")
    base = base_of(tips)
    assert "needs the model Llama 2 7B, which is not on this computer" in base_note(base, tips)
    with pytest.raises(CoachError, match="not on this computer"):
        base.path()


def test_other_makes_fit_by_their_sizes(tmp_path: Path) -> None:
    small = LLAMA_2 | {"model_type": "qwen2", "num_key_value_heads": 4}
    tips = adapter(tmp_path / "a", {"self_attn.k_proj": (4096, 512), "self_attn.q_proj": (4096, 4096)})
    assert fits(model(tmp_path / "q", small), tips)
    assert not fits(model(tmp_path / "l", LLAMA_2), tips)
    assert not fits(model(tmp_path / "g", small | {"model_type": "gpt2"}), tips)
    assert not fits(tmp_path / "nowhere", tips)

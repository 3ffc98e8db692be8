"""What a model is said to take, against what loading it takes."""

import json
import struct
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach_app.domain.errors import CoachError
from coach_app.domain.resources import resources_dir
from coach_app.engine.loader import load_translator, load_vision
from coach_app.models.catalogue import catalogue, resolve
from coach_app.models.memory import memory_of, weights_memory
from tests.fakes.models import build_llava

BUNDLED = resources_dir() / "models" / "grid-coach"


def loaded_bytes(model: object) -> int:
    """What the tensors of a loaded model take, with all that 4-bit weights keep beside them."""
    total = 0
    for tensor in [*model.parameters(), *model.buffers()]:  # type: ignore[attr-defined]
        total += tensor.numel() * tensor.element_size()
        if state := getattr(tensor, "quant_state", None):
            parts = [state.absmax, state.code, state.offset, state.state2.absmax, state.state2.code]
            total += sum(part.numel() * part.element_size() for part in parts)
    return total


@pytest.fixture(params=["bundled", "random"])
def checkpoint(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return BUNDLED if request.param == "bundled" else build_llava(tmp_path / "random")


@pytest.mark.parametrize("bits", [4, 16])
def test_the_estimate_is_within_a_tenth_of_what_loading_takes(checkpoint: Path, bits: int) -> None:
    # GIVEN a checkpoint WHEN it is loaded on the processor, where what is not quantised has 32 bits
    taken = loaded_bytes(load_vision(checkpoint, four_bit=bits == 4).model)
    # THEN the estimate, which saw the headers of its files only, was right
    estimate = memory_of(checkpoint, "vision").weights(4 if bits == 4 else 16, wide=True)
    assert estimate == pytest.approx(taken, rel=0.1)


def test_the_estimate_of_a_translator() -> None:
    # GIVEN a translator, which is never quantised WHEN it is loaded THEN the estimate was right
    folder = resources_dir() / "models" / "grid-ja"
    memory = memory_of(folder, "translator")
    assert memory.bits4 == memory.bits16
    assert memory.weights(16, wide=True) == pytest.approx(loaded_bytes(load_translator(folder).model), rel=0.1)


def test_the_catalogue_says_what_the_files_of_the_bundled_models_say() -> None:
    # GIVEN the models that come with the app WHEN their files are looked at THEN the catalogue is right
    for name in ("grid-coach", "crafter-coach", "babyai-coach", "montezuma-coach", "grid-ja"):
        entry = resolve(name)
        assert entry.memory == memory_of(entry.path(), entry.role)


def llava_shapes(hidden: int, mlp: int, layers: int, key_value: int) -> dict[str, list[int]]:
    """The tensors of LLaVA-NeXT 1.6: CLIP-L/14-336, a projector of two layers, a language model."""
    shapes = {"image_newline": [hidden]}
    tower = "model.vision_tower.vision_model."
    shapes |= {
        f"{tower}embeddings.class_embedding": [1024],
        f"{tower}embeddings.patch_embedding.weight": [1024, 3, 14, 14],
        f"{tower}embeddings.position_embedding.weight": [577, 1024],
    }
    for layer in range(24):
        at = f"{tower}encoder.layers.{layer}."
        shapes |= {f"{at}self_attn.{name}_proj.weight": [1024, 1024] for name in ("q", "k", "v", "out")}
        shapes |= {f"{at}mlp.fc1.weight": [4096, 1024], f"{at}mlp.fc2.weight": [1024, 4096]}
    shapes |= {
        "model.multi_modal_projector.linear_1.weight": [hidden, 1024],
        "model.multi_modal_projector.linear_2.weight": [hidden, hidden],
        "model.language_model.embed_tokens.weight": [32064, hidden],
        "lm_head.weight": [32064, hidden],
    }
    for layer in range(layers):
        at = f"model.language_model.layers.{layer}."
        shapes |= {f"{at}self_attn.{name}_proj.weight": [hidden, hidden] for name in ("q", "o")}
        shapes |= {f"{at}self_attn.{name}_proj.weight": [key_value, hidden] for name in ("k", "v")}
        shapes |= {f"{at}mlp.{name}_proj.weight": [mlp, hidden] for name in ("gate", "up")}
        shapes |= {f"{at}mlp.down_proj.weight": [hidden, mlp]}
    return shapes


@pytest.mark.parametrize(
    ("name", "shapes"),
    [
        ("llava-v1.6-mistral-7b", llava_shapes(4096, 14336, 32, 1024)),
        ("llava-v1.6-vicuna-7b", llava_shapes(4096, 11008, 32, 4096)),
    ],
)
def test_the_catalogue_is_right_about_the_7b_models(name: str, shapes: dict[str, list[int]]) -> None:
    # GIVEN the shapes of the published weights (biases and norms apart) WHEN counted THEN the catalogue is right
    counted, said = weights_memory(shapes), resolve(name).memory
    assert said
    for bits in (4, 8, 16):
        assert said.weights(bits) == pytest.approx(counted.weights(bits), rel=0.001)
    assert resolve(name).size_bytes == pytest.approx(said.bits16, rel=0.001)


def test_every_model_of_the_catalogue_says_what_it_takes() -> None:
    # GIVEN the catalogue / WHEN it is read / THEN fewer bits never take more, and pictures have tokens
    for entry in catalogue():
        memory = entry.memory
        assert memory, entry.name
        assert memory.bits4 <= memory.bits8 <= memory.bits16
        assert (memory.tile_tokens > 0) == (entry.role == "vision")
        assert entry.size_bytes
        assert entry.good_for


def test_the_tokens_of_a_picture_are_those_of_the_model() -> None:
    # GIVEN LLaVA-NeXT, whose tokens are known (facts: 672² gives 2,928) WHEN counted THEN they are right
    memory = resolve("llava-v1.6-mistral-7b").memory
    assert memory
    assert [memory.picture_tokens(detail) for detail in ("base", "wide", "full")] == [576, 1752, 2928]
    # GIVEN the bundled coach, whose grid is one square THEN there is nothing finer than two
    small = memory_of(BUNDLED, "vision")
    assert [small.picture_tokens(detail) for detail in ("base", "wide", "full")] == [136, 136, 136]
    # THEN the one that was trained with one way to look leaves no choice
    assert (memory.details, small.details) == (("base", "wide", "full"), ("full",))


def test_a_checkpoint_saved_in_4_bits_takes_what_it_has(tmp_path: Path) -> None:
    # GIVEN a checkpoint that was saved quantised WHEN looked at THEN its files are what it takes
    folder = build_llava(tmp_path / "model")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"quantization_config": {"load_in_4bit": True}}))
    memory = memory_of(folder, "vision")
    assert memory.bits4 == memory.bits16
    assert memory.bits4 == pytest.approx((folder / "model.safetensors").stat().st_size, rel=0.1)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    shape=_JSON,
    text=st.dictionaries(st.sampled_from(["num_hidden_layers", "hidden_size", "num_attention_heads"]), _JSON),
    vision=st.dictionaries(st.sampled_from(["image_size", "patch_size"]), _JSON),
    grid=_JSON,
)
def test_any_nonsense_gives_an_estimate_or_a_sentence(
    tmp_path: Path, shape: object, text: object, vision: object, grid: object
) -> None:
    # GIVEN a checkpoint whose configuration and header are nonsense
    header = json.dumps({"layers.0.weight": {"dtype": "F16", "shape": shape, "data_offsets": [0, 8]}}).encode()
    (tmp_path / "model.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + bytes(8))
    config = {"text_config": text, "vision_config": vision, "image_grid_pinpoints": grid}
    (tmp_path / "config.json").write_text(json.dumps(config))
    for name in ("processor_config.json", "tokenizer.json", "tokenizer_config.json"):
        (tmp_path / name).write_text("{}")
    # WHEN it is looked at THEN there is an estimate, or one sentence
    said = ""
    try:
        memory_of(tmp_path, "vision")
    except CoachError as error:
        said = error.message
    assert not said or "damaged" in said

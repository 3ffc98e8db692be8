"""Hundreds of damaged model folders and lists of models: each works, or is one sentence for the player."""

import contextlib
import json
import shutil
import tomllib
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import tomli_w
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach_app.desktop.folders import data_dir
from coach_app.domain.errors import CoachError
from coach_app.domain.resources import resources_dir
from coach_app.models import catalogue, fit, hardware
from coach_app.models.checkpoint import check_checkpoint, fingerprint
from coach_app.models.memory import memory_of
from tests.fakes.damage import damaged_bytes, damaged_json, damaged_json_file, damaged_safetensors

pytestmark = pytest.mark.timeout(600)  # some ten milliseconds a case where the machine has nothing else to do
SHIPPED = resources_dir() / "models" / "grid-coach"
LIST = tomllib.loads((resources_dir() / "models.toml").read_text("utf-8"))
many = settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def told(work: Callable[[], object]) -> None:
    """Let it work, or be refused with a sentence; anything else is a fault of ours."""
    sentence = "."
    try:
        work()
    except CoachError as error:
        sentence = error.message
    assert sentence.endswith(".")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The files of a real checkpoint, with weights that are a header and nothing more."""
    copy = tmp_path / "model"
    copy.mkdir()
    for name in ("config.json", "processor_config.json", "tokenizer_config.json"):
        shutil.copy(SHIPPED / name, copy)
    (copy / "tokenizer.json").write_text("{}", "utf-8")
    return copy


def use(folder: Path) -> None:
    """Everything that is done with a model folder before it is loaded."""
    for work in (
        lambda: check_checkpoint(folder, "vision"),
        lambda: memory_of(folder, "vision"),
        lambda: fingerprint(folder),
        lambda: catalogue.entry_of_folder(folder),
        lambda: catalogue.resolve(str(folder)).path(),
    ):
        told(work)


@pytest.fixture(scope="module")
def weights() -> bytes:
    """A small safetensors file with tensors such as the shipped model has."""
    names = [
        "model.language_model.layers.0.mlp.up_proj.weight",
        "model.language_model.embed_tokens.weight",
        "model.vision_tower.vision_model.embeddings.position_embedding.weight",
        "lm_head.weight",
    ]
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    for number, name in enumerate(names):
        header[name] = {"dtype": "F32", "shape": [4, 2], "data_offsets": [32 * number, 32 * (number + 1)]}
    text = json.dumps(header).encode()
    return len(text).to_bytes(8, "little") + text + bytes(32 * len(names))


@many
@given(data=st.data())
def test_damaged_configurations_are_told(folder: Path, weights: bytes, data: st.DataObject) -> None:
    # GIVEN a checkpoint with a damaged file / WHEN it is looked at / THEN it works, or one sentence says why not
    name = data.draw(st.sampled_from(["config.json", "processor_config.json", "tokenizer_config.json"]))
    content = (SHIPPED / name).read_bytes()
    (folder / "model.safetensors").write_bytes(weights)
    (folder / name).write_bytes(data.draw(damaged_json_file(content)))
    use(folder)
    (folder / name).write_bytes(content)


@many
@given(data=st.data())
def test_damaged_weights_are_told(folder: Path, weights: bytes, data: st.DataObject) -> None:
    # GIVEN a checkpoint with a damaged header / WHEN it is looked at / THEN it works, or one sentence says why not
    (folder / "model.safetensors").write_bytes(data.draw(damaged_safetensors(weights)))
    use(folder)


@settings(many, max_examples=50)
@given(data=st.data())
def test_damaged_indexes_are_told(folder: Path, weights: bytes, data: st.DataObject) -> None:
    # GIVEN weights in two files, with a damaged index / WHEN it is looked at / THEN it works, or a sentence says why
    for name in ("model-1.safetensors", "model-2.safetensors"):
        (folder / name).write_bytes(weights)
    index = {"metadata": {"total_size": 64}, "weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}
    damaged = data.draw(damaged_json_file(json.dumps(index).encode()))
    (folder / "model.safetensors.index.json").write_bytes(damaged)
    use(folder)


def toml_of(value: Any) -> bytes:
    """TOML of what may not be sayable in TOML; without that then."""
    if isinstance(value, dict):
        value = {key: kept for key, kept in value.items() if kept is not None}
    with contextlib.suppress(TypeError, ValueError):
        return tomli_w.dumps(value).encode("utf-8", "replace")
    return repr(value).encode("utf-8", "replace")


@pytest.fixture
def no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    """No driver is asked, as that takes its time."""
    monkeypatch.setattr(hardware, "_nvidia_cards", list)


FOLDERS = st.one_of(st.just("/nowhere"), st.text(max_size=40), st.sampled_from("ab/").map(lambda sign: sign * 5_000))


@many
@given(data=st.data())
def test_a_damaged_list_of_the_users_is_told_and_left_out(no_card: None, data: st.DataObject) -> None:
    # GIVEN a damaged list of the user's own models
    entries = [
        data.draw(damaged_json(entry)) for entry in data.draw(st.lists(st.sampled_from(LIST["model"]), max_size=3))
    ]
    entries = [entry | {"folder": data.draw(FOLDERS)} if data.draw(st.booleans()) else entry for entry in entries]
    values = data.draw(damaged_json({"folder": data.draw(FOLDERS), "model": [{"name": "a"}]}))
    content = toml_of(values | {"model": entries})
    file = data_dir() / "models.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data.draw(damaged_bytes(content)) if data.draw(st.booleans()) else content)

    # WHEN it is used / THEN it works, or one sentence says why not, and the shipped models are there all the same
    assert {entry["name"] for entry in LIST["model"]} <= {entry.name for entry in catalogue.catalogue()}
    told(catalogue.own_models)
    told(catalogue.usable_models_dir)
    told(lambda: catalogue.resolve("grid-coach").path())
    machine = hardware.look(catalogue.models_dir())
    for entry in catalogue.catalogue():
        assert entry.begun_bytes() == 0
        told(entry.path)
        told(partial(fit.ways, entry, machine, None))
    told(lambda: catalogue.add_model(catalogue.ModelEntry(name="mine", title="Mine", hub_id="a/b")))


@pytest.fixture
def shipped_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file of a list of models that stands in for the shipped one."""
    monkeypatch.setattr(catalogue, "resources_dir", lambda: tmp_path)
    yield tmp_path / "models.toml"
    catalogue._shipped.cache_clear()


@settings(many, max_examples=50)
@given(data=st.data())
def test_a_damaged_shipped_list_is_told(shipped_list: Path, data: st.DataObject) -> None:
    # GIVEN a damaged installation / WHEN the models are wanted / THEN there are some, or one sentence says why not
    content = toml_of({"model": [data.draw(damaged_json(entry)) for entry in LIST["model"][:2]]})
    shipped_list.write_bytes(data.draw(damaged_bytes(content)) if data.draw(st.booleans()) else content)
    catalogue._shipped.cache_clear()
    told(catalogue.catalogue)

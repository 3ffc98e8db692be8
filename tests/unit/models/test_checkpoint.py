"""Folders that are no checkpoint, or a broken or a dangerous one."""

import json
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach_app.domain.errors import CoachError
from coach_app.models.checkpoint import check_checkpoint

HEADER = json.dumps({"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]}, "__metadata__": {"x": "y"}}).encode()
WEIGHTS = struct.pack("<Q", len(HEADER)) + HEADER + bytes(8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that looks like a vision model in every way that is checked."""
    folder = tmp_path / "model"
    folder.mkdir()
    for name in ("config.json", "processor_config.json", "tokenizer.json", "tokenizer_config.json"):
        (folder / name).write_text("{}")
    (folder / "model.safetensors").write_bytes(WEIGHTS)
    return folder


def complaint(folder: Path) -> str:
    with pytest.raises(CoachError) as failure:
        check_checkpoint(folder, "vision")
    assert failure.value.remedy
    return failure.value.message


def test_a_whole_checkpoint_passes(folder: Path) -> None:
    # GIVEN a whole checkpoint / WHEN it is checked / THEN there is no complaint, for what it is
    check_checkpoint(folder, "vision")
    with pytest.raises(CoachError, match=r"source\.spm"):
        check_checkpoint(folder, "translator")


def test_shards_pass_and_a_missing_one_is_named(folder: Path) -> None:
    # GIVEN a checkpoint in two shards
    index = {"weight_map": {"a": "model-1.safetensors", "b": "model-2.safetensors"}}
    (folder / "model.safetensors").rename(folder / "model-1.safetensors")
    (folder / "model-2.safetensors").write_bytes(WEIGHTS)
    (folder / "model.safetensors.index.json").write_text(json.dumps(index))
    check_checkpoint(folder, "vision")

    # WHEN one of them is gone / THEN it is named
    (folder / "model-2.safetensors").unlink()
    assert "model-2.safetensors" in complaint(folder)


@pytest.mark.parametrize(
    "name", ["config.json", "processor_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors"]
)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    # GIVEN a checkpoint without one of its files / WHEN it is checked / THEN the file is named
    (folder / name).unlink()
    assert name in complaint(folder)


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json"])
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000])
def test_a_damaged_json_file_is_named(folder: Path, name: str, content: bytes) -> None:
    # GIVEN a file that is no JSON object / WHEN it is checked / THEN the file is named
    (folder / name).write_bytes(content)
    assert name in complaint(folder)


@pytest.mark.parametrize(
    "change", [lambda old: old[:-3], lambda old: old + b"x", lambda old: old[:20], lambda old: b""]
)
def test_weights_of_the_wrong_length_are_named(folder: Path, change: Callable[[bytes], bytes]) -> None:
    # GIVEN a truncated download, or one with something behind it / WHEN it is checked / THEN the file is named
    (folder / "model.safetensors").write_bytes(change(WEIGHTS))
    assert "model.safetensors" in complaint(folder)


@pytest.mark.parametrize("name", ["pytorch_model.bin", "model.pt", "model.pkl", "model.ckpt"])
def test_a_pickle_is_refused_and_the_reason_given(folder: Path, name: str) -> None:
    # GIVEN weights as a pickle only / WHEN checked / THEN it says why that is refused
    (folder / "model.safetensors").rename(folder / name)
    assert "pickle" in complaint(folder)


def test_no_folder_is_said(tmp_path: Path) -> None:
    # GIVEN no folder, and a file in its place / WHEN checked / THEN that is said
    assert "no model folder" in complaint(tmp_path / "nothing")
    (tmp_path / "file").touch()
    assert "no model folder" in complaint(tmp_path / "file")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(noise=st.binary(min_size=1, max_size=40), at=st.integers(min_value=0, max_value=len(WEIGHTS)))
def test_damaged_weights_never_make_more_than_a_sentence(folder: Path, noise: bytes, at: int) -> None:
    # GIVEN weights with some bytes overwritten / WHEN checked / THEN they pass or are refused with a sentence
    (folder / "model.safetensors").write_bytes(WEIGHTS[:at] + noise + WEIGHTS[at + len(noise) :])
    said = ""
    try:
        check_checkpoint(folder, "vision")
    except CoachError as error:
        said = error.message
    assert "model.safetensors" in said or not said

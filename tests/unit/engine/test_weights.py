"""Weights that are no numbers, and how far a load is."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file, save_file

from coach_app.domain.errors import CoachError
from coach_app.engine.loader import load_text, load_translator, load_vision
from coach_app.engine.weights import is_finite
from tests.fakes.models import build_text

NAN, INFINITY = float("nan"), float("inf")
Load = Callable[[Path], object]


def spoilt(source: Path, target: Path, part: str, value: float) -> Path:
    """A copy of a model in which one weight of the first tensor with such a name is something else."""
    shutil.copytree(source, target)
    weights = load_file(target / "model.safetensors")
    name = next(name for name in weights if part in name)
    weights[name].view(-1)[-1] = value
    save_file(weights, target / "model.safetensors", {"format": "pt"})
    return target


def in_four_bits(folder: Path) -> object:
    return load_vision(folder, four_bit=True)


@pytest.mark.parametrize("load", [load_vision, in_four_bits])
@pytest.mark.parametrize(
    ("part", "value"), [("vision_tower", NAN), ("projector", INFINITY), ("mlp.up_proj", NAN), ("lm_head", -INFINITY)]
)
def test_a_model_that_looks(llava: Path, tmp_path: Path, load: Load, part: str, value: float) -> None:
    # GIVEN a model with one weight that is no number WHEN it is loaded, whole or in 4 bits THEN it is refused
    with pytest.raises(CoachError, match="not numbers") as refusal:
        load(spoilt(llava, tmp_path / "spoilt", part, value))
    assert refusal.value.remedy


@pytest.mark.parametrize("value", [NAN, INFINITY])
def test_models_of_texts(marian: Path, tmp_path: Path, value: float) -> None:
    # GIVEN a text model and a translator with such a weight WHEN they are loaded THEN they are refused
    base = build_text(tmp_path / "base")
    with pytest.raises(CoachError, match="not numbers"):
        load_text(spoilt(base, tmp_path / "text", "mlp", value))
    with pytest.raises(CoachError, match="not numbers"):
        load_translator(spoilt(marian, tmp_path / "translator", "fc1", value))


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float8_e4m3fn])
def test_large_numbers_are_numbers(dtype: torch.dtype) -> None:
    # GIVEN weights whose sum does not fit into their type WHEN they are looked at THEN they are numbers
    large = torch.full((300,), 400.0 if dtype.itemsize < 4 else 3e38).to(dtype)
    assert is_finite(large)
    large[7] = NAN
    assert not is_finite(large)
    assert is_finite(torch.tensor([1, 2]))


def test_how_far_it_is_is_told(llava: Path, tmp_path: Path) -> None:
    # GIVEN a model WHEN it is loaded THEN that is told from near nothing to nearly all of it
    shares: list[float] = []
    load_vision(llava, watch=shares.append)
    assert shares == sorted(shares)
    assert shares[0] < 0.6
    assert 0.9 < shares[-1] <= 1

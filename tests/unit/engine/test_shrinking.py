"""A model saved in 4 bits is a model like any other, and loaded as it is."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from coach_app.cli import app
from coach_app.domain.errors import CoachError
from coach_app.engine.answering import warm_up
from coach_app.engine.loader import load_text, load_vision
from coach_app.engine.shrinking import shrink
from coach_app.models.catalogue import models_dir, resolve
from tests.fakes.models import build_text


@pytest.mark.usefixtures("packing")
def test_a_model_in_4_bits_is_known_smaller_and_loaded_as_it_is(llava: Path) -> None:
    # GIVEN a model WHEN it is saved in 4 bits THEN the coach knows it, and its files are smaller
    result = CliRunner().invoke(app, ["models", "shrink", str(llava), "--name", "small"])
    assert result.exit_code == 0, result.output
    small = resolve("small")
    assert small.path() == models_dir() / "small"
    weights = "model.safetensors"
    assert (small.path() / weights).stat().st_size < (llava / weights).stat().st_size
    # WHEN it is loaded THEN its language model has 4 bits, and it answers
    vision = load_vision(small.path())
    assert vision.model.is_quantized
    warm_up(vision)
    # WHEN it is to be saved again, or something else under its name THEN a sentence says why not
    with pytest.raises(CoachError, match="cannot be made smaller"):
        shrink(small)
    with pytest.raises(CoachError, match="already"):
        shrink(resolve(str(llava)), "small")
    assert [path.name for path in models_dir().iterdir()] == ["small"]


@pytest.mark.usefixtures("packing")
def test_a_model_for_text_too(tmp_path: Path) -> None:
    # GIVEN a model for text WHEN it is saved in 4 bits THEN it is called after it, and loaded as it is
    small = shrink(resolve(str(build_text(tmp_path / "tales", width=64)), "text"))
    assert small.name == "tales-4bit"
    assert load_text(small.path()).model.is_quantized


def test_what_cannot_be_made_smaller() -> None:
    # GIVEN a translator, and a name that is none WHEN asked for THEN one sentence each
    with pytest.raises(CoachError, match="cannot be made smaller"):
        shrink(resolve("grid-ja"))

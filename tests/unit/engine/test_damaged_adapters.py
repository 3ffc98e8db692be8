"""Dozens of damaged adapters, really loaded: each works, or is one sentence for the player."""

import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach_app.domain.errors import CoachError
from coach_app.engine import adapters
from coach_app.engine.loader import TextModel, load_text
from tests.fakes.damage import damaged_json_file, damaged_safetensors
from tests.fakes.models import build_adapter, build_text

pytestmark = pytest.mark.timeout(600)  # some dozen milliseconds a case where the machine has nothing else to do
FILES = {"adapter_config.json": damaged_json_file, "adapter_model.safetensors": damaged_safetensors}


def told(work: Callable[[], object]) -> None:
    """Let it work, or be refused with a sentence; anything else is a fault of ours."""
    sentence = "."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what libraries think of such files
            work()
    except CoachError as error:
        sentence = error.message
    assert sentence.endswith(".")


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> TextModel:
    """A text model in memory."""
    return load_text(build_text(tmp_path_factory.mktemp("base") / "text"))


@pytest.fixture(scope="module")
def adapter(base: TextModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An adapter for it."""
    folder = tmp_path_factory.mktemp("adapters")
    return build_adapter(folder / "adapter", build_text(folder / "text"))


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_damaged_adapters_are_told(base: TextModel, adapter: Path, tmp_path: Path, data: st.DataObject) -> None:
    # GIVEN an adapter with a damaged file / WHEN it is used / THEN it works, or one sentence says why not
    for name, damaged in FILES.items():
        content = (adapter / name).read_bytes()
        (tmp_path / name).write_bytes(data.draw(damaged(content)) if data.draw(st.booleans()) else content)

    def use() -> None:
        with adapters.adapted(base, str(tmp_path)):
            pass

    told(use)
    adapters.release(base)

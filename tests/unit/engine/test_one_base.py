"""One model in the engine's memory for pictures and for texts, whichever is wanted first."""

import io
from pathlib import Path
from typing import Any

import pytest
from transformers import LlamaConfig

from coach_app.engine import loader
from coach_app.engine.server import Engine, _Job
from coach_app.host.messages import Load
from coach_app.models.checkpoint import ModelRole
from tests.fakes.models import build_llava


@pytest.fixture(scope="module")
def llama_llava(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A LLaVA on a Llama."""
    return build_llava(tmp_path_factory.mktemp("models") / "one", 1, LlamaConfig)


@pytest.mark.parametrize("roles", [("vision", "text"), ("text", "vision")])
def test_a_llava_is_loaded_once_for_both(
    llama_llava: Path, llava: Path, roles: tuple[ModelRole, ModelRole], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an engine that counts what it loads
    loads: list[Path] = []
    load_vision = loader.load_vision

    def counted(folder: Path, *args: Any, **options: Any) -> loader.VisionModel:
        loads.append(folder)
        return load_vision(folder, *args, **options)

    monkeypatch.setattr(loader, "load_vision", counted)
    engine = Engine(io.BytesIO(), io.BytesIO())

    def load(folder: Path, role: ModelRole, four_bit: bool | None = False) -> None:
        request = Load(id=1, folder=str(folder), role=role, four_bit=four_bit)
        engine._load(_Job(request), request)

    # WHEN a LLaVA is loaded for pictures and for texts THEN it is one
    for role in roles:
        load(llama_llava, role)
    assert engine._text is not None
    assert engine._vision is not None
    assert engine._text.model is engine._vision.model
    assert loads == [llama_llava]

    # WHEN another one is loaded for pictures THEN the first has gone
    load(llava, "vision")
    assert engine._text is None
    # WHEN the first is loaded for texts THEN they are two
    load(llama_llava, "text")
    assert engine._vision.model is not engine._text.model
    assert loads == [llama_llava, llava, llama_llava]

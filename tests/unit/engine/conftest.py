"""Tiny models, built once, and a real engine process, started once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from tests.fakes.models import build_llava, build_marian
from tests.unit.engine.engine_process import EngineProcess

# As in the engine, whose threads would wait for each other where anything else runs; what is tiny needs no second one.
torch.set_num_threads(1)


@pytest.fixture(scope="session")
def llava(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny LLaVA-NeXT."""
    return build_llava(tmp_path_factory.mktemp("models") / "tiny-llava")


@pytest.fixture(scope="session")
def marian(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a tiny Marian model."""
    return build_marian(tmp_path_factory.mktemp("models") / "tiny-marian")


@pytest.fixture(params=[False, True], ids=["plain", "packed"])
def packing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether bitsandbytes takes this processor for one with AVX512-BF16, whatever it is."""
    packs: bool = request.param
    monkeypatch.setattr("bitsandbytes.nn.modules.has_avx512bf16", lambda: packs)
    return packs


@pytest.fixture(scope="module")
def engine(llava: Path, marian: Path) -> Iterator[EngineProcess]:
    """A real engine with both models loaded."""
    process = EngineProcess()
    process.load(llava)
    process.load(marian, "translator")
    yield process
    process.close()

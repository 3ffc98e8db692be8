"""A tiny vision model, built once."""

from pathlib import Path

import pytest

from coach_app.engine.loader import VisionModel, load_vision
from tests.fakes.models import build_llava


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> VisionModel:
    """A tiny LLaVA-NeXT with random weights, loaded."""
    return load_vision(build_llava(tmp_path_factory.mktemp("models") / "tiny-llava"))


@pytest.fixture(scope="session")
def bundled() -> VisionModel:
    """The bundled coach, loaded."""
    return load_vision(Path("resources/models/grid-coach").absolute())


@pytest.fixture(scope="session", params=["tiny", "bundled"])
def either(request: pytest.FixtureRequest, tiny: VisionModel, bundled: VisionModel) -> VisionModel:
    """One model after the other."""
    return tiny if request.param == "tiny" else bundled

"""A hub on loopback that has one model, and nothing of the user's own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from huggingface_hub import close_session, constants

from coach_app.domain.resources import resources_dir
from tests.fakes.hub import FakeHub, fake_hub

TINY = "someone/tiny-coach"
BUNDLED = resources_dir() / "models" / "grid-coach"


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A hub that has the files of the bundled coach as `TINY`; the Hugging Face cache is empty."""
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub-cache"))
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "no-token"))
    with fake_hub() as hub:
        hub.offer(TINY, BUNDLED)
        yield hub
        close_session()  # else the hub's threads wait for the next request on these connections

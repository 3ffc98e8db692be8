"""A store in a temporary folder."""

from pathlib import Path

import pytest

from coach_app.learning.experience import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "experience" / "some-game", limit_mb=100)

"""Servers of llama.cpp with SmolLM2, on the loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serving import free_port, serving

FOLDER = Path(__file__).parents[2] / "build" / "llama-cpp"
CONTEXT_TOKENS = 512
ROOMY_TOKENS = 2_048
WAIT_S = 110
"""A machine may be busy."""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server that reads little; it is started once."""
    yield from _served(CONTEXT_TOKENS, tmp_path_factory)


@pytest.fixture(scope="module")
def roomy_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a server that reads guides and writes at length; it is started once."""
    yield from _served(ROOMY_TOKENS, tmp_path_factory)


def _served(tokens: int, folders: pytest.TempPathFactory) -> Iterator[str]:
    assert FOLDER.is_dir(), "there is no such server yet: run make test-llama-cpp"
    (model,) = FOLDER.rglob("*.gguf")
    port = free_port()
    options = {"--model": model, "--n_ctx": tokens, "--model_alias": "smollm2", "--port": port}
    words = [str(word) for pair in options.items() for word in pair]
    command = [FOLDER / "venv" / "bin" / "python", "-m", "llama_cpp.server", "--host", "127.0.0.1", *words]
    with serving(command, f"http://127.0.0.1:{port}/v1/models", folders.mktemp("serve")):
        yield f"http://127.0.0.1:{port}/v1"

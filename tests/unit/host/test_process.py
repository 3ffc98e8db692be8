"""The engine's process."""

import sys

import pytest

from coach_app.host.process import EngineProcess

SHOW = "import os, sys; sys.stderr.write(' '.join(sorted(os.environ)))"


async def test_keys_do_not_reach_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN keys of servers and of the hub in the environment
    for name in ("COACH_SERVER_KEY", "HF_TOKEN", "OPENAI_API_KEY"):
        monkeypatch.setenv(name, "secret")
    monkeypatch.setenv("COACH_OTHER", "fine")
    # WHEN a process is started as the engine is
    process = await EngineProcess.open([sys.executable, "-c", SHOW + "; print(file=sys.stderr)"])
    await process.end(10)
    # THEN it has what it needs, and none of them
    (names,) = process.last_lines
    assert "COACH_OTHER" in names
    assert not {"COACH_SERVER_KEY", "HF_TOKEN", "OPENAI_API_KEY"} & set(names.split())

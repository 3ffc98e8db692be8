"""A client of the fake engine, and what was seen of it."""

import asyncio
import os
import signal
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from coach_app.host.client import EngineClient
from coach_app.host.life import EnginePhase, EngineState
from coach_app.host.supervisor import Patience
from tests.fakes.engine import WORDS, command

IMAGE = Image.new("RGB", (40, 30), (1, 2, 3))
ANSWER = "".join(WORDS)
PATIENT = Patience(heartbeat_s=0.1, hung_after_s=20.0, stalled_after_s=20.0, backoff_s=(0.0,) * 5, stop_s=5.0)


class Kit:
    """A client of the fake engine, and what was seen of it."""

    def __init__(self, folder: Path, patience: Patience = PATIENT, argv: list[str] | None = None) -> None:
        self.folder = folder
        self.states: list[EngineState] = []
        self.client = EngineClient(self.states.append, argv or command(folder), patience)

    @property
    def phases(self) -> list[EnginePhase]:
        return [state.phase for state in self.states]

    def log(self) -> list[str]:
        file = self.folder / "log"
        return file.read_text("utf-8").splitlines() if file.exists() else []

    def kill(self) -> None:
        assert self.client.pid is not None
        os.kill(self.client.pid, signal.SIGKILL)


async def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition, for a minute at most."""
    async with asyncio.timeout(60):
        while not condition():  # noqa: ASYNC110 - what is waited for is in files and processes, too
            await asyncio.sleep(0.01)

"""An engine client and a translator that do nothing but note what was wanted of them."""

import asyncio
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from coach_app.domain.sent import OnSent, unseen
from coach_app.host.holding import Details
from coach_app.host.life import EnginePhase, EngineState
from coach_app.host.messages import Answered
from coach_app.host.requests import LoadingCancelled

Happened = list[tuple[str, str]]
"""What reached the parts of the app: the name of a call, and what it was called with."""


class QuietEngine:
    """An engine client whose engine is always ready, and loads everything at once but a folder called ``stuck``."""

    happened: Happened

    def __init__(self, on_state: Callable[[EngineState], None], on_sent: OnSent = unseen) -> None:
        self._loaded: dict[str, tuple[Path, bool | None]] = {}
        self._stuck: asyncio.Future[None] | None = None
        self.state = EngineState(EnginePhase.READY)
        self.sleeps = self.rests = False
        self.pid = None
        self.details = Details()
        self._on_state = on_state

    async def start(self) -> None:
        """It is ready."""

    async def stop(self) -> None:
        """Nothing runs."""

    def has(self, folder: Path, role: str, four_bit: bool | None = None) -> bool:
        return self._loaded.get(role) == (folder, four_bit)

    def wanted(self, role: str) -> tuple[Path, bool | None] | None:
        return self._loaded.get(role)

    async def settled(self) -> None:
        """Nothing takes any time."""

    async def load(self, folder: Path, role: str = "vision", four_bit: bool | None = None, title: str = "") -> None:
        before = self._loaded.get(role)
        self._loaded[role] = folder, four_bit
        self.happened.append(("load", f"{folder.name} {role} {four_bit}"))
        if folder.name == "stuck":
            self._stuck = asyncio.get_running_loop().create_future()
            try:
                await self._stuck
            except LoadingCancelled:
                self._loaded.pop(role)
                if before:
                    self._loaded[role] = before
                raise

    def sleep(self, sentence: str = "") -> None:
        self.sleeps = self.rests = True

    def wake(self) -> None:
        self.sleeps = self.rests = False

    def cancel_loading(self) -> None:
        if self._stuck and not self._stuck.done():
            self._stuck.set_exception(LoadingCancelled())

    def retry(self) -> None:
        pass

    def sleep_when_idle(self, after_s: float, but_for: Path | None = None) -> None:
        self.happened.append(("sleep_when_idle", str(after_s)))

    async def translate(self, text: str) -> str:
        return "猫を上へ。"


class SleepyEngine(QuietEngine):
    """One that sleeps when it is told to, and answers a question as soon as the test lets it load its model again."""

    def __init__(self, on_state: Callable[[EngineState], None], on_sent: OnSent = unseen) -> None:
        super().__init__(on_state, on_sent)
        self.may_load = asyncio.Event()

    def sleep(self, sentence: str = "") -> None:
        """By hand."""
        self.sleeps = self.rests = True
        self._be(EnginePhase.ASLEEP, sentence)

    def fall_asleep(self) -> None:
        """As nothing was asked for a while."""
        self.sleeps = True
        self._be(EnginePhase.ASLEEP)

    async def ask(self, image: Image.Image, prompt: str, on_words: Callable[[str], None], **_: object) -> Answered:
        self.sleeps = self.rests = False
        self._be(EnginePhase.LOADING, "Loading the coach…")
        await self.may_load.wait()
        self._be(EnginePhase.READY)
        on_words("Move up.")
        return Answered(id=0, text="Move up.", model="quiet", tokens=3, first_word_ms=1.0, latency_ms=2.0)

    def _be(self, phase: EnginePhase, sentence: str = "") -> None:
        self.state = EngineState(phase, sentence)
        self._on_state(self.state)


class QuietTranslator:
    """Translates nothing."""

    sends_text_away = False

    async def translate(self, text: str) -> str | None:
        return None

    async def to_english(self, text: str) -> str | None:
        return None

    async def close(self) -> None:
        """Nothing is open."""

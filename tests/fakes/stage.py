"""A running session with fakes on every side."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable

from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.gate import GateRules
from coach_app.domain.profile import GameProfile
from coach_app.session.events import Event, Notice, NoticeAbout
from coach_app.session.session import Session, SessionPlan
from tests.fakes.session import FakeAdvisor, FakeFrames, FakeGameQuestions, FakeGate, profile_for, refusal


class Stage:
    """A running session and everything around it."""

    def __init__(self, plan: SessionPlan) -> None:
        self.frames = FakeFrames()
        self.gate = FakeGate()
        self.advisor = FakeAdvisor()
        self.game_questions = FakeGameQuestions()
        self.events: list[Event] = []
        self.kept: list[tuple[Advice, GameProfile, Frame | None]] = []
        self.session = Session(
            frames=self.frames,
            advisor=self.advisor,
            game_questions=self.game_questions,
            profile_for=profile_for,
            refusal=refusal,
            emit=self.events.append,
            remember=self._keep,
            plan=plan,
            make_gate=self._make_gate,
        )

    def _make_gate(self, rules: GateRules) -> FakeGate:
        self.rules = rules
        self.gate = FakeGate()
        return self.gate

    async def _keep(self, advice: Advice, profile: GameProfile, picture: Frame | None) -> None:
        if advice.text == "Full disk.":
            raise CoachError("The history could not be written.", "Make room.")
        self.kept.append((advice, profile, picture))

    async def until(self, condition: Callable[[], object]) -> None:
        """Let the session work until a condition holds."""
        async with asyncio.timeout(5):
            while not condition():  # noqa: ASYNC110 - conditions are about several parts
                await asyncio.sleep(0.001)

    async def asked(self, calls: int) -> None:
        await self.until(lambda: len(self.advisor.asked) >= calls)

    async def heard(self, kind: type[Event], times: int = 1) -> None:
        await self.until(lambda: len(self.of(kind)) >= times)

    def of(self, kind: type[Event]) -> list[Event]:
        return [event for event in self.events if isinstance(event, kind)]

    def notices(self, about: NoticeAbout) -> list[str]:
        return [event.message for event in self.events if isinstance(event, Notice) and event.about is about]


@contextlib.asynccontextmanager
async def staged(plan: SessionPlan | None = None, ready: bool = True) -> AsyncIterator[Stage]:
    stage = Stage(plan or SessionPlan())
    task = asyncio.create_task(stage.session.run())
    if ready:
        stage.session.engine_changed(True)
    try:
        yield stage
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
        assert asyncio.all_tasks() == {asyncio.current_task()}, "a session leaves no task behind"

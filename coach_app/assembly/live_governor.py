"""Lets the running coach give way to the game: carries out the governor's steps and rests, and shows them."""

import asyncio
import os
import time
from collections.abc import Callable
from typing import Final

from coach_app.assembly.live_coach import LiveCoach
from coach_app.assembly.observing import Observer
from coach_app.assembly.outlet import Outlet
from coach_app.assembly.settings_in_use import Reaction, SettingsInUse
from coach_app.assembly.watching import Watching
from coach_app.desktop.usage import give_way
from coach_app.domain.detail import DETAILS
from coach_app.domain.governor import Governor, Step
from coach_app.host.client import EngineClient
from coach_app.host.life import EnginePhase
from coach_app.session.events import AnswerDropped, AnswerFinished, AnswerStarted, Event
from coach_app.session.session import Session
from coach_app.settings.schema import GovernorSettings
from coach_app.ui.cost_window import CostWindow
from coach_app.ui.overlay import Overlay
from coach_app.ui.windows import Windows

_BEAT_S: Final = 1.0
_WAITS_S: Final = {Step.WAITS: 5.0, Step.CAPTURES: 10.0, Step.SLEEP: 10.0}
"""Between two pieces of advice."""
_CAPTURE_S: Final = 1.0
"""Between two captures, from `Step.CAPTURES` on."""
_NO_CAPTURE_S: Final = 5.0
"""The same while the coach is measured by its absence."""
_AT_WORK = frozenset({EnginePhase.STARTING, EnginePhase.RESTARTING, EnginePhase.LOADING})


class LiveGovernor:
    """Observes every second, between the start and the end of `run`.

    Args:
        session: falls silent while the coach is measured by its absence.
        coach: waits longer, and unloads its model.
        client: the engine.
        watching: captures less often.
        overlay: shows the step.
        windows: show what the coach costs.
        settings: the settings in use.
        observer: replaced in tests.
        clock: seconds of a monotonic clock; replaced in tests.

    Attributes:
        changed: called with every new step.
    """

    def __init__(
        self,
        session: Session,
        coach: LiveCoach,
        client: EngineClient,
        watching: Watching,
        overlay: Overlay,
        windows: Windows,
        settings: SettingsInUse,
        observer: Observer | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session, self._coach, self._client, self._watching = session, coach, client, watching
        self._overlay, self._clock = overlay, clock
        self._observer = observer or Observer()
        self._governor = Governor()
        self._shown = Step.FULL, Step.FULL
        self.changed = Outlet[Step]()
        self._page: CostWindow | None = None
        self._window: int | None = None
        self._answering = self._worked = self._unloaded = False
        self._yields = False
        self._low: int | None = None  # the engine's process whose priority is low
        self.follow(settings.current.governor)
        settings.when(Reaction.GOVERNOR, lambda _, new: self.follow(new.governor))
        windows.cost_opened.connect(self._serve)

    async def run(self) -> None:
        """Observe and give way until cancelled."""
        try:
            while True:
                await asyncio.sleep(_BEAT_S)
                await self.look()
        except Exception:  # whatever it is, the coach must not stay silent
            self._governor.restart()
            self._carry_out()
            raise
        finally:
            await asyncio.to_thread(self._observer.close)

    async def look(self) -> None:
        """Observe once, and decide."""
        frame = self._session.newest_frame
        window = frame.place.window if frame and frame.place else None
        if window != self._window:
            self._window = window
            self._governor.restart()
        loading = self._client.state.phase in _AT_WORK
        reading = await asyncio.to_thread(self._observer.read, window, self._client.pid, self._worked or loading)
        self._worked = self._answering
        if not self._session.paused:
            self._governor.observe(reading, self._clock())
        self._carry_out()

    def on_event(self, event: Event) -> None:
        """Something happened in the session."""
        if isinstance(event, AnswerStarted):
            self._answering = self._worked = True
        elif isinstance(event, AnswerFinished | AnswerDropped):
            self._answering = False

    def follow(self, settings: GovernorSettings) -> None:
        """Follow the settings: work at full speed, until the game suffers again."""
        lowest = Step.SLEEP if settings.unloads else Step.CAPTURES
        self._governor.lowest = lowest if settings.on else Step.FULL
        self._governor.restart()
        self._carry_out()

    def _serve(self, page: CostWindow) -> None:
        self._page = page
        page.measure_wanted.connect(self._measure)
        self._show()

    def _measure(self) -> None:
        self._governor.measure()
        self._carry_out()

    def _carry_out(self) -> None:
        step, resting = self._governor.step, self._governor.resting
        self._session.rest(resting, "measuring")
        self._watching.slow_down(_NO_CAPTURE_S if resting else _CAPTURE_S if step >= Step.CAPTURES else 0.0)
        self._coach.hold_back(_WAITS_S.get(step, 0.0))
        self._client.details.most = DETAILS[0] if step >= Step.DETAIL else DETAILS[-1]
        self._set_priority(step >= Step.PRIORITY)
        self._set_asleep(step is Step.SLEEP)
        if (step, self._governor.lowest) != self._shown:
            self._shown = step, self._governor.lowest
            self._overlay.set_step(int(step), int(self._governor.lowest))
            self.changed(step)
        self._show()

    def _set_priority(self, low: bool) -> None:
        if low != self._yields:  # this process captures and draws
            self._yields = low
            give_way(os.getpid(), low, for_good=False)
        pid = self._client.pid
        if low and pid is not None and pid != self._low:
            self._low = pid if give_way(pid, True) else None
        elif not low and self._low is not None:
            if pid == self._low:
                give_way(pid, False)
            self._low = None

    def _set_asleep(self, asleep: bool) -> None:
        if asleep and not self._unloaded:
            self._coach.unload(True)
        elif self._unloaded and not asleep and self._client.rests:
            self._coach.unload(False)
        self._unloaded = asleep

    def _show(self) -> None:
        if self._page:
            governor = self._governor
            age_s = self._clock() - governor.cost.at_s if governor.cost else 0.0
            self._page.show_cost(governor.step, governor.lowest, governor.resting, governor.cost, age_s)

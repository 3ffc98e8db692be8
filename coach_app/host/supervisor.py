"""Runs the engine's life cycle: processes, one after the other, and timers."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach_app.domain.errors import CoachError
from coach_app.host.life import ALIVE, SLEEPS, EngineState, Life, Move, State
from coach_app.host.messages import Ping, Pong, Request, Shutdown, Translated
from coach_app.host.process import EngineProcess

logger = logging.getLogger(__name__)

_SLEPT_IDLY = "The coach is asleep, as it was not needed for a while; it wakes up when it is."
_ENDS = frozenset({Move.DIE, Move.GIVE_UP, Move.BREAK_OFF, Move.SLEEP, Move.STOP})
"""Moves after which a process is not needed any more."""


@dataclass(frozen=True)
class Patience:
    """Time limits, in seconds.

    Attributes:
        heartbeat_s: time between two pings.
        hung_after_s: an engine without a sign of life for this long is killed.
        loading_hung_after_s: the same while it loads a model, when Python may be blocked for long.
        loading_stalled_after_s: a load without progress for this long is cancelled.
        stalled_after_s: a live engine that sends nothing for a pending request for this long is killed.
        backoff_s: delays before consecutive restarts; it gives up after the last one.
        steady_after_s: an engine that lives for this long counts as a success.
        stop_s: time to shut down before it is killed.
    """

    heartbeat_s: float = 2.0
    hung_after_s: float = 15.0
    loading_hung_after_s: float = 120.0
    loading_stalled_after_s: float = 300.0
    stalled_after_s: float = 180.0
    backoff_s: tuple[float, ...] = (0.0, 0.5, 1.0, 2.0, 4.0)
    steady_after_s: float = 60.0
    stop_s: float = 2.0


class Supervisor:
    """Carries out what the state requires, and reports the results.

    All methods belong to the thread of the running event loop.

    Args:
        command: program and arguments of the engine.
        patience: time limits.
        on_state: called with every change that may be shown to the user.

    Attributes:
        life: the state machine; receives the owner's requests.
        process: the current process, or None.
        memory_bytes: resident memory of the process at its last heartbeat.
    """

    def __init__(self, command: Sequence[str], patience: Patience, on_state: Callable[[EngineState], None]) -> None:
        self._command = command
        self._patience = patience
        self.life = Life(self._send, self._moved, on_state, len(patience.backoff_s))
        self.process: EngineProcess | None = None
        self.memory_bytes = 0
        self._task: asyncio.Task[None] | None = None
        self._move = asyncio.Event()
        self._over = asyncio.Event()
        self._ended_by: Move | None = None
        self._heard = self._progressed = False
        self._idle_s = 0.0
        self._small: Path | None = None
        self._clock: asyncio.TimerHandle | None = None

    async def moved(self) -> None:
        """Wait for the next transition."""
        await self._move.wait()

    async def stopped(self) -> None:
        """Wait until there is no process left after ``life.stop()``."""
        if self._task:
            await asyncio.wait([self._task])

    def sleep_when_idle(self, after_s: float, but_for: Path | None) -> None:
        """Set the time without requests after which the engine is put to sleep.

        Args:
            after_s: seconds; 0 for never.
            but_for: folder of small models; with these alone it stays awake.
        """
        self._idle_s, self._small = after_s, but_for
        self._wind_clock()

    # Callbacks of the state machine

    def _send(self, message: Request, payload: bytes) -> None:
        if self.process:
            self.process.send(message, payload)

    def _moved(self, move: Move) -> None:
        self._move.set()
        self._move = asyncio.Event()
        if move is not Move.TIRE:
            self._wind_clock()
        if move in _ENDS and not self._over.is_set():
            self._ended_by = move
            self._over.set()
        if move is Move.START and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._supervise(), name="engine supervisor")

    # Timers

    def _wind_clock(self) -> None:
        if self._clock:
            self._clock.cancel()
            self._clock = None
        if self._idle_s and self.life.state in (State.READY, State.IDLE):
            self._clock = asyncio.get_running_loop().call_later(self._idle_s, self._tire)

    def _tire(self) -> None:
        self.life.tire()
        if not (self._small and self.life.models.are_all_in(self._small)):
            self.life.sleep(_SLEPT_IDLY, on_purpose=False)

    # Processes

    async def _supervise(self) -> None:
        while self.life.state in ALIVE | SLEEPS:
            if self.life.state in ALIVE:
                await self._run()
            elif self.life.state is State.FALLING_ASLEEP:
                self.memory_bytes = 0
                self.life.end()
            else:
                await self.moved()

    async def _run(self) -> None:
        """Run one process until it ends or is no longer wanted."""
        self._over.clear()
        self._ended_by = None
        if self.life.failures:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), self._patience.backoff_s[self.life.failures - 1])
                return
        try:
            process = await EngineProcess.open(self._command)
        except CoachError as error:
            self.life.give_up(error)
            return
        self.process = process
        steady = asyncio.get_running_loop().call_later(self._patience.steady_after_s, self.life.prove)
        reading, watching = asyncio.create_task(self._read(process)), asyncio.create_task(self._watch())
        try:
            if not self._over.is_set():
                self.life.opened()
            await self._over.wait()
        finally:
            steady.cancel()
            reading.cancel()
            watching.cancel()
            for fault in await asyncio.gather(reading, watching, return_exceptions=True):
                if isinstance(fault, Exception):
                    logger.error("not caught", exc_info=fault)
            await self._end(process)

    async def _end(self, process: EngineProcess) -> None:
        self.process = None
        if self._ended_by in (Move.SLEEP, Move.STOP, None):
            process.send(Shutdown())
            await process.end(self._patience.stop_s)
            return
        await process.end(self._patience.stop_s if process.has_stopped else 0.0)
        if self.life.trouble and self._ended_by is not Move.BREAK_OFF:
            lines = "\n".join(process.last_lines)
            logger.warning("%s Its last lines:\n%s", self.life.trouble.message, lines)

    async def _read(self, process: EngineProcess) -> None:
        try:
            while True:
                reply = await process.receive()
                if self._over.is_set():
                    return
                self._heard = True
                if isinstance(reply, Pong):
                    self.memory_bytes = reply.memory_bytes
                else:
                    # Translations continue while another model is being loaded.
                    self._progressed |= not (self.life.loading and isinstance(reply, Translated))
                    self.life.take(reply)
        except CoachError as error:
            self._report(error)

    async def _watch(self) -> None:
        """Send heartbeats until the engine hangs.

        Counts heartbeats, not time: if this process itself was suspended, the engine is not to blame.
        """
        beat_s = self._patience.heartbeat_s
        silent_s = stalled_s = 0.0
        while True:
            self._heard = self._progressed = False
            self._send(Ping(), b"")
            await asyncio.sleep(beat_s)
            patience, loading = self._patience, self.life.loading is not None
            silent_s = 0.0 if self._heard else silent_s + beat_s
            stalled_s = 0.0 if self._progressed or not self.life.works else stalled_s + beat_s
            if loading and stalled_s >= patience.loading_stalled_after_s:
                self.life.break_off(
                    CoachError(
                        f"The model was not loaded: no progress for {patience.loading_stalled_after_s:.0f} s.",
                        "Choose another model in the settings, or this one again when the computer is less busy.",
                    )
                )
                return
            hung_s = patience.loading_hung_after_s if loading else patience.hung_after_s
            if silent_s >= hung_s or (not loading and stalled_s >= patience.stalled_after_s):
                self._report(CoachError("The coach's engine is not responding."))
                return

    def _report(self, trouble: CoachError) -> None:
        if not self._over.is_set():
            self.life.die(trouble)

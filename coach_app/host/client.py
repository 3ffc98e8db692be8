"""The engine process as seen from the interface: started, asked, watched, and started again when it dies."""

import asyncio
import contextlib
import itertools
import logging
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from types import TracebackType
from typing import Self

import psutil
from PIL import Image
from pydantic import BaseModel

from coach_app.domain.detail import DETAILS, Detail
from coach_app.domain.errors import CoachError
from coach_app.host.messages import (
    Answered,
    Ask,
    AskText,
    Cancel,
    Cancelled,
    Failed,
    Load,
    Ping,
    Pong,
    Reply,
    Shutdown,
    Translate,
    Translated,
    Value,
    Valued,
    Words,
    reply_adapter,
)
from coach_app.host.pipe import PREFIX, ProtocolError, decode_header, decode_lengths, encode
from coach_app.models.checkpoint import ModelRole

logger = logging.getLogger(__name__)

# Untested on this platform: Windows would open a console window for the engine.
_NO_CONSOLE = 0x08000000 if sys.platform == "win32" else 0  # subprocess.CREATE_NO_WINDOW
_SLEPT_IDLY = "The coach sleeps, as nothing was asked of it for a while; it wakes up when it is needed."
_RETRY = "Try again, or choose another model in the settings. The log says more."


class EnginePhase(Enum):
    """What the engine is doing, as far as the user is concerned."""

    STARTING = "starting"
    LOADING = "loading"
    READY = "ready"
    ASLEEP = "asleep"
    RESTARTING = "restarting"
    FAILED = "failed"


@dataclass(frozen=True)
class EngineState:
    """A change that the overlay may tell; ``sentence`` is empty where there is nothing to say."""

    phase: EnginePhase
    sentence: str = ""


@dataclass(frozen=True)
class Patience:
    """How long to wait for what, in seconds.

    Attributes:
        heartbeat_s: between two pings.
        hung_after_s: an engine that gives no sign of life for so long is killed.
        loading_hung_after_s: the same while it loads a model, when Python may be held up for long.
        stalled_after_s: an engine that lives but says nothing on a waiting request for so long is killed.
        backoff_s: waits before the restarts; when they are used up without any success between, it gives up.
        steady_after_s: an engine that lived for so long counts as a success.
        stop_s: time to end in order before it is killed.
    """

    heartbeat_s: float = 2.0
    hung_after_s: float = 15.0
    loading_hung_after_s: float = 120.0
    stalled_after_s: float = 180.0
    backoff_s: tuple[float, ...] = (0.0, 0.5, 1.0, 2.0, 4.0)
    steady_after_s: float = 60.0
    stop_s: float = 2.0


class _EngineDied(Exception):
    def __init__(self, reason: CoachError) -> None:
        self.reason = reason


class _OutOfMemory(CoachError):
    """A model did not fit."""


class _PutToSleep(CoachError):
    """The engine was put to sleep while a request was under way."""

    def __init__(self) -> None:
        super().__init__(
            "The answer was broken off, as the memory of the models was given back.", "Ask again when you want it."
        )


@dataclass
class _Pending:
    """A request that waits for its reply."""

    request: BaseModel
    future: "asyncio.Future[Reply]"
    on_words: Callable[[str], None] | None

    @property
    def is_load(self) -> bool:
        return isinstance(self.request, Load)


@dataclass
class _Telling:
    """Passes words on; an answer that is begun again after a restart goes on where it broke off."""

    on_words: Callable[[str], None]
    told: int = 0
    position: int = 0

    def __call__(self, text: str) -> None:
        self.position += len(text)
        if self.position > self.told:
            further = text[self.told - self.position :]
            self.told = self.position
            self.on_words(further)


def engine_command() -> list[str]:
    """How the engine is started; the frozen app starts itself with a flag."""
    return [sys.executable, "--engine"] if getattr(sys, "frozen", False) else [sys.executable, "-m", "coach_app.engine"]


@dataclass
class _Life:
    """What is heard of one engine process."""

    process: asyncio.subprocess.Process
    heard: bool = False
    progressed: bool = False
    ended: bool = False
    last_lines: deque[str] = field(default_factory=lambda: deque(maxlen=20))


class EngineClient:
    """Owns one engine process. All methods and callbacks belong to the thread of the running event loop.

    When the engine crashes, hangs or runs out of memory, it is started again and its models are loaded again; a request
    under way is sent once more, and fails only if the engine dies on it twice. Where it was a picture that did not fit
    into the memory, it is looked at in less detail from then on, until another model is loaded.

    Put to sleep, by hand or after a time without requests, it ends, which gives back all memory; the next request wakes
    it up, with the same models.

    Args:
        on_state: told every change of state; must not raise.
        command: program and arguments of the engine; the real one by default.
        patience: time limits.
    """

    def __init__(
        self,
        on_state: Callable[[EngineState], None] | None = None,
        command: Sequence[str] | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._on_state = on_state or (lambda state: None)
        self._command = list(command or engine_command())
        self._patience = patience or Patience()
        self._wanted: dict[ModelRole, tuple[Path, bool | None]] = {}
        self._ids = itertools.count(1)
        self._pending: dict[int, _Pending] = {}
        self._life: _Life | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._settled = asyncio.Event()  # requests can be sent, or it is known that they cannot
        self._bedtime, self._woken = asyncio.Event(), asyncio.Event()
        self._naps = 0
        self._good_night = ""
        self._idle_s = 0.0
        self._small: Path | None = None
        self._idle_timer: asyncio.TimerHandle | None = None
        self._failure: CoachError | None = None
        self._failures = 0
        self._coarser: dict[Detail, Detail] = {}  # what is used in place of what is asked for, as that did not fit
        self._became_coarser = False
        self._state = EngineState(EnginePhase.STARTING)
        self._memory_bytes = 0

    @property
    def state(self) -> EngineState:
        """The state last told."""
        return self._state

    @property
    def memory_bytes(self) -> int:
        """Resident memory of the engine at its last heartbeat; 0 before the first."""
        return self._memory_bytes

    @property
    def pid(self) -> int | None:
        """Process id of the engine, None while there is none."""
        return self._life.process.pid if self._life else None

    @property
    def sleeps(self) -> bool:
        """Whether it was put to sleep, by hand or after an idle time, and nothing has woken it since."""
        return self._bedtime.is_set() and not self._woken.is_set()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()

    async def start(self) -> None:
        """Start the process; nothing is loaded yet. Does nothing if it is started already.

        Raises:
            CoachError: if it cannot be started.
        """
        if self._supervisor is None:
            self._begin()
        await self._ready(self._naps)

    async def stop(self) -> None:
        """End the process; requests under way fail. May be called twice."""
        self._stop_idle_timer()
        if self._supervisor is not None:
            self._supervisor.cancel()
            await asyncio.gather(self._supervisor, return_exceptions=True)
            self._supervisor = None
            self._give_up(CoachError("The coach has been stopped."))

    def retry(self) -> None:
        """Begin again after FAILED, with the same models; does nothing in any other state."""
        if self._failure is not None and self._supervisor is not None:
            self._begin()

    def sleep(self, sentence: str = "") -> None:
        """End the process, which gives back all memory of the models; does nothing where there is none to be ended.

        Requests under way fail. The next request wakes it up, except one for Q-values, which are read unasked.

        Args:
            sentence: of the state ASLEEP, which is told when the process has ended.
        """
        if self._supervisor is None or self._failure is not None:
            return
        self._good_night = sentence
        if self._state.phase is EnginePhase.ASLEEP:
            self._tell(EnginePhase.ASLEEP, sentence)
        if self.sleeps:
            return
        self._stop_idle_timer()
        self._naps += 1
        self._woken.clear()
        self._bedtime.set()
        self._settled.set()
        self._end_requests(_PutToSleep())

    def wake(self) -> None:
        """Begin to load everything again after ``sleep``; does nothing where it is awake."""
        if self.sleeps:
            self._woken.set()
            self._settled.clear()

    def sleep_when_idle(self, after_s: float, but_for: Path | None = None) -> None:
        """Fall asleep by itself from now on, when nothing was asked for so long.

        Args:
            after_s: 0 never does.
            but_for: whose models are small; with only such ones it stays awake.
        """
        self._idle_s, self._small = after_s, but_for
        self._start_idle_timer()

    def has(self, folder: Path, role: ModelRole, four_bit: bool | None = None) -> bool:
        """Whether it would be no use to load this: it is, or will be when the engine is awake again."""
        return self._wanted.get(role) == (folder, four_bit) and self._failure is None

    def wanted(self, role: ModelRole) -> tuple[Path, bool | None] | None:
        """Folder and ``four_bit`` of the model that is loaded, or will be when the engine is awake again."""
        return self._wanted.get(role)

    async def load(self, folder: Path, role: ModelRole = "vision", four_bit: bool | None = None) -> None:
        """Load a model, in place of the one with the same role. It is loaded again after every restart.

        It gets 4 bits where ``four_bit`` says so, or where that is None and a large model goes onto a graphics card.

        Asleep, or put to sleep meanwhile, it is loaded when the engine wakes up.

        Raises:
            CoachError: if it cannot be loaded; the model loaded before, if any, is in use again.
        """
        before = self._wanted.get(role)
        self._wanted[role] = (folder, four_bit)
        if self._failure is not None:
            self.retry()
        if role == "vision":
            self._coarser.clear()
            if before and before != (folder, four_bit) and self._wanted.get("text") == before:
                del self._wanted["text"]  # it was one model, and goes with it
        if self._bedtime.is_set():
            return
        if role != "qvalues":  # advice goes on meanwhile
            self._tell(EnginePhase.LOADING, f"Loading {folder.name}…")
        try:
            await self._load(role)
        except _PutToSleep:
            return
        except CoachError as error:
            if before is None:
                del self._wanted[role]
                if role == "vision" and self._failure is None:
                    self._tell(EnginePhase.FAILED, str(error))
            else:
                self._wanted[role] = before
                self.retry()
                with contextlib.suppress(_PutToSleep):
                    await self._load(role)
            self._tell_ready()
            raise
        self._tell_ready()

    async def ask(
        self,
        image: Image.Image,
        prompt: str,
        on_words: Callable[[str], None] | None = None,
        max_new_tokens: int = 120,
        detail: Detail = "full",
    ) -> Answered:
        """Ask the vision model about a picture. Cancelling the awaiting task stops the model.

        Args:
            image: already shrunk to what the model takes.
            prompt: the question.
            on_words: called with each further piece of text; the pieces of all calls are the answer.
            max_new_tokens: the answer is cut off there.
            detail: how finely the picture is looked at, where the model leaves a choice.

        Raises:
            CoachError: if there is no answer.
        """
        rgb = image.convert("RGB")

        def message(id_: int) -> Ask:
            width, height = rgb.size
            fits = self._coarser.get(detail, detail)
            return Ask(id=id_, prompt=prompt, width=width, height=height, max_new_tokens=max_new_tokens, detail=fits)

        reply = await self._request(message, rgb.tobytes(), on_words)
        assert isinstance(reply, Answered)
        return reply

    async def ask_text(
        self,
        prompt: str,
        adapter: Path | None = None,
        on_words: Callable[[str], None] | None = None,
        max_new_tokens: int = 200,
    ) -> Answered:
        """Let the text model go on with a prompt, until the next question. Cancelling the awaiting task stops it.

        Args:
            prompt: as the model, or the adapter, is used to it.
            adapter: folder of a LoRA adapter; None is the model by itself.
            on_words: called with each further piece of text; the pieces of all calls are the answer.
            max_new_tokens: the answer is cut off there.

        Raises:
            CoachError: if there is no answer.
        """

        def message(id_: int) -> AskText:
            folder = str(adapter.absolute()) if adapter else ""
            return AskText(id=id_, prompt=prompt, adapter=folder, max_new_tokens=max_new_tokens)

        reply = await self._request(message, b"", on_words)
        assert isinstance(reply, Answered)
        return reply

    async def value(self, image: Image.Image) -> Valued:
        """Q-values of a picture, by the loaded Q-network. Cancelling the awaiting task takes the request back.

        Args:
            image: already shrunk to what the vision model takes.

        Raises:
            CoachError: if there are no values: no network, or one that was trained with another model's features.
        """
        rgb = image.convert("RGB")
        reply = await self._request(
            lambda id_: Value(id=id_, width=rgb.width, height=rgb.height), rgb.tobytes(), wakes=False
        )
        assert isinstance(reply, Valued)
        return reply

    async def translate(self, text: str) -> str:
        """Japanese for an English text, by the translator. Cancelling the awaiting task stops the model.

        Raises:
            CoachError: if there is no translation.
        """
        reply = await self._request(lambda id_: Translate(id=id_, text=text))
        assert isinstance(reply, Translated)
        return reply.text

    # Requests

    async def _load(self, role: ModelRole) -> None:
        try:
            await self._request(lambda id_: self._load_message(id_, role))
        except _OutOfMemory:
            if role != "vision":
                raise
            # The engine is being started again: there may be room where nothing was loaded before.
            await self._request(lambda id_: self._load_message(id_, role))

    def _load_message(self, id_: int, role: ModelRole) -> Load:
        folder, four_bit = self._wanted[role]
        return Load(id=id_, folder=str(folder.absolute()), role=role, four_bit=four_bit)

    async def _ready(self, naps: int, wakes: bool = True) -> None:
        """Wait until the engine takes requests. Nothing else may be awaited between this and sending one.

        Args:
            naps: how often it had been put to sleep when the request was made.
            wakes: whether the request wakes it up.
        """
        while True:
            while not self._settled.is_set():
                await self._settled.wait()
            if self._failure is not None:
                raise CoachError(self._failure.message, self._failure.remedy)
            if not self._bedtime.is_set():
                return
            if naps != self._naps or not wakes:
                raise _PutToSleep
            self.wake()

    async def _request(
        self,
        message: Callable[[int], BaseModel],
        payload: bytes = b"",
        on_words: Callable[[str], None] | None = None,
        *,
        wakes: bool = True,
    ) -> Reply:
        telling = _Telling(on_words) if on_words else None
        naps = self._naps
        for last_try in (False, True):
            await self._ready(naps, wakes)
            try:
                return await self._send_and_wait(message, payload, telling)
            except _EngineDied as death:
                if last_try and isinstance(death.reason, _OutOfMemory):
                    raise CoachError(death.reason.message, death.reason.remedy) from death
                if last_try:
                    raise CoachError(f"{death.reason.message} It did so twice at this request.", _RETRY) from death
            if telling:
                telling.position = 0
        raise AssertionError

    async def _send_and_wait(
        self, message: Callable[[int], BaseModel], payload: bytes = b"", on_words: Callable[[str], None] | None = None
    ) -> Reply:
        id_ = next(self._ids)
        request = message(id_)
        pending = _Pending(request, asyncio.get_running_loop().create_future(), on_words)
        self._pending[id_] = pending
        self._stop_idle_timer()
        try:
            self._send(request, payload)
            reply = await pending.future
        except asyncio.CancelledError:
            self._send(Cancel(target=id_))
            raise
        finally:
            del self._pending[id_]
            self._start_idle_timer()
        match reply:
            case Failed(kind="out_of_memory"):
                raise _OutOfMemory(reply.message, reply.remedy)
            case Failed():
                raise CoachError(reply.message, reply.remedy)
            case Cancelled():
                raise CoachError("The answer was stopped.")
        return reply

    def _send(self, message: BaseModel, payload: bytes = b"") -> None:
        stdin = self._life.process.stdin if self._life else None
        # An engine that has just died is noticed by its reader, which also ends the requests.
        if stdin is not None and not stdin.is_closing():
            stdin.write(encode(message, payload))

    # The life of the process

    def _begin(self) -> None:
        self._failure = None
        self._failures = 0
        self._bedtime.clear()
        self._settled.clear()
        self._tell(EnginePhase.STARTING)
        self._supervisor = asyncio.get_running_loop().create_task(self._supervise(), name="engine supervisor")

    def _give_up(self, failure: CoachError) -> None:
        self._failure = failure
        self._bedtime.clear()
        self._settled.set()
        self._end_requests(_EngineDied(failure))

    def _end_requests(self, error: Exception) -> None:
        for pending in self._pending.values():
            if not pending.future.done():
                pending.future.set_exception(error)

    def _start_idle_timer(self) -> None:
        self._stop_idle_timer()
        small = self._small and all(folder.is_relative_to(self._small) for folder, _ in self._wanted.values())
        if self._idle_s and self._life and not self._pending and not small:
            self._idle_timer = asyncio.get_running_loop().call_later(self._idle_s, self.sleep, _SLEPT_IDLY)

    def _stop_idle_timer(self) -> None:
        if self._idle_timer is not None:
            self._idle_timer.cancel()
            self._idle_timer = None

    async def _rest(self) -> None:
        self._memory_bytes = 0
        self._tell(EnginePhase.ASLEEP, self._good_night)
        while not self._woken.is_set():
            await self._woken.wait()
        self._bedtime.clear()
        self._failures = 0
        self._tell(EnginePhase.STARTING, "The coach wakes up…")

    async def _supervise(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            if self._bedtime.is_set():
                await self._rest()
            started_at = loop.time()
            try:
                reason = await self._live()
            except CoachError as error:
                self._give_up(error)
                self._tell(EnginePhase.FAILED, str(error))
                return
            if reason is None:
                continue
            self._settled.clear()
            self._end_requests(_EngineDied(reason))
            if loop.time() - started_at > self._patience.steady_after_s:
                self._failures = 0
            if self._failures == len(self._patience.backoff_s):
                failure = CoachError(
                    f"{reason.message} It was started again {self._failures} times in vain.", reason.remedy or _RETRY
                )
                self._give_up(failure)
                self._tell(EnginePhase.FAILED, str(failure))
                return
            sentence = f"{reason.message} It is being started again."
            if self._became_coarser:
                self._became_coarser = False
                sentence = f"{reason.message} The coach looks at pictures in less detail from now on."
            self._tell(EnginePhase.RESTARTING, sentence)
            await asyncio.sleep(self._patience.backoff_s[self._failures])
            self._failures += 1

    async def _live(self) -> CoachError | None:
        """Run one process until it ends or has to be ended.

        Returns:
            Why it ended; None where it was put to sleep.

        Raises:
            CoachError: if starting it again would not help.
        """
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                creationflags=_NO_CONSOLE,
            )
        except OSError as error:
            raise CoachError("The coach's engine cannot be started.", "Install the coach again.") from error
        life = self._life = _Life(process)
        reading = asyncio.create_task(self._read(life))
        watching = asyncio.create_task(self._watch(life))
        logging_ = asyncio.create_task(_log_lines(process, life.last_lines))
        restoring = asyncio.create_task(self._restore())
        bedtime = asyncio.create_task(self._bedtime.wait())
        grace_s = 0.0
        try:
            await asyncio.wait({reading, watching, restoring, bedtime}, return_when=asyncio.FIRST_COMPLETED)
            if restoring.done():
                restoring.result()
                await asyncio.wait({reading, watching, bedtime}, return_when=asyncio.FIRST_COMPLETED)
            if bedtime.done():
                grace_s = self._patience.stop_s
                self._send(Shutdown())
                return None
            reason = (reading if reading.done() else watching).result()
            if life.ended:
                grace_s = self._patience.stop_s
        except asyncio.CancelledError:
            grace_s = self._patience.stop_s
            self._send(Shutdown())
            raise
        finally:
            for task in (reading, watching, restoring, bedtime):
                task.cancel()
            await asyncio.gather(reading, watching, restoring, bedtime, return_exceptions=True)
            self._life = None
            await _end(process, grace_s)
            await logging_
        logger.warning("%s Its last lines:\n%s", reason.message, "\n".join(life.last_lines))
        return reason

    async def _restore(self) -> None:
        """Load again what was loaded, then let requests in."""
        for role in sorted(self._wanted, key=lambda role: role != "vision"):  # the Q-network needs the vision model
            try:
                await self._send_and_wait(lambda id_, role=role: self._load_message(id_, role))  # type: ignore[misc]
            except _PutToSleep:
                return
            except CoachError as error:
                if role == "vision":
                    raise
                logger.warning("The %s model is gone: %s", role, error)
                del self._wanted[role]
        self._settled.set()
        self._tell_ready()

    async def _read(self, life: _Life) -> CoachError:
        assert life.process.stdout is not None
        stream = life.process.stdout
        try:
            while True:
                header_bytes, payload_bytes = decode_lengths(await stream.readexactly(PREFIX.size))
                reply = decode_header(reply_adapter, await stream.readexactly(header_bytes))
                await stream.readexactly(payload_bytes)
                life.heard = True
                life.progressed |= not isinstance(reply, Pong)
                self._take(reply)
                if isinstance(reply, Failed) and reply.kind == "out_of_memory":
                    if not self._bedtime.is_set():
                        self._settled.clear()  # what is asked from now on is for the next process
                    return _OutOfMemory(reply.message, reply.remedy)
        except (asyncio.IncompleteReadError, OSError):
            life.ended = True
            return CoachError("The coach's engine has stopped.")
        except ProtocolError as error:
            logger.info("From the engine: %s", error)
            return CoachError("The coach's engine said something unreadable.")

    def _take(self, reply: Reply) -> None:
        if isinstance(reply, Pong):
            self._memory_bytes = reply.memory_bytes
            return
        if isinstance(reply, Words | Answered | Valued | Translated):
            self._failures = 0
        pending = self._pending.get(reply.id)
        if pending is None or pending.future.done():
            return
        if isinstance(reply, Words):
            if pending.on_words:
                try:
                    pending.on_words(reply.text)
                except Exception as error:
                    pending.future.set_exception(error)
        elif isinstance(reply, Failed) and reply.kind == "out_of_memory" and not pending.is_load:
            if isinstance(pending.request, Ask):
                self._look_coarser(pending.request.detail)
        else:
            pending.future.set_result(reply)

    def _look_coarser(self, detail: Detail) -> None:
        """This detail did not fit: use the next smaller one from now on."""
        smaller = DETAILS[max(0, DETAILS.index(detail) - 1)]
        self._became_coarser = smaller != detail
        self._coarser |= {asked: smaller for asked in DETAILS if self._coarser.get(asked, asked) == detail}

    async def _watch(self, life: _Life) -> CoachError:
        """Beat until the engine hangs.

        Counts beats, not time: when this process itself was held up, the engine is not to blame.
        """
        beat_s = self._patience.heartbeat_s
        silent_s = stalled_s = 0.0
        while True:
            life.heard = life.progressed = False
            self._send(Ping(id=next(self._ids)))
            await asyncio.sleep(beat_s)
            loading = any(pending.is_load for pending in self._pending.values())
            silent_s = 0.0 if life.heard else silent_s + beat_s
            stalled_s = 0.0 if life.progressed or loading or not self._pending else stalled_s + beat_s
            limit_s = self._patience.loading_hung_after_s if loading else self._patience.hung_after_s
            if silent_s >= limit_s or stalled_s >= self._patience.stalled_after_s:
                return CoachError("The coach's engine hangs.")

    # States

    def _tell(self, phase: EnginePhase, sentence: str = "") -> None:
        state = EngineState(phase, sentence)
        if state != self._state or phase is EnginePhase.STARTING:
            self._state = state
            self._on_state(state)

    def _tell_ready(self) -> None:
        loading = any(pending.is_load for pending in self._pending.values())
        if "vision" in self._wanted and self._failure is None and not loading and not self._bedtime.is_set():
            self._tell(EnginePhase.READY)


async def _log_lines(process: asyncio.subprocess.Process, last_lines: deque[str]) -> None:
    """Pass the engine's standard error on to the log until it ends."""
    assert process.stderr is not None
    rest = ""
    while chunk := await process.stderr.read(1 << 16):
        *lines, rest = (rest + chunk.decode(errors="replace")).split("\n")
        for line in lines:
            last_lines.append(line)
            logger.info("engine: %s", line)  # a failure says that the log has more
        rest = rest[-1000:]


async def _end(process: asyncio.subprocess.Process, grace_s: float) -> None:
    """Wait for the end of a process, kill it after the grace, and close its pipes."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.close()
    rest = asyncio.create_task(process.stdout.read())
    try:
        await asyncio.wait_for(process.wait(), grace_s)
    except TimeoutError:
        # Not process.kill(): that polls first, and so takes a process that has just ended away from asyncio's own wait.
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(process.pid).kill()
        await process.wait()
    await rest

"""The life cycle of the engine as a state machine. Knows no process, no clock and no event loop.

Its owner says what is wanted, the supervisor what the process does; the supervisor derives its actions from the state.
``MOVES`` lists all transitions.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from coach_app.domain.errors import CoachError
from coach_app.host.holding import Details, Models, load_message
from coach_app.host.messages import Answered, Failed, Load, Loading, Reply, Translated, Valued, Words
from coach_app.host.requests import RETRY, Job, Jobs, LoadingCancelled, Outcome, OutOfMemory, PutToSleep, Send

logger = logging.getLogger(__name__)

_PERCENT_STEP = 5


class State(Enum):
    """The state of the engine.

    GONE: there is no process, and none is wanted.
    STARTING: a process is being started and loads its models, initially, again or after sleep; requests wait for it.
    READY: it accepts requests, and has none.
    BUSY: it works on at least one request.
    IDLE: like READY, but unused for so long that its memory should be freed.
    FALLING_ASLEEP: its process is being ended to free its memory.
    ASLEEP: the process has ended; the next request wakes it up.
    FAILED: restarting it did not help; requests fail until the owner tries again.
    """

    GONE = "gone"
    STARTING = "starting"
    READY = "ready"
    BUSY = "busy"
    IDLE = "idle"
    FALLING_ASLEEP = "falling asleep"
    ASLEEP = "asleep"
    FAILED = "failed"


class Move(Enum):
    """What triggers a transition; the comments name its origin."""

    START = "start"  # the owner
    STOP = "stop"  # the owner
    SLEEP = "sleep"  # the owner, or its clock
    WAKE = "wake"  # the owner, or a request
    COME_UP = "come up"  # the process: all its models are loaded
    WORK = "work"  # a request was sent
    REST = "rest"  # the last request has ended
    TIRE = "tire"  # the owner's clock: no requests for a while
    DIE = "die"  # the supervisor: the process crashed, hangs or ran out of memory
    GIVE_UP = "give up"  # the same, and restarting would not help
    BREAK_OFF = "break off"  # the owner, or its clock: loading is cancelled
    END = "end"  # the supervisor: the process has ended as requested


_FROM_ALIVE = {
    Move.DIE: State.STARTING,
    Move.GIVE_UP: State.FAILED,
    Move.BREAK_OFF: State.STARTING,
    Move.SLEEP: State.FALLING_ASLEEP,
    Move.STOP: State.GONE,
}
MOVES: Final[dict[State, dict[Move, State]]] = {
    State.GONE: {Move.START: State.STARTING},
    State.STARTING: _FROM_ALIVE | {Move.COME_UP: State.READY},
    State.READY: _FROM_ALIVE | {Move.WORK: State.BUSY, Move.TIRE: State.IDLE},
    State.BUSY: _FROM_ALIVE | {Move.REST: State.READY},
    State.IDLE: _FROM_ALIVE | {Move.WORK: State.BUSY, Move.TIRE: State.IDLE},
    State.FALLING_ASLEEP: {Move.END: State.ASLEEP, Move.WAKE: State.STARTING, Move.STOP: State.GONE},
    State.ASLEEP: {Move.WAKE: State.STARTING, Move.STOP: State.GONE},
    State.FAILED: {Move.START: State.STARTING, Move.STOP: State.GONE},
}
"""Every move that is possible in a state, and the state after it."""

UP: Final = frozenset({State.READY, State.BUSY, State.IDLE})
"""Where requests are sent."""
ALIVE: Final = UP | {State.STARTING}
"""Where a process is wanted."""
SLEEPS: Final = frozenset({State.FALLING_ASLEEP, State.ASLEEP})


class EnginePhase(Enum):
    """What the engine is doing, for the user."""

    STARTING = "starting"
    LOADING = "loading"
    READY = "ready"
    ASLEEP = "asleep"
    RESTARTING = "restarting"
    FAILED = "failed"


@dataclass(frozen=True)
class EngineState:
    """The state as reported to the user; ``sentence`` may be empty."""

    phase: EnginePhase
    sentence: str = ""


class Life:
    """The state, the jobs, and the models that are reloaded at every start.

    Every method may be called in every state; it does nothing where it makes no sense.

    Args:
        send: writes to the engine's process; does nothing if there is none.
        on_move: called after every transition, with its trigger.
        on_state: called with every change that may be shown to the user.
        max_failures: number of consecutive restarts before giving up.

    Attributes:
        state: the current state.
        reported: the state last reported to the user.
        models: the models that the engine should hold.
        failure: why it was given up; None except in FAILED.
        trouble: why the process last died.
        failures: number of deaths since it last worked.
        on_purpose: whether it sleeps because the user wants the memory, not because it was idle.
    """

    def __init__(
        self,
        send: Send,
        on_move: Callable[[Move], None],
        on_state: Callable[[EngineState], None],
        max_failures: int,
    ) -> None:
        self._on_move = on_move
        self._on_state = on_state
        self._max_failures = max_failures
        self.details = Details()
        self._jobs = Jobs(send, self.details)
        self._restoring: Iterator[Load] | None = None
        self._good_night = ""
        self._loading_title = ""
        self._undone: CoachError | None = None  # why there may be no vision model
        self.state = State.GONE
        self.reported = EngineState(EnginePhase.STARTING)
        self.models = Models(self.details)
        self.failure: CoachError | None = None
        self.trouble: CoachError | None = None
        self.failures = 0
        self.on_purpose = False

    @property
    def works(self) -> bool:
        """Whether the process has any jobs, including loads."""
        return self._jobs.under_way > 0

    @property
    def loading(self) -> Load | None:
        """The model being loaded; None if there is none."""
        return self._jobs.loading

    # Requests of the owner

    def start(self) -> None:
        """Start a process, even after a failure."""
        if self.state in (State.GONE, State.FAILED):
            self.failure = None
            self.failures = 0
            self._move(Move.START)
            self._tell(EnginePhase.STARTING)

    def stop(self) -> None:
        """End the process for good."""
        if self.state is not State.GONE:
            self.failure = None
            self.on_purpose = False
            self._move(Move.STOP)
            self._jobs.fail(CoachError("The coach has been stopped."))

    def sleep(self, sentence: str, on_purpose: bool) -> None:
        """Free the memory until the next request.

        Args:
            sentence: reported once the process has ended.
            on_purpose: whether the user wants the memory; otherwise it was idle.
        """
        if self.state in SLEEPS:
            self._good_night = sentence
            self.on_purpose |= on_purpose
            if self.state is State.ASLEEP:
                self._tell(EnginePhase.ASLEEP, sentence)
        elif self.state in ALIVE:
            self._good_night = sentence
            self.on_purpose = on_purpose
            self._move(Move.SLEEP)
            self._jobs.fail(PutToSleep())

    def wake(self) -> None:
        """Reload everything after ``sleep``."""
        if self.state in SLEEPS:
            self.failures = 0
            self.on_purpose = False
            self._move(Move.WAKE)
            self._tell(EnginePhase.STARTING, "Waking up…")

    def tire(self) -> None:
        """Note that there were no requests for a while."""
        if self.state in (State.READY, State.IDLE):
            self._move(Move.TIRE)

    def do(self, job: Job) -> None:
        """Submit a job, which may wake the engine up."""
        if self.state in SLEEPS and job.wakes:
            self.wake()
        if self.state in UP:
            self._jobs.send(job)
            self._work_or_rest()
        elif self.state is State.STARTING:
            self._jobs.wait(job)
        elif self.state in SLEEPS:
            job.on_end(PutToSleep())
        else:
            failure = self.failure or CoachError("The coach has been stopped.")
            job.on_end(CoachError(failure.message, failure.remedy))

    def withdraw(self, job: Job) -> None:
        """Withdraw a job that nobody waits for any more; does nothing if it has ended."""
        self._jobs.withdraw(job)
        self._work_or_rest()
        if isinstance(job.work, Load):
            self.tell_loaded()

    # Models

    def tell_loading(self, title: str) -> None:
        """Report that a model is being loaded."""
        self._loading_title = title
        self._tell(EnginePhase.LOADING, f"Loading {title}…")

    def give_way(self, load: Load) -> None:
        """Cancel another load for the same role, if there is one."""
        if self.loading and self.loading.role == load.role and self.loading != load:
            self.break_off(LoadingCancelled())

    def break_off(self, reason: CoachError) -> None:
        """Cancel the current load, which fails with this reason.

        Only ending the process can stop a load; the next process gets the models that are wanted then.
        """
        load = self.loading
        if load is None or self.state not in ALIVE:
            return
        wanted = self.models.wanted(load.role)
        if self._restoring is not None and wanted and load == load_message(load.role, wanted):
            if load.role == "vision":
                self.give_up(reason)
                return
            self.models.want(load.role, None)
        self._move(Move.BREAK_OFF)
        self._jobs.break_off(reason)
        self._undone = reason if load.role == "vision" else None
        self._tell(EnginePhase.STARTING)

    def tell_loaded(self, error: CoachError | None = None) -> None:
        """Report that a load has ended, possibly with an error."""
        if self.state not in UP or self.loading:
            return
        if self.models.wanted("vision"):
            self._undone = None
            self._tell(EnginePhase.READY)
        elif error := error or self._undone:
            self._tell(EnginePhase.FAILED, str(error))

    # Events of the process

    def opened(self) -> None:
        """The process runs, and gets its models one after the other."""
        if self.state is State.STARTING:
            self._restore(self.models.loads())

    def take(self, reply: Reply) -> None:
        """The process sent a reply."""
        if isinstance(reply, Words | Answered | Valued | Translated):
            self.failures = 0
        if isinstance(reply, Loading) and self.reported.phase is EnginePhase.LOADING:
            percent = int(reply.share * 100) // _PERCENT_STEP * _PERCENT_STEP
            self._tell(EnginePhase.LOADING, f"Loading {self._loading_title}… {percent} %")
        less_detail = self._jobs.take(reply)
        if isinstance(reply, Failed) and reply.kind == "out_of_memory" and self.state in UP:
            self.die(OutOfMemory(reply.message, reply.remedy), less_detail)
        self._work_or_rest()

    def prove(self) -> None:
        """The process has lived long enough for its start to count as a success."""
        self.failures = 0

    def die(self, reason: CoachError, less_detail: bool = False) -> None:
        """The process crashed, hangs or ran out of memory: it is restarted, but not forever."""
        if self.state not in ALIVE:
            return
        self.trouble = reason
        if self.failures == self._max_failures:
            sentence = f"{reason.message} Restarting it {self.failures} times did not help."
            self.give_up(CoachError(sentence, reason.remedy or RETRY))
            return
        self.failures += 1
        self._move(Move.DIE)
        self._jobs.send_again(reason)
        sentence = f"{reason.message} It is being restarted."
        if less_detail:
            sentence = f"{reason.message} From now on the coach looks at pictures in less detail."
        self._tell(EnginePhase.RESTARTING, sentence)

    def give_up(self, failure: CoachError) -> None:
        """Give up, as restarting would not help."""
        if self.state in ALIVE:
            self.failure = failure
            self._move(Move.GIVE_UP)
            self._jobs.fail(failure)
            self._tell(EnginePhase.FAILED, str(failure))

    def end(self) -> None:
        """The process has ended as requested."""
        if self.state is State.FALLING_ASLEEP:
            self._move(Move.END)
            self._tell(EnginePhase.ASLEEP, self._good_night)

    # Internals

    def _move(self, move: Move) -> None:
        self.state = MOVES[self.state][move]
        if move in _FROM_ALIVE:
            self._restoring = None
        self._on_move(move)

    def _work_or_rest(self) -> None:
        if self.works and self.state in (State.READY, State.IDLE):
            self._move(Move.WORK)
        elif not self.works and self.state is State.BUSY:
            self._move(Move.REST)
        if self.reported.phase in (EnginePhase.STARTING, EnginePhase.RESTARTING):  # the load in progress has ended
            self.tell_loaded()

    def _restore(self, loads: Iterator[Load]) -> None:
        self._restoring = loads
        if load := next(loads, None):
            # Not worth another try: it had the whole process to itself.
            self._jobs.send(Job(load, on_end=lambda outcome: self._restored(loads, load, outcome), tries=1))
            return
        self._restoring = None
        self._move(Move.COME_UP)
        self._jobs.send_waiting()
        self._work_or_rest()
        self.tell_loaded()

    def _restored(self, loads: Iterator[Load], load: Load, outcome: Outcome) -> None:
        if loads is not self._restoring:  # its process is over
            return
        if isinstance(outcome, CoachError):
            if load.role == "vision":
                self.give_up(outcome)
                return
            logger.warning("The %s model is gone: %s", load.role, outcome)
            self.models.want(load.role, None)
            if isinstance(outcome, OutOfMemory):
                self.die(outcome)
                return
        self._restore(loads)

    def _tell(self, phase: EnginePhase, sentence: str = "") -> None:
        state = EngineState(phase, sentence)
        if state != self.reported or phase is EnginePhase.STARTING:
            self.reported = state
            self._on_state(state)

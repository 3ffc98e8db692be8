"""Tracks requests from creation to their end: answered, cancelled or failed. Knows no process and no event loop."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from coach_app.domain.errors import CoachError
from coach_app.host.holding import Details
from coach_app.host.messages import Ask, Cancel, Cancelled, Failed, Load, Loading, Reply, Request, Words, Work

RETRY = "Try again, or choose another model in the settings. The log says more."
_MAX_TRIES = 2

Send = Callable[[Request, bytes], None]
"""Writes a message and its payload to the engine."""
Outcome = Reply | Exception
"""How a request ends: its reply, or why there is none."""


class OutOfMemory(CoachError):
    """Memory was not sufficient."""


class LoadingCancelled(CoachError):
    """Loading a model was cancelled by the user, or because another one was chosen."""

    def __init__(self) -> None:
        super().__init__("Loading the model was cancelled.", "Choose it again in the settings when you want it.")


class PutToSleep(CoachError):
    """The engine was put to sleep during a request."""

    def __init__(self) -> None:
        super().__init__("The answer was stopped because the model was unloaded.", "Ask again when you want it.")


@dataclass(eq=False)
class Job:
    """A request that a caller waits for.

    Attributes:
        work: the message.
        payload: raw RGB bytes of its picture, if it has one.
        on_words: called with each new piece of the answer's text.
        on_end: called once, but not if the job is withdrawn, as nobody waits for it then.
        wakes: whether it wakes the engine up.
        tries: number of times it was sent.
        id: id of the last sending.
    """

    work: Work
    payload: bytes = b""
    on_words: Callable[[str], None] = lambda text: None
    on_end: Callable[[Outcome], None] = lambda outcome: None
    wakes: bool = True
    tries: int = 0
    id: int = 0
    _position: int = field(default=0, repr=False)
    _told: int = field(default=0, repr=False)

    def tell(self, text: str) -> None:
        """Pass on a piece of text as far as it is new: a restarted answer continues where it broke off."""
        self._position += len(text)
        if self._position > self._told:
            further = text[self._told - self._position :]
            self._told = self._position
            self.on_words(further)

    def begin_again(self) -> None:
        """Expect the answer from its beginning."""
        self._position = 0


class Jobs:
    """The unfinished jobs: those that wait for the engine, and those that it works on.

    Args:
        send: writes to the engine; does nothing if there is none.
        details: maximum detail of pictures.
    """

    def __init__(self, send: Send, details: Details) -> None:
        self._send = send
        self._details = details
        self._ids = itertools.count(1)
        self._waiting: list[Job] = []
        self._sent: dict[int, Job] = {}

    @property
    def under_way(self) -> int:
        """Number of jobs that the engine works on."""
        return len(self._sent)

    @property
    def loading(self) -> Load | None:
        """The model that the engine loads, or will load next; None if there is none."""
        return next((job.work for job in self._sent.values() if isinstance(job.work, Load)), None)

    def wait(self, job: Job) -> None:
        """Queue a job until ``send_waiting``."""
        self._waiting.append(job)

    def send(self, job: Job) -> None:
        """Send a job to the engine."""
        job.tries += 1
        job.id = next(self._ids)
        job.begin_again()
        self._sent[job.id] = job
        now: dict[str, object] = {"id": job.id}
        if isinstance(job.work, Ask):
            now["detail"] = self._details.fitting(job.work.detail)
        self._send(job.work.model_copy(update=now), job.payload)

    def send_waiting(self) -> None:
        """Send all queued jobs, in order."""
        waiting, self._waiting = self._waiting, []
        for job in waiting:
            self.send(job)

    def withdraw(self, job: Job) -> None:
        """Drop a job that nobody waits for any more; the engine stops working on it."""
        if job in self._waiting:
            self._waiting.remove(job)
        if self._sent.pop(job.id, None):
            self._send(Cancel(target=job.id), b"")

    def take(self, reply: Reply) -> bool:
        """Pass a reply to its job, if that has not ended.

        Returns:
            Whether the detail of pictures was reduced because this one did not fit. Its job stays pending if
            ``send_again`` may help.
        """
        if (job := self._sent.get(reply.id)) is None:
            return False
        match reply:
            case Words():
                try:
                    job.tell(reply.text)
                except Exception as error:  # an error of the receiver
                    self.withdraw(job)
                    job.on_end(error)
            case Failed(kind="out_of_memory"):
                if not _is_worth_another_process(job):
                    self._end(job, OutOfMemory(reply.message, reply.remedy))
                return isinstance(job.work, Ask) and self._details.did_not_fit(job.work.detail)
            case Failed():
                self._end(job, CoachError(reply.message, reply.remedy))
            case Loading():
                pass
            case Cancelled():
                self._end(job, CoachError("The answer was stopped."))
            case _:
                self._end(job, reply)
        return False

    def send_again(self, reason: CoachError) -> None:
        """The engine has died: queue its jobs for the next one; those on which it died twice fail."""
        sent, self._sent = list(self._sent.values()), {}
        self._waiting[:0] = [job for job in sent if job.tries < _MAX_TRIES]
        for job in sent:
            if job.tries < _MAX_TRIES:
                continue
            if isinstance(reason, OutOfMemory):
                job.on_end(OutOfMemory(reason.message, reason.remedy))
            else:
                job.on_end(CoachError(f"{reason.message} That happened twice with this request.", RETRY))

    def break_off(self, reason: CoachError) -> None:
        """Fail all loads, and queue the other jobs for the next engine."""
        sent, self._sent = list(self._sent.values()), {}
        self._waiting[:0] = [job for job in sent if not isinstance(job.work, Load)]
        for job in sent:
            if isinstance(job.work, Load):
                job.on_end(reason)

    def fail(self, error: CoachError) -> None:
        """Fail all jobs."""
        jobs = [*self._waiting, *self._sent.values()]
        self._waiting, self._sent = [], {}
        for job in jobs:
            job.on_end(error)

    def _end(self, job: Job, outcome: Outcome) -> None:
        del self._sent[job.id]
        job.on_end(outcome)


def _is_worth_another_process(job: Job) -> bool:
    """A fresh process may have enough memory, but only the vision model is worth reloading all others."""
    return job.tries < _MAX_TRIES and not (isinstance(job.work, Load) and job.work.role != "vision")

"""The client of the engine: start it, send requests, put it to sleep. Keeping it alive is the supervisor's task."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self, TypeVar

from PIL import Image

from coach_app.domain.detail import Detail
from coach_app.domain.errors import CoachError
from coach_app.domain.sampling import Sampling
from coach_app.domain.sent import OnSent, Sent, unseen
from coach_app.host.holding import Model, load_message
from coach_app.host.life import SLEEPS, UP, EngineState, State
from coach_app.host.messages import (
    Answered,
    Ask,
    AskText,
    Chat,
    Ready,
    Reply,
    Translate,
    Translated,
    Value,
    Valued,
    Work,
)
from coach_app.host.process import engine_command
from coach_app.host.requests import Job, LoadingCancelled, Outcome, PutToSleep
from coach_app.host.supervisor import Patience, Supervisor
from coach_app.models.checkpoint import ModelRole

logger = logging.getLogger(__name__)

_ROLES: Final[dict[type[Work], ModelRole]] = {
    Ask: "vision",
    AskText: "text",
    Chat: "text",
    Translate: "translator",
    Value: "qvalues",
}
"""Which model does what."""

ReplyT = TypeVar("ReplyT", Answered, Ready, Translated, Valued)


class EngineClient:
    """Owns one engine process. All methods and callbacks belong to the thread of the running event loop.

    If the engine crashes, hangs or runs out of memory, it is restarted and its models are reloaded; a pending request
    is sent again, and fails only if the engine dies on it twice. If a picture did not fit into memory, pictures are
    encoded in less detail until another model is loaded.

    Putting it to sleep, by hand or after a time without requests, ends its process, which frees all memory; the next
    request starts it again with the same models.

    Args:
        on_state: called with every change of state, even during method calls; must not raise.
        command: program and arguments of the engine; by default the real one.
        patience: time limits.
        on_sent: told what a model is given.

    Attributes:
        details: the maximum detail of pictures; ``most`` may be set.
    """

    def __init__(
        self,
        on_state: Callable[[EngineState], None] = lambda state: None,
        command: Sequence[str] | None = None,
        patience: Patience | None = None,
        on_sent: OnSent = unseen,
    ) -> None:
        self._supervisor = Supervisor(command or engine_command(), patience or Patience(), on_state)
        self._life = self._supervisor.life
        self.details = self._life.details
        self._on_sent = on_sent
        self._loading = asyncio.Lock()
        self._titles: dict[Path, str] = {}
        self._newest: dict[ModelRole, Model] = {}  # the model to be loaded

    @property
    def state(self) -> EngineState:
        """The state last reported."""
        return self._life.reported

    @property
    def memory_bytes(self) -> int:
        """Resident memory of the engine at its last heartbeat; 0 before the first."""
        return self._supervisor.memory_bytes

    @property
    def pid(self) -> int | None:
        """Process id of the engine; None while there is none."""
        return self._supervisor.process.pid if self._supervisor.process else None

    @property
    def sleeps(self) -> bool:
        """Whether it is asleep, by hand or after an idle time."""
        return self._life.state in SLEEPS

    @property
    def rests(self) -> bool:
        """Whether it sleeps because the user wants its memory, so that only the user wakes it."""
        return self.sleeps and self._life.on_purpose

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()

    # Life cycle

    async def start(self) -> None:
        """Start the process, and wait until it accepts requests. Does nothing if already started.

        Raises:
            CoachError: it cannot be started.
        """
        if self._life.state is State.GONE:
            self._life.start()
        while self._life.state is State.STARTING:
            await self._supervisor.moved()
        if failure := self._life.failure:
            raise CoachError(failure.message, failure.remedy)

    async def stop(self) -> None:
        """End the process; pending requests fail. May be called twice."""
        self._life.stop()
        await self._supervisor.stopped()

    def retry(self) -> None:
        """Start again after FAILED, with the same models; does nothing in other states."""
        if self._life.state is State.FAILED:
            self._life.start()

    def sleep(self, sentence: str = "") -> None:
        """End the process, which frees all memory of the models; does nothing if there is none.

        Pending requests fail. The next request wakes it up, except one for Q-values, which are read unasked.

        Args:
            sentence: sentence of the state ASLEEP, which is reported once the process has ended.
        """
        self._life.sleep(sentence, on_purpose=True)

    def wake(self) -> None:
        """Start reloading everything after ``sleep``; does nothing if awake."""
        self._life.wake()

    def sleep_when_idle(self, after_s: float, but_for: Path | None = None) -> None:
        """Set the time without requests after which it falls asleep.

        Args:
            after_s: seconds; 0 for never.
            but_for: folder of small models; with these alone it stays awake.
        """
        self._supervisor.sleep_when_idle(after_s, but_for)

    # Models

    def has(self, folder: Path, role: ModelRole, four_bit: bool | None = None) -> bool:
        """Whether a model is loaded, or will be once the engine is awake, so that loading it would be pointless."""
        return self.wanted(role) == Model(folder, four_bit) and self._life.state is not State.FAILED

    def wanted(self, role: ModelRole) -> Model | None:
        """The model that is loaded, or will be once the engine is awake."""
        return self._life.models.wanted(role)

    async def settled(self) -> None:
        """Wait until no model is being loaded: before that, ``wanted`` may turn out not to fit."""
        async with self._loading:
            pass

    async def load(
        self, folder: Path, role: ModelRole = "vision", four_bit: bool | None = None, title: str = ""
    ) -> None:
        """Load a model in place of the one with the same role. It is reloaded after every restart.

        It gets 4 bits if ``four_bit`` is true, or if it is None and a large model goes onto a graphics card. While
        loading, the user sees its ``title``, or else the folder's name. Models are loaded one after another, and not
        while the engine sleeps. If a model with the same role is being loaded, that is cancelled.

        Raises:
            LoadingCancelled: loading was cancelled.
            CoachError: it cannot be loaded; the previous model, if any, is used again.
        """
        model = Model(folder, four_bit)
        self._newest[role] = model
        self._titles[folder] = title or folder.name
        if self._loading.locked():
            self._life.give_way(load_message(role, model))
        async with self._loading:
            if self._newest[role] != model:
                raise LoadingCancelled
            before = self.wanted(role)
            self._life.models.want(role, model)
            self._life.give_way(load_message(role, model))  # if the previous one is being reloaded
            try:
                await self._load(role, model)
            except CoachError as error:
                self._life.models.want(role, before)
                if role != "vision":
                    self.retry()  # without it the engine may survive
                if before and self._newest[role] == model:
                    try:
                        await self._load(role, before)
                    except CoachError as lost:
                        if self._life.state in UP:
                            logger.warning("The %s model before is gone, too: %s", role, lost)
                            self._life.models.want(role, None)
                self._life.tell_loaded(error if role == "vision" else None)
                raise
            self._life.tell_loaded()

    def cancel_loading(self) -> None:
        """Cancel the model that is being loaded; its caller gets a `LoadingCancelled`."""
        self._life.break_off(LoadingCancelled())

    async def _load(self, role: ModelRole, model: Model) -> None:
        """Does nothing if the engine sleeps, or falls asleep meanwhile.

        Raises:
            CoachError: if it cannot be loaded.
        """
        self.retry()
        if self.sleeps:
            return
        if role != "qvalues":  # advice continues meanwhile
            self._life.tell_loading(self._titles.get(model.folder, model.folder.name))
        try:
            await self._request(Ready, load_message(role, model))
        except PutToSleep:
            return

    # Requests

    async def ask(
        self,
        image: Image.Image,
        prompt: str,
        on_words: Callable[[str], None] | None = None,
        max_new_tokens: int = 120,
        detail: Detail = "full",
        moves: Sequence[str] = (),
        tried: Sequence[str] = (),
    ) -> Answered:
        """Ask the vision model about a picture. Cancelling the awaiting task stops the model.

        Args:
            image: already shrunk for the model.
            prompt: the question.
            on_words: called with each new piece of text; together they are the answer.
            max_new_tokens: maximum length of the answer.
            detail: detail of the picture, if the model offers a choice.
            moves: moves of the game; needed if some were tried, and for the confidence in the one recommended.
            tried: moves that the answer must not recommend.

        Raises:
            CoachError: if there is no answer.
        """
        rgb = image.convert("RGB")
        ask = Ask(
            prompt=prompt,
            width=rgb.width,
            height=rgb.height,
            max_new_tokens=max_new_tokens,
            detail=detail,
            moves=tuple(moves),
            tried=tuple(tried),
        )
        return await self._request(Answered, ask, rgb.tobytes(), on_words)

    async def ask_text(
        self,
        prompt: str,
        adapter: Path | None = None,
        on_words: Callable[[str], None] | None = None,
        max_new_tokens: int = 200,
        chat: Sampling | None = None,
    ) -> Answered:
        """Continue a prompt with the text model, up to the next question, or chat with it.

        Cancelling the awaiting task stops it.

        Args:
            prompt: in the format of the model or adapter.
            adapter: folder of a LoRA adapter; None for none.
            on_words: called with each new piece of text; together they are the answer.
            max_new_tokens: maximum length of the answer.
            chat: the prompt is what a user says, and the words of the answer are chosen like this; None continues it.

        Raises:
            CoachError: if there is no answer.
        """
        asked: dict[str, Any] = {"prompt": prompt, "adapter": _named(adapter), "max_new_tokens": max_new_tokens}
        ask = AskText(**asked) if chat is None else Chat(**asked, **asdict(chat))
        return await self._request(Answered, ask, on_words=on_words)

    async def value(self, image: Image.Image) -> Valued:
        """Q-values of a picture, by the loaded Q-network. Cancelling the awaiting task withdraws the request.

        Args:
            image: already shrunk for the vision model.

        Raises:
            CoachError: there is no network, or it was trained with another model's features.
        """
        rgb = image.convert("RGB")
        return await self._request(Valued, Value(width=rgb.width, height=rgb.height), rgb.tobytes(), wakes=False)

    async def translate(self, text: str) -> str:
        """Translate an English text into Japanese. Cancelling the awaiting task stops the model.

        Raises:
            CoachError: there is no translation.
        """
        return (await self._request(Translated, Translate(text=text))).text

    async def _request(
        self,
        kind: type[ReplyT],
        work: Work,
        payload: bytes = b"",
        on_words: Callable[[str], None] | None = None,
        *,
        wakes: bool = True,
    ) -> ReplyT:
        reply: asyncio.Future[Reply] = asyncio.get_running_loop().create_future()

        def ended(outcome: Outcome) -> None:
            if reply.done():  # cancelled at this very moment
                return
            if isinstance(outcome, Exception):
                reply.set_exception(outcome)
            else:
                reply.set_result(outcome)

        if role := _ROLES.get(type(work)):
            model = self.wanted(role)
            name = self._titles.get(model.folder, model.folder.name) if model else role
            self._on_sent(_sent(name, work, payload))
        job = Job(work, payload, on_words or (lambda text: None), ended, wakes)
        self._life.do(job)
        try:
            answer = await reply
        except asyncio.CancelledError:
            self._life.withdraw(job)
            if not reply.cancelled():
                reply.exception()  # nobody is interested any more
            raise
        assert isinstance(answer, kind)
        return answer


def _sent(to: str, work: Work, payload: bytes) -> Sent:
    text = work.prompt if isinstance(work, Ask | AskText | Chat) else work.text if isinstance(work, Translate) else ""
    size = (work.width, work.height) if isinstance(work, Ask | Value) else None
    return Sent(to, text, Image.frombytes("RGB", size, payload) if size else None)


def _named(folder: Path | None) -> str:
    """A folder as an absolute path, as the engine may have another working directory."""
    return str(folder.absolute()) if folder else ""

"""The engine as its owner uses it: started, asked, put to sleep. What it takes to keep it alive is not seen here."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from PIL import Image

from coach_app.domain.detail import Detail
from coach_app.domain.errors import CoachError
from coach_app.host.holding import Model, load_message
from coach_app.host.life import SLEEPS, UP, EngineState, State
from coach_app.host.messages import Answered, Ask, AskText, Ready, Reply, Translate, Translated, Value, Valued, Work
from coach_app.host.process import engine_command
from coach_app.host.requests import Job, LoadingCancelled, Outcome, PutToSleep
from coach_app.host.supervisor import Patience, Supervisor
from coach_app.models.checkpoint import ModelRole

logger = logging.getLogger(__name__)

ReplyT = TypeVar("ReplyT", Answered, Ready, Translated, Valued)


class EngineClient:
    """Owns one engine process. All methods and callbacks belong to the thread of the running event loop.

    When the engine crashes, hangs or runs out of memory, it is started again and its models are loaded again; a request
    under way is sent once more, and fails only if the engine dies on it twice. Where it was a picture that did not fit
    into the memory, it is looked at in less detail from then on, until another model is loaded.

    Put to sleep, by hand or after a time without requests, it ends, which gives back all memory; the next request wakes
    it up, with the same models.

    Args:
        on_state: told every change of state, also while a method is called; must not raise.
        command: program and arguments of the engine; the real one by default.
        patience: time limits.
    """

    def __init__(
        self,
        on_state: Callable[[EngineState], None] = lambda state: None,
        command: Sequence[str] | None = None,
        patience: Patience | None = None,
    ) -> None:
        self._supervisor = Supervisor(command or engine_command(), patience or Patience(), on_state)
        self._life = self._supervisor.life
        self._loading = asyncio.Lock()
        self._titles: dict[Path, str] = {}
        self._newest: dict[ModelRole, Model] = {}  # that was to be loaded

    @property
    def state(self) -> EngineState:
        """The state last told."""
        return self._life.told

    @property
    def memory_bytes(self) -> int:
        """Resident memory of the engine at its last heartbeat; 0 before the first."""
        return self._supervisor.memory_bytes

    @property
    def pid(self) -> int | None:
        """Process id of the engine, None while there is none."""
        return self._supervisor.process.pid if self._supervisor.process else None

    @property
    def sleeps(self) -> bool:
        """Whether it was put to sleep, by hand or after an idle time, and nothing has woken it since."""
        return self._life.state in SLEEPS

    @property
    def rests(self) -> bool:
        """Whether it sleeps because the user wants its memory, and so is to be woken by the user only."""
        return self.sleeps and self._life.on_purpose

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.stop()

    # Its life

    async def start(self) -> None:
        """Start the process, and wait until it takes requests. Does nothing if it is started already.

        Raises:
            CoachError: if it cannot be started.
        """
        if self._life.state is State.GONE:
            self._life.start()
        while self._life.state is State.STARTING:
            await self._supervisor.moved()
        if failure := self._life.failure:
            raise CoachError(failure.message, failure.remedy)

    async def stop(self) -> None:
        """End the process; requests under way fail. May be called twice."""
        self._life.stop()
        await self._supervisor.stopped()

    def retry(self) -> None:
        """Begin again after FAILED, with the same models; does nothing in any other state."""
        if self._life.state is State.FAILED:
            self._life.start()

    def sleep(self, sentence: str = "") -> None:
        """End the process, which gives back all memory of the models; does nothing where there is none to be ended.

        Requests under way fail. The next request wakes it up, except one for Q-values, which are read unasked.

        Args:
            sentence: of the state ASLEEP, which is told when the process has ended.
        """
        self._life.sleep(sentence, on_purpose=True)

    def wake(self) -> None:
        """Begin to load everything again after ``sleep``; does nothing where it is awake."""
        self._life.wake()

    def sleep_when_idle(self, after_s: float, but_for: Path | None = None) -> None:
        """From now on, fall asleep after this long without a request.

        Args:
            after_s: 0 never does.
            but_for: whose models are small; with only such ones it stays awake.
        """
        self._supervisor.sleep_when_idle(after_s, but_for)

    # Its models

    def has(self, folder: Path, role: ModelRole, four_bit: bool | None = None) -> bool:
        """Whether it would be no use to load this: it is, or will be when the engine is awake again."""
        return self.wanted(role) == Model(folder, four_bit) and self._life.state is not State.FAILED

    def wanted(self, role: ModelRole) -> Model | None:
        """The model that is loaded, or will be when the engine is awake again."""
        return self._life.models.wanted(role)

    async def settled(self) -> None:
        """Wait until no model is being loaded: until then ``wanted`` may be one that turns out not to fit."""
        async with self._loading:
            pass

    async def load(
        self, folder: Path, role: ModelRole = "vision", four_bit: bool | None = None, title: str = ""
    ) -> None:
        """Load a model, in place of the one with the same role. It is loaded again after every restart.

        It gets 4 bits where ``four_bit`` says so, or where that is None and a large model goes onto a graphics card.
        While it is loaded the user reads its ``title``, or else the folder's name. Models are loaded one after another;
        while the engine sleeps, not before it wakes up. Where the one that is being loaded has the same role, it is not
        waited for any longer.

        Raises:
            LoadingCancelled: nobody waits for it any longer.
            CoachError: if it cannot be loaded; the model loaded before, if any, is in use again.
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
            self._life.give_way(load_message(role, model))  # where the one before is being loaded again
            try:
                await self._load(role, model)
            except CoachError as error:
                self._life.models.want(role, before)
                if role != "vision":
                    self.retry()  # without it the engine may well live
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
        """Do not wait any longer for the model that is being loaded; whoever loads it gets a `LoadingCancelled`."""
        self._life.break_off(LoadingCancelled())

    async def _load(self, role: ModelRole, model: Model) -> None:
        """Does nothing where the engine sleeps, or falls asleep meanwhile.

        Raises:
            CoachError: if it cannot be loaded.
        """
        self.retry()
        if self.sleeps:
            return
        if role != "qvalues":  # advice goes on meanwhile
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
            image: already shrunk to what the model takes.
            prompt: the question.
            on_words: called with each further piece of text; the pieces of all calls are the answer.
            max_new_tokens: the answer is cut off there.
            detail: how finely the picture is looked at, where the model leaves a choice.
            moves: of the game; needed where some were tried.
            tried: moves that the answer is not to tell.

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
        ask = AskText(prompt=prompt, adapter=_named(adapter), max_new_tokens=max_new_tokens)
        return await self._request(Answered, ask, on_words=on_words)

    async def value(self, image: Image.Image) -> Valued:
        """Q-values of a picture, by the loaded Q-network. Cancelling the awaiting task takes the request back.

        Args:
            image: already shrunk to what the vision model takes.

        Raises:
            CoachError: if there are no values: no network, or one that was trained with another model's features.
        """
        rgb = image.convert("RGB")
        return await self._request(Valued, Value(width=rgb.width, height=rgb.height), rgb.tobytes(), wakes=False)

    async def translate(self, text: str) -> str:
        """Japanese for an English text, by the translator. Cancelling the awaiting task stops the model.

        Raises:
            CoachError: if there is no translation.
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

        job = Job(work, payload, on_words or (lambda text: None), ended, wakes)
        self._life.do(job)
        try:
            answer = await reply
        except asyncio.CancelledError:
            self._life.withdraw(job)
            if not reply.cancelled():
                reply.exception()  # which nobody wants to know any more
            raise
        assert isinstance(answer, kind)
        return answer


def _named(folder: Path | None) -> str:
    """A folder as the engine takes it, which may be somewhere else."""
    return str(folder.absolute()) if folder else ""

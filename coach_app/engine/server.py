"""The engine: receives requests from its parent, runs the models, replies. Imports torch only to load a model."""

import gc
import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Literal

import psutil
from PIL import Image
from pydantic import BaseModel

from coach_app.domain.elapsed import ms_since
from coach_app.domain.errors import CoachError
from coach_app.domain.moves import AvoidedMoves
from coach_app.domain.sampling import Sampling
from coach_app.engine.faults import Stopped, is_out_of_memory
from coach_app.host.messages import (
    Answered,
    Ask,
    AskText,
    Cancel,
    Cancelled,
    Chat,
    Failed,
    Load,
    Loading,
    Ping,
    Pong,
    Ready,
    Shutdown,
    Translate,
    Translated,
    Value,
    Valued,
    Words,
    request_adapter,
)
from coach_app.host.pipe import ProtocolError, encode, read_message
from coach_app.models.checkpoint import ModelRole, check_checkpoint, read_json

if TYPE_CHECKING:
    from coach_app.engine.loader import Asking, TextModel, TranslationModel, VisionModel
    from coach_app.engine.streaming import Answer
    from coach_app.engine.valuing import Valuer

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Job:
    request: Load | Ask | AskText | Chat | Value | Translate
    payload: bytes = b""
    stop: threading.Event = field(default_factory=threading.Event)
    received_at: float = field(default_factory=time.perf_counter)


class Engine:
    """Serves one parent over two pipes.

    The thread that calls ``serve`` reads requests, so that heartbeats are answered and requests cancelled while models
    work. Translations have their own thread, so that they do not wait for the next answer; Q-values, which need the
    vision model, share the thread of the answers.

    Args:
        requests: buffered stream to read from.
        replies: stream to write to.
    """

    def __init__(self, requests: BinaryIO, replies: BinaryIO) -> None:
        self._requests = requests
        self._replies = replies
        self._writing = threading.Lock()
        self._vision: VisionModel | None = None
        self._text: TextModel | None = None
        self._text_in: VisionModel | None = None  # the model that answers texts, which may be ``_vision``
        self._translation: TranslationModel | None = None
        self._valuer: Valuer | None = None
        self._loaded: dict[ModelRole, Load] = {}
        # transformers changes global defaults of torch while loading, so no other model may work: a load takes both
        # locks.
        self._using_vision = threading.Lock()
        self._using_translation = threading.Lock()
        self._jobs: dict[Literal["vision", "translator"], queue.SimpleQueue[_Job]] = {
            "vision": queue.SimpleQueue(),
            "translator": queue.SimpleQueue(),
        }
        self._stops: dict[int, threading.Event] = {}
        self._newest_value: _Job | None = None

    def serve(self) -> None:
        """Serve until the parent requests a shutdown, closes the pipe or dies."""
        for role, jobs in self._jobs.items():
            threading.Thread(target=self._work, args=(jobs,), name=role, daemon=True).start()
        try:
            while (message := read_message(request_adapter, self._requests)) is not None:
                request, payload = message
                match request:
                    case Ping():
                        self._reply(Pong(id=request.id, memory_bytes=psutil.Process().memory_info().rss))
                    case Cancel():
                        if stop := self._stops.get(request.target):
                            stop.set()
                    case Shutdown():
                        return
                    case Load():
                        self._accept(_Job(request), "translator" if request.role == "translator" else "vision")
                    case Ask():
                        self._accept(_Job(request, payload), "vision")
                    case AskText() | Chat():
                        self._accept(_Job(request), "vision")
                    case Value():
                        self._accept_value(_Job(request, payload))
                    case Translate():
                        self._accept(_Job(request), "translator")
        except ProtocolError as error:
            logger.error("The parent sent something that is no request: %s", error)

    def _accept(self, job: _Job, role: Literal["vision", "translator"]) -> None:
        self._stops[job.request.id] = job.stop
        self._jobs[role].put(job)

    def _accept_value(self, job: _Job) -> None:
        """Accept a request for Q-values and cancel an older one that is still waiting: only the newest picture
        matters."""
        if self._newest_value is not None:
            self._newest_value.stop.set()
        self._newest_value = job
        self._accept(job, "vision")

    def _reply(self, reply: BaseModel) -> None:
        try:
            with self._writing:
                self._replies.write(encode(reply))
                self._replies.flush()
        except OSError:
            os._exit(0)  # the parent is gone

    def _work(self, jobs: "queue.SimpleQueue[_Job]") -> None:
        while True:
            job = jobs.get()
            id_ = job.request.id
            try:
                match job.request:
                    case Load():
                        self._load(job, job.request)
                    case Ask():
                        self._answer(job, job.request)
                    case AskText() | Chat():
                        self._answer_text(job, job.request)
                    case Value():
                        self._value(job, job.request)
                    case Translate():
                        self._translate(job, job.request)
            except Stopped:
                self._reply(Cancelled(id=id_))
            except CoachError as error:
                kind: Literal["bad_model", "bad_input"] = "bad_model" if isinstance(job.request, Load) else "bad_input"
                self._reply(Failed(id=id_, kind=kind, message=error.message, remedy=error.remedy))
            except Exception as error:
                logger.exception("A %s request failed", job.request.type)
                self._reply(_out_of_memory(job.request) if is_out_of_memory(error) else _internal(id_))
            finally:
                self._stops.pop(id_, None)

    def _load(self, job: _Job, request: Load) -> None:
        folder = Path(request.folder)
        if not _same_model(self._loaded.get(request.role), request):
            check_checkpoint(folder, request.role)  # the old model stays if the new one cannot be loaded
            from coach_app.engine.loader import load_asking, use_cores

            use_cores()
            # Other models may work meanwhile: a chat template may be slow.
            asking = load_asking(folder) if _looks(folder, request.role) else None
            with self._using_vision, self._using_translation:
                self._take_in(request, folder, asking, _Progress(self._reply, request.id).tell)
                self._loaded[request.role] = request
        self._reply(Ready(id=request.id, model=folder.name, load_ms=ms_since(job.received_at)))

    def _take_in(self, request: Load, folder: Path, asking: "Asking | None", watch: Callable[[float], None]) -> None:
        """Load a model in place of the one with the same role, which is unloaded first."""
        from coach_app.engine.adapters import release
        from coach_app.engine.answering import warm_up
        from coach_app.engine.loader import (
            TextModel,
            give_back,
            load_text,
            load_translator,
            load_vision,
            make_room,
        )

        self._loaded.pop(request.role, None)
        match request.role:
            case "vision":
                held = self._text_in if _same_model(self._loaded.get("text"), request) else None
                if held is None and self._text_in and self._text_in is self._vision:
                    self._text = self._text_in = None
                    self._loaded.pop("text", None)
                self._vision = self._valuer = None
                if held is None:
                    make_room(folder, "vision", request.four_bit)
                self._vision = held or load_vision(folder, request.four_bit, asking=asking, watch=watch)
                warm_up(self._vision)
            case "text":
                if self._text:
                    release(self._text)  # its model may still be needed for pictures
                self._text = self._text_in = None
                if _same_model(self._loaded.get("vision"), request):
                    self._text_in = self._vision
                else:
                    make_room(folder, "text", request.four_bit)
                    if asking:
                        self._text_in = load_vision(folder, request.four_bit, asking=asking, watch=watch)
                if llava := self._text_in:
                    self._text = TextModel(llava.name, llava.model, llava.processor.tokenizer)
                else:
                    self._text = load_text(folder, request.four_bit, watch=watch)
            case "translator":
                self._translation = None
                gc.collect()
                self._translation = load_translator(folder, watch)
            case "qvalues":
                self._valuer = None
                self._valuer = self._make_valuer(folder)
        give_back()

    def _make_valuer(self, folder: Path) -> "Valuer":
        from coach_app.engine.valuing import load_valuer

        loaded = self._loaded.get("vision")
        return load_valuer(folder, self._vision, Path(loaded.folder) if loaded else None)

    def _value(self, job: _Job, request: Value) -> None:
        image = _picture(job, request)
        with self._using_vision:
            if job.stop.is_set():
                raise Stopped
            loaded = self._loaded.get("qvalues")
            if loaded is None:
                raise CoachError("No Q-network is loaded.", "Name one in the profile of the game.")
            if self._valuer is None:  # another vision model was loaded in the meantime
                self._valuer = self._make_valuer(Path(loaded.folder))
            valuer = self._valuer
            values, possible = valuer.values(image)
        self._reply(
            Valued(
                id=request.id,
                game=valuer.info.game,
                moves=valuer.info.moves,
                values=values,
                possible=possible,
                checkpoint=valuer.name,
                latency_ms=ms_since(job.received_at),
            )
        )

    def _answer(self, job: _Job, request: Ask) -> None:
        image = _picture(job, request)
        with self._using_vision:
            waited_ms = ms_since(job.received_at)
            if self._vision is None:
                raise CoachError("No model is loaded.", "Choose one in the settings.")
            from coach_app.engine.answering import answer

            result = answer(
                self._vision,
                request.prompt,
                image,
                request.max_new_tokens,
                lambda words: self._reply(Words(id=request.id, text=words)),
                job.stop.is_set,
                request.detail,
                AvoidedMoves(request.moves, request.tried) if request.moves else None,
            )
            self._reply(_answered(job, result, self._vision.name, waited_ms))

    def _answer_text(self, job: _Job, request: AskText | Chat) -> None:
        with self._using_vision:
            waited_ms = ms_since(job.received_at)
            if self._text is None:
                raise CoachError("No text model is loaded.", "Choose one in the settings.")
            from coach_app.engine.answering import answer_chat, answer_text
            from coach_app.engine.loader import give_back

            def reply(words: str) -> None:
                self._reply(Words(id=request.id, text=words))

            asked = self._text, request.prompt, request.adapter, request.max_new_tokens
            if isinstance(request, Chat):
                sampling = Sampling(request.temperature, request.top_p, request.seed, request.avoided_beginning)
                result = answer_chat(*asked, sampling, reply, job.stop.is_set)
            else:
                result = answer_text(*asked, reply, job.stop.is_set)
            self._reply(_answered(job, result, self._text.name, waited_ms))
            give_back()  # prompts differ in length, and so do the pieces of memory that each leaves behind

    def _translate(self, job: _Job, request: Translate) -> None:
        with self._using_translation:
            if self._translation is None:
                raise CoachError("No translation model is loaded.", "Choose one in the settings.")
            from coach_app.engine.translating import translate

            text = translate(self._translation, request.text, job.stop.is_set)
        self._reply(Translated(id=request.id, text=text))


def _answered(job: _Job, result: "Answer", model: str, waited_ms: float) -> Answered:
    """The reply for an answer; its times include the request's time in the queue."""
    return Answered(
        id=job.request.id,
        text=result.text,
        model=model,
        tokens=result.tokens,
        first_word_ms=waited_ms + result.first_word_ms,
        latency_ms=ms_since(job.received_at),
        cut=result.cut,
        weight=result.weight,
        likelihood=result.likelihood,
    )


class _Progress:
    """Reports the progress of a load, in at most a hundred steps."""

    def __init__(self, reply: Callable[[BaseModel], None], id_: int) -> None:
        self._reply, self._id, self._reported = reply, id_, 0

    def tell(self, share: float) -> None:
        if (percent := int(share * 100)) > self._reported:
            self._reported = percent
            self._reply(Loading(id=self._id, share=share))


def _looks(folder: Path, role: ModelRole) -> bool:
    """Whether to load a model as a vision model, which may answer texts, too."""
    return role == "vision" or (role == "text" and "vision_config" in read_json(folder, "config.json"))


def _picture(job: _Job, request: Ask | Value) -> Image.Image:
    if len(job.payload) != request.width * request.height * 3:
        raise CoachError("The engine received only part of the picture.")
    return Image.frombytes("RGB", (request.width, request.height), job.payload)


def _same_model(loaded: Load | None, wanted: Load) -> bool:
    return loaded is not None and (loaded.folder, loaded.four_bit) == (wanted.folder, wanted.four_bit)


def _out_of_memory(request: Load | Ask | AskText | Chat | Value | Translate) -> Failed:
    message = "There was not enough memory for the answer."
    if isinstance(request, Load):
        message = "The model does not fit into the memory of this computer."
    return Failed(
        id=request.id,
        kind="out_of_memory",
        message=message,
        remedy="Choose a smaller model, 4 bits or less detailed pictures in the settings, or close other programs.",
    )


def _internal(id_: int) -> Failed:
    return Failed(
        id=id_,
        kind="internal",
        message="The model could not handle this request.",
        remedy="Try again; if it happens again, choose another model. The log says more.",
    )

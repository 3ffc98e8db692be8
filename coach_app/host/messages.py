"""Messages between the interface and the engine process. Plain data: importing this never imports torch.

On the pipe a message is ``<u32 header length><u32 payload length><JSON header><payload>``, little endian; the payload
is the raw RGB bytes of a picture and is empty for every other message. Only the engine's own parent speaks to it.

A request gets its ``id`` when it is sent; its replies have the same one.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from coach_app.domain.certainty import Likelihood
from coach_app.domain.detail import Detail
from coach_app.models.checkpoint import ModelRole


class _Message(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Load(_Message):
    """Load (or switch to) a model: the folder of a checkpoint. Answered by Loading…, then Ready or Failed."""

    type: Literal["load"] = "load"
    id: int = 0
    folder: str
    role: ModelRole = "vision"
    four_bit: bool | None = None


class Ask(_Message):
    """Ask about a picture (width × height RGB bytes in the payload).

    Answered by Words…, then Answered, Cancelled or Failed. With 0 tokens for an answer the picture is only encoded, so
    that a later answer about it comes sooner. If moves were ``tried`` without success, the answer recommends another
    one of ``moves``.
    """

    type: Literal["ask"] = "ask"
    id: int = 0
    prompt: str
    width: int = Field(gt=0)
    height: int = Field(gt=0)
    max_new_tokens: int = Field(default=120, ge=0, le=2048)
    detail: Detail = "full"
    moves: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()


class AskText(_Message):
    """Continue a prompt with the text model and an adapter (a folder; empty for none).

    Answered by Words…, then Answered, Cancelled or Failed.
    """

    type: Literal["ask_text"] = "ask_text"
    id: int = 0
    prompt: str
    adapter: str = ""
    max_new_tokens: int = Field(default=200, gt=0, le=2048)


class Chat(_Message):
    """Answer what a user says with the text model, by its chat template.

    Answered by Words…, then Answered, Cancelled or Failed. For the other fields see AskText and Sampling.
    """

    type: Literal["chat"] = "chat"
    id: int = 0
    prompt: str
    adapter: str = ""
    max_new_tokens: int = Field(default=200, gt=0, le=2048)
    temperature: float = Field(default=0.0, ge=0, le=5)
    top_p: float = Field(default=1.0, gt=0, le=1)
    seed: int = Field(default=0, ge=0, lt=2**32)
    avoided_beginning: str = ""


class Translate(_Message):
    """Translate one English text with the loaded local translator. Answered by Translated or Failed."""

    type: Literal["translate"] = "translate"
    id: int = 0
    text: str


class Value(_Message):
    """Read the Q-values of a picture (width × height RGB bytes in the payload) with the loaded Q-network.

    Answered by Valued, Cancelled or Failed.
    """

    type: Literal["value"] = "value"
    id: int = 0
    width: int = Field(gt=0)
    height: int = Field(gt=0)


class Cancel(_Message):
    """Stop the request ``target`` as soon as possible; unknown or finished ones are ignored."""

    type: Literal["cancel"] = "cancel"
    target: int


class Ping(_Message):
    """Heartbeat, answered by Pong at once, even while a model is generating."""

    type: Literal["ping"] = "ping"
    id: int = 0


class Shutdown(_Message):
    """Shut the process down."""

    type: Literal["shutdown"] = "shutdown"


class Loading(_Message):
    """Progress of a load: share of the weights, 0 to 1."""

    type: Literal["loading"] = "loading"
    id: int
    share: float


class Ready(_Message):
    """A model is loaded."""

    type: Literal["ready"] = "ready"
    id: int
    model: str
    load_ms: float


class Words(_Message):
    """The next piece of an answer's text."""

    type: Literal["words"] = "words"
    id: int
    text: str


class Answered(_Message):
    """An answer is complete.

    ``text`` is the whole answer; ``cut`` if it was cut off. ``weight``:
    probability of a move that replaces a tried one, relative to it. ``likelihood``: that of the recommended one.
    """

    type: Literal["answered"] = "answered"
    id: int
    text: str
    model: str
    tokens: int
    first_word_ms: float
    latency_ms: float
    cut: bool = False
    weight: float | None = None
    likelihood: Likelihood | None = None


class Translated(_Message):
    """A translation is complete."""

    type: Literal["translated"] = "translated"
    id: int
    text: str


class Valued(_Message):
    """The Q-values of a picture: one per move, in the order of the checkpoint, which was trained for ``game``."""

    type: Literal["valued"] = "valued"
    id: int
    game: str
    moves: tuple[str, ...]
    values: tuple[float, ...]
    possible: tuple[bool, ...]
    checkpoint: str
    latency_ms: float


class Cancelled(_Message):
    """A request was stopped."""

    type: Literal["cancelled"] = "cancelled"
    id: int


class Failed(_Message):
    """A request failed: a sentence for the user, and a remedy."""

    type: Literal["failed"] = "failed"
    id: int
    kind: Literal["bad_input", "bad_model", "out_of_memory", "internal"]
    message: str
    remedy: str = ""


class Pong(_Message):
    """A sign of life, with the resident memory of the process."""

    type: Literal["pong"] = "pong"
    id: int
    memory_bytes: int


Work = Load | Ask | AskText | Chat | Translate | Value
"""What takes time, and is replied to under its id."""

Request = Annotated[
    Load | Ask | AskText | Chat | Translate | Value | Cancel | Ping | Shutdown, Field(discriminator="type")
]
Reply = Annotated[
    Loading | Ready | Words | Answered | Translated | Valued | Cancelled | Failed | Pong, Field(discriminator="type")
]
request_adapter: TypeAdapter[Request] = TypeAdapter(Request)
reply_adapter: TypeAdapter[Reply] = TypeAdapter(Reply)

"""An engine without models that speaks the real protocol and misbehaves on demand.

``python -m tests.fakes.engine DIR`` starts it. A prompt says what happens: ``words`` answers at once; ``slow`` says a
word every 20 ms for a long time; ``die``, ``hang`` (no heartbeat either), ``stall`` (heartbeat only), ``garbage`` and
``oom`` do so after the first word; ``greedy`` is ``oom`` unless the picture is looked at in the least detail. With
``-once`` behind it, it happens the first time only, and then is ``words``. A folder called ``bad`` cannot be loaded,
``big`` does not fit, ``slow-`` takes 50 ms, ``stuck`` gets no further than 42 %, ``dies`` kills the engine. With a file
``crash`` in DIR it ends at once. What it was asked is noted in DIR/log, a line each.
"""

import os
import sys
import threading
import time
from pathlib import Path
from typing import BinaryIO

from pydantic import BaseModel

from coach_app.host.messages import (
    Answered,
    Ask,
    AskText,
    Cancel,
    Cancelled,
    Failed,
    Load,
    Loading,
    Ping,
    Pong,
    Ready,
    Translate,
    Translated,
    Value,
    Valued,
    Words,
    request_adapter,
)
from coach_app.host.pipe import encode, read_message

WORDS = ["Move", " the", " cat", " up."]
SLOW_WORDS = [f" {number}" for number in range(500)]
VALUED = Valued(
    id=0,
    game="grid",
    moves=("left", "down", "right", "up"),
    values=(0.1, -0.9, 0.3, 0.7),
    possible=(True, True, False, True),
    checkpoint="fake-q",
    latency_ms=1.0,
)


class FakeEngine:
    """Serves the requests on a stream until it ends."""

    def __init__(self, folder: Path, requests: BinaryIO, replies: BinaryIO) -> None:
        self._folder = folder
        self._requests = requests
        self._replies = replies
        self._writing = threading.Lock()
        self._cancelled: set[int] = set()

    def serve(self) -> None:
        while (message := read_message(request_adapter, self._requests)) is not None:
            request, _ = message
            match request:
                case Ping():
                    self._reply(Pong(id=request.id, memory_bytes=1_000_000))
                case Cancel():
                    self.note(f"cancel {request.target}")
                    self._cancelled.add(request.target)
                case Load():
                    self._load(request)
                case Translate():
                    self._reply(Translated(id=request.id, text=f"訳: {request.text}"))
                case Value():
                    self.note(f"value {request.width}x{request.height}")
                    self._reply(VALUED.model_copy(update={"id": request.id}))
                case AskText():
                    threading.Thread(target=self._ask, args=(request, "words"), daemon=True).start()
                case Ask():
                    self.note(f"ask {request.prompt} {request.width}x{request.height}")
                    kind = self._kind(request.prompt)
                    if kind == "greedy":
                        self.note(f"detail {request.detail}")
                        kind = "words" if request.detail == "base" else "oom"
                    if kind == "hang":
                        self._reply(Words(id=request.id, text=WORDS[0]))
                        time.sleep(3600)
                    threading.Thread(target=self._ask, args=(request, kind), daemon=True).start()

    def _load(self, request: Load) -> None:
        name = Path(request.folder).name
        self.note(f"load {request.role} {name}")
        if name == "dies":
            os._exit(9)
        if name == "bad":
            self._reply(Failed(id=request.id, kind="bad_model", message="The model is bad.", remedy="Get another."))
        elif name.startswith("stuck"):
            self._reply(Loading(id=request.id, share=0.42))
        elif name.startswith("slow"):
            time.sleep(0.05)
            self._reply(Ready(id=request.id, model=name, load_ms=50.0))
        elif self._kind(name) == "big":
            self._reply(Failed(id=request.id, kind="out_of_memory", message="It does not fit.", remedy="Buy more."))
        else:
            self._reply(Ready(id=request.id, model=name, load_ms=1.0))

    def _ask(self, request: Ask | AskText, kind: str) -> None:
        words = SLOW_WORDS if kind == "slow" else WORDS
        for number, word in enumerate(words):
            if request.id in self._cancelled:
                self._reply(Cancelled(id=request.id))
                return
            self._reply(Words(id=request.id, text=word))
            if kind == "slow":
                time.sleep(0.02)
            if number == 0 and kind != "words" and self._misbehave(request, kind):
                return
        self._reply(
            Answered(
                id=request.id, text="".join(words), model="fake", tokens=len(words), first_word_ms=1.0, latency_ms=2.0
            )
        )

    def _misbehave(self, request: Ask | AskText, kind: str) -> bool:
        match kind:
            case "die":
                os._exit(9)
            case "stall":
                return True
            case "garbage":
                with self._writing:
                    self._replies.write(b"a library printed this")
                    self._replies.flush()
                return True
            case "oom":
                self._reply(Failed(id=request.id, kind="out_of_memory", message="It does not fit.", remedy="Buy more."))
                return True
        return False

    def _kind(self, prompt: str) -> str:
        kind, _, once = prompt.partition("-")
        if not once:
            return kind
        happened = self._folder / f"{prompt} happened"
        if happened.exists():
            return "words"
        happened.touch()
        return kind

    def _reply(self, reply: BaseModel) -> None:
        with self._writing:
            self._replies.write(encode(reply))
            self._replies.flush()

    def note(self, line: str) -> None:
        with (self._folder / "log").open("a", encoding="utf-8") as log:
            log.write(f"{line}\n")


def command(folder: Path) -> list[str]:
    """How to start the fake engine, with its folder for notes."""
    return [sys.executable, "-m", "tests.fakes.engine", str(folder)]


if __name__ == "__main__":
    engine = FakeEngine(Path(sys.argv[1]), sys.stdin.buffer, sys.stdout.buffer)
    if (Path(sys.argv[1]) / "crash").exists():
        engine.note("crash")
        sys.exit("The fake engine was told to crash.")
    engine.serve()
    os._exit(0)

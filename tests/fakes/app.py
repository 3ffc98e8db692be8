"""The real app on a scripted engine: ``python -m tests.fakes.app FOLDER [coach options]``; also that engine.

The engine answers like a model, word by word, and keeps every picture that it is shown as FOLDER/NUMBER.png. A minute
after which it sleeps, when nothing was asked, is short.
"""

import os
import sys
import time
from pathlib import Path
from threading import Lock, Thread

from PIL import Image
from pydantic import BaseModel

from coach_app.host.messages import (
    Answered,
    Ask,
    AskText,
    Cancel,
    Cancelled,
    Load,
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

WORD_S = 0.03
IDLE_MINUTE_S = 4.0
TIP = "Shoot the turnips with lasers, and approach Peach from above."


VALUED = Valued(
    id=0,
    game="grid-levels",
    moves=("left", "down", "right", "up"),
    values=(0.1, -0.9, 0.3, 0.7),
    possible=(True, True, True, True),
    checkpoint="scripted-q",
    latency_ms=1.0,
)


class ScriptedEngine:
    """Serves the requests on standard input until it ends."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writing = Lock()
        self._cancelled: set[int] = set()

    def serve(self) -> None:
        while (message := read_message(request_adapter, sys.stdin.buffer)) is not None:
            request, pixels = message
            match request:
                case Ping():
                    self._reply(Pong(id=request.id, memory_bytes=1_000_000))
                case Cancel():
                    self._cancelled.add(request.target)
                case Load():
                    self._reply(Ready(id=request.id, model="scripted", load_ms=1.0))
                case Translate():
                    self._reply(Translated(id=request.id, text="猫を上へ。"))
                case Value():
                    self._reply(VALUED.model_copy(update={"id": request.id}))
                case Ask():
                    Thread(target=self._look, args=(request, pixels), daemon=True).start()
                case AskText():
                    Thread(target=self._say, args=(request.id, TIP), daemon=True).start()

    def _look(self, request: Ask, pixels: bytes) -> None:
        number = len(list(self._folder.glob("*.png")))
        Image.frombytes("RGB", (request.width, request.height), pixels).save(self._folder / f"{number:03}.png")
        self._say(request.id, f"Picture {number}: there is nothing in the way. Move the cat up.")

    def _say(self, id_: int, text: str) -> None:
        for word in text.split(" "):
            if id_ in self._cancelled:
                self._reply(Cancelled(id=id_))
                return
            self._reply(Words(id=id_, text=f"{word} "))
            time.sleep(WORD_S)
        self._reply(Answered(id=id_, text=text, model="scripted", tokens=12, first_word_ms=1.0, latency_ms=12 * WORD_S))

    def _reply(self, reply: BaseModel) -> None:
        with self._writing:
            sys.stdout.buffer.write(encode(reply))
            sys.stdout.buffer.flush()


if __name__ == "__main__":
    if sys.argv[1] == "--engine":
        ScriptedEngine(Path(sys.argv[2])).serve()
        os._exit(0)
    from coach_app.__main__ import main
    from coach_app.advisor import japanese
    from coach_app.host import client as engine_client
    from coach_app.models.catalogue import ModelEntry

    folder = sys.argv.pop(1)
    translator = ModelEntry(name="scripted-ja", title="Scripted", role="translator", folder=Path(folder))
    vars(japanese)["catalogue"] = lambda: (translator,)
    sleep_when_idle = engine_client.EngineClient.sleep_when_idle
    vars(engine_client)["EngineClient"].sleep_when_idle = lambda client, after_s, but_for=None: sleep_when_idle(
        client, after_s * IDLE_MINUTE_S / 60, but_for
    )
    vars(engine_client)["engine_command"] = lambda: [sys.executable, "-m", "tests.fakes.app", "--engine", folder]
    main()

"""The real engine process, spoken to message by message."""

import queue
import subprocess
import threading
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel

from coach_app.host.messages import Ask, Load, Loading, Ready, Reply, Words, reply_adapter
from coach_app.host.pipe import encode, read_message
from coach_app.host.process import engine_command

DEADLINE_S = 100


class EngineProcess:
    """Starts it, sends, and collects replies by the id of their request."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            engine_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._replies: queue.SimpleQueue[Reply] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()
        self._last_id = 0

    def new_id(self) -> int:
        self._last_id += 1
        return self._last_id

    def send(self, message: BaseModel, payload: bytes = b"") -> None:
        self.send_bytes(encode(message, payload))

    def send_bytes(self, content: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(content)
        self.process.stdin.flush()

    def next(self) -> Reply:
        """The next reply, whoever it is for."""
        return self._replies.get(timeout=DEADLINE_S)

    def last(self, id_: int) -> Reply:
        """The next reply to a request that is neither words nor how far it is."""
        while True:
            reply = self.next()
            if reply.id == id_ and not isinstance(reply, Words | Loading):
                return reply

    def load(self, folder: Path, role: Literal["vision", "translator"] = "vision") -> Reply:
        id_ = self.new_id()
        self.send(Load(id=id_, folder=str(folder), role=role))
        reply = self.last(id_)
        assert isinstance(reply, Ready), reply
        return reply

    def ask(self, prompt: str = "Where?", side_px: int = 30, payload: bytes | None = None, **rest: Any) -> int:
        id_ = self.new_id()
        grey = bytes(side_px * side_px * 3) if payload is None else payload
        self.send(Ask(id=id_, prompt=prompt, width=side_px, height=side_px, **rest), grey)
        return id_

    def close(self) -> None:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(DEADLINE_S)
        self._reader.join(DEADLINE_S)
        self.process.stdout.close()

    def _read(self) -> None:
        assert self.process.stdout is not None
        while (message := read_message(reply_adapter, self.process.stdout)) is not None:
            self._replies.put(message[0])

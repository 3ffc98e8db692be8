"""One engine process and its pipes, for the thread of an event loop."""

import asyncio
import contextlib
import logging
import os
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from typing import Self

import psutil

from coach_app.domain.errors import CoachError
from coach_app.host.messages import Reply, Request, reply_adapter
from coach_app.host.pipe import PREFIX, ProtocolError, decode_header, decode_lengths, encode
from coach_app.settings.keys import VARIABLE

logger = logging.getLogger(__name__)

# Untested on this platform: Windows would open a console window for the engine.
_NO_CONSOLE = 0x08000000 if sys.platform == "win32" else 0  # subprocess.CREATE_NO_WINDOW
_LAST_LINES = 20
_SECRETS = {VARIABLE, "HF_TOKEN", "HUGGING_FACE_HUB_TOKEN", "OPENAI_API_KEY"}
"""Not for a process that opens models of others, and talks to nobody."""


def engine_command() -> list[str]:
    """The command that starts the engine; the frozen app starts itself with a flag."""
    return [sys.executable, "--engine"] if getattr(sys, "frozen", False) else [sys.executable, "-m", "coach_app.engine"]


class EngineProcess:
    """A running process whose standard error goes to the log. Its opener has to end it.

    Attributes:
        last_lines: the last lines of its standard error.
        has_stopped: whether it stopped by itself and closed its side.
    """

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        self._process, self._stdin, self._stdout = process, process.stdin, process.stdout
        self.last_lines: deque[str] = deque(maxlen=_LAST_LINES)
        self.has_stopped = False
        self._logging = asyncio.create_task(self._log(process.stderr))

    @classmethod
    async def open(cls, command: Sequence[str]) -> Self:
        """Start a program.

        Raises:
            CoachError: it cannot be started.
        """
        try:
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={name: value for name, value in os.environ.items() if name not in _SECRETS},
                creationflags=_NO_CONSOLE,
                start_new_session=True,  # Linux shares the processor between sessions: see usage.give_way
            )
        except OSError as error:
            raise CoachError("The coach's engine cannot be started.", "Install the coach again.") from error
        return cls(process)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def send(self, message: Request, payload: bytes = b"") -> None:
        """Write a message; ``receive`` notices if the process has died."""
        if not self._stdin.is_closing():
            self._stdin.write(encode(message, payload))

    async def receive(self) -> Reply:
        """Receive the next message.

        Raises:
            CoachError: the process has stopped, or sent something unreadable.
        """
        try:
            header_bytes, payload_bytes = decode_lengths(await self._stdout.readexactly(PREFIX.size))
            reply = decode_header(reply_adapter, await self._stdout.readexactly(header_bytes))
            await self._stdout.readexactly(payload_bytes)
        except (asyncio.IncompleteReadError, OSError) as error:
            self.has_stopped = True
            raise CoachError("The coach's engine has stopped.") from error
        except ProtocolError as error:
            logger.info("From the engine: %s", error)
            raise CoachError("The coach's engine sent something unreadable.") from error
        return reply

    async def end(self, grace_s: float) -> None:
        """Wait for its end, kill it after ``grace_s`` seconds, and close its pipes. Nobody may be receiving any
        more."""
        self._stdin.close()
        rest = asyncio.create_task(self._stdout.read())
        try:
            await asyncio.wait_for(self._process.wait(), grace_s)
        except TimeoutError:
            # Not process.kill(): it polls first, and so reaps a process that has just ended before asyncio does.
            with contextlib.suppress(psutil.NoSuchProcess):
                psutil.Process(self.pid).kill()
            await self._process.wait()
        await rest
        await self._logging

    async def _log(self, stream: asyncio.StreamReader) -> None:
        rest = ""
        while chunk := await stream.read(1 << 16):
            *lines, rest = (rest + chunk.decode(errors="replace")).split("\n")
            for line in lines:
                self.last_lines.append(line)
                logger.info("engine: %s", line)  # error messages refer to the log
            rest = rest[-1000:]

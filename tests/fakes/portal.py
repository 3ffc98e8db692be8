"""A desktop portal that does what a test says, on a bus of the test's own."""

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import open_dbus_connection

NAME = "org.freedesktop.portal.Desktop"
PORTAL = "org.freedesktop.portal"

Answer = Callable[[tuple[Any, ...]], tuple[int, dict[str, tuple[str, Any]]] | None]
"""What a request is answered, given its arguments: response and results; None while the user thinks about it."""


class FakePortal:
    """The portal; answers in a thread of its own.

    Attributes:
        properties: of each interface that is offered, by its short name.
        answers: to requests, by the name of the method.
        calls: short name of the interface, method and arguments of each call.
    """

    def __init__(self, properties: dict[str, dict[str, int]], answers: dict[str, Answer]) -> None:
        self.properties, self.answers = properties, answers
        self.calls: list[tuple[str, str, tuple[Any, ...]]] = []
        self._bus = open_dbus_connection("SESSION", enable_fds=True)
        self._bus.send_and_get_reply(message_bus.RequestName(NAME))
        self._open: dict[str, str] = {}
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def called(self, method: str) -> list[tuple[Any, ...]]:
        """The arguments of all calls of a method."""
        return [body for _, name, body in self.calls if name == method]

    def answer(self, method: str, response: int, results: dict[str, tuple[str, Any]]) -> None:
        """Answer a request now that the user has decided."""
        self._signal(self._open.pop(method), "Request", "Response", "ua{sv}", (response, results))

    def close_session(self, session: str) -> None:
        """End a session, as the desktop does when a window is closed."""
        self._signal(session, "Session", "Closed", "a{sv}", ({},))

    def press(self, session: str, shortcut: str, member: str = "Activated") -> None:
        """Press or release a global shortcut."""
        path = "/org/freedesktop/portal/desktop"
        self._signal(path, "GlobalShortcuts", member, "osta{sv}", (session, shortcut, 0, {}))

    def close(self) -> None:
        """Leave the bus."""
        self._ends.set()
        self._thread.join()
        self._bus.close()

    def _signal(self, path: str, interface: str, member: str, signature: str, body: tuple[Any, ...]) -> None:
        self._bus.send(new_signal(DBusAddress(path, interface=f"{PORTAL}.{interface}"), member, signature, body))

    def _serve(self) -> None:
        while not self._ends.is_set():
            with suppress(TimeoutError):
                message = self._bus.receive(timeout=0.02)
                if message.header.message_type is MessageType.method_call:
                    self._take(message)

    def _take(self, message: Message) -> None:
        fields = message.header.fields
        interface = str(fields[HeaderFields.interface]).removeprefix(f"{PORTAL}.")
        method = str(fields[HeaderFields.member])
        self.calls.append((interface, method, message.body))
        if method == "Get":
            of, name = message.body
            value = self.properties.get(of.removeprefix(f"{PORTAL}."), {}).get(name)
            if value is None:
                self._bus.send(new_error(message, "org.freedesktop.DBus.Error.InvalidArgs"))
            else:
                self._bus.send(new_method_return(message, "v", (("u", value),)))
        elif method == "OpenPipeWireRemote":
            nothing = os.open(os.devnull, os.O_RDONLY)
            self._bus.send(new_method_return(message, "h", (nothing,)))
            os.close(nothing)
        elif method in self.answers:
            token, sender = message.body[-1]["handle_token"][1], fields[HeaderFields.sender]
            handle = f"/org/freedesktop/portal/desktop/request/{sender[1:].replace('.', '_')}/{token}"
            self._bus.send(new_method_return(message, "o", (handle,)))
            self._open[method] = handle
            if (answer := self.answers[method](message.body)) is not None:
                self.answer(method, *answer)
        elif (interface, method) == ("Session", "Close"):
            self._bus.send(new_method_return(message))
        else:
            self._bus.send(new_error(message, "org.freedesktop.DBus.Error.UnknownMethod"))


@contextmanager
def portal(properties: dict[str, dict[str, int]], answers: dict[str, Answer]) -> Iterator[FakePortal]:
    """A portal on the bus of the environment."""
    fake = FakePortal(properties, answers)
    try:
        yield fake
    finally:
        fake.close()

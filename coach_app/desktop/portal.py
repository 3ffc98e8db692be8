"""The desktop portal: what Wayland desktops let programs do after asking the user, over D-Bus (Linux)."""

import contextlib
import time
from collections import deque
from collections.abc import Generator
from dataclasses import dataclass
from itertools import count
from typing import Any, Final, TypeVar

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection

from coach_app.domain.errors import CoachError

_NAME: Final = "org.freedesktop.portal.Desktop"
_PATH: Final = "/org/freedesktop/portal/desktop"
_BEHIND: Final = "org.freedesktop.impl.portal.desktop"
"""Beginning of the names of those that do the portal's work, a different one on each desktop."""
_PORTAL: Final = "org.freedesktop.portal"
_APP: Final = "coach"
"""The name of our ``.desktop`` file, by which desktops know the app."""
_ANSWER_S: Final = 10.0
_KEPT_SIGNALS: Final = 64

_T = TypeVar("_T")
Steps = Generator[None, None, _T]
"""Work that waits for the desktop or the user: each ``next`` does what can be done now; the result is its return."""


class Dismissed(CoachError):
    """The user closed the desktop's question, or said no."""


class NotOffered(CoachError):
    """This desktop has no such portal."""


@dataclass(frozen=True)
class Signal:
    """A signal of the portal.

    Attributes:
        name: interface and member, without what all portals begin with: ``Session.Closed``, for instance.
        path: the object that it is about.
        body: its arguments; variants are pairs of signature and value.
    """

    name: str
    path: str
    body: tuple[Any, ...]


class Portal:
    """A connection to the desktop portal; used from one thread, and never blocks.

    What was asked for lasts as long as the connection.

    Attributes:
        signals: the newest signals that nobody has taken out yet.

    Raises:
        CoachError: there is no session bus.
    """

    def __init__(self) -> None:
        self.signals: deque[Signal] = deque(maxlen=_KEPT_SIGNALS)
        self._tokens = count(1)
        self._replies: dict[int, Message] = {}
        self._responses: dict[str, tuple[int, dict[str, tuple[str, Any]]]] = {}
        try:
            self._bus = open_dbus_connection("SESSION", enable_fds=True)
            portals = MatchRule(type="signal", sender=_NAME)
            ends, ends_behind = (
                MatchRule(type="signal", interface=message_bus.interface, member="NameOwnerChanged") for _ in range(2)
            )
            ends.add_arg_condition(0, _NAME)
            ends_behind.add_arg_condition(0, _BEHIND, kind="namespace")
            for rule in (portals, ends, ends_behind):
                self._bus.send(message_bus.AddMatch(rule))
        except (OSError, KeyError, ValueError, RuntimeError) as error:
            raise NotOffered(
                "This session has no D-Bus, through which Wayland desktops are asked.", "Log in to a desktop session."
            ) from error

    def fileno(self) -> int:
        """The socket, which is readable when there is something to `receive`."""
        return int(self._bus.sock.fileno())

    def receive(self) -> None:
        """Take in what has arrived.

        Raises:
            CoachError: the connection was lost.
        """
        while True:
            try:
                message = self._bus.receive(timeout=0)
            except TimeoutError:
                return
            except (OSError, ValueError, RuntimeError) as error:
                raise _lost() from error
            self._sort(message)

    def call(
        self, interface: str, method: str, signature: str = "", *body: Any, path: str = _PATH
    ) -> Steps[tuple[Any, ...]]:
        """Call a method of the portal.

        Args:
            interface: its name without what all portals begin with, such as ``ScreenCast``; or a whole name.
            method: its name.
            signature: of ``body``.
            body: the arguments.
            path: the object, such as a session.

        Raises:
            NotOffered: there is no such portal.
            CoachError: it refused, does not answer, or the connection was lost.
        """
        whole = interface if interface.startswith("org.") else f"{_PORTAL}.{interface}"
        message = new_method_call(DBusAddress(path, _NAME, whole), method, signature or None, body)
        serial = next(self._bus.outgoing_serial)
        try:
            self._bus.send(message, serial=serial)
        except OSError as error:
            raise _lost() from error
        give_up_s = time.monotonic() + _ANSWER_S
        while True:
            self.receive()
            if serial in self._replies:
                break
            if time.monotonic() > give_up_s:
                raise CoachError("The desktop does not answer.", "Log out and in again.")
            yield
        reply = self._replies.pop(serial)
        if reply.header.message_type is MessageType.error:
            raise _refused(interface, str(reply.header.fields.get(HeaderFields.error_name, "")), reply.body)
        return tuple(reply.body)

    def request(
        self, interface: str, method: str, signature: str = "", *body: Any, **options: tuple[str, Any]
    ) -> Steps[dict[str, Any]]:
        """Call a method that answers when the user has decided.

        Args:
            interface, method, signature, body: see `call`; without the options, which come last in every portal.
            options: variants by name.

        Raises:
            Dismissed: the user said no.
            CoachError: see `call`.
        """
        options["handle_token"] = ("s", f"coach{next(self._tokens)}")
        (handle,) = yield from self.call(interface, method, signature + "a{sv}", *body, options)
        while handle not in self._responses:
            yield
            self.receive()
        code, results = self._responses.pop(handle)
        if code == 1:
            raise Dismissed("The desktop's window was closed without a choice.")
        if code:
            raise CoachError("The desktop did not do what the coach asked for.", "Look into the desktop's log.")
        return {name: value for name, (_, value) in results.items()}

    def session(self, interface: str, **options: tuple[str, Any]) -> Steps[str]:
        """Say who we are, and begin a session of a portal that has some; the result is its object.

        Args:
            interface: short name of the portal.
            options: further options, each with its D-Bus type.

        Raises:
            CoachError: see `request`.
        """
        with contextlib.suppress(CoachError):  # only newer desktops ask, and only of an app with a .desktop file
            yield from self.call("org.freedesktop.host.portal.Registry", "Register", "sa{sv}", _APP, {})
        token = ("s", f"coach{next(self._tokens)}")
        made = yield from self.request(interface, "CreateSession", "", session_handle_token=token, **options)
        return str(made["session_handle"])

    def property(self, interface: str, name: str) -> Steps[Any]:
        """The value of a property.

        Raises:
            CoachError: see `call`.
        """
        read = "org.freedesktop.DBus.Properties"
        try:
            ((_, value),) = yield from self.call(read, "Get", "ss", f"{_PORTAL}.{interface}", name)
        except CoachError as error:
            raise NotOffered(f"This desktop has no portal for {interface}.") from error
        return value

    def close(self) -> None:
        """End the connection, with all that was asked for; may be called twice."""
        self._bus.close()

    def _sort(self, message: Message) -> None:
        fields = message.header.fields
        if message.header.message_type is not MessageType.signal:
            self._replies[fields.get(HeaderFields.reply_serial, -1)] = message
            return
        name = f"{fields[HeaderFields.interface]}.{fields[HeaderFields.member]}".removeprefix(f"{_PORTAL}.")
        path = str(fields[HeaderFields.path])
        if name == "Request.Response":
            self._responses[path] = message.body
        elif name == f"{message_bus.interface}.NameOwnerChanged":
            if message.body[1]:  # it ran, and whatever was asked for has ended with it
                raise _lost()
        else:
            self.signals.append(Signal(name, path, tuple(message.body)))


def finished(steps: Steps[_T], give_up_after_s: float) -> _T:
    """Do all steps, waiting in between. For threads that may block.

    Raises:
        CoachError: the steps raised it, or take longer.
    """
    give_up_s = time.monotonic() + give_up_after_s
    while time.monotonic() < give_up_s:
        try:
            next(steps)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]
        time.sleep(0.01)
    raise CoachError("The desktop does not answer.", "Log out and in again.")


def _refused(interface: str, name: str, body: tuple[Any, ...]) -> CoachError:
    missing = ("ServiceUnknown", "UnknownInterface", "UnknownMethod", "NameHasNoOwner", "Spawn.")
    said = str(body[0]) if body else name
    if any(part in name for part in missing):
        return NotOffered(f"This desktop has no portal for {interface.rsplit('.', 1)[-1]}.")
    return CoachError(f"The desktop refused: {said}")


def _lost() -> CoachError:
    return CoachError("The connection to the desktop was lost.")

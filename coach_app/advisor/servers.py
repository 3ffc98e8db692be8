"""Chooses the server that is asked in place of a local model."""

import re
from dataclasses import dataclass

from coach_app.desktop import address
from coach_app.domain.errors import CoachError
from coach_app.settings.schema import Settings

_ON_COMMAND_LINE = re.compile(r"(?:(?P<model>.+)@(?=https?://|[\w.-]+:\d)|(?=https?://))(?P<url>.+)", re.DOTALL)


@dataclass(frozen=True)
class Server:
    """The server and its options.

    Attributes:
        url: normalised base URL, for instance ``http://192.168.1.5:8000/v1``.
        model: the server's name of the model; empty for its only one.
        key_kept: whether its key is in the keyring.
        side_px: pictures are shrunk to fit this square before they are sent.
        timeout_s: maximum time without data.
    """

    url: str
    model: str = ""
    key_kept: bool = False
    side_px: int = 672
    timeout_s: float = 30.0

    @property
    def is_away(self) -> bool:
        """Whether pictures leave this computer; the overlay then shows a mark."""
        return not address.is_this_computer(self.url)


def is_server(model: str) -> bool:
    """Whether the name of a model means a server: ``URL``, ``NAME@URL`` or ``NAME@HOST:PORT``."""
    return _ON_COMMAND_LINE.fullmatch(model) is not None


def chosen_server(settings: Settings, model: str = "") -> Server | None:
    """The server to ask, or None for a local model.

    Args:
        settings: the user's settings, in which the server has to be switched on.
        model: from the command line, which takes precedence: ``URL`` or ``NAME@URL`` is a server, switched on by being
            named; any other non-empty text is a local model.

    Raises:
        CoachError: it is not an address, or is another computer in offline mode.
    """
    rules = settings.server
    if named := _ON_COMMAND_LINE.fullmatch(model):
        try:
            url = address.normalised(named["url"])
        except ValueError as error:
            raise CoachError(f"{error}.") from error
        kept = rules.key and address.origin(url) == address.origin(rules.url)
        server = Server(url, named["model"] or "", kept, rules.side_px, rules.timeout_s)
    elif model or not rules.on:
        return None
    else:
        server = Server(rules.url, rules.model, rules.key, rules.side_px, rules.timeout_s)
    if settings.general.offline and server.is_away:
        host = address.place(server.url)
        raise CoachError(
            f"The server {host} was not asked, as the coach is set to stay offline.",
            "Allow the network on the General page of the settings, or switch the server off.",
        )
    return server

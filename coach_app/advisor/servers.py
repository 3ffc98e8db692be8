"""Which server is asked instead of a model on this computer."""

import re
from dataclasses import dataclass

from coach_app.desktop import address
from coach_app.domain.errors import CoachError
from coach_app.settings.schema import Settings

_ON_COMMAND_LINE = re.compile(r"(?:(?P<model>.+)@(?=https?://|[\w.-]+:\d)|(?=https?://))(?P<url>.+)", re.DOTALL)


@dataclass(frozen=True)
class Server:
    """Who is asked, and how.

    Attributes:
        url: address of its OpenAI protocol, normalised, for instance ``http://192.168.1.5:8000/v1``.
        model: its model, as it calls it; empty is the only one that it offers.
        key_kept: whether a key for it is in the keyring.
        side_px: pictures are shrunk to fit this square before they are sent.
        timeout_s: how long it may be silent.
    """

    url: str
    model: str = ""
    key_kept: bool = False
    side_px: int = 672
    timeout_s: float = 30.0

    @property
    def is_away(self) -> bool:
        """Whether pictures leave this computer; the overlay shows a mark then."""
        return not address.is_this_computer(self.url)


def is_server(model: str) -> bool:
    """Whether what was said where a model is named is a server: ``URL``, ``NAME@URL`` or ``NAME@HOST:PORT``."""
    return _ON_COMMAND_LINE.fullmatch(model) is not None


def chosen_server(settings: Settings, model: str = "") -> Server | None:
    """The server that answers, or None where a model on this computer does.

    Args:
        settings: of the user, who has to have switched the server on there.
        model: what the command line says, which goes before them: ``URL`` or ``NAME@URL`` is a server, switched on by
            having been named, anything else but an empty text is a model on this computer.

    Raises:
        CoachError: what is said is no address, or is beyond this computer while the coach is to stay offline.
    """
    rules = settings.server
    if said := _ON_COMMAND_LINE.fullmatch(model):
        try:
            url = address.normalised(said["url"])
        except ValueError as error:
            raise CoachError(f"{error}.") from error
        kept = rules.key and address.origin(url) == address.origin(rules.url)
        server = Server(url, said["model"] or "", kept, rules.side_px, rules.timeout_s)
    elif model or not rules.on:
        return None
    else:
        server = Server(rules.url, rules.model, rules.key, rules.side_px, rules.timeout_s)
    if settings.general.offline and server.is_away:
        host = address.place(server.url)
        raise CoachError(
            f"The server {host} was not asked, as the coach is to stay offline.",
            "Allow the network on the page General of the settings, or switch the server off.",
        )
    return server

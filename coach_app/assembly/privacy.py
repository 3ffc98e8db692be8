"""What the coach keeps and sends, for the Privacy page and ``coach privacy``; and deleting what it keeps."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Any

from coach_app.desktop import stored
from coach_app.desktop.folders import data_dir
from coach_app.desktop.ledger import Entry, ledger
from coach_app.desktop.offline import is_offline
from coach_app.desktop.stored import KINDS, Stored
from coach_app.domain.errors import CoachError
from coach_app.models.catalogue import catalogue, models_dir
from coach_app.settings import keys
from coach_app.settings.schema import ServerSettings
from coach_app.settings.store import load, settings_file


def kept() -> list[Stored]:
    """Everything on this computer that is the coach's, except what was installed with it. Reads all folders."""
    elsewhere = models_dir() != data_dir() / "models"  # perhaps among files that are not ours
    named = [entry for entry in catalogue() if entry.folder is None] if elsewhere else []
    found = stored.inventory([folder for entry in named for folder in (entry.location(), entry.unfinished())])
    if _server().key:
        found = sorted([*found, Stored("key", (), 1, 0)], key=lambda one: KINDS.index(one.kind))
    return found


def traffic() -> list[Entry]:
    """All network traffic ever: what left this computer first, then what stayed on it."""
    return sorted(ledger().totals(), key=lambda entry: (entry.here, entry.kind, entry.origin))


def away_bytes(entries: Collection[Entry]) -> int:
    """The bytes that left this computer."""
    return sum(entry.sent_bytes for entry in entries if not entry.here)


def delete_kept(keep: Collection[str] = ()) -> None:
    """Delete everything that `kept` finds, for good, while the app does not run.

    Args:
        keep: kinds to keep.

    Raises:
        CoachError: there is no such kind, or some could not be deleted; all else is.
    """
    if unknown := set(keep) - set(KINDS):
        raise CoachError(f"There is no kind “{min(unknown)}” of stored data.", f"Choose from {', '.join(KINDS)}.")
    found, server = kept(), _server()
    failure: CoachError | None = None
    if server.key and "key" not in keep:
        try:
            keys.keep_key(server.url, "")
        except CoachError as error:
            failure = error
    stored.delete(found, keep)
    if failure:
        raise failure


def report() -> dict[str, Any]:
    """The page as plain data, without what is in memory only."""
    entries = traffic()
    return {
        "offline": is_offline(),
        "sent_away_bytes": away_bytes(entries),
        "network": [{name: value for name, value in asdict(entry).items() if name != "id"} for entry in entries],
        "stored": [{**asdict(one), "places": [str(place) for place in one.places]} for one in kept()],
    }


def _server() -> ServerSettings:
    return load(settings_file())[0].server

"""A Hugging Face hub: the description of a model, and the bytes of its files.

Listing, addresses, log-in and errors come from huggingface_hub; the bytes are read here, because its own downloads
discard partial files (since 2.0) and its Xet transfers can be neither stopped nor resumed. The hub serves the same
files over plain HTTP with ranges.
"""

import re
import time
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Thread
from typing import Any

import httpx2
from pydantic import ValidationError

from coach_app.desktop import network
from coach_app.domain.errors import CoachError
from coach_app.models.catalogue import ModelEntry
from coach_app.models.checkpoint import ADAPTER_CONFIG, Role
from coach_app.models.listing import File, Listing, is_wanted
from coach_app.models.progress import Meter
from coach_app.models.transfer import SILENCE_S, patiently, receive

_CHECKSUM = re.compile("[0-9a-f]{40}|[0-9a-f]{64}")
_NOT_DESCRIBED = (
    "Something other than the model hub answered, as happens in networks that want a log-in first.",
    "Open any page in a browser, and try again.",
)
_NO_HUB = "HF_ENDPOINT is not the address of a model hub.", "Correct that variable, or unset it."

try:
    from huggingface_hub import HfApi, constants, get_session, hf_hub_url, set_client_factory
    from huggingface_hub.errors import (
        GatedRepoError,
        HfHubHTTPError,
        HFValidationError,
        OfflineModeIsEnabled,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )
    from huggingface_hub.utils._headers import build_hf_headers
    from huggingface_hub.utils._http import hf_raise_for_status, hf_request_event_hook
except ValueError as error:  # it parses the address on import
    raise CoachError(*_NO_HUB) from error

constants.HF_HUB_DISABLE_TELEMETRY = True  # otherwise every request reveals the versions installed here
constants.HF_HUB_DISABLE_XET = True  # its transfers would not be counted
set_client_factory(
    lambda: network.client(
        "download", event_hooks={"request": [hf_request_event_hook]}, follow_redirects=True, timeout=None
    )
)

_LISTING_S = 120.0
"""All that the hub may take to describe a model, however often it is asked."""
_MAX_FILE_BYTES = 10**13
_MAX_FILES = 10_000


class Hub:
    """A Hugging Face hub.

    Args:
        endpoint: its address; empty for ``HF_ENDPOINT``, or else huggingface.co.
        offline: whether the user's settings forbid access; ``HF_HUB_OFFLINE`` does so as well.
        sleep: waits for a number of seconds.

    Attributes:
        offline: whether access is forbidden.
    """

    def __init__(self, endpoint: str = "", offline: bool = False, sleep: Callable[[float], None] = time.sleep) -> None:
        self._endpoint = endpoint or constants.ENDPOINT
        self.offline = offline or constants.is_offline_mode()
        self._sleep = sleep

    def describe(self, hub_id: str, revision: str = "main", name: str = "") -> ModelEntry:
        """Describe a model of the hub as an entry to be added, pinned to its commit.

        Raises:
            CoachError: there is no such model, or the hub cannot be reached.
        """
        info = self._info(hub_id, revision)
        name = name or hub_id.split("/")[-1]
        card: Any = info.card_data if hasattr(info.card_data, "get") else {}
        kinds: dict[str, Role] = {"translation": "translator", "text-generation": "text"}
        wanted = {file.rfilename: file.size if _is_size(file.size) else 0 for file in _files(info)}
        role = "adapter" if ADAPTER_CONFIG in wanted else kinds.get(str(info.pipeline_tag), "vision")
        try:
            return ModelEntry(
                name=name,
                title=name,
                role=role,
                hub_id=hub_id,
                revision=info.sha if isinstance(info.sha, str) else revision,
                size_bytes=sum(wanted.values()),
                licence=str(card.get("license") or "not said"),
                gated=bool(info.gated),
            )
        except ValidationError as error:
            raise CoachError(
                f"“{name}” cannot be the name of a model.",
                "Use letters, digits, dots and dashes, and no “.partial” at the end.",
            ) from error

    def listing(self, entry: ModelEntry) -> Listing:
        """The current files of a model that are needed, smallest first.

        Raises:
            CoachError: none are safe to open, the hub does not describe them, or it cannot be reached.
        """
        info = self._info(entry.hub_id, entry.revision)
        found = _files(info)
        if not any(file.rfilename.endswith(".safetensors") for file in found):
            raise CoachError(
                f"{entry.title} has no weights as safetensors, only in forms that could run any program.",
                "Choose another model, or a revision of it that has safetensors.",
            )
        described = [
            (file.rfilename, file.lfs.size, file.lfs.sha256) if file.lfs else (file.rfilename, file.size, file.blob_id)
            for file in found
        ]
        if not isinstance(info.sha, str) or not all(_is_described(*known) for known in described):
            raise CoachError(
                f"The hub gives no sizes or no checksums for the files of {entry.title}.",
                "Try again later, or choose another model.",
            )
        files = tuple(sorted((File(*known) for known in described), key=lambda file: file.size))
        return Listing(entry.hub_id, entry.revision, info.sha, files)

    def fetch(self, listing: Listing, file: File, part: Path, meter: Meter) -> None:
        """Append the missing bytes of a file to its part; does not check them.

        Raises:
            CoachError: the hub cannot be reached, or refuses the file.
            OSError: it cannot be written.
        """
        self._check_allowed()
        meter.begin(file)
        url = hf_hub_url(listing.hub_id, file.name, revision=listing.commit, endpoint=self._endpoint)
        try:
            self._patiently(lambda: _read(url, part, file, meter), lambda: meter.wait(file), part)
        except HfHubHTTPError as error:
            raise _explained(error, listing.hub_id, listing.revision) from error

    def _info(self, hub_id: str, revision: str) -> Any:
        self._check_allowed()
        try:
            api = HfApi(endpoint=self._endpoint)
            return _within(
                _LISTING_S,
                lambda: self._patiently(
                    lambda: api.model_info(hub_id, revision=revision, files_metadata=True, timeout=SILENCE_S)
                ),
            )
        except (HfHubHTTPError, HFValidationError) as error:
            raise _explained(error, hub_id, revision) from error
        except TimeoutError as error:
            raise CoachError("The model hub does not finish its answer.", "Try again later.") from error
        except CoachError:
            raise
        except Exception as error:
            raise CoachError(*_NOT_DESCRIBED) from error

    def _check_allowed(self) -> None:
        if self.offline:
            raise CoachError(
                "The coach is offline, so no model can be downloaded.",
                "Switch “Stay offline” off in the settings, and unset HF_HUB_OFFLINE if it is set.",
            )

    def _patiently(
        self, ask: Callable[[], Any], waiting: Callable[[], None] = lambda: None, part: Path | None = None
    ) -> Any:
        """Ask the hub; see ``transfer.patiently``."""
        try:
            unreachable, lost = "The model hub cannot be reached.", "The connection to the model hub was lost."
            return patiently(ask, unreachable, lost, self._sleep, waiting, part)
        except httpx2.InvalidURL as error:
            raise CoachError(*_NO_HUB) from error
        except OfflineModeIsEnabled as error:
            raise CoachError("The coach is offline, so no model can be downloaded.", "Unset HF_HUB_OFFLINE.") from error


def _read(url: str, part: Path, file: File, meter: Meter) -> None:
    """Append the missing bytes to a part."""

    def answer(headers: dict[str, str]) -> Any:
        options: dict[str, Any] = {"timeout": SILENCE_S, "extensions": {network.FILE: True}}
        return get_session().stream("GET", url, headers={**build_hf_headers(), **headers}, **options)

    receive(answer, hf_raise_for_status, part, file, meter)


def _within(seconds: float, ask: Callable[[], Any]) -> Any:
    """Call a function in a thread with a time limit; abandon the thread if it takes longer.

    Raises:
        TimeoutError: it took longer.
    """
    outcome: Future[Any] = Future()

    def run() -> None:
        try:
            outcome.set_result(ask())
        except BaseException as error:
            outcome.set_exception(error)

    Thread(target=run, name="hub", daemon=True).start()
    return outcome.result(seconds)


def _files(info: Any) -> list[Any]:
    """The needed files in a hub's listing."""
    found = info.siblings if isinstance(info.siblings, list) else []
    return [file for file in found[:_MAX_FILES] if isinstance(file.rfilename, str) and is_wanted(file.rfilename)]


def _is_size(size: object) -> bool:
    return isinstance(size, int) and 0 <= size <= _MAX_FILE_BYTES


def _is_described(name: str, size: object, checksum: object) -> bool:
    """Whether a file's size and checksum are plausible."""
    return _is_size(size) and isinstance(checksum, str) and _CHECKSUM.fullmatch(checksum) is not None


def _explained(error: Exception, hub_id: str, revision: str) -> CoachError:
    """The sentence for an error of the hub."""
    page = f"https://huggingface.co/{hub_id}"
    if isinstance(error, GatedRepoError):
        return CoachError(
            f"The owner of {hub_id} requires its licence to be accepted first.",
            f"Accept it on {page}, log in with “hf auth login” or set HF_TOKEN, and get it again.",
        )
    if isinstance(error, RevisionNotFoundError):
        return CoachError(f"{hub_id} has no revision {revision}.", f"Look for one on {page}.")
    if isinstance(error, HFValidationError):
        return CoachError(f"“{hub_id}” is not the name of a model.", "Write it as OWNER/NAME.")
    status = error.response.status_code if isinstance(error, HfHubHTTPError) else 0
    if isinstance(error, HfHubHTTPError) and status == 401 and "Authorization" in error.response.request.headers:
        return CoachError(
            "The hub does not accept the log-in of this computer.",
            "Log in again with “hf auth login”; if HF_TOKEN is set, correct it, or unset it.",
        )
    if isinstance(error, RepositoryNotFoundError) or status in (401, 403):
        return CoachError(
            f"The hub has no model {hub_id}, or it is private.",
            "Check its name; if it is private, log in with “hf auth login” or set HF_TOKEN.",
        )
    if status == 404:
        return CoachError(f"A file of {hub_id} is missing at the hub.", "Try again later, or choose another model.")
    if status == 429:
        return CoachError(
            "The hub has had too many requests from this computer.",
            "Resume in a few minutes; what has been downloaded is kept.",
        )
    return CoachError(f"The hub answered with an error ({status}).", "Resume later; what has been downloaded is kept.")

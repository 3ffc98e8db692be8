"""Getting models from the Hugging Face hub: goes on where it stopped, says honestly how far it is, checks every byte.

The listing, addresses, log-in and errors are those of huggingface_hub; the bytes are read here, because its own
downloads throw away what a cut or a kill left (since 2.0), and its Xet transfers can neither be stopped nor taken up
again. The hub serves the same files over plain HTTP with ranges.

A model is collected in ``NAME.partial`` beside its place, each file as ``FILE.part`` until its checksum is right, and
the folder is renamed when all are there: a folder without that ending is whole.
"""

import contextlib
import errno
import hashlib
import json
import os
import re
import shutil
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Literal, Self

import httpx2
from filelock import FileLock, Timeout
from pydantic import TypeAdapter, ValidationError

from coach_app.desktop.files import write_atomically
from coach_app.domain.errors import CoachError
from coach_app.models.catalogue import ModelEntry, check_models_dir, forget_model, is_folder, usable_models_dir
from coach_app.models.checkpoint import ADAPTER_CONFIG, Role, check_checkpoint

_NO_HUB = "HF_ENDPOINT is not the address of a model hub.", "Correct that variable, or unset it."

try:
    from huggingface_hub import HfApi, constants, get_session, hf_hub_url
    from huggingface_hub.errors import (
        GatedRepoError,
        HfHubHTTPError,
        HFValidationError,
        OfflineModeIsEnabled,
        RepositoryNotFoundError,
        RevisionNotFoundError,
    )
    from huggingface_hub.utils._headers import build_hf_headers
    from huggingface_hub.utils._http import hf_raise_for_status
except ValueError as error:  # it takes the address apart as it is imported
    raise CoachError(*_NO_HUB) from error

constants.HF_HUB_DISABLE_TELEMETRY = True  # else each request tells the versions of what is installed here

_WANTED = (
    "model*.safetensors",
    "model.safetensors.index.json",
    "adapter_model.safetensors",
    "config.json",
    "*_config.json",
    "added_tokens.json",
    "special_tokens_map.json",
    "chat_template.*",
    "tokenizer*.json",
    "tokenizer.model",
    "vocab.*",
    "merges.txt",
    "*.spm",
)
_LISTING = "download.json"
_SPARE_BYTES = 200_000_000
"""Left free on the disk: a full system disk harms more than a missing model."""

_REPORT_EVERY_S = 0.2
_SPEED_OVER_S = 8.0
_QUIET_S = 2.0
"""Without a byte for so long, it is waited."""
_WATCH_EVERY_S = 1.0
_SILENCE_S = 20.0
_TRIES = 6
_TRIES_TO_BEGIN = 3
_LONGEST_WAIT_S = 300.0
_BLOCK_BYTES = 1024**2


@dataclass(frozen=True)
class Progress:
    """How far a download is.

    Attributes:
        phase: bytes are coming, nothing comes (the hub is silent, or asked to wait), or the checksum of a file is
            being computed.
        file: which one.
        done_bytes: of all files, those of earlier tries included.
        total_bytes: of all files.
        bytes_per_s: what came in the last seconds, divided by them; 0 while it is waited.
        seconds_left: at that speed; None while nothing comes.
    """

    phase: Literal["downloading", "waiting", "checking"]
    file: str
    done_bytes: int
    total_bytes: int
    bytes_per_s: float
    seconds_left: float | None

    def pace(self) -> str:
        """A few words on how fast it is and how long it will take."""
        if self.phase == "checking":
            return "checking"
        if self.phase == "waiting" or self.seconds_left is None:
            return "waiting for the hub"
        minutes, seconds = divmod(round(self.seconds_left), 60)
        left = f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min {seconds:02} s"
        return f"{self.bytes_per_s / 1e6:.1f} MB/s, {left} left"


Report = Callable[[Progress], None]
"""Called some times a second, one call at a time, in the thread of the download; where nothing comes, every second in
a thread of its own. What it raises ends the download, and keeps what came."""


@dataclass(frozen=True)
class _File:
    name: str
    size: int
    checksum: str  # SHA-256 of large files, else git's own (SHA-1)


@dataclass(frozen=True)
class _Listing:
    hub_id: str
    revision: str
    commit: str
    files: tuple[_File, ...]


class Hub:
    """A Hugging Face hub.

    Args:
        endpoint: its address; empty is what ``HF_ENDPOINT`` says, or huggingface.co.
        offline: whether the user's settings forbid it; ``HF_HUB_OFFLINE`` does so as well.
        sleep: waits for seconds.
    """

    def __init__(self, endpoint: str = "", offline: bool = False, sleep: Callable[[float], None] = time.sleep) -> None:
        self._endpoint = endpoint or constants.ENDPOINT
        self._offline = offline or constants.is_offline_mode()
        self._sleep = sleep

    def describe(self, hub_id: str, revision: str = "main", name: str = "") -> ModelEntry:
        """What the hub says about a model, as an entry to be added; its commit is pinned.

        Raises:
            CoachError: there is none, or the hub cannot be reached.
        """
        info = self._info(hub_id, revision)
        name = name or hub_id.split("/")[-1]
        card: Any = info.card_data or {}
        kinds: dict[str, Role] = {"translation": "translator", "text-generation": "text"}
        wanted = {file.rfilename: file.size or 0 for file in info.siblings or () if _is_wanted(file.rfilename)}
        role = "adapter" if ADAPTER_CONFIG in wanted else kinds.get(info.pipeline_tag or "", "vision")
        try:
            return ModelEntry(
                name=name,
                title=name,
                role=role,
                hub_id=hub_id,
                revision=info.sha or revision,
                size_bytes=sum(wanted.values()),
                licence=str(card.get("license") or "not said"),
                gated=bool(info.gated),
            )
        except ValidationError as error:
            raise CoachError(
                f"“{name}” cannot be the name of a model.",
                "Use letters, digits, dots and dashes, and no “.partial” at the end.",
            ) from error

    def get(self, entry: ModelEntry, report: Report) -> Path:
        """Make a model whole: download it, go on with it, or check and mend what is there.

        Returns:
            Its folder.

        Raises:
            CoachError: no network, no room, no permission, a wrong checksum, …; what has come is kept.
        """
        if not entry.hub_id:
            return entry.path()
        if cached := _elsewhere(entry):
            with _told(cached):
                damaged = _damaged(cached, report)
            if not damaged:
                return cached
            if self._offline:
                raise CoachError(
                    f"The file {damaged} of {entry.title} in the Hugging Face cache {cached} is damaged.",
                    f"When the coach may go online, get it with: coach models get {entry.name}",
                )
        try:
            folder = usable_models_dir() / entry.name
        except CoachError:
            with _told(entry.location().parent):
                if _is_whole(entry.location(), entry.role):  # in a folder that may only be read
                    return entry.location()
            raise
        partial = entry.unfinished()
        with _told(folder.parent), _alone(folder.with_name(f".{entry.name}.lock"), entry):
            if _is_whole(folder, entry.role):
                return folder
            if folder.is_dir() and (listing := _kept_listing(folder)):
                shutil.rmtree(partial, ignore_errors=True)
                folder.rename(partial)
                for file in listing.files:
                    if not _is_right(partial / file.name, file):
                        (partial / file.name).unlink(missing_ok=True)
            listing = self._listing(entry, partial)
            _check_room(listing, partial)
            with _Meter(listing, partial, report) as meter:
                for file in listing.files:
                    if not (partial / file.name).is_file():
                        self._get_file(entry, listing, file, partial, meter)
            check_checkpoint(partial, entry.role)
            partial.rename(folder)
        return folder

    def _info(self, hub_id: str, revision: str) -> Any:
        self._check_allowed()
        try:
            api = HfApi(endpoint=self._endpoint)
            return self._patiently(
                lambda: api.model_info(hub_id, revision=revision, files_metadata=True, timeout=_SILENCE_S)
            )
        except (HfHubHTTPError, HFValidationError) as error:
            raise _explained(error, hub_id, revision) from error
        except (ValueError, KeyError, TypeError) as error:
            raise CoachError(
                "What answered is not the model hub; a network that wants a log-in first does so.",
                "Open any page in a browser, and try again.",
            ) from error

    def _check_allowed(self) -> None:
        if self._offline:
            raise CoachError(
                "The coach is offline, so no model can be downloaded.",
                "Switch “Stay offline” off in the settings, and unset HF_HUB_OFFLINE where it is set.",
            )

    def _listing(self, entry: ModelEntry, partial: Path) -> _Listing:
        """Which files there are to get; of a download that was begun, those of the commit that it began with."""
        begun = _kept_listing(partial)
        if begun and (begun.hub_id, begun.revision) == (entry.hub_id, entry.revision):
            return begun
        info = self._info(entry.hub_id, entry.revision)
        found = [file for file in info.siblings or () if _is_wanted(file.rfilename)]
        if not any(file.rfilename.endswith(".safetensors") for file in found):
            raise CoachError(
                f"{entry.title} has no weights as safetensors, only in forms that could run any program.",
                "Choose another model, or a revision of it that has safetensors.",
            )
        described = [
            (file.rfilename, file.lfs.size, file.lfs.sha256) if file.lfs else (file.rfilename, file.size, file.blob_id)
            for file in found
        ]
        if not info.sha or any(size is None or not checksum for _, size, checksum in described):
            raise CoachError(
                f"The hub does not say how large the files of {entry.title} are, or not their checksums.",
                "Try again later, or choose another model.",
            )
        files = tuple(sorted((_File(*known) for known in described), key=lambda file: file.size))
        listing = _Listing(entry.hub_id, entry.revision, info.sha, files)
        if begun:
            for stale in set(begun.files) - set(files):
                (partial / stale.name).unlink(missing_ok=True)
                _part(partial, stale).unlink(missing_ok=True)
        write_atomically(partial / _LISTING, json.dumps(asdict(listing)).encode(), "The list of files")
        return listing

    def _get_file(self, entry: ModelEntry, listing: _Listing, file: _File, partial: Path, meter: "_Meter") -> None:
        part = _part(partial, file)
        blob = entry.hub_cache() / "blobs" / file.checksum
        if blob.is_file():
            meter.check(file)
            if _is_right(blob, file):
                _take(blob, part)
                part.rename(partial / file.name)
                return
        self._check_allowed()
        meter.begin(file)
        url = hf_hub_url(entry.hub_id, file.name, revision=listing.commit, endpoint=self._endpoint)
        try:
            self._patiently(lambda: self._read(url, part, file, meter), lambda: meter.wait(file), part)
        except HfHubHTTPError as error:
            raise _explained(error, entry.hub_id, listing.revision) from error
        meter.check(file)
        if not _is_right(part, file):
            part.unlink()
            raise CoachError(
                f"The file {file.name} of {entry.title} came damaged, and was thrown away.",
                f"Get it once more with: coach models get {entry.name}",
            )
        part.rename(partial / file.name)

    def _read(self, url: str, part: Path, file: _File, meter: "_Meter") -> None:
        """Append to a part what it lacks."""
        have = part.stat().st_size if part.exists() else 0
        if have > file.size:
            part.unlink()
            have = 0
        if have == file.size:
            part.touch()
            return
        headers = {**build_hf_headers(), "Accept-Encoding": "identity"}
        if have:
            headers["Range"] = f"bytes={have}-"
        with get_session().stream("GET", url, headers=headers, timeout=_SILENCE_S) as response:
            if response.is_error:
                response.read()
            hf_raise_for_status(response)
            goes_on = response.status_code == 206 and response.headers.get("Content-Range", "").startswith(
                f"bytes {have}-"
            )
            if have and not goes_on:
                meter.lost(have)
            with part.open("ab" if goes_on else "wb") as out:
                for chunk in response.iter_raw():
                    out.write(chunk)
                    meter.came(file, len(chunk))
        if part.stat().st_size < file.size:
            raise httpx2.RemoteProtocolError("The answer ended too early.")

    def _patiently(
        self, ask: Callable[[], Any], waiting: Callable[[], None] = lambda: None, part: Path | None = None
    ) -> Any:
        """Ask the hub; when the connection breaks, or the hub is busy, ask again, as often as anything new came."""
        failures, had = 0, -1
        while True:
            try:
                return ask()
            except (httpx2.RequestError, HfHubHTTPError) as error:
                wait = _seconds_to_wait(error, failures)
                has = part.stat().st_size if part and part.exists() else 0
                failures, had = (0 if has > had >= 0 else failures + 1), has
                if wait is None or failures >= (_TRIES if part else _TRIES_TO_BEGIN):
                    if isinstance(error, HfHubHTTPError):
                        raise
                    raise CoachError(
                        "The connection to the model hub was lost." if has else "The model hub cannot be reached.",
                        "Try again later; what has come is kept, and only the rest will be asked for.",
                    ) from error
                waiting()
                self._sleep(wait)
            except httpx2.InvalidURL as error:
                raise CoachError(*_NO_HUB) from error
            except OfflineModeIsEnabled as error:
                raise CoachError(
                    "The coach is offline, so no model can be downloaded.", "Unset HF_HUB_OFFLINE."
                ) from error


def remove(entry: ModelEntry) -> str:
    """Delete a downloaded model, or forget a folder that the user added (whose files stay).

    Returns:
        A sentence that says what was done.

    Raises:
        CoachError: it comes with the app, belongs to other programs too, is being downloaded, or cannot be deleted.
    """
    if entry.bundled:
        raise CoachError(f"{entry.title} comes with the coach and cannot be removed.")
    if not entry.hub_id:
        forget_model(entry)
        return f"The coach does not know {entry.title} any more; its files in {entry.location()} are left alone."
    folder = entry.location()
    partial = entry.unfinished()
    there = [path for path in (folder, partial) if is_folder(path)]
    if not there and (cached := entry.cached()):
        raise CoachError(
            f"{entry.title} is in the Hugging Face cache {cached}, which other programs use too.",
            "Delete it there with: hf cache rm",
        )
    if not there:
        check_models_dir()  # else its entry would be forgotten, and its files be left on the drive
    if there:
        with _told(folder.parent), _alone(folder.with_name(f".{entry.name}.lock"), entry):
            for path in there:
                shutil.rmtree(path)
    forget_model(entry)
    return f"{entry.title} was removed." if there else f"{entry.title} was not on this computer."


class _Meter:
    """Counts what comes, and reports it some times a second; as a context, it also says when nothing comes.

    Args:
        listing: all files.
        partial: where they are collected.
        report: is told.
        clock: says seconds.
    """

    def __init__(
        self, listing: _Listing, partial: Path, report: Report, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._total = sum(file.size for file in listing.files)
        self._done = sum(_size_of(partial, file) for file in listing.files)
        self._report = report
        self._clock = clock
        self._came: deque[tuple[float, int]] = deque([(clock(), 0)])  # when, and bytes of this run until then
        self._last = 0.0
        self._awaited: _File | None = None  # of which bytes should be coming
        self._heard = 0.0
        self._refusal: BaseException | None = None  # what the report raised in the thread
        self._lock = threading.Lock()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="download-watch", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(_WATCH_EVERY_S):
            self.look()

    def look(self) -> None:
        """Say so where nothing has come for some time; what the report raises is raised with the next report."""
        with self._lock:
            if self._awaited and not self._refusal and self._clock() - self._heard >= _QUIET_S:
                try:
                    self._say("waiting", self._awaited)
                except BaseException as refusal:
                    self._refusal = refusal

    def begin(self, file: _File) -> None:
        """Its bytes should be coming now."""
        with self._lock:
            self._awaited, self._heard = file, self._clock()

    def came(self, file: _File, count: int) -> None:
        with self._lock:
            now = self._heard = self._clock()
            self._done += count
            self._came.append((now, self._came[-1][1] + count))
            while len(self._came) > 2 and self._came[1][0] < now - _SPEED_OVER_S:
                self._came.popleft()
            if now - self._last >= _REPORT_EVERY_S:
                self._say("downloading", file)

    def lost(self, count: int) -> None:
        """Bytes of an earlier try have to be asked for again."""
        with self._lock:
            self._done -= count

    def wait(self, file: _File) -> None:
        with self._lock:
            self._say("waiting", file)

    def check(self, file: _File) -> None:
        with self._lock:
            self._awaited = None
            self._say("checking", file)

    def _say(self, phase: Literal["downloading", "waiting", "checking"], file: _File) -> None:
        if self._refusal:
            raise self._refusal
        now = self._last = self._clock()
        since, before = self._came[0]
        speed = 0.0 if phase == "waiting" else (self._came[-1][1] - before) / max(now - since, 0.001)
        left = (self._total - self._done) / speed if speed > 0 else None
        self._report(Progress(phase, file.name, self._done, self._total, speed, left))


def _is_wanted(name: str) -> bool:
    return any(fnmatch(name, pattern) for pattern in _WANTED) and "/" not in name and "\\" not in name


def _part(partial: Path, file: _File) -> Path:
    return partial / f"{file.name}.part"


def _size_of(partial: Path, file: _File) -> int:
    for path in (partial / file.name, _part(partial, file)):
        if path.is_file():
            return path.stat().st_size
    return 0


def _kept_listing(folder: Path) -> _Listing | None:
    try:
        listing = TypeAdapter(_Listing).validate_json((folder / _LISTING).read_bytes())
    except (OSError, ValidationError):
        return None
    return listing if all(_is_wanted(file.name) for file in listing.files) else None


def _is_right(path: Path, file: _File) -> bool:
    """Whether a file has the length and the checksum that the hub names."""
    if not path.is_file() or path.stat().st_size != file.size:
        return False
    if len(file.checksum) == 64:
        digest = hashlib.sha256()
    else:  # git's own: <https://git-scm.com/book/en/v2/Git-Internals-Git-Objects>
        digest = hashlib.sha1(f"blob {file.size}\0".encode(), usedforsecurity=False)
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest() == file.checksum


def _is_whole(folder: Path, role: Role) -> bool:
    """Whether a model is there with the right checksums, as far as they are known.

    Raises:
        CoachError: they are not known, and it cannot be loaded.
        OSError: it cannot be read.
    """
    if not folder.is_dir():
        return False
    listing = _kept_listing(folder)
    if listing and not all(_is_right(folder / file.name, file) for file in listing.files):
        return False
    check_checkpoint(folder, role)
    return True


def _elsewhere(entry: ModelEntry) -> Path | None:
    """Where a model is whole without a folder of ours: in the Hugging Face cache."""
    return None if is_folder(entry.location()) else entry.cached()


def _damaged(snapshot: Path, report: Report) -> str:
    """The first file of a snapshot in the Hugging Face cache that is not what it was; empty where all are right.

    The cache calls its large files by their SHA-256; of others nothing is known.
    """
    files = [
        _File(path.name, path.stat().st_size, path.resolve().name)
        for path in sorted(snapshot.iterdir())
        if _is_wanted(path.name) and path.is_file() and re.fullmatch("[0-9a-f]{64}", path.resolve().name)
    ]
    total = sum(file.size for file in files)
    done = 0
    for file in files:
        report(Progress("checking", file.name, done, total, 0.0, None))
        if not _is_right(snapshot / file.name, file):
            return file.name
        done += file.size
    return ""


def _take(blob: Path, part: Path) -> None:
    """Take a file of the Hugging Face cache, without a second copy where disk and system allow it."""
    part.unlink(missing_ok=True)
    try:
        os.link(blob, part)
    except OSError:
        shutil.copyfile(blob, part)


def _check_room(listing: _Listing, partial: Path) -> None:
    missing = sum(file.size - min(file.size, _size_of(partial, file)) for file in listing.files)
    free = shutil.disk_usage(partial).free
    if missing and free < missing + _SPARE_BYTES:
        raise CoachError(
            f"There is not enough room for the model: {_in_words(missing)} are to come, {_in_words(_SPARE_BYTES)} have "
            f"to stay free, and {_in_words(free)} are free in {partial.parent}.",
            "Make room, or choose another folder with: coach models folder PATH",
        )


def _in_words(count: int) -> str:
    """Bytes as they are read."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


@contextlib.contextmanager
def _alone(lock: Path, entry: ModelEntry) -> Iterator[None]:
    """Nobody else works on this model meanwhile; the lock of a killed process is none."""
    try:
        with FileLock(lock, timeout=0):
            yield
    except Timeout as error:
        raise CoachError(f"{entry.title} is being downloaded already.", "Wait for it, or cancel it there.") from error


@contextlib.contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Turn what a disk can do wrong into a sentence."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise CoachError(
                f"The disk with {folder} is full.", "Make room and go on; what has come is kept."
            ) from error
        raise CoachError(
            f"The folder of your models {folder} cannot be used any more ({error.strerror or error}).",
            "Plug its drive in or allow writing to it and go on; what has come is kept.",
        ) from error


def _seconds_to_wait(error: Exception, failures: int) -> float | None:
    """How long to wait before the hub is asked again; None where that would not help."""
    wait = min(2.0**failures, 30.0)
    if not isinstance(error, HfHubHTTPError):
        return wait
    if error.response.status_code not in (408, 429, 500, 502, 503, 504):
        return None
    said = error.response.headers.get("Retry-After", "")
    wait = float(said) if said.isdecimal() else wait
    return wait if wait <= _LONGEST_WAIT_S else None


def _explained(error: Exception, hub_id: str, revision: str) -> CoachError:
    """The sentence for an answer of the hub that is none."""
    page = f"https://huggingface.co/{hub_id}"
    if isinstance(error, GatedRepoError):
        return CoachError(
            f"The owner of {hub_id} gives it only to those who accepted its licence.",
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
            f"The hub has no model {hub_id}, or shows it only to those who may see it.",
            "Check its name; if it is private, log in with “hf auth login” or set HF_TOKEN.",
        )
    if status == 404:
        return CoachError(f"A file of {hub_id} is missing at the hub.", "Try again later, or choose another model.")
    if status == 429:
        return CoachError(
            "The hub has had too many requests from here.", "Go on in some minutes; what has come is kept."
        )
    return CoachError(f"The hub answered with an error ({status}).", "Go on later; what has come is kept.")

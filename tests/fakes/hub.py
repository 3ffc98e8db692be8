"""A Hugging Face hub on loopback, as far as downloads need one, which can misbehave in every way that a real one does.

The addresses and headers: <https://huggingface.co/docs/hub/api> and huggingface_hub's own requests.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"
LARGE_BYTES = 4096
"""Files from this size on are listed as large ones, with their SHA-256."""


@dataclass
class FakeHub:
    """What the hub has, how it behaves, and what it was asked.

    Attributes:
        endpoint: its address, for ``HF_ENDPOINT``.
        models: files by name, by model id.
        gated: ids of models that only those who accepted a licence get.
        cut_after: bytes after which the next answers with weights are cut off, one for each.
        busy: how many of the next requests are answered with 429, and the ``Retry-After`` in seconds.
        lie: names of files that come with one byte changed.
        refuses_tokens: who sends one is refused.
        sizeless: neither sizes nor checksums are listed.
        odd: what its listings say otherwise.
        no_ranges: ranges are not understood; everything comes again.
        chunk_bytes, pause_s: a slow hub sends so much at once, and waits in between.
        asked: method, path and range of each request.
        sent_bytes: of each file, by name.
    """

    endpoint: str = ""
    models: dict[str, dict[str, bytes]] = field(default_factory=dict)
    gated: set[str] = field(default_factory=set)
    cut_after: list[int] = field(default_factory=list)
    busy: int = 0
    retry_after: str = "1"
    lie: set[str] = field(default_factory=set)
    refuses_tokens: bool = False
    sizeless: bool = False
    no_ranges: bool = False
    odd: dict[str, Any] = field(default_factory=dict)
    chunk_bytes: int = 65_536
    pause_s: float = 0.0
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    sent_bytes: dict[str, int] = field(default_factory=dict)

    def offer(self, hub_id: str, folder: Path) -> None:
        """Have the files of a folder as this model."""
        self.models[hub_id] = {path.name: path.read_bytes() for path in folder.iterdir()}


def git_sha1(content: bytes) -> str:
    """What git calls a blob."""
    return hashlib.sha1(f"blob {len(content)}\0".encode() + content).hexdigest()


@contextmanager
def fake_hub() -> Iterator[FakeHub]:
    """A hub that serves as long as the block."""
    hub = FakeHub()
    ended = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            hub.asked.append((self.command, path, self.headers.get("Range", "")))
            if hub.busy > 0:
                hub.busy -= 1
                self._answer(429, b"slow down", {"Retry-After": hub.retry_after})
            elif hub.refuses_tokens and "Authorization" in self.headers:
                self._answer(401, b"", {"X-Error-Message": "Invalid credentials in Authorization header"})
            elif path.startswith("/api/models/"):
                self._list(path.removeprefix("/api/models/"))
            else:
                owner, name, kind, _revision, file = path.removeprefix("/").split("/", 4)
                assert kind == "resolve"
                self._send(f"{owner}/{name}", file)

        def _list(self, rest: str) -> None:
            hub_id, _, revision = rest.partition("/revision/")
            if hub_id not in hub.models:
                self._answer(404, b"{}", {"X-Error-Code": "RepoNotFound"})
            elif revision not in ("main", COMMIT):
                self._answer(404, b"{}", {"X-Error-Code": "RevisionNotFound"})
            else:
                siblings = []
                for name, content in hub.models[hub_id].items():
                    entry = {"rfilename": name, "size": len(content), "blobId": git_sha1(content)}
                    if len(content) >= LARGE_BYTES:
                        sha256 = hashlib.sha256(content).hexdigest()
                        entry["lfs"] = {"size": len(content), "sha256": sha256, "pointerSize": 130}
                    siblings.append({"rfilename": name} if hub.sizeless else entry)
                listed = {
                    "id": hub_id,
                    "modelId": hub_id,
                    "sha": COMMIT,
                    "gated": "manual" if hub_id in hub.gated else False,
                    "pipeline_tag": "image-text-to-text",
                    "tags": [],
                    "siblings": siblings,
                    "cardData": {"license": "mit"},
                } | hub.odd
                self._answer(200, json.dumps(listed).encode(), {"Content-Type": "application/json"})

        def _send(self, hub_id: str, file: str) -> None:
            if hub_id in hub.gated:
                self._answer(403, b"", {"X-Error-Code": "GatedRepo"})
                return
            content = hub.models.get(hub_id, {}).get(file)
            if content is None:
                self._answer(404, b"", {"X-Error-Code": "EntryNotFound"})
                return
            if file in hub.lie:
                content = bytes([content[0] ^ 1]) + content[1:]
            begin, status, headers = 0, 200, {"ETag": f'"{git_sha1(content)}"', "X-Repo-Commit": COMMIT}
            wanted = self.headers.get("Range", "")
            if wanted and not hub.no_ranges:
                begin, status = int(wanted.removeprefix("bytes=").rstrip("-")), 206
                headers["Content-Range"] = f"bytes {begin}-{len(content) - 1}/{len(content)}"
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(content) - begin)}.items():
                self.send_header(name, value)
            self.end_headers()
            end = len(content)
            if file.endswith(".safetensors") and hub.cut_after:
                end = min(end, begin + hub.cut_after.pop(0))
            for at in range(begin, end, hub.chunk_bytes):
                piece = content[at : min(end, at + hub.chunk_bytes)]
                self.wfile.write(piece)
                hub.sent_bytes[file] = hub.sent_bytes.get(file, 0) + len(piece)
                if ended.wait(hub.pause_s):
                    break
            if end < len(content):
                self.close_connection = True

        def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that goes away in the middle is what many tests are about

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    hub.endpoint = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hub
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
        thread.join()

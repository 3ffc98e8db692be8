"""The door to the network: whatever goes through it is counted, to the byte, whoever sends it."""

import asyncio
import contextlib
import gzip
import socket
import tracemalloc
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx2
import huggingface_hub
import openai  # noqa: F401 - here, so that its import takes none of a test's time
import pytest
from PIL import Image

from coach_app.advisor.remote import RemoteAdvisor
from coach_app.advisor.servers import Server
from coach_app.desktop import network
from coach_app.desktop.ledger import Entry, Kind, ledger
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.domain.situation import Situation
from coach_app.models.catalogue import ModelEntry
from coach_app.models.download import download
from coach_app.models.hub import Hub
from coach_app.training.tips.teacher import OpenAITeacher
from coach_app.translation.google import GoogleTranslator
from tests.fakes import openai_server as teachers
from tests.fakes.google import google_service, translating
from tests.fakes.hub import fake_hub
from tests.fakes.openai import hanging, openai_server, saying
from tests.unit.models.conftest import BUNDLED, TINY

GRID = GameProfile(id="grid", title="Grid", prompt="Where to?", moves=("left", "down", "right", "up"))
FRAME = Frame(Image.new("RGB", (64, 64), (200, 30, 30)), captured_at=12.5)
Ask = Callable[[str], Awaitable[object]]


async def _from_hub(origin: str) -> None:
    entry = ModelEntry(name="tiny", title="Tiny coach", hub_id=TINY)
    await asyncio.to_thread(lambda: download(entry, Hub(origin), lambda _: None))


async def _from_server(origin: str) -> None:
    advisor = RemoteAdvisor(Server(f"{origin}/v1", timeout_s=20))
    await advisor.advise(Situation(FRAME, GRID))
    await advisor.close()


async def _from_teacher(origin: str) -> None:
    teacher = OpenAITeacher(f"{origin}/v1", "any")
    await teacher.reply("What is a tilt?")
    await teacher.close()


async def _from_google(origin: str) -> None:
    google = GoogleTranslator(service=origin)
    assert await google.translate("Move up.") == "上へ。"
    await google.close()


@contextlib.asynccontextmanager
async def _service(name: str) -> AsyncIterator[tuple[str, Kind, Ask]]:
    """A service on the loopback: its origin, what it is asked for, and who asks it."""
    async with contextlib.AsyncExitStack() as stack:
        if name == "hub":
            hub = stack.enter_context(fake_hub())
            hub.offer(TINY, BUNDLED)
            stack.callback(huggingface_hub.close_session)
            yield hub.endpoint, "download", _from_hub
        elif name == "server":
            server = await stack.enter_async_context(openai_server(saying("Move", " up.")))
            yield server.url.removesuffix("/v1"), "server", _from_server
        elif name == "teacher":
            teacher = stack.enter_context(teachers.serve(lambda *_: teachers.completion("A weak attack.")))
            yield teacher.url.removesuffix("/v1"), "server", _from_teacher
        else:
            google = await stack.enter_async_context(google_service(translating({"Move up.": "上へ。"})))
            yield google.url, "translation", _from_google


SERVICES = ("hub", "server", "teacher", "google")


@pytest.fixture(autouse=True)
def _own_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy, and nothing of the user's own at Hugging Face."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(tmp_path / "hub-cache"))
    monkeypatch.setattr(huggingface_hub.constants, "HF_TOKEN_PATH", str(tmp_path / "no-token"))
    huggingface_hub.close_session()  # what another test has opened


@dataclass
class Relay:
    """Passes bytes on to a service, and counts them."""

    origin: str = ""
    sent: int = 0
    received: int = 0


@contextlib.asynccontextmanager
async def _relay(to: str) -> AsyncIterator[Relay]:
    relay = Relay()
    tasks: set[asyncio.Task[None]] = set()

    async def pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, name: str) -> None:
        try:
            while data := await reader.read(65_536):
                setattr(relay, name, getattr(relay, name) + len(data))
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass  # One side hung up.
        finally:
            writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        host, _, port = to.removeprefix("http://").partition(":")
        there, back = await asyncio.open_connection(host, int(port))
        await asyncio.gather(pass_on(reader, back, "sent"), pass_on(there, writer, "received"))

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(serve(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    listening = await asyncio.start_server(connected, "127.0.0.1", 0)
    relay.origin = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
    try:
        yield relay
    finally:
        listening.close()
        for task in list(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await listening.wait_closed()


@pytest.mark.parametrize("name", SERVICES)
async def test_every_byte_is_counted(name: str) -> None:
    # GIVEN a service behind a relay that counts
    async with _service(name) as (origin, kind, ask), _relay(origin) as relay:
        # WHEN it is asked
        await ask(relay.origin)
        # THEN the ledger says where to, what for, and exactly how much
        [total] = ledger().totals()
        assert (total.kind, total.origin, total.here) == (kind, relay.origin, True)
        assert (total.sent_bytes, total.received_bytes) == (relay.sent, relay.received)
        assert total.requests == len(ledger().entries()) > 0
        assert relay.sent > 100


@pytest.mark.parametrize("name", SERVICES)
async def test_no_connection_is_opened_beside_the_door(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a watch on every connection of this process
    opened: set[str] = set()
    connect = socket.socket.connect

    def watched(sock: socket.socket, to: tuple[str, int]) -> None:
        if sock.family == socket.AF_INET:
            opened.add(f"http://{to[0]}:{to[1]}")
        connect(sock, to)

    async with _service(name) as (origin, _, ask):
        monkeypatch.setattr(socket.socket, "connect", watched)
        # WHEN a service is asked
        await ask(origin)
    # THEN every connection is in the ledger
    assert opened == {entry.origin for entry in ledger().entries()} == {origin}


async def test_what_was_sent_is_known_though_no_answer_came() -> None:
    # GIVEN a server that takes a picture and says nothing
    async with openai_server(hanging()) as server:
        advisor = RemoteAdvisor(Server(server.url, "any", timeout_s=20))
        asking = asyncio.create_task(advisor.advise(Situation(FRAME, GRID)))
        await server.asked.wait()
        # WHEN it is still awaited, and when nobody waits any more
        [waiting] = ledger().entries()
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
        await advisor.close()
    # THEN what left is written down, once
    assert waiting.sent_bytes > int(server.headers[0]["content-length"])
    assert ledger().entries() == [waiting]
    assert waiting.received_bytes == 0


async def test_what_never_left_is_not_written_down(unused_tcp_port: int) -> None:
    # GIVEN nobody who listens WHEN a picture was to be sent there THEN nothing left
    advisor = RemoteAdvisor(Server(f"http://127.0.0.1:{unused_tcp_port}/v1", "any"))
    with pytest.raises(CoachError, match="cannot be reached"):
        await advisor.advise(Situation(FRAME, GRID))
    await advisor.close()
    assert ledger().entries() == []


def test_every_step_of_a_redirection_is_a_request_of_its_own() -> None:
    # GIVEN two places, of which one sends on to the other
    with teachers.serve(lambda *_: teachers.completion("here")) as last:
        away = (307, {"Location": last.url}, b"")
        with (
            teachers.serve(lambda *_: away) as first,
            network.client("server", follow_redirects=True, trust_env=False) as client,
        ):
            # WHEN the first one is asked
            client.post(first.url, json={"messages": [{"content": "Where?"}]}).raise_for_status()
    # THEN both are told, with what each was sent
    entries = ledger().entries()
    assert [entry.origin for entry in entries] == [first.url.removesuffix("/v1"), last.url.removesuffix("/v1")]
    assert all(entry.sent_bytes > 100 for entry in entries)


def test_what_a_proxy_passes_on_is_counted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a proxy in the environment
    with teachers.serve(lambda *_: teachers.completion("through")) as proxy:
        monkeypatch.setenv("http_proxy", proxy.url.removesuffix("/v1"))
        # WHEN a place behind it is asked
        with network.client("server") as client:
            client.post("http://coach.example/v1", json={"messages": [{"content": "Where?"}]}).raise_for_status()
    # THEN it is told as that place, away from this computer
    [entry] = ledger().entries()
    assert (entry.origin, entry.here) == ("http://coach.example", False)
    assert entry.sent_bytes > 0


def test_an_address_is_written_down_without_what_it_holds() -> None:
    # GIVEN an address with a name, a password and a question in it WHEN it is asked
    with teachers.serve(lambda *_: teachers.completion("hello")) as server:
        url = server.url.replace("http://", "http://me:secret@") + "?q=secret"
        with network.client("server", trust_env=False) as client:
            client.post(url, json={"messages": [{"content": "secret"}]})
    # THEN its host alone is known
    [entry] = ledger().entries()
    assert entry == Entry(
        entry.at,
        "server",
        server.url.removesuffix("/v1"),
        True,
        entry.sent_bytes,
        entry.received_bytes,
        id=entry.id,
    )


# What the environment says of proxies and certificates


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("ALL_PROXY", "socks://127.0.0.1:7890", "socks://127.0.0.1:7890"),
        ("all_proxy", "socks4://me:secret@proxy.lan:1080", "socks4://proxy.lan:1080"),
        ("http_proxy", "http://proxy.lan:port", ""),
        ("HTTP_PROXY", "http://:secret@", ""),
        ("HTTP_PROXY", "ftp://proxy.lan", "ftp://proxy.lan"),
    ],
)
async def test_a_proxy_that_cannot_be_used_is_named_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, shown: str
) -> None:
    # GIVEN a proxy that no client can use
    monkeypatch.setenv(name, value)
    # WHEN something elsewhere is asked THEN one sentence names the variable, and no password
    with network.client("server") as client, pytest.raises(CoachError, match=f"variable {name}") as failure:
        client.get("http://gaming-pc.example/v1")
    assert shown in failure.value.message
    assert "secret" not in str(failure.value)
    advisor = RemoteAdvisor(Server("http://gaming-pc.example/v1", "m"))
    with pytest.raises(CoachError, match=f"variable {name}"):
        await advisor.advise(Situation(FRAME, GRID))
    await advisor.close()

    # AND this computer is asked all the same, and so is whom NO_PROXY names
    async with openai_server(saying("Move", " up.")) as server:
        await _from_server(server.url.removesuffix("/v1"))
        monkeypatch.setenv("NO_PROXY", "gaming-pc.example")
        async with network.async_client("server") as waiting:
            assert network.proxy_variable(waiting, "http://gaming-pc.example/v1") == ""
            assert (await waiting.get(f"{server.url}/models")).is_success


async def test_a_proxy_that_nobody_runs_is_named_by_its_variable(
    monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    # GIVEN a proxy that does not run WHEN a server elsewhere is asked THEN the sentence names its variable
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{unused_tcp_port}")
    advisor = RemoteAdvisor(Server("http://gaming-pc.example/v1", "m"))
    with pytest.raises(CoachError, match="through the proxy of the variable http_proxy"):
        await advisor.advise(Situation(FRAME, GRID))
    await advisor.close()


@pytest.mark.parametrize("name", ["SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE"])
async def test_certificates_that_are_gone_are_named_by_their_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    # GIVEN a file that is gone
    if name == "SSLKEYLOGFILE":
        monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    monkeypatch.setenv(name, str(tmp_path / "gone" / "file"))
    # WHEN a secure server is asked THEN one sentence names the variable and the file
    advisor = RemoteAdvisor(Server("https://gaming-pc.example/v1", "m"))
    with pytest.raises(CoachError, match=f"gone/file of the variable {name} cannot be used"):
        await advisor.advise(Situation(FRAME, GRID))
    await advisor.close()
    # AND a server that needs no certificates is asked all the same
    async with openai_server(saying("Move", " up.")) as server:
        await _from_server(server.url.removesuffix("/v1"))


async def test_the_teacher_names_the_variable_too(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a proxy that no client can use WHEN a teacher elsewhere is asked THEN the sentence names its variable
    monkeypatch.setenv("ALL_PROXY", "socks://127.0.0.1:7890")
    teacher = OpenAITeacher("http://gaming-pc.example/v1", "any", retries=0)
    with pytest.raises(CoachError, match="variable ALL_PROXY"):
        await teacher.reply("What is a tilt?")
    await teacher.close()


@pytest.mark.usefixtures("coach_home")
@pytest.mark.parametrize(
    ("status", "content_type"),
    [(500, "text/html"), (404, "application/json"), (200, "application/json; charset=utf-8")],
)
def test_bodies_that_are_kept_in_memory_are_cut(status: int, content_type: str) -> None:
    # GIVEN a peer that sends an error, or what it says about a model, without end
    sent = 0

    class Endless(httpx2.SyncByteStream):
        def __iter__(self) -> Iterator[bytes]:
            nonlocal sent
            while True:
                sent += 65_536
                yield b"x" * 65_536

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(status, headers={"Content-Type": content_type}, stream=Endless())

    transport = network._Counting(httpx2.MockTransport(answer), "download")
    # WHEN it is read whole THEN that ends
    with httpx2.Client(transport=transport) as client:
        assert len(client.get("http://127.0.0.1/x").content) < 6_000_000
    assert sent < 6_000_000


@pytest.mark.usefixtures("coach_home")
def test_files_and_answers_are_not_cut() -> None:
    # GIVEN a file of 7 MB, and an answer of as many WHEN they are fetched THEN all of them comes
    body = b"x" * 7_000_000
    kinds: list[tuple[Kind, dict[str, bool]]] = [("download", {network.FILE: True}), ("server", {})]
    for kind, extensions in kinds:
        there = httpx2.MockTransport(lambda request: httpx2.Response(200, content=body))
        with httpx2.Client(transport=network._Counting(there, kind)) as client:
            assert client.get("http://127.0.0.1/x", extensions=extensions).content == body


def packed(encoding: str, data: bytes) -> bytes:
    return gzip.compress(data) if encoding.endswith("gzip") else zlib.compress(data)


@pytest.mark.usefixtures("coach_home")
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "x-gzip"])
@pytest.mark.parametrize(
    ("kind", "status"), [("download", 200), ("server", 200), ("server", 500), ("translation", 200)]
)
def test_what_is_packed_counts_as_what_it_is_unpacked(encoding: str, kind: Kind, status: int) -> None:
    # GIVEN a peer that sends 100 MB as a few kilobytes
    headers = {"Content-Encoding": encoding, "Content-Type": "text/plain"}
    bomb = packed(encoding, bytes(100_000_000))

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(status, headers=headers, stream=httpx2.ByteStream(bomb))

    # WHEN it is read whole THEN little of it is kept
    tracemalloc.start()
    with httpx2.Client(transport=network._Counting(httpx2.MockTransport(answer), kind)) as client:
        assert len(client.get("http://127.0.0.1/x").content) <= 16_000_000
    assert tracemalloc.get_traced_memory()[1] < 60_000_000
    tracemalloc.stop()


@pytest.mark.usefixtures("coach_home")
@pytest.mark.parametrize("encoding", ["gzip", "deflate", "x-gzip"])
def test_packed_answers_are_read(encoding: str) -> None:
    # GIVEN an answer that is packed, or is said to be WHEN it is read THEN it is whole
    text = b'{"answer": "Go up."}' * 10_000
    for body in (packed(encoding, text), text):

        def answer(request: httpx2.Request, body: bytes = body) -> httpx2.Response:
            return httpx2.Response(200, headers={"Content-Encoding": encoding}, stream=httpx2.ByteStream(body))

        with httpx2.Client(transport=network._Counting(httpx2.MockTransport(answer), "server")) as client:
            assert client.get("http://127.0.0.1/x").content == text

"""Whatever is in a file of others, or comes from a hub or a server, reading it gives a value or a sentence.

Not part of the suite: ``FUZZ_MINUTES=10 pytest tests/fuzz`` looks for so long (a second for each kind by itself),
beginning with what ``corpus`` holds. Put what was found into the corpus, and a test of it into the suite.
"""

import contextlib
import os
import random
import time
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import httpx2
import pytest
from huggingface_hub import constants

from coach_app.advisor import connection
from coach_app.advisor.remote import RemoteAdvisor
from coach_app.advisor.servers import Server
from coach_app.capture.picture import load_picture
from coach_app.domain.errors import CoachError
from coach_app.knowledge.library import read_guide
from coach_app.models.catalogue import ModelEntry
from coach_app.models.hub import Hub
from coach_app.settings.store import load

CORPUS = Path(__file__).with_name("corpus")
SECONDS = 60 * float(os.environ.get("FUZZ_MINUTES", "0.05")) / 5
SLOWEST_S = 10.0


def mutated(data: bytes, chance: random.Random) -> bytes:
    """The data with some bytes changed, cut out, repeated, or joined by others that readers stumble over."""
    pieces = (
        b"[",
        b"]",
        b"{",
        b"<![",
        b"&#9",
        b"\x00",
        b"\xff",
        b"\n",
        b"=",
        b"'",
        b"9" * 50,
        b"\x1b",
        b"---\n",
        b"# ",
    )
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        at = chance.randint(0, len(changed))
        match chance.randint(0, 4):
            case 0 if at < len(changed):
                changed[at] = chance.randint(0, 255)
            case 1:
                del changed[at : at + chance.randint(1, 20)]
            case 2:
                changed[at:at] = changed[at : at + chance.randint(1, 200)] * chance.randint(1, 30)
            case _:
                changed[at:at] = chance.choice(pieces) * chance.choice((1, 1, 3, 500))
    return bytes(changed[:200_000])


def inputs(kind: str) -> Iterator[tuple[str, bytes]]:
    """The corpus as it is, then changes of it for as long as was asked for: endings of names, and data."""
    seeds = [(path.suffix, path.read_bytes()) for path in sorted((CORPUS / kind).iterdir())]
    yield from seeds
    chance = random.Random(int(os.environ.get("FUZZ_SEED", "1")))
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        suffix, data = chance.choice(seeds)
        yield suffix, mutated(data, chance)


@pytest.mark.timeout(0)
@pytest.mark.parametrize(("kind", "read"), [("settings", load), ("guides", read_guide), ("pictures", load_picture)])
def test_every_file_is_a_value_or_a_sentence(kind: str, read: Callable[[Path], object], tmp_path: Path) -> None:
    # GIVEN files that are nearly in order
    for suffix, data in inputs(kind):
        path = tmp_path / f"input{suffix}"
        path.write_bytes(data)
        began = time.monotonic()
        # WHEN they are read THEN that is done in time, and all that goes wrong is a sentence
        with contextlib.suppress(CoachError):
            read(path)
        assert time.monotonic() - began < SLOWEST_S
        path.unlink()


@pytest.mark.timeout(0)
def test_every_answer_of_a_hub_is_a_model_or_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN what hubs say about a model, nearly in order
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    entry = ModelEntry(name="any", title="Any", hub_id="someone/any")
    sent: list[httpx2.Response] = []
    client = httpx2.Client(transport=httpx2.MockTransport(lambda request: sent[0]))
    monkeypatch.setattr("huggingface_hub.hf_api.get_session", lambda: client)
    hub, chance = Hub("http://127.0.0.1", sleep=lambda _: None), random.Random(2)
    for _, data in inputs("hubs"):
        status = chance.choice((200, 200, 200, 200, 206, 302, 404, 429, 500))
        headers = {"Content-Type": chance.choice(("application/json", "text/html")), "Location": "http://127.0.0.1/"}
        began = time.monotonic()
        # WHEN they are read THEN that is done in time, and all that goes wrong is a sentence
        for ask in (lambda: hub.listing(entry), lambda: hub.describe(entry.hub_id)):
            sent[:] = [httpx2.Response(status, headers=headers, content=data)]
            with contextlib.suppress(CoachError):
                ask()
        assert time.monotonic() - began < SLOWEST_S


@pytest.mark.timeout(0)
async def test_every_stream_of_a_server_is_an_answer_or_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN answers of servers, nearly in order, cut anywhere
    chance = random.Random(3)
    pieces: list[bytes] = []

    class Body(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            for piece in pieces:
                yield piece

    def answer(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(chance.choice((200, 200, 200, 400, 500)), stream=Body())

    opened = httpx2.AsyncClient(transport=httpx2.MockTransport(answer))
    monkeypatch.setattr(connection, "_opened", lambda server: opened)
    advisor = RemoteAdvisor(Server("http://127.0.0.1/v1", "any", timeout_s=5))
    for _, data in inputs("streams"):
        cuts = sorted(chance.choices(range(len(data) + 1), k=chance.randint(0, 12)))
        pieces[:] = [data[begin:end] for begin, end in zip([0, *cuts], [*cuts, len(data)], strict=True)]
        began = time.monotonic()
        # WHEN they are read THEN that is done in time, and all that goes wrong is a sentence
        with contextlib.suppress(CoachError):
            await advisor.go_on("Q: Where to?\nA: ", lambda words: None)
        assert time.monotonic() - began < SLOWEST_S
    await advisor.close()

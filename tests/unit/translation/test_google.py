"""googletrans against a service on the loopback that speaks Google's format, in every mood."""

import asyncio
import logging
from collections.abc import AsyncIterator

import pytest

from coach_app.domain.errors import CoachError
from coach_app.domain.sent import Sent
from coach_app.translation.google import GoogleTranslator
from tests.fakes.google import (
    Answer,
    GoogleService,
    drip,
    failing,
    google_service,
    hang_up,
    saying,
    send,
    silence,
    translating,
    translation,
)

KNOWN = {"Move up.": "上へ。", "Move down.": "下へ。"}


@pytest.fixture
async def service(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[GoogleService]:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    async with google_service(translating(KNOWN)) as running:
        yield running


async def test_what_google_is_given_is_told(service: GoogleService) -> None:
    """GIVEN one who is told what is sent WHEN texts are translated THEN it is told each, word for word."""
    told: list[Sent] = []
    google = GoogleTranslator(service=service.url, on_sent=told.append)
    await google.translate("Move up.")
    await google.to_english("Move down.")
    await google.close()
    assert [(sent.to, sent.text, sent.away) for sent in told] == [
        ("Google", "Move up.", False),
        ("Google", "Move down.", False),
    ]


async def test_a_sentence_is_translated(service: GoogleService) -> None:
    """GIVEN a working service WHEN a sentence is translated THEN its pieces come joined, and only the text was sent."""

    async def in_pieces(text: str, writer: asyncio.StreamWriter) -> None:
        await send(writer, translation(text, ["上へ", "進んで。"]))

    google = GoogleTranslator(service=service.url)
    assert await google.translate("Move up.") == "上へ。"
    service.answer = in_pieces
    assert await google.translate("Move up & away?") == "上へ進んで。"
    assert (service.texts, service.targets) == (["Move up.", "Move up & away?"], ["ja", "ja"])
    assert google.sends_text_away
    await google.close()
    await google.close()


async def test_a_question_is_translated_the_other_way(service: GoogleService) -> None:
    """GIVEN a working service WHEN a Japanese question is translated THEN its English comes."""

    async def english(text: str, writer: asyncio.StreamWriter) -> None:
        await send(writer, translation(text, ["Where is the boss?"]))

    google = GoogleTranslator(service=service.url)
    service.answer = english
    assert await google.to_english("ボスはどこ？") == "Where is the boss?"
    assert (service.texts, service.targets) == (["ボスはどこ？"], ["en"])
    await google.close()


@pytest.mark.parametrize(
    "answer",
    [
        failing("429 Too Many Requests"),
        failing("500 Internal Server Error"),
        failing("302 Found", "Location: https://www.google.com/sorry\r\n"),
        saying(b"<html><body>Log in to the hotel's network</body></html>", "text/html"),
        saying(b"<html>" + b'<p class="a">' * 50_000),
        saying(b""),
        saying(b"[]"),
        saying(b"{}"),
        saying(b"null"),
        saying(b"[[]]"),
        saying(b"[null]"),
        saying(b"[[[null]]]"),
        saying(b'[[["\\u4e0a'),
        saying(b"[[[17]]]"),
        saying(b"\xff\xfe\x00[" * 100),
        saying(b"[" * 50_000),
        saying(b'["' + b"a" * 100_000 + b'"]'),
        hang_up,
    ],
)
async def test_whatever_comes_back_nothing_is_raised(service: GoogleService, answer: Answer) -> None:
    """GIVEN a service that fails or talks nonsense WHEN a sentence is translated THEN there is none, and no fuss."""
    service.answer = answer
    google = GoogleTranslator(service=service.url)
    assert await google.translate("Move up.") is None
    assert len(service.texts) == 1
    await google.close()


@pytest.mark.parametrize("answer", [silence, drip])
async def test_a_slow_answer_ends_at_the_time_out(service: GoogleService, answer: Answer) -> None:
    """GIVEN silence or a drip of bytes WHEN a sentence is translated THEN it ends without a translation."""
    service.answer = answer
    google = GoogleTranslator(timeout_s=0.3, service=service.url)
    async with asyncio.timeout(10):
        assert await google.translate("Move up.") is None
    await google.close()


async def test_nobody_listening(unused_tcp_port: int) -> None:
    """GIVEN no service at all WHEN a sentence is translated THEN there is none."""
    google = GoogleTranslator(service=f"http://127.0.0.1:{unused_tcp_port}")
    assert await google.translate("Move up.") is None
    await google.close()


async def test_the_service_is_left_alone_after_failures(
    service: GoogleService, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN failures WHEN more sentences come THEN nothing is sent for a while, longer each time, until one works."""
    now_s = 1000.0
    monkeypatch.setattr("coach_app.translation.google.time.monotonic", lambda: now_s)
    google = GoogleTranslator(service=service.url)

    async def sent_at(seconds: float) -> bool:
        nonlocal now_s
        now_s = 1000.0 + seconds
        before = len(service.texts)
        await google.translate("Move up.")
        return len(service.texts) > before

    service.answer = failing("500 Internal Server Error")
    assert [await sent_at(seconds) for seconds in (0, 4.9, 5.1)] == [True, False, True]
    assert [await sent_at(seconds) for seconds in (10, 15, 15.2)] == [False, False, True]

    service.answer = translating(KNOWN)
    assert await sent_at(100)
    service.answer = failing("429 Too Many Requests", "Retry-After: 300\r\n")
    assert [await sent_at(seconds) for seconds in (101, 102, 400, 402)] == [True, False, False, True]
    assert [await sent_at(seconds) for seconds in (1000, 1003)] == [False, True]
    await google.close()


async def test_sentences_failing_together_count_once(service: GoogleService, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN four sentences of one advice WHEN all fail THEN the pause is that of one failure."""
    now_s = 1000.0
    monkeypatch.setattr("coach_app.translation.google.time.monotonic", lambda: now_s)
    service.answer = failing("500 Internal Server Error")
    google = GoogleTranslator(service=service.url)
    await asyncio.gather(*(google.translate("Move up.") for _ in range(4)))

    now_s = 1005.5
    service.answer = translating(KNOWN)
    assert await google.translate("Move up.") == "上へ。"
    await google.close()


async def test_a_cancelled_translation_leaves_the_translator_usable(service: GoogleService) -> None:
    """GIVEN a sentence under way WHEN it is cancelled THEN it ends at once and the next one is translated."""
    asked = asyncio.Event()

    async def never(text: str, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await asyncio.Event().wait()

    service.answer = never
    google = GoogleTranslator(timeout_s=60, service=service.url)
    task = asyncio.create_task(google.translate("Move up."))
    await asyncio.wait_for(asked.wait(), 10)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    service.answer = translating(KNOWN)
    assert await google.translate("Move down.") == "下へ。"
    await google.close()


async def test_the_text_never_reaches_the_log(service: GoogleService, caplog: pytest.LogCaptureFixture) -> None:
    """GIVEN a log of everything WHEN sentences are translated or fail THEN none of their words is in it."""
    caplog.set_level(logging.DEBUG)
    google = GoogleTranslator(service=service.url)
    await google.translate("Move up.")
    service.answer = saying(b"[[[17]]]")
    await google.translate("Move down.")
    await google.close()
    assert "Move" not in caplog.text
    assert "no translation from Google" in caplog.text


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("ALL_PROXY", "socks://127.0.0.1:7890", "The proxy socks://127.0.0.1:7890 of the variable ALL_PROXY"),
        (
            "https_proxy",
            "socks4://me:secret@proxy.lan:1080",
            "The proxy socks4://proxy.lan:1080 of the variable https_proxy",
        ),
        ("HTTPS_PROXY", "http://127.0.0.1:{port}", "cannot be reached through the proxy of the variable HTTPS_PROXY"),
        ("SSL_CERT_FILE", "/gone/file", "/gone/file of the variable SSL_CERT_FILE cannot be used"),
    ],
)
async def test_what_the_environment_forbids_is_told_once(
    monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int, name: str, value: str, message: str
) -> None:
    # GIVEN a proxy or certificates that stand in the way of Google
    for proxy in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(proxy, raising=False)
    monkeypatch.setenv(name, value.format(port=unused_tcp_port))
    told: list[CoachError] = []
    google = GoogleTranslator(on_fault=told.append)
    # WHEN it is asked several times THEN one sentence names the variable, and no password
    for _ in range(2):
        assert await google.translate("Move up.") is None
        google._paused_until_s = 0.0
    assert len(told) == 1
    assert message in told[0].message
    assert "secret" not in str(told[0])
    await google.close()

"""The advisor that asks a server: what it sends, what it makes of answers, and what it says when none comes."""

import asyncio
import base64
import io
import logging
import re
from collections.abc import AsyncIterator

import openai  # noqa: F401 - here, so that its import takes none of a test's time
import pytest
from PIL import Image

from coach_app.advisor.remote import RemoteAdvisor, data_url, offered_models, picture_of
from coach_app.advisor.servers import Server, chosen_server, is_server
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.domain.sampling import GREEDY, Sampling
from coach_app.domain.sent import Sent
from coach_app.domain.situation import Situation
from coach_app.settings import keys
from coach_app.settings.schema import GeneralSettings, ServerSettings, Settings
from tests.fakes.openai import (
    DONE,
    STREAM,
    USAGE,
    OpenAIServer,
    chunk,
    failing,
    going_on,
    hanging,
    openai_server,
    saying,
    sending,
)
from tests.fakes.system_keyring import MemoryKeyring

GRID = GameProfile(id="grid", title="Grid", prompt="Where to?", moves=("left", "down", "right", "up"))
FRAME = Frame(Image.new("RGB", (1920, 1080), (200, 30, 30)), captured_at=12.5)
UP = saying("Move", " the c", "at up", ".")


@pytest.fixture
async def server() -> AsyncIterator[OpenAIServer]:
    async with openai_server(UP) as server:
        yield server


@pytest.fixture
async def advisor(server: OpenAIServer) -> AsyncIterator[RemoteAdvisor]:
    advisor = RemoteAdvisor(Server(server.url, "coach-model", timeout_s=20))
    yield advisor
    await advisor.close()


async def asked(server: Server) -> str:
    """The text of an answer."""
    advisor = RemoteAdvisor(server)
    try:
        return (await advisor.advise(Situation(FRAME, GRID))).text
    finally:
        await advisor.close()


# Answers


@pytest.mark.parametrize(("reason", "move"), [("stop", "up"), ("length", None)])
async def test_an_answer_that_is_cut_by_its_length_names_no_move(
    server: OpenAIServer, advisor: RemoteAdvisor, reason: str, move: str | None
) -> None:
    # GIVEN a server whose answer ends in this way
    server.answer = saying("Move", " the cat up", end=chunk(reason=reason) + USAGE + DONE)
    # WHEN advice is asked for THEN it names a move only where it was said to its end
    assert (await advisor.advise(Situation(FRAME, GRID))).move == move


async def test_what_the_server_is_given_is_told_as_it_was_sent(server: OpenAIServer) -> None:
    # GIVEN an advisor, and one who is told what it sends
    told: list[Sent] = []
    advisor = RemoteAdvisor(Server(server.url, "coach-model", timeout_s=20), told.append)
    # WHEN it is asked about a picture that is too large to be sent losslessly, and says something
    noise = Image.effect_noise((900, 600), 90).convert("RGB")
    await advisor.advise(Situation(Frame(noise, captured_at=1.0), GRID))
    await advisor.chat("Hello <b>", GREEDY)
    await advisor.close()
    # THEN both are told; the picture is the one in the request, after shrinking and compression
    picture, words = told
    sent = server.chats[0]["messages"][0]["content"]
    assert picture.text == sent[1]["text"]
    assert picture.picture
    assert picture.picture.tobytes() == picture_of(sent[0]["image_url"]["url"]).tobytes()
    assert max(picture.picture.size) == 672
    assert words.text == "Hello <b>"
    assert not words.away
    assert words.to.startswith("coach-model @ ")


async def test_advice_is_made_of_the_streamed_answer(server: OpenAIServer, advisor: RemoteAdvisor) -> None:
    # GIVEN a server whose pieces of text end within words, and whose model is known not to think aloud
    said: list[str] = []
    await advisor.advise(Situation(FRAME, GRID))

    # WHEN advice about a large frame is asked for
    advice = await advisor.advise(Situation(FRAME, GRID), on_words=said.append)

    # THEN it came in whole words, and names the move, the model, the frame's time and the server's count of tokens
    assert said == ["Move the", " cat", " up."]
    assert advice.text == "Move the cat up."
    assert (advice.move, advice.model, advice.captured_at, advice.tokens) == ("up", "coach-model", 12.5, 42)
    assert 0 < advice.first_word_ms <= advice.latency_ms

    # AND one small picture and the prompt were sent, for a short, certain answer
    chat = server.chats[-1]
    ((picture, text),) = [message["content"] for message in chat["messages"]]
    assert text == {"type": "text", "text": "Where to?"}
    kind, _, coded = picture["image_url"]["url"].partition(";base64,")
    seen = Image.open(io.BytesIO(base64.b64decode(coded)))
    assert (kind, seen.size, seen.getpixel((9, 9))) == ("data:image/png", (672, 378), (200, 30, 30))
    assert (chat["model"], chat["stream"], chat["temperature"]) == ("coach-model", True, 0)
    assert chat["max_tokens"] <= 200


async def test_a_question_is_asked_in_place_of_the_prompt(server: OpenAIServer, advisor: RemoteAdvisor) -> None:
    # GIVEN a profile WHEN a question is asked THEN the server gets the question
    advice = await advisor.advise(Situation(FRAME, GRID, "Where is\nthe crate?"))
    assert server.chats[0]["messages"][0]["content"][1]["text"] == "Where is the crate?"
    assert advice.question == "Where is\nthe crate?"


async def test_a_server_points_in_the_picture_that_it_was_sent(server: OpenAIServer, advisor: RemoteAdvisor) -> None:
    # GIVEN a profile that shows the right half, and a model that points into the middle of that
    server.answer = saying("Move up. ", "[POI", "NT:0.5,0.25:the", " crate]")
    profile = GRID.model_copy(update={"region": (0.5, 0.0, 1.0, 1.0)})
    words: list[str] = []
    # WHEN advice that may point is asked for
    advice = await advisor.advise(Situation(FRAME, profile, pointing=True), words.append)
    # THEN it is told how, and what it points at is where it is in the whole picture, and not in the text
    assert "[POINT:x,y:label]" in server.chats[0]["messages"][0]["content"][1]["text"]
    assert advice.text == "Move up."
    assert "".join(words).strip() == "Move up."
    (mark,) = advice.marks
    assert mark.centre == pytest.approx((0.75, 0.25), abs=0.002)
    assert mark.label == "the crate"


@pytest.mark.parametrize(
    ("tried", "told"),
    [
        (("left",), "advised me here before: left. It did not help: .* Advise another move."),
        (("left", "up", "left"), "advised me here before: left and up. It did not help: .* Advise another move."),
        (("left", "up", "down", "right"), "left, up, down and right. It did not help: .* Look at the whole way"),
    ],
)
async def test_a_server_is_told_what_did_not_help_here(
    server: OpenAIServer, advisor: RemoteAdvisor, tried: tuple[str, ...], told: str
) -> None:
    # GIVEN moves that were advised at this place before WHEN advice is asked for THEN the prompt says so, after its own
    await advisor.advise(Situation(FRAME, GRID, tried=tried))
    prompt = server.chats[0]["messages"][0]["content"][1]["text"]
    assert prompt.startswith("Where to?\n")
    assert re.search(told, prompt)
    # WHEN nothing was THEN it is the prompt alone
    await advisor.advise(Situation(FRAME, GRID))
    assert server.chats[1]["messages"][0]["content"][1]["text"] == "Where to?"


@pytest.mark.parametrize(("remembered", "lines"), [(("“up” was done: lost.",), 1), (("One.", "x" * 999), 2)])
async def test_a_server_is_told_what_is_remembered(
    server: OpenAIServer, advisor: RemoteAdvisor, remembered: tuple[str, ...], lines: int
) -> None:
    # GIVEN memories of situations like this one WHEN advice is asked for
    await advisor.advise(Situation(FRAME, GRID, remembered=remembered))
    first, *told, prompt = server.chats[0]["messages"][0]["content"][1]["text"].splitlines()
    # THEN they stand before the prompt, one in a line, of limited length
    assert first.endswith("like this one:")
    assert [line.startswith("- ") and len(line) <= 402 for line in told] == [True] * lines
    assert prompt == "Where to?"


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        (("**Move** `up`", " now"), "Move up now"),
        (("<thi", "nk>Left? ", "No.</th", "ink>\n\nMove", " up."), "Move up."),
        (("Move\n\n", "\x1b[31mup", "\u202e."), "Move\n\n[31mup."),
        (("### Best\n", "* **Move** u", "p.\n* Wa", "it."), "Best\n• Move up.\n• Wait."),
        (("右に", "動け", "。"), "右に動け。"),
    ],
)
async def test_thoughts_markup_and_control_characters_are_not_shown(
    server: OpenAIServer, advisor: RemoteAdvisor, pieces: tuple[str, ...], text: str
) -> None:
    # GIVEN a server whose model decorates its answer WHEN advice is asked for THEN only plain text is shown, ever
    said: list[str] = []
    server.answer = saying(*pieces)
    advice = await advisor.advise(Situation(FRAME, GRID), on_words=said.append)
    assert advice.text == "".join(said) == text


@pytest.mark.parametrize(
    "end",
    [
        chunk(reason="stop"),
        chunk(reason="length") + DONE,
        chunk(reason="stop", content=None) + b": keep-alive\n\n" + USAGE,
        chunk(reason="stop") + b"data: {nonsense\n\n",
    ],
)
async def test_an_answer_is_whole_once_the_server_said_that_it_ends(
    server: OpenAIServer, advisor: RemoteAdvisor, end: bytes
) -> None:
    # GIVEN servers that end their streams differently WHEN asked THEN the answer counts
    server.answer = saying("Move", " up.", end=end)
    advice = await advisor.advise(Situation(FRAME, GRID))
    assert (advice.text, advice.tokens) == ("Move up.", 42 if USAGE in end else 2)


async def test_a_server_that_ends_its_answer_but_not_the_connection_is_not_waited_for(
    server: OpenAIServer, advisor: RemoteAdvisor
) -> None:
    # GIVEN a server that says that the answer ends, and then neither hangs up nor says more
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM + chunk("Move up.") + chunk(reason="stop"))
        await asyncio.Event().wait()

    server.answer = answer
    # WHEN asked THEN the answer is there, long before the time-out
    async with asyncio.timeout(10):
        assert (await advisor.advise(Situation(FRAME, GRID))).text == "Move up."


async def test_a_server_that_never_ends_is_cut_off(server: OpenAIServer, advisor: RemoteAdvisor) -> None:
    # GIVEN a server that keeps to no number of tokens
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM)
        while True:
            writer.write(chunk("up " * 50))
            await writer.drain()
            await asyncio.sleep(0)

    server.answer = answer
    # WHEN asked THEN the answer is cut off, and so is the server
    assert len((await advisor.advise(Situation(FRAME, GRID))).text) < 5000
    await asyncio.wait_for(server.hung_up.wait(), 10)


# Cancelling


@pytest.mark.parametrize("begun", [False, True])
async def test_cancelling_closes_the_connection_at_once(
    server: OpenAIServer, advisor: RemoteAdvisor, begun: bool
) -> None:
    # GIVEN a server that hangs before, or in the middle of, its answer
    await advisor.advise(Situation(FRAME, GRID))
    server.asked.clear()
    server.answer = hanging("Move ") if begun else hanging()
    heard = asyncio.Event()
    asking = asyncio.create_task(advisor.advise(Situation(FRAME, GRID), on_words=lambda text: heard.set()))
    await (heard if begun else server.asked).wait()

    # WHEN the answer is not wanted any more
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking

    # THEN the server notices
    await asyncio.wait_for(server.hung_up.wait(), 10)

    # AND the next answer comes
    server.answer = UP
    assert (await advisor.advise(Situation(FRAME, GRID))).move == "up"


@pytest.mark.parametrize("status", ["400 Bad Request", "422 Unprocessable Entity"])
async def test_what_a_server_does_not_know_is_left_out(
    server: OpenAIServer, advisor: RemoteAdvisor, status: str
) -> None:
    # GIVEN an older server, which knows neither of two options, or calls one otherwise
    async def answer(writer: asyncio.StreamWriter) -> None:
        for name in ("stream_options", "max_tokens"):
            if name in server.chats[-1]:
                await failing(status, {"error": {"message": f"Unrecognized argument: {name}"}})(writer)
                return
        await UP(writer)

    server.answer = answer
    # WHEN it is asked twice THEN it answers, and is not asked with them again
    assert (await advisor.advise(Situation(FRAME, GRID))).move == "up"
    assert (await advisor.advise(Situation(FRAME, GRID))).move == "up"
    assert len(server.chats) == 4
    assert server.chats[-1]["max_completion_tokens"] == server.chats[0]["max_tokens"]


async def test_a_model_for_text_goes_on_with_a_prompt(server: OpenAIServer, advisor: RemoteAdvisor) -> None:
    # GIVEN a server with an adapter for text
    server.answer = going_on("Use the", " laser.")
    said: list[str] = []
    # WHEN it is to go on with a question
    answered = await advisor.go_on("Q: How?\nA: ", said.append)
    # THEN its words come, up to where the next question would begin
    assert "".join(said) == answered.text == "Use the laser."
    assert answered.tokens == 42
    assert server.chats[-1]["prompt"] == "Q: How?\nA: "
    assert server.chats[-1]["stop"] == ["\nQ:"]


async def test_a_chat_is_asked_with_the_words_drawn_as_wanted(server: OpenAIServer, advisor: RemoteAdvisor) -> None:
    # GIVEN a server WHEN something is said to its model THEN its answer comes back, drawn as wanted
    server.answer = UP
    assert (await advisor.chat("Where to?", Sampling(0.9, 0.6, 7))).text
    assert server.chats[-1]["messages"] == [{"role": "user", "content": "Where to?"}]
    assert (server.chats[-1]["temperature"], server.chats[-1]["top_p"]) == (0.9, 0.6)
    # AND by the likeliest words where nothing is drawn
    await advisor.chat("Where to?", GREEDY)
    assert server.chats[-1]["temperature"] == 0


async def test_closing_lets_an_answer_come_to_its_end(server: OpenAIServer, advisor: RemoteAdvisor) -> None:
    # GIVEN an answer under way
    go_on = asyncio.Event()

    async def answer(writer: asyncio.StreamWriter) -> None:
        await go_on.wait()
        await UP(writer)

    server.answer = answer
    asking = asyncio.create_task(advisor.advise(Situation(FRAME, GRID)))
    await server.asked.wait()

    # WHEN the advisor is closed, as another one was chosen
    closing = asyncio.create_task(advisor.close())
    await asyncio.sleep(0)
    go_on.set()

    # THEN the answer comes, and closing ends
    assert (await asking).text == "Move the cat up."
    await closing


# What goes wrong: one sentence and a remedy each


@pytest.mark.parametrize(
    ("answer", "sentence", "remedy"),
    [
        (failing("401 Unauthorized", {"error": {"message": "no"}}), "wants a key", keys.VARIABLE),
        (failing("403 Forbidden", b"<html>no</html>"), "wants a key", keys.VARIABLE),
        (
            failing("404 Not Found", {"error": {"message": "The model `coach-model` does not exist."}}),
            r"has no model coach-model \(The model `coach-model` does not exist\)\.",
            "Choose another one",
        ),
        (
            failing("400 Bad Request", {"detail": "Server is pinned to 'x'; requested 'coach-model'."}),
            "has no model coach-model",
            "Choose another one",
        ),
        (failing("404 Not Found", {"detail": "Not Found"}), r"Nothing speaks the OpenAI protocol at http.*404", "/v1"),
        (failing("307 Temporary Redirect", b"", "Location: http://192.0.2.1/\r\n"), "Nothing speaks", "address"),
        (
            failing("400 Bad Request", {"error": {"message": "coach-model is not a multimodal model"}}),
            r"refuses the question \(coach-model is not a multimodal model\)",
            "accepts pictures",
        ),
        (failing("413 Content Too Large", b""), "too large", "smaller"),
        (failing("429 Too Many Requests", {}, "Retry-After: 7\r\n"), "has received too many questions", "Wait 7 s"),
        (failing("500 Internal Server Error", {"error": "out of memory"}), "failed: out of memory", "own log"),
        (failing("503 Service Unavailable", b"<html>sorry</html>"), "failed: status 503", "own log"),
        (saying("Move", end=b'data: {"error": {"message": "CUDA error"}}\n\n'), "failed: CUDA error", "own log"),
        (sending(STREAM.replace(b"Connection: close", b"Content-Length: 999") + chunk("Move")), "broke off", "own log"),
        (sending(b""), "broke off", "own log"),
        (saying(), "answer that cannot be understood", "OpenAI protocol"),
        (saying(" ", "\x00"), "answer that cannot be understood", "OpenAI protocol"),
        (sending(STREAM + b"<html>Welcome</html>"), "answer that cannot be understood", "OpenAI protocol"),
        (sending(STREAM + b"data: [1, 2]\n\n"), "answer that cannot be understood", "OpenAI protocol"),
        (sending(STREAM + b'data: {"choices": [7]}\n\n'), "answer that cannot be understood", "OpenAI protocol"),
        (sending(STREAM + b"data: \xff\xfe\n\n"), "answer that cannot be understood", "OpenAI protocol"),
        (sending(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"), "answer that cannot", "OpenAI protocol"),
        (sending(b"220 mail.example.org ESMTP\r\n"), "broke off", "own log"),
    ],
)
async def test_each_failure_is_one_sentence_with_a_remedy(
    server: OpenAIServer, advisor: RemoteAdvisor, answer: object, sentence: str, remedy: str
) -> None:
    # GIVEN a server that misbehaves
    server.answer = answer  # type: ignore[assignment]
    # WHEN it is asked THEN the user is told what is wrong and what to do
    with pytest.raises(CoachError, match=sentence) as failure:
        await advisor.advise(Situation(FRAME, GRID))
    assert remedy in failure.value.remedy
    assert "127.0.0.1" in failure.value.message


async def test_a_silent_server_is_given_up(server: OpenAIServer) -> None:
    # GIVEN a server that says nothing, or nothing more WHEN asked THEN it is given up after the time of the settings
    for answer in (hanging(), hanging("Move the ")):
        server.answer = answer
        with pytest.raises(CoachError, match=r"did not respond for 0\.2 s") as failure:
            await asked(Server(server.url, "coach-model", timeout_s=0.2))
        assert "more time" in failure.value.remedy


async def test_a_slow_server_that_goes_on_talking_is_not_given_up(server: OpenAIServer) -> None:
    # GIVEN a server that thinks and talks for longer than the time-out, with shorter silences
    async def answer(writer: asyncio.StreamWriter) -> None:
        writer.write(STREAM)
        for piece in [chunk(None, reasoning_content="Hm")] * 5 + [chunk("up ")] * 5:
            await asyncio.sleep(0.15)
            writer.write(piece)
            await writer.drain()
        writer.write(chunk(reason="stop"))
        writer.close()

    server.answer = answer
    # WHEN asked THEN its answer is waited for
    assert await asked(Server(server.url, "coach-model", timeout_s=1.0)) == "up up up up up"


async def test_nobody_listens(server: OpenAIServer, unused_tcp_port: int) -> None:
    # GIVEN an address where nothing listens, and one that speaks no TLS WHEN asked THEN the sentences say which
    with pytest.raises(CoachError, match="cannot be reached"):
        await asked(Server(f"http://127.0.0.1:{unused_tcp_port}/v1", "x"))
    with pytest.raises(CoachError, match="no secure connection"):
        await asked(Server(server.url.replace("http", "https"), "x"))


async def test_a_server_that_is_asked_too_often_is_left_alone(server: OpenAIServer, advisor: RemoteAdvisor) -> None:
    # GIVEN a server that has said so
    server.answer = failing("429 Too Many Requests", {}, "Retry-After: 30\r\n")
    with pytest.raises(CoachError, match="too many questions"):
        await advisor.advise(Situation(FRAME, GRID))
    # WHEN it is asked again at once THEN nothing is sent
    with pytest.raises(CoachError, match="too many questions"):
        await advisor.advise(Situation(FRAME, GRID))
    assert len(server.chats) == 1


# Models


async def test_the_list_of_models_and_the_only_one(server: OpenAIServer) -> None:
    # GIVEN a server with one model WHEN none is named THEN it is asked
    advice = await RemoteAdvisor(Server(server.url)).advise(Situation(FRAME, GRID))
    assert advice.model == "coach-model"

    # GIVEN several, adapters included WHEN none is named THEN they are told
    server.models = ["llava", "melee"]
    with pytest.raises(CoachError, match="several models: llava, melee"):
        await asked(Server(server.url))
    settings = Settings(server=ServerSettings(url=server.url))
    assert await offered_models(settings) == ["llava", "melee"]

    # GIVEN none, or a server that cannot list them WHEN none is named THEN a name is asked for
    for models in ((), None):
        server.models = models
        with pytest.raises(CoachError, match="does not list its models"):
            await asked(Server(server.url))


# Keys


async def test_the_key_goes_to_its_server_only(
    server: OpenAIServer, monkeypatch: pytest.MonkeyPatch, system_keyring: MemoryKeyring
) -> None:
    # GIVEN a key in the keyring for this server, and variables meant for another service
    for name in ("OPENAI_API_KEY", "OPENAI_ORG_ID", "OPENAI_PROJECT_ID"):
        monkeypatch.setenv(name, "secret-of-another")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "Authorization: Bearer secret-of-another")
    keys.keep_key(server.url, " sk-mine\n")
    # WHEN the server is asked with it and without one THEN it gets just that
    await asked(Server(server.url, "coach-model", key_kept=True))
    await asked(Server(server.url, "coach-model"))
    assert [headers["authorization"] for headers in server.headers] == ["Bearer sk-mine", "Bearer none"]
    assert not any("secret-of-another" in value for headers in server.headers for value in headers.values())

    # AND another server does not get it
    async with openai_server(UP) as other:
        with pytest.raises(CoachError, match="holds no key for http://127"):
            await asked(Server(other.url, "coach-model", key_kept=True))
        assert other.headers == []


async def test_a_key_that_is_not_accepted(server: OpenAIServer, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a wrong key in the environment WHEN asked THEN the sentence says that there is one
    monkeypatch.setenv(keys.VARIABLE, "sk-wrong")
    server.answer = failing("401 Unauthorized", {})
    with pytest.raises(CoachError, match="does not accept the key"):
        await asked(Server(server.url, "coach-model"))


# Choosing


def settings(**server: object) -> Settings:
    return Settings(server=ServerSettings.model_validate(server))


def test_no_server_is_asked_before_it_is_switched_on() -> None:
    # GIVEN the defaults WHEN a server is looked for THEN there is none, also where a model is named
    assert chosen_server(Settings()) is None
    assert chosen_server(settings(on=True), "grid-coach") is None
    # WHEN it is switched on, or named on the command line THEN it is used
    assert chosen_server(settings(on=True, model="llava")) == Server("http://localhost:8000/v1", "llava")
    assert chosen_server(Settings(), "a/b@v1@https://coach.lan/v1/") == Server("https://coach.lan/v1", "a/b@v1")
    assert chosen_server(Settings(), "http://[::1]:9") == Server("http://[::1]:9/v1")
    assert is_server("http://x")
    assert not is_server("C:/models@home")


def test_the_key_of_the_settings_goes_to_the_same_server_on_the_command_line() -> None:
    # GIVEN a kept key WHEN a server is named on the command line THEN it is used for the same server alone
    mine = settings(key=True, url="coach.lan:8000")
    for url, kept in (("http://coach.lan:8000/v2", True), ("http://coach.lan:9000", False), ("http://x", False)):
        chosen = chosen_server(mine, url)
        assert chosen is not None
        assert chosen.key_kept is kept


@pytest.mark.parametrize(
    ("url", "away"),
    [
        ("http://localhost:8000/v1", False),
        ("http://127.0.0.1:1234/v1", False),
        ("http://127.8.9.1/v1", False),
        ("http://[::1]:8000/v1", False),
        ("http://192.168.1.5:8000/v1", True),
        ("https://localhost.example.org/v1", True),
        ("http://0.0.0.0:8000/v1", True),
        ("http://coach.lan/v1", True),
    ],
)
def test_what_leaves_this_computer_is_known_and_blocked_offline(url: str, away: bool) -> None:
    # GIVEN a server WHEN the coach is to stay offline THEN it is asked on this computer only
    assert Server(url).is_away is away
    offline = Settings(general=GeneralSettings(offline=True), server=ServerSettings(on=True, url=url))
    if away:
        with pytest.raises(CoachError, match="stay offline"):
            chosen_server(offline)
        with pytest.raises(CoachError, match="stay offline"):
            chosen_server(offline, f"x@{url}")
    else:
        assert chosen_server(offline) == Server(url)


async def test_offline_not_even_the_models_are_listed() -> None:
    # GIVEN a server elsewhere WHEN offline THEN its models are not asked for
    offline = Settings(general=GeneralSettings(offline=True), server=ServerSettings(url="http://192.0.2.1/v1"))
    with pytest.raises(CoachError, match="stay offline"):
        await offered_models(offline)


def test_mistaken_addresses_on_the_command_line() -> None:
    # GIVEN no address WHEN named THEN one sentence says so
    for text in ("http:///v1", "x@http://user:secret@host", "http://host:port"):
        with pytest.raises(CoachError, match="address") as failure:
            chosen_server(Settings(), text)
        assert "secret" not in failure.value.message


# Privacy


async def test_nothing_of_the_screen_is_logged(
    server: OpenAIServer, advisor: RemoteAdvisor, caplog: pytest.LogCaptureFixture
) -> None:
    # GIVEN a log that keeps everything WHEN a question is asked THEN neither it nor the picture is in the log
    with caplog.at_level(logging.DEBUG):
        await advisor.advise(Situation(FRAME, GRID, "my secret question"))
    assert "secret" not in caplog.text
    assert "base64" not in caplog.text


async def test_a_server_on_this_computer_is_asked_without_the_proxy(
    server: OpenAIServer, advisor: RemoteAdvisor, monkeypatch: pytest.MonkeyPatch, unused_tcp_port: int
) -> None:
    # GIVEN a proxy for everything WHEN a server on the loopback is asked THEN the picture does not go to the proxy
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{unused_tcp_port}")
    assert (await advisor.advise(Situation(FRAME, GRID))).move == "up"


def test_pictures_are_exact_unless_that_is_large() -> None:
    # GIVEN a plain picture and noise WHEN sent THEN the first is exact, the second much smaller than its pixels
    assert data_url(Image.new("RGB", (672, 378))).startswith("data:image/png;base64,")
    noise = data_url(Image.effect_noise((672, 672), 80).convert("RGB"))
    assert noise.startswith("data:image/jpeg;base64,")
    assert len(noise) < 672 * 672 * 3 / 2


@pytest.mark.parametrize("ending", [b"Connection: close", b"Transfer-Encoding: chunked", b"Content-Length: 99"])
async def test_a_server_that_fails_behind_an_empty_stream_is_asked_without_one(ending: bytes) -> None:
    # GIVEN a server that says why it refuses only where no stream is asked for; a stream ends at once, or breaks off
    words = "This model's maximum context length is 512 tokens."

    async def answer(writer: asyncio.StreamWriter) -> None:
        refuses = failing("400 Bad Request", {"error": {"message": words}})
        empty = sending(STREAM.replace(b"Connection: close", ending))
        await (empty if refusing.chats[-1].get("stream") else refuses)(writer)

    async with openai_server(answer) as refusing:
        remote = RemoteAdvisor(Server(refusing.url, "coach-model"))
        # WHEN it is asked THEN its words are told
        with pytest.raises(CoachError, match="maximum context length is 512"):
            await remote.advise(Situation(FRAME, GRID))
        await remote.close()
        streamed = [bool(chat.get("stream")) for chat in refusing.chats]
        assert streamed[0]
        assert not streamed[-1]
        assert streamed == sorted(streamed, reverse=True)

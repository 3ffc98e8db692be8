"""The advisor and a real server: ``llama-cpp-python`` with SmolLM2, on the loopback. Run by ``make test-llama-cpp``."""

from collections.abc import AsyncIterator

import pytest
from PIL import Image

from coach_app.advisor.chat import Chat
from coach_app.advisor.connection import Connection
from coach_app.advisor.remote import RemoteAdvisor, offered_models
from coach_app.advisor.servers import Server
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.situation import Situation
from coach_app.games.profiles import find
from coach_app.settings.schema import ServerSettings, Settings
from tests.servers.conftest import CONTEXT_TOKENS, WAIT_S

STORY = {"messages": [{"role": "user", "content": "Write a very long story about a cat, with every detail."}]}


@pytest.fixture
async def chat(url: str) -> AsyncIterator[Chat]:
    connection = Connection(Server(url, "", timeout_s=WAIT_S))
    yield Chat(connection, WAIT_S)
    await connection.close()


async def test_a_chat_is_streamed_and_counted(chat: Chat) -> None:
    # GIVEN a server with one model, which need not be named WHEN it is asked twice
    for number in range(2):
        told: list[str] = []
        question = {"messages": [{"role": "user", "content": "Which animal says meow? Answer in one short sentence."}]}
        answer = await chat.ask("chat", question, told.append)
        # THEN its whole answer is told, word by word once the model is known not to think aloud, and ends by itself
        assert "".join(told) == answer.text
        assert "cat" in answer.text.lower()
        assert "<|im_end|>" not in answer.text
        assert len(told) > 2 or number == 0
        assert not answer.cut
        assert answer.tokens > 3


async def test_an_answer_ends_at_the_limit(chat: Chat) -> None:
    # GIVEN a question that is answered at length WHEN it is asked THEN the answer is known to be cut
    answer = await chat.ask("chat", STORY, None)
    assert answer.cut
    assert answer.tokens > 150
    # AND the next one is answered as well
    assert (await chat.ask("chat", {"messages": [{"role": "user", "content": "Say hello."}]}, None)).text


async def test_a_text_goes_on_up_to_the_next_question(url: str) -> None:
    # GIVEN a prompt as adapters are used to it WHEN the model goes on with it
    remote, told = RemoteAdvisor(Server(url, "smollm2", timeout_s=WAIT_S)), list[str]()
    answered = await remote.go_on("Q: What colour is the sky?\nA: Blue.\nQ: What colour is grass?\nA:", told.append)
    await remote.close()
    # THEN only its own answer is told
    assert answered.text.strip()
    assert "Q:" not in answered.text
    assert "".join(told) == answered.text


async def test_what_is_too_long_is_refused_in_the_servers_own_words(chat: Chat) -> None:
    # GIVEN a question that is longer than the model reads WHEN it is asked THEN the sentence says so
    question = {"messages": [{"role": "user", "content": "left right " * CONTEXT_TOKENS}]}
    with pytest.raises(CoachError, match=f"maximum context length is {CONTEXT_TOKENS} tokens"):
        await chat.ask("chat", question, None)


async def test_a_model_that_takes_no_pictures_is_said_to_be_one(url: str) -> None:
    # GIVEN a model for text only WHEN it is asked about a picture
    advisor = RemoteAdvisor(Server(url, "smollm2", timeout_s=WAIT_S))
    frame = Frame(Image.new("RGB", (64, 48), (9, 9, 9)))
    # THEN the remedy is to look whether it takes pictures
    with pytest.raises(CoachError) as refused:
        await advisor.advise(Situation(frame, find("grid")))
    assert "accepts pictures" in refused.value.remedy
    await advisor.close()


async def test_its_models_are_listed(url: str) -> None:
    # GIVEN the settings' page of servers WHEN it asks for the models THEN they are called as the server calls them
    assert await offered_models(Settings(server=ServerSettings(url=url))) == ["smollm2"]

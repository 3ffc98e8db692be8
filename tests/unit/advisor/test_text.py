"""Game questions: from the guides, checked, with their sources."""

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from transformers import LlamaConfig

from coach_app.advisor.text import TextAdvisor, _was_taught_to_chat, fitting, open_text_advisor, resolve_adapter
from coach_app.domain.errors import CoachError
from coach_app.domain.sampling import GREEDY
from coach_app.host.client import EngineClient
from coach_app.host.messages import Answered
from coach_app.knowledge import search
from coach_app.knowledge.library import user_dir
from coach_app.knowledge.prompt import UNANSWERED
from coach_app.knowledge.sections import Section
from tests.fakes.models import build_adapter, build_llava, build_text

QUESTION = "How do I deal with Peach's turnips as Falco?"


class Says:
    """A text model that says this, a word at a time."""

    def __init__(self, text: str) -> None:
        self.text, self.prompts, self.said = text, list[str](), 0

    async def __call__(self, prompt: str, on_words: Callable[[str], None]) -> Answered:
        self.prompts.append(prompt)
        for number, word in enumerate(self.text.split(" ")):
            on_words(f" {word}" if number else word)
            self.said += 1
            await asyncio.sleep(0)
        return Answered(id=1, text=self.text, model="m", tokens=9, first_word_ms=1.0, latency_ms=2.0)


def advisor(model: Says, characters: int = 6_000) -> TextAdvisor:
    return TextAdvisor("melee", model, ("base", "melee"), characters)


async def test_an_answer_comes_with_its_sources() -> None:
    # GIVEN a model that says nothing strange
    model, words = Says("Shoot the turnips with lasers, and approach Peach from above."), list[str]()

    # WHEN it is asked
    answer = await advisor(model).answer(QUESTION, words.append)

    # THEN its words are the answer, and the guide about just this comes first and was read
    assert (answer.text, answer.quoted, answer.model, answer.adapter) == (model.text, False, "base", "melee")
    assert "".join(words) == model.text
    assert answer.sources[0].id == "falco-vs-peach"
    (prompt,) = model.prompts
    assert prompt.startswith(f"Q: {QUESTION}\nPassage: {answer.sources[0].title}. {answer.sources[0].text[:20]}")
    assert prompt.endswith("\nA: ")
    assert 0 < answer.first_word_ms <= answer.latency_ms


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Use the knee of Captain Falcon on her.", "Captain Falcon"),
        ("Rest her with Rest at once.", "Rest"),
        ("It hits on frame 97.", "97"),
    ],
)
async def test_a_name_from_nowhere_is_never_shown(said: str, name: str) -> None:
    # GIVEN a model that brings in a character, a move or a number that is in neither the question nor the passages
    before, after = "Shoot the turnips with lasers.", "Approach Peach from above."
    words = list[str]()

    # WHEN it is asked
    answer = await advisor(Says(f"{before} {said} {after}")).answer(QUESTION, words.append)

    # THEN the sentence is left out, the others are the answer, and what was shown on the way had nothing from nowhere
    assert answer.text == f"{before} {after}"
    assert "".join(words).startswith(before)
    assert name not in "".join(words).removeprefix(before)
    assert not answer.quoted
    # AND where nothing else was said, the guide itself is the answer
    answer = await advisor(Says(said)).answer(QUESTION)
    assert (answer.quoted, answer.text) == (True, answer.sources[0].text)


async def test_a_model_that_chats_is_asked_so() -> None:
    # GIVEN a model that chats WHEN asked THEN question, passages and how to answer are what it is told
    model = Says("Shoot the turnips with lasers.")
    talking = TextAdvisor("melee", model, ("base", ""), chats=True)
    answer = await talking.answer(QUESTION)
    assert answer.text == model.text
    assert f"\n\nGuide:\n{answer.sources[0].title}\n" in model.prompts[0]
    assert model.prompts[0].endswith(f"\nQuestion: {QUESTION}")

    # AND a question that follows it up is about the same match-up
    answer = await talking.answer("And which stages should I pick?")
    assert answer.sources[0].id == "falco-vs-peach"
    assert model.prompts[1].endswith(f"\nEarlier question: {QUESTION}\nQuestion: And which stages should I pick?")

    # AND one about others is not
    await talking.answer("And how do I win as Fox?")
    assert model.prompts[2].endswith("own.\nQuestion: And how do I win as Fox?")


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Why?", "falco-vs-peach"),
        ("why is that so bad", "falco-vs-peach"),
        ("Why does an L-cancel beat it?", "falco-vs-peach"),
        ("Why should I wait?", "falco-vs-peach"),
        ("Why do I miss L-cancels when I hit something?", "general-l-cancel"),
    ],
)
async def test_a_question_that_says_what_it_asks_about_follows_up_no_other(question: str, about: str) -> None:
    # GIVEN an answer about a match-up WHEN asked why THEN it is about that match-up, unless it says what it is about
    talking = TextAdvisor("melee", Says("Shoot the turnips."), ("base", ""), chats=True)
    await talking.answer(QUESTION)
    answer = await talking.answer(question)
    assert answer.sources[0].id == about


async def test_an_answer_that_the_passages_do_not_give_is_the_passage() -> None:
    # GIVEN a model that finds no answer in the passages WHEN asked THEN the passage is shown, and nothing before it
    words = list[str]()
    model = Says(f"{UNANSWERED} Ask about something else in them.")
    answer = await TextAdvisor("melee", model, ("base", ""), chats=True).answer(QUESTION, words.append)
    assert (answer.quoted, answer.text, words) == (True, answer.sources[0].text, [])

    # AND where the search is sure of the passage, it is asked for an answer that does not decline
    insisting = Says("Shoot the turnips with lasers.")
    talking = TextAdvisor("melee", model, ("base", ""), chats=True, insisting=insisting)
    answer = await talking.answer(QUESTION, words.append)
    assert (answer.quoted, answer.text, "".join(words)) == (False, insisting.text, insisting.text)
    assert insisting.prompts == model.prompts[-1:]

    # AND where it is not sure, the model is believed
    answer = await talking.answer("Which colour does Falco's laser have against turnips, and who painted it?")
    assert answer.quoted
    assert len(insisting.prompts) == 1


def test_an_adapter_is_asked_as_it_was_trained(tmp_path: Path) -> None:
    # GIVEN a base with a chat template, and one without
    base, plain, adapter = (tmp_path / name for name in ("base", "plain", "adapter"))
    for folder in (base, plain, adapter):
        folder.mkdir()
    (base / "chat_template.jinja").write_text("{{ messages }}")
    (plain / "tokenizer_config.json").write_text("{}")

    # WHEN there is no adapter, or one that does not say how it was trained THEN the base decides
    for beside in (None, adapter):
        assert _was_taught_to_chat(beside, base)
        assert not _was_taught_to_chat(beside, plain)

    # AND else the adapter does
    for chat in (False, True):
        (adapter / "args.json").write_text(json.dumps({"chat": chat}))
        assert _was_taught_to_chat(adapter, base) == chat


async def test_an_answer_of_hardly_a_word_is_a_quotation() -> None:
    # GIVEN a model that says nearly nothing WHEN it is asked THEN the guide is quoted
    answer = await advisor(Says("Lasers.")).answer(QUESTION)
    assert answer.quoted
    assert answer.text == answer.sources[0].text


@pytest.mark.parametrize("question", ["What is the capital of France?", "How do I win as Pikachu?", "asdf", ""])
async def test_what_the_guides_do_not_know_is_declined(question: str) -> None:
    # GIVEN a question off the topic WHEN asked THEN the model is not, and the answer says what can be asked
    model = Says("Paris is the capital of it.")
    answer = await advisor(model).answer(question)
    assert not model.prompts
    assert not answer.sources
    assert "Super Smash Bros. Melee" in answer.text
    assert "Jigglypuff" in answer.text


async def test_who_stops_waiting_stops_the_model() -> None:
    # GIVEN an answer on its way
    started = asyncio.Event()

    async def endless(prompt: str, on_words: Callable[[str], None]) -> Answered:
        started.set()
        await asyncio.Event().wait()
        raise AssertionError

    task = asyncio.ensure_future(TextAdvisor("melee", endless, ("base", "")).answer(QUESTION))
    await started.wait()

    # WHEN nobody wants it any more THEN it ends
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_as_many_passages_as_the_model_can_read() -> None:
    # GIVEN three passages of 100 characters WHEN there is room for so many THEN so many are given, but never none
    sections = tuple(Section(f"id{i}", "t" * 10, "s", "x" * 90, "f") for i in range(3))
    assert [len(fitting(sections, room)) for room in (0, 100, 199, 200, 1000)] == [1, 1, 1, 2, 3]


async def test_an_adapter_is_asked_on_its_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN an adapter that names its base by its folder
    base = build_text(tmp_path / "base")
    adapter = build_adapter(tmp_path / "melee-lora", base, 1)

    # WHEN opened in a real engine and asked THEN both are named, and what random weights say is replaced by the guide
    async with EngineClient() as client:
        opened = await open_text_advisor(client, "melee", str(adapter))
        answer = await opened.answer(QUESTION)
        # AND another adapter on the same base is opened without loading that again
        monkeypatch.setattr(client, "load", None)
        await open_text_advisor(client, "melee", str(build_adapter(tmp_path / "other-lora", base, 2)))
    assert (answer.model, answer.adapter) == ("base", "melee-lora")
    assert answer.sources == tuple(found.section for found in search.search("melee", QUESTION))


@pytest.mark.parametrize("chats", [True, False])
async def test_the_engine_is_told_whether_a_model_chats(
    chats: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a base with or without a chat template, and an engine that notes how it is asked
    base = build_text(tmp_path / "base")
    if chats:
        (base / "chat_template.jinja").write_text("{{ messages[0]['content'] }}")
    asked: list[object] = []

    async def noted(*given: object) -> Answered:
        asked.append(given[-1])
        return await Says("Shoot the turnips with lasers.")("", lambda _: None)

    adapter = build_adapter(tmp_path / "tips", base)
    client = EngineClient()
    monkeypatch.setattr(client, "has", lambda *_: True)
    monkeypatch.setattr(client, "ask_text", noted)

    # WHEN it is asked a game question
    await (await open_text_advisor(client, "melee", str(adapter))).answer(QUESTION)

    # THEN it is to answer by the template, or to go on with the prompt
    assert asked == [GREEDY if chats else None]


async def test_a_text_model_that_has_gone_is_loaded_for_the_next_question(tmp_path: Path) -> None:
    # GIVEN an adapter on its base, and a coach whose model answers texts, too
    base = build_text(tmp_path / "base")
    adapter = build_adapter(tmp_path / "tips", base, 1)
    first, second = (build_llava(tmp_path / name, seed, LlamaConfig) for seed, name in enumerate(("one", "two")))
    async with EngineClient() as client:
        opened = await open_text_advisor(client, "melee", str(adapter))
        expected = await opened.answer(QUESTION)
        await client.load(first)
        await client.load(first, role="text")
        assert (await client.ask_text("Q: Why?\nA: ", max_new_tokens=5)).text
        # WHEN another coach is chosen THEN the text model has gone with the first, which nobody keeps from being known
        await client.load(second)
        assert not client.has(first, "text")
        # WHEN a game question is asked THEN its own base is loaded again
        assert (await opened.answer(QUESTION)).text == expected.text
        assert client.has(base, "text")


def test_a_missing_adapter_says_how_to_get_one() -> None:
    # GIVEN no adapter of that name WHEN asked for THEN the remedy names the commands
    with pytest.raises(CoachError, match="There is no text adapter 'tekken'") as caught:
        resolve_adapter("tekken")
    assert "coach models add" in caught.value.remedy
    with pytest.raises(CoachError, match="is not a text adapter"):
        resolve_adapter("grid-coach")


@pytest.mark.parametrize(
    ("guide", "question", "told"),
    [
        (
            "# The cave\n\nThe lantern is behind the waterfall. You need two keys.",
            "How many keys do I need?",
            "two keys",
        ),
        ("# Farm\n\n## Fishing\n\nCarp come in spring. A rod costs 500 gold.", "What does a rod cost?", "500 gold"),
        ("DRIFT KINGS\n\n[01.00] BOOST\nHold the gas from the second light.", "when do i hold the gas", "second light"),
        ("# 塔\n\n## 鍵\n\n扉を開けるには鍵が三本いる。", "鍵は何本いる？", "三本"),
    ],
)
async def test_what_was_made_for_other_games_leaves_the_word_to_the_guide(
    coach_home: Path, guide: str, question: str, told: str
) -> None:
    # GIVEN a guide of the player's own, and an adapter that was made for another game
    folder = user_dir("mine")
    folder.mkdir(parents=True)
    (folder / "guide.md").write_text(guide, encoding="utf-8")
    # WHEN a question is asked THEN the whole passage is the answer, and no model is loaded for it
    client = SimpleNamespace(settled=unexpected, load=unexpected, ask_text=unexpected)
    opened = await open_text_advisor(cast(EngineClient, client), "mine", "melee")
    answer = await opened.answer(question)
    assert answer.quoted
    assert told in answer.text


async def unexpected(*_: object) -> None:
    raise AssertionError

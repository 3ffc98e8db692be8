"""The bundled adapter, through the engine and the guides, as `coach ask` uses it."""

from types import SimpleNamespace
from typing import cast

import pytest

from coach_app.advisor.text import open_text_advisor
from coach_app.host.client import EngineClient
from coach_app.knowledge import search
from coach_app.models.bases import base_of
from coach_app.models.catalogue import resolve

ASKED = {
    "How do I win as Fox": "fox-win",
    "How do I deal with Peach's turnips as Falco": "falco-vs-peach",
    "What are the best stages to pick as Marth against Ice Climbers": "marth-vs-ice-climbers",
}


@pytest.mark.usefixtures("smollm2")
async def test_players_are_answered_from_the_right_guide() -> None:
    # GIVEN the bundled adapter, and its base on this computer
    entry = resolve("melee")
    assert entry.bundled
    assert base_of(entry) == resolve("smollm2")
    guides = search.loaded("melee").by_id()

    # WHEN the original's three questions are asked, and one about something else
    async with EngineClient() as client:
        advisor = await open_text_advisor(client, "", "melee")
        answers = {question: await advisor.answer(question) for question in ASKED}
        declined = await advisor.answer("What is the capital of France?")

    # THEN each is answered from its guide, in other words or by the whole passage, and different from the others
    for question, section in ASKED.items():
        answer = answers[question]
        assert (answer.model, answer.adapter) == ("smollm2", "melee")
        assert answer.sources[0].id == section
        assert answer.quoted == (answer.text == guides[section].text)
    assert len({answer.text for answer in answers.values()}) == len(ASKED)
    assert not declined.sources
    assert "Melee" in declined.text


async def test_without_its_base_the_guide_is_quoted_and_it_is_said_what_is_missing() -> None:
    # GIVEN a set-up without network, so without the base
    assert not resolve("smollm2").is_here()

    async def settled() -> None:
        return None

    # WHEN a question is asked, of an engine that could load nothing
    client = SimpleNamespace(settled=settled, wanted=lambda role: None)
    advisor = await open_text_advisor(cast(EngineClient, client), "", "melee")
    answer = await advisor.answer("How do I win as Fox")

    # THEN the right passage is the answer, and a note says how to get what is missing
    assert advisor.only_quotes
    assert (answer.quoted, answer.text) == (True, search.loaded("melee").by_id()["fox-win"].text)
    assert "SmolLM2 135M is not on this computer yet" in advisor.note
    assert "coach models get smollm2" in advisor.note
    assert advisor.note.endswith("Until then, the guides are quoted.")

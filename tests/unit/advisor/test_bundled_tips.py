"""The bundled adapter, through the engine and the guides, as `coach ask` uses it."""

from coach_app.advisor.text import open_text_advisor
from coach_app.host.client import EngineClient
from coach_app.knowledge import search
from coach_app.knowledge.prompt import cited
from coach_app.models.bases import base_of
from coach_app.models.catalogue import resolve

ASKED = {
    "How do I win as Fox": "fox-win",
    "How do I deal with Peach's turnips as Falco": "falco-vs-peach",
    "What are the best stages to pick as Marth against Ice Climbers": "marth-vs-ice-climbers",
}


async def test_players_are_answered_in_the_words_of_the_right_guide() -> None:
    # GIVEN the bundled adapter on its base
    entry = resolve("melee")
    assert entry.bundled
    assert base_of(entry).name == "coach-text"
    guides = search.loaded("melee").by_id()

    # WHEN the original's three questions are asked, and one about something else
    async with EngineClient() as client:
        advisor = await open_text_advisor(client, "", "melee")
        answers = {question: await advisor.answer(question) for question in ASKED}
        declined = await advisor.answer("What is the capital of France?")

    # THEN each is answered from its guide, sentence by sentence or by the whole passage, and different from the others
    for question, section in ASKED.items():
        answer = answers[question]
        assert answer.sources[0].id == section
        assert answer.text == guides[section].text if answer.quoted else cited(answer.text, guides[section])[0] == "["
    assert len({answer.text for answer in answers.values()}) == len(ASKED)
    assert not declined.sources
    assert "Melee" in declined.text

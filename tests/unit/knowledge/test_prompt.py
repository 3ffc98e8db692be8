"""What a text model is asked, and how it cites."""

import pytest

from coach_app.knowledge.prompt import build_chat, build_prompt, cited, sentences, without_marks
from coach_app.knowledge.sections import Section

SECTION = Section(
    "fox-neutral", "Neutral", "Fox", "Stay close. Use lasers.\n\nThen grab! Is it on 3.5 frames? Yes.", "fox.md"
)
OTHER = Section("fox-win", "How to win", "Fox", "Win.", "fox.md")


def test_sentences_are_numbered_through_all_passages() -> None:
    # GIVEN two passages WHEN asked with them THEN every sentence has a number, and the question is on one line
    assert build_prompt("How do I\nwin?", [SECTION, OTHER]) == (
        "Q: How do I win?\n"
        "Passage: Neutral. [1] Stay close. [2] Use lasers. [3] Then grab! [4] Is it on 3.5 frames? [5] Yes. [6]\n"
        "Passage: How to win. [6] Win. [7]\nA: "
    )


def test_a_model_that_chats_reads_the_question_before_the_passages_and_after_them() -> None:
    # GIVEN a passage and an earlier question WHEN asked with them THEN both questions begin and end the prompt, each on
    # one line, with the passage between
    asked = "Earlier question: Who?\nQuestion: How do I win?"
    prompt = build_chat("How do I\nwin?", [OTHER], "Who?")
    assert prompt.startswith(f"{asked}\n\nGuide:\nHow to win\nWin.\n\nAnswer")
    assert prompt.endswith(f"\n{asked}")
    # AND without passages it is the question alone
    assert build_chat("Why?") == "Question: Why?"


def test_without_passages_it_is_the_original_prompt() -> None:
    # GIVEN no passages WHEN asked THEN it is as the published adapter was used
    assert build_prompt("How do I win as Fox") == "Q: How do I win as Fox\nA: "


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Use lasers. Then grab!", "[2] Use lasers. [3] Then grab!"),
        ("Yes. Stay close.", "[5] Yes. [1] Stay close."),
        ("Use lasers. And win.", "Use lasers. And win."),
        ("", ""),
    ],
)
def test_an_answer_of_sentences_cites_them(answer: str, expected: str) -> None:
    # GIVEN an answer WHEN it is cited THEN its sentences have their numbers; without them it is the answer again
    assert cited(answer, SECTION) == expected
    assert without_marks(expected) == answer


def test_sentences_of_a_text() -> None:
    # GIVEN a text with paragraphs and a number with a point WHEN cut THEN neither is a place to cut at
    assert sentences(SECTION.text) == ["Stay close.", "Use lasers.", "Then grab!", "Is it on 3.5 frames?", "Yes."]

"""What a text model is asked."""

from coach_app.knowledge.prompt import build_chat, build_prompt, sentences
from coach_app.knowledge.sections import Section

SECTION = Section(
    "fox-neutral", "Neutral", "Fox", "Stay close. Use lasers.\n\nThen grab! Is it on 3.5 frames? Yes.", "fox.md"
)
OTHER = Section("fox-win", "How to win", "Fox", "Win.", "fox.md")


def test_a_base_that_goes_on_with_a_text_reads_passages_after_the_question() -> None:
    # GIVEN two passages WHEN asked with them THEN question and passages are on one line each
    assert build_prompt("How do I\nwin?", [SECTION, OTHER]) == (
        "Q: How do I win?\n"
        "Passage: Neutral. Stay close. Use lasers. Then grab! Is it on 3.5 frames? Yes.\n"
        "Passage: How to win. Win.\nA: "
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


def test_sentences_of_a_text() -> None:
    # GIVEN a text with paragraphs and a number with a point WHEN cut THEN neither is a place to cut at
    assert sentences(SECTION.text) == ["Stay close.", "Use lasers.", "Then grab!", "Is it on 3.5 frames?", "Yes."]

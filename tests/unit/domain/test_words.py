"""Text of a model as the user sees it."""

import pytest

from coach_app.domain.words import printable, question_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Move up.\n\tThen left.", "Move up.\n\tThen left."),
        ("\x1b]0;title\x07\x1b[2Jgone\x9b31m", "]0;title[2Jgone31m"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("exe.\u202egnp", "exe.gnp"),
        ("上へ、フォックス 👩\u200d💻", "上へ、フォックス 👩\u200d💻"),
        ("\ud83d half", " half"),
    ],
)
def test_nothing_in_a_text_acts_on_what_shows_it(text: str, shown: str) -> None:
    # GIVEN a text of others WHEN it is made fit to be shown THEN only what can be seen is left
    assert printable(text) == shown


def test_a_text_that_is_too_long_is_cut() -> None:
    # GIVEN a text that would take long to lay out WHEN it is made fit to be shown THEN it is cut, and says so
    assert printable("a" * 1_000_000) == "a" * 99_999 + "…"
    assert printable("abcdef", 3) == "ab…"


def test_a_book_that_was_pasted_is_not_asked() -> None:
    # GIVEN a question, and one of 80,000 characters with a code in it WHEN they are asked THEN the long one is cut
    assert question_of("Where to?") == "Where to?"
    assert len(question_of("\x1b" + "why " * 20_000)) <= 2_000

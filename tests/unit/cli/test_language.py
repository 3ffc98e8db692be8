"""The language of the command line."""

import sys

import pytest

from coach_app.cli import language


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ([], "en"),
        (["--lang", "ja"], "ja"),
        (["--lang=ja", "ask", "en"], "ja"),
        (["ask", "How?", "--lang", "ja"], "ja"),
        (["ask", "ja"], "en"),
        (["--lang"], "en"),
        (["--lang", "fr"], "en"),
    ],
)
def test_it_is_what_is_asked_for_or_the_desktops(
    words: list[str], chosen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN an English desktop, and the words of a command line, of which there may be none
    monkeypatch.setattr(language, "system_language", lambda: "en")
    monkeypatch.setattr(sys, "argv", ["coach", *words])

    # WHEN its language is looked up THEN it is the one that is named, if it is one of the two
    assert language.language() == chosen

"""The language of the command line."""

import sys

import pytest

from coach_app.cli import app, language


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


@pytest.mark.parametrize(
    ("words", "summary"),
    [
        ([], "Show the coach beside a practice game; without a screen it plays by itself and saves pictures."),
        (["models"], "Save a model in 4 bits: it takes a third of the disk space, and loads faster."),
        (["train"], "Train a Q-network (DQN_LM) on a game: minutes on a CPU for the practice games."),
    ],
)
def test_commands_are_listed_with_the_whole_first_paragraph_of_their_help(
    words: list[str], summary: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # GIVEN a command with subcommands WHEN its help is shown in English
    monkeypatch.setattr(language, "system_language", lambda: "en")
    monkeypatch.setattr(sys, "argv", ["coach", *words, "--help"])
    with pytest.raises(SystemExit):
        language.run(app)

    # THEN what each subcommand does is not cut
    assert summary in " ".join(capsys.readouterr().out.split())

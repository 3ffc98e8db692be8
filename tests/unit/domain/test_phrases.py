"""Sentences with values in them are found by their shape, whoever put them together."""

from pathlib import Path

import pytest

from coach_app.domain.errors import CoachError
from coach_app.domain.phrases import Phrases, phrases, system_language

SOME = Phrases(
    {
        "There is no screen.": "画面がありません。",
        "Try again.": "もう一度試してください。",
        "The file {file} is damaged.": "ファイル {file} が壊れています。",
        "The file {file} of {title} is damaged.": "{title} のファイル {file} が壊れています。",
        "There is no {what}.": "{what}がありません。",
        "{message} It is being restarted.": "{message}再起動しています。",
        "There are no guides for “{game}”.{why}": "「{game}」のガイドがありません。{why}",
        "Get it with: {command}": "次で取得してください：{command}",
        "model": "モデル",
    }
)


@pytest.mark.parametrize(
    ("english", "japanese"),
    [
        ("There is no screen.", "画面がありません。"),
        # values come back where the translation wants them, and are translated where they are known
        ("The file /a/b. c.txt is damaged.", "ファイル /a/b. c.txt が壊れています。"),
        ("There is no model.", "モデルがありません。"),
        # of two shapes that fit, the one that says more
        ("The file a of B is damaged.", "B のファイル a が壊れています。"),
        # several sentences, joined by whoever joined them; a value does not swallow a known sentence
        ("The file a is damaged. Try again.", "ファイル a が壊れています。もう一度試してください。"),
        ("There is no screen. It is being restarted.", "画面がありません。再起動しています。"),
        ("The file a is damaged. Get it with: coach x", "ファイル a が壊れています。次で取得してください：coach x"),
        # an optional part that is empty, or another sentence
        ("There are no guides for “x”.", "「x」のガイドがありません。"),
        ("There are no guides for “x”. Try again.", "「x」のガイドがありません。もう一度試してください。"),
        # what is unknown stays, alone or among others
        ("What is this?", "What is this?"),
        ("What is this? Try again.", "What is this? もう一度試してください。"),
        ("", ""),
    ],
)
def test_sentences_are_translated_by_their_shape(english: str, japanese: str) -> None:
    # GIVEN a catalogue WHEN an English text is to be shown THEN it is said in Japanese
    assert SOME.translated(english) == japanese


def test_an_error_of_the_app_is_said_in_japanese_whole() -> None:
    # GIVEN an error as it is raised somewhere, far from any window
    error = CoachError(f"The model folder {Path('/models/x')} has no config.json.", "Install the coach again.")
    # WHEN it is shown to a Japanese player
    said = phrases("ja").translated(str(error))
    # THEN both sentences are Japanese, with the folder in place
    assert said == "モデルのフォルダー /models/x に config.json がありません。コーチを入れ直してください。"


def test_english_is_left_as_it_is() -> None:
    assert phrases("en").translated("There is no screen.") == "There is no screen."


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LANG": "ja_JP.UTF-8"}, "ja"),
        ({"LANG": "ja_JP.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "LC_MESSAGES": "ja_JP"}, "ja"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_the_desktops(
    variables: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a desktop's variables
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    # WHEN the coach starts THEN it speaks that language, or English
    assert system_language() == language

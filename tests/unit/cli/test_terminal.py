"""What others say is printed, and nothing in it is obeyed by the terminal."""

import json
import sys

import pytest

from coach_app.__main__ import main
from coach_app.cli.terminal import one_line, write
from coach_app.desktop.folders import config_dir

HOSTILE = ("\x1b]0;owned\x07text", "\x9b2Jtext", "te\x08xt\x1b[31m", "\u202etext\u2066", "te\ud800xt")


@pytest.mark.parametrize("text", HOSTILE)
def test_no_code_gets_to_the_terminal(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    # GIVEN a text that a terminal would obey WHEN it is printed THEN its letters are there, and no code
    write(text)
    shown = capsys.readouterr().out
    assert set("text") <= set(shown)
    assert shown.removesuffix("\n").isprintable()


@pytest.mark.parametrize("text", HOSTILE)
def test_json_is_the_same_and_no_code(text: str) -> None:
    # GIVEN a result with such a text, and Japanese WHEN it is JSON THEN it reads the same, and nothing is obeyed
    line = one_line({"advice": text + "上へ"})
    assert json.loads(line) == {"advice": text + "上へ"}
    assert line.isprintable()
    assert "上へ" in line


@pytest.mark.usefixtures("coach_home")
def test_titles_of_others_in_a_list_are_not_obeyed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN a name of a game that was typed by somebody else WHEN the coach says that there is none
    monkeypatch.setattr(sys, "argv", ["coach", "guides", "search", "fox", "--game", "\x1b[2Jdoom\x07"])
    with pytest.raises(SystemExit):
        main()
    # THEN nothing of it is obeyed
    told = capsys.readouterr()
    assert "doom" in told.err + told.out
    assert "\x1b" not in told.err + told.out
    assert not config_dir().exists()

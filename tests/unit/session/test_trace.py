"""The record of what happened."""

from pathlib import Path

import pytest

from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.evaluation.json_lines import JsonLines
from coach_app.session.events import AnswerFinished, Notice, NoticeAbout
from coach_app.session.trace import Trace


def test_what_is_written_is_read_while_the_writing_goes_on(tmp_path: Path) -> None:
    # GIVEN a reader of a file that does not exist yet
    path = tmp_path / "trace.jsonl"
    reader = JsonLines(path)
    assert reader.new_lines() == []
    # WHEN events are written, and half a line more
    trace = Trace(path)
    trace.event(AnswerFinished(1, Advice("Go left.", "left", "fake", 1.5, 2.0, 1.0, 2, text_ja="左へ。")))
    trace.event(Notice(NoticeAbout.SOURCE, "Gone."))
    trace.close()
    with path.open("a") as file:
        file.write('{"at": 1, ')
    # THEN the whole lines are read, once
    first, second = reader.new_lines()
    assert first["event"] == "AnswerFinished"
    assert first["advice"]["text_ja"] == "左へ。"
    assert (second["event"], second["about"]) == ("Notice", "source")
    assert reader.new_lines() == []
    # AND the half line is read when it is whole
    with path.open("a") as file:
        file.write('"event": "x"}\n')
    assert reader.new_lines() == [{"at": 1, "event": "x"}]


def test_a_file_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    # GIVEN a folder in the place of the file WHEN a trace is begun THEN the user reads why not
    with pytest.raises(CoachError, match="trace could not be written"):
        Trace(tmp_path)

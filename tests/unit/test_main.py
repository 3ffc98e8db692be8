import io
import json
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
import typer

import coach_app.cli
from coach_app.__main__ import main
from coach_app.cli.terminal import one_line
from coach_app.desktop import output
from coach_app.desktop.output import accept_any_text
from coach_app.domain.errors import CoachError

commands = typer.Typer()


@commands.command()
def done() -> None:
    typer.echo("said")


@commands.command()
def impossible() -> None:
    raise CoachError("The picture is empty.", "Choose another one.")


@commands.command()
def broken() -> None:
    raise ZeroDivisionError


@commands.command()
def interrupted() -> None:
    raise KeyboardInterrupt


@pytest.fixture(autouse=True)
def _root_log() -> Iterator[None]:
    """Gives the root logger back as it was: main() writes a log file."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def coach(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr(coach_app.cli, "app", commands)
    monkeypatch.setattr(sys, "argv", ["coach", *words])
    with pytest.raises(SystemExit) as end:
        main()
    assert isinstance(end.value.code, int)
    return end.value.code


def test_a_command_that_works_ends_with_0(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    # GIVEN a command WHEN it works THEN its output is all there is
    assert coach(monkeypatch, "done") == 0
    assert capsys.readouterr() == ("said\n", "")


def test_what_the_user_can_be_told_is_one_sentence_and_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # GIVEN a command WHEN it cannot do its work THEN message and remedy are one line, on standard error
    assert coach(monkeypatch, "impossible") == 1
    assert capsys.readouterr() == ("", "The picture is empty. Choose another one.\n")


def test_an_unexpected_error_is_one_sentence_and_a_traceback_in_the_log(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    coach_home: Path,
    expect_warning: Callable[[str], None],
) -> None:
    # GIVEN a command with a fault WHEN it runs
    expect_warning("unexpected error")
    assert coach(monkeypatch, "broken") == 1

    # THEN the user reads where the details are, and they are there
    log = coach_home / "log" / "coach.log"
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert str(log) in said
    assert "Traceback" not in said
    assert "Traceback" in log.read_text()
    assert "ZeroDivisionError" in log.read_text()


def test_an_unexpected_error_without_a_log_folder_is_still_one_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    coach_home: Path,
    expect_warning: Callable[[str], None],
) -> None:
    # GIVEN a user folder that is a file WHEN a command fails THEN the sentence says that there is no log
    coach_home.write_text("in the way")
    expect_warning("unexpected error")
    assert coach(monkeypatch, "broken") == 1
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "cannot be written" in said


def test_ctrl_c_ends_with_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    # GIVEN a running command WHEN it is interrupted THEN it ends quietly
    assert coach(monkeypatch, "interrupted") == 130
    assert "Traceback" not in capsys.readouterr().err


def test_wrong_usage_ends_with_2(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    # GIVEN a command line WHEN it names an unknown command THEN the usage is shown
    assert coach(monkeypatch, "unheard-of") == 2
    assert "unheard-of" in capsys.readouterr().err


def test_the_bundle_starts_its_engine_with_a_flag(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN the frozen app, which has no other executable than itself
    started: list[list[str]] = []
    engine = ModuleType("coach_app.engine.__main__")
    engine.main = lambda: started.append(sys.argv)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "coach_app.engine.__main__", engine)
    monkeypatch.setattr(sys, "argv", ["coach", "--engine", "--parent", "1"])

    # WHEN it is started with the flag
    main()

    # THEN the engine runs, with the rest of the arguments
    assert started == [["coach", "--parent", "1"]]


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp437", "ascii"])
def test_a_pipe_in_an_old_code_page_takes_any_text(encoding: str, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a pipe in a code page without Japanese, as programs on Western Windows open it
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    raw = io.BytesIO()
    pipe = io.TextIOWrapper(raw, encoding=encoding)
    # WHEN the coach writes to it THEN its reader gets UTF-8
    accept_any_text(pipe, None)
    pipe.write("右へ 🐈 \ud800")
    pipe.flush()
    assert raw.getvalue() == "右へ 🐈 ?".encode()
    # GIVEN that the user named the encoding WHEN the coach writes THEN what it lacks is replaced
    monkeypatch.setenv("PYTHONIOENCODING", encoding)
    raw = io.BytesIO()
    pipe = io.TextIOWrapper(raw, encoding=encoding)
    accept_any_text(pipe)
    pipe.write("go 右")
    pipe.flush()
    assert raw.getvalue() == b"go ?"


def test_results_in_an_old_code_page_lose_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN an output without Japanese WHEN a result is written as JSON THEN all of it is there
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(io.BytesIO(), encoding="cp1252"))
    line = one_line({"text": "右へ"})
    assert line.isascii()
    assert json.loads(line) == {"text": "右へ"}


def test_ctrl_c_is_answered_from_the_first_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a program that is only being started
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(output, "start_log", interrupted)
    # WHEN Ctrl+C is pressed before there is a log THEN it ends with the code for that
    assert coach(monkeypatch, "done") == 130
    # THEN nothing else is imported before it can be answered
    said = "import sys; before = {*sys.modules}; import coach_app.__main__; print(sorted({*sys.modules} - before))"
    shown = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout
    assert shown.strip() == "['coach_app', 'coach_app.__main__']"

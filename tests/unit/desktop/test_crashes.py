"""What is remembered of ends that nobody wanted."""

from pathlib import Path

import pytest

from coach_app.desktop import crashes
from coach_app.desktop.crashes import remembered
from coach_app.domain.errors import CoachError


class Crash(Exception):
    """What the app does not expect."""


def crash(file: Path) -> int:
    """Run an app that crashes; how often it was told it had before."""
    try:
        with remembered(file) as before:
            raise Crash
    except Crash:
        return before


def test_crashes_in_a_row_are_counted_until_an_orderly_end(tmp_path: Path) -> None:
    # GIVEN an app that crashes again and again WHEN it starts THEN it is told how often
    file = tmp_path / "data" / "running.json"
    assert [crash(file) for _ in range(3)] == [0, 1, 2]
    # WHEN it ends in order THEN the next start is told of none
    with remembered(file) as before:
        assert before == 3
    assert not file.exists()
    assert crash(file) == 0


@pytest.mark.parametrize("end", [KeyboardInterrupt, SystemExit, CoachError("No screen.")])
def test_what_the_user_wanted_or_was_told_is_no_crash(tmp_path: Path, end: BaseException) -> None:
    # GIVEN an app WHEN it ends so THEN the next start is told of no crash
    file = tmp_path / "running.json"
    with pytest.raises(type(end) if isinstance(end, BaseException) else end), remembered(file):
        raise end
    assert crash(file) == 0


def test_what_ended_with_the_session_is_no_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN an app that twice did not end before its session did WHEN it is started in another one THEN that is none
    file = tmp_path / "running.json"
    crash(file)
    crash(file)
    monkeypatch.setattr(crashes, "_session", lambda: "another one")
    assert crash(file) == 0


@pytest.mark.parametrize(
    "content", ["", "[]", '{"crashes": "x"}', "[" * 90_000, '{"session": 1, "crashes": 1e999}', "\0"]
)
def test_a_damaged_file_is_no_crash(tmp_path: Path, content: str) -> None:
    # GIVEN a file that is none of ours WHEN the app starts THEN it does, and counts anew
    file = tmp_path / "running.json"
    file.write_text(content, "utf-8")
    assert [crash(file), crash(file)] == [0, 1]


def test_a_folder_that_cannot_be_written_keeps_nobody_from_starting(tmp_path: Path) -> None:
    # GIVEN a folder that cannot be made WHEN the app starts THEN it does
    (tmp_path / "data").write_text("a file", "utf-8")
    assert [crash(tmp_path / "data" / "running.json") for _ in range(2)] == [0, 0]

"""A second start finds the first one; what was killed is taken over."""

import os
import subprocess
import sys
from pathlib import Path
from queue import SimpleQueue

import pytest

from coach_app.desktop.one_instance import InstanceListener, single_instance, told_running_instance
from coach_app.domain.errors import CoachError

_FIRST = """
import sys, time
from coach_app.desktop.one_instance import single_instance
listener = single_instance(b"", lambda message: print(message.decode(), flush=True))
print("open" if listener else "another", flush=True)
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("COACH_HOME", str(tmp_path / "home"))
    return runtime


def nothing(message: bytes) -> None:
    raise AssertionError(message)


@pytest.mark.parametrize("message", [b"--game grid", "「右」".encode() * 1000])
def test_a_second_start_is_handed_on_and_a_third_after_the_end_is_the_first(message: bytes, folders: Path) -> None:
    # GIVEN a coach
    heard: SimpleQueue[bytes] = SimpleQueue()
    listener = single_instance(b"", heard.put)
    assert listener
    # WHEN others are started THEN the first one hears what they were to do
    for _ in range(3):
        assert single_instance(message, nothing) is None
        assert heard.get(timeout=5) == message
    # WHEN the first one has ended THEN the next one is the only one, and nothing is left behind by either
    listener.close()
    listener.close()
    listener = single_instance(message, nothing)
    assert listener
    listener.close()
    assert not list(folders.rglob("*.sock"))


def test_what_was_killed_is_taken_over(tmp_path: Path) -> None:
    # GIVEN a coach in a process of its own, which hears another start
    first = subprocess.Popen([sys.executable, "-c", _FIRST], stdout=subprocess.PIPE, text=True, env=dict(os.environ))
    assert first.stdout
    assert first.stdout.readline() == "open\n"
    assert single_instance(b"hello", nothing) is None
    assert first.stdout.readline() == "hello\n"
    # WHEN it is killed THEN the next start takes its place
    first.kill()
    first.wait()
    first.stdout.close()
    listener = single_instance(b"hello", nothing)
    assert isinstance(listener, InstanceListener)
    listener.close()


@pytest.mark.parametrize(
    ("name", "value"), [("DISPLAY", ":8"), ("WAYLAND_DISPLAY", "wayland-0"), ("COACH_HOME", "elsewhere")]
)
def test_another_screen_or_another_home_has_a_coach_of_its_own(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # GIVEN a coach WHEN one is started on another screen, or with other folders THEN it runs beside the first
    first = single_instance(b"", nothing)
    monkeypatch.setenv(name, str(tmp_path / value) if name == "COACH_HOME" else value)
    second = single_instance(b"", nothing)
    assert first
    assert second
    first.close()
    second.close()


def test_a_coach_that_does_not_answer_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    # GIVEN a coach that holds its place, and hears nothing
    monkeypatch.setattr("coach_app.desktop.one_instance._ANSWER_S", 0.2)
    monkeypatch.setattr("coach_app.desktop.one_instance._send", lambda address, message: False)
    listener = single_instance(b"", nothing)
    assert listener
    # WHEN another is started THEN it says so, and does not run beside it
    with pytest.raises(CoachError, match="does not answer"):
        single_instance(b"", nothing)
    monkeypatch.undo()
    listener.close()


def test_a_folder_that_others_can_write_to_is_not_used(folders: Path, tmp_path: Path) -> None:
    # GIVEN a runtime folder that everybody may use
    (folders / "coach").mkdir()
    (folders / "coach").chmod(0o777)
    # WHEN a coach is started THEN its socket is among its own data
    listener = single_instance(b"", nothing)
    assert listener
    assert (tmp_path / "home" / "data" / "coach.sock").exists()
    listener.close()


def test_a_message_reaches_only_a_coach_that_runs(folders: Path) -> None:
    # GIVEN no coach THEN nobody is told, and none is started
    assert not told_running_instance(b"do it")
    # WHEN one runs THEN it hears the message
    heard: SimpleQueue[bytes] = SimpleQueue()
    listener = single_instance(b"", heard.put)
    assert listener
    assert told_running_instance(b"do it")
    assert heard.get(timeout=5) == b"do it"
    listener.close()

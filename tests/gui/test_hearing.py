"""A question that is asked aloud: the held key on the X server, PipeWire's microphone, and the coach's own model."""

import contextlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach_app.desktop.processes import running
from coach_app.hearing.transcriber import Sound
from coach_app.hearing.whisper import WhisperTranscriber
from coach_app.ui.hotkeys import Hotkeys
from coach_app.ui.microphone import Microphone
from tests.fakes.bus import session_bus
from tests.gui.qt import application, qt_wait
from tests.waiting import wait_until

ROOM = (
    "load-module module-null-sink sink_name=air",
    "load-module module-remap-source master=air.monitor source_name=microphone",
    "set-default-source microphone",
)
"""A microphone that hears what is played into the air."""


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A sound system of the test's own."""
    for name in ("HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path))
    # Not to the pulse of a desktop: PortAudio's ALSA goes to this PipeWire.
    (tmp_path / ".asoundrc").write_text("pcm.!default pipewire\nctl.!default pipewire\n", encoding="utf-8")
    with contextlib.ExitStack() as stack:
        env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
        env["DBUS_SESSION_BUS_ADDRESS"] = stack.enter_context(session_bus(tmp_path))
        stack.enter_context(running(["pipewire"], env))
        wait_until((tmp_path / "pipewire-0").is_socket, what="PipeWire")
        stack.enter_context(running(["wireplumber"], env))
        stack.enter_context(running(["pipewire-pulse"], env))
        wait_until((tmp_path / "pulse" / "native").is_socket, what="PipeWire's PulseAudio")
        for command in ROOM:
            subprocess.run(["pactl", *command.split()], check=True, stdout=subprocess.DEVNULL)
        yield


def test_a_question_is_heard_while_its_key_is_held(room: None, tmp_path: Path) -> None:
    # GIVEN a key for the microphone
    application()
    hotkeys, microphone, heard = Hotkeys(), Microphone(), list[Sound]()
    hotkeys.pressed.connect(lambda _: microphone.open())
    hotkeys.released.connect(lambda _: heard.append(microphone.close()))
    assert hotkeys.set_bindings({"talk": "Ctrl+Alt+M"}) == []
    question = tmp_path / "question.wav"
    subprocess.run(["espeak-ng", "-s", "140", "-w", question, "Where is the ball going?"], check=True)
    files = set(tmp_path.rglob("*"))
    try:
        # WHEN it is held while somebody speaks
        subprocess.run(["xdotool", "keydown", "ctrl", "keydown", "alt", "keydown", "m"], check=True)
        qt_wait(lambda: microphone.is_open, "the microphone")
        voice = subprocess.Popen(["paplay", "--device=air", question])
        qt_wait(lambda: voice.poll() is not None, "the end of the question", deadline_s=30)
    finally:
        subprocess.run(["xdotool", "keyup", "m", "keyup", "alt", "keyup", "ctrl"], check=True)
    try:
        # THEN the microphone closes with the key, and the question is understood
        qt_wait(lambda: bool(heard), "the release")
        assert not microphone.is_open
        text = WhisperTranscriber().transcribe(heard[0], "en", "Is it better to move the bar, or to wait for the ball?")
        assert text == "Where is the ball going?"
        # THEN nothing of it was written to the disk
        assert {path for path in set(tmp_path.rglob("*")) - files if path.suffix in {".wav", ".raw", ".pcm"}} == set()
    finally:
        hotkeys.close()
        microphone.close()

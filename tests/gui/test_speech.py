"""The coach's voice with the system's real speech service and espeak-ng, whose sound goes into a file."""

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from coach_app.domain.errors import CoachError
from coach_app.ui.voice import Voice
from tests.gui.qt import application, qt_wait

SERVICE = """
LogLevel 0
LogDir "{folder}"
AudioOutputMethod "alsa"
AudioALSADevice "heard"
AddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"
DefaultModule espeak-ng
"""
SOUND = 'pcm.heard {{ type file slave.pcm null file "{folder}/heard" }}'


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The file with everything that the speech service has said."""
    (tmp_path / "modules").mkdir()
    for name, text in (("speechd.conf", SERVICE), (".asoundrc", SOUND), ("modules/espeak-ng.conf", "")):
        (tmp_path / name).write_text(text.format(folder=tmp_path), encoding="utf-8")
    socket = tmp_path / "speechd.sock"
    service = subprocess.Popen(
        ["speech-dispatcher", "--run-single", "-C", tmp_path, "-S", socket, "-P", tmp_path / "pid"],
        env=os.environ | {"HOME": str(tmp_path)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{socket}")
    try:
        qt_wait(socket.exists, "the speech service")
        yield tmp_path / "heard"
    finally:
        service.terminate()
        service.wait(10)


def test_the_systems_voices_speak_english_and_japanese(heard: Path) -> None:
    application()
    voice = Voice()
    try:
        # GIVEN a system with voices of many languages WHEN advice is spoken THEN it is heard
        voice.say("Move the cat up.", "en")
        qt_wait(lambda: heard.exists() and heard.stat().st_size > 10_000, "English")
        # WHEN Japanese is spoken THEN it is heard, too
        english = heard.stat().st_size
        voice.say("ねこを うえへ。", "ja")
        qt_wait(lambda: heard.stat().st_size > english + 10_000, "Japanese")
    finally:
        voice.close()
        voice.deleteLater()


def test_a_speech_service_that_does_not_run_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    # GIVEN a system whose speech service cannot be reached WHEN something is spoken THEN a sentence says what helps
    application()
    monkeypatch.setenv("SPEECHD_ADDRESS", f"unix_socket:{tmp_path}/nowhere")
    voice = Voice()
    with pytest.raises(CoachError, match="install speech-dispatcher"):
        voice.say("up", "en")
    voice.deleteLater()

"""Ctrl+C, or the end of the session, while a model is being loaded: the command ends at once and quietly, and its
engine with it."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from PIL import Image

from coach_app.__main__ import INTERRUPTED
from coach_app.domain.resources import resources_dir
from tests.waiting import wait_until

PROGRAM = """
import sys
from coach_app.host import client
from coach_app.__main__ import main

folder = sys.argv.pop(1)
client.engine_command = lambda: [sys.executable, "-m", "tests.fakes.engine", folder]
main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl+C is no signal there")
@pytest.mark.parametrize(
    ("command", "number", "of_group"),
    [
        (["advise", "{picture}", "--game", "grid"], signal.SIGINT, True),
        (["advise", "{picture}", "--game", "grid", "--lang", "ja", "--json"], signal.SIGINT, False),
        (["play", "grid-levels", "--agent", "coach", "--episodes", "1"], signal.SIGINT, True),
        (["play", "grid-levels", "--agent", "coach", "--episodes", "1"], signal.SIGTERM, False),
    ],
    ids=["advice, by the terminal", "Japanese advice, by its id alone", "a play, by the terminal", "a play, ended"],
)
def test_ctrl_c_while_a_model_is_being_loaded(
    command: list[str], number: signal.Signals, of_group: bool, tmp_path: Path, coach_home: Path
) -> None:
    # GIVEN a command whose model loads without end
    picture = tmp_path / "picture.png"
    Image.new("RGB", (200, 150), "green").save(picture)
    shutil.copytree(resources_dir() / "models" / "grid-coach", tmp_path / "stuck")
    words = [word.format(picture=picture) for word in (*command, "--model", str(tmp_path / "stuck"))]
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(tmp_path), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a group of its own, as a shell gives it
    ) as process:
        try:
            log = tmp_path / "log"
            wait_until(lambda: log.is_file() and "load vision stuck" in log.read_text(), 60, "the model to be loaded")
            engines = psutil.Process(process.pid).children(recursive=True)
            assert engines
            # WHEN it is stopped
            (os.killpg if of_group else os.kill)(process.pid, number)
            out, told = process.communicate(timeout=30)
        finally:
            process.kill()
    # THEN it ends with the code for that, says nothing, and no engine is left
    assert process.returncode == INTERRUPTED
    assert (out, told) == ("", "")
    assert not [engine for engine in engines if engine.is_running() and engine.status() != psutil.STATUS_ZOMBIE]

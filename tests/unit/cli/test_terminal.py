"""What others say is printed, and nothing in it is obeyed by the terminal."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

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


LOADS = """
import sys
from pathlib import Path
from coach_app.capture.picture import load_picture
from coach_app.cli.terminal import keep_libraries_quiet, write
from coach_app.domain.errors import CoachError
keep_libraries_quiet(Path(sys.argv[1]))
try:
    write(load_picture(Path(sys.argv[2])).size)
except CoachError as error:
    write(error, aside=True)
"""


@pytest.mark.parametrize("compression", ["group4", "tiff_lzw", "tiff_adobe_deflate"])
def test_what_libraries_print_goes_to_the_log(tmp_path: Path, compression: str) -> None:
    # GIVEN a picture about which libtiff has something to say
    picture, log = tmp_path / "odd.tif", tmp_path / "coach.log"
    chance = random.Random(4)
    image = Image.frombytes("RGB", (64, 64), chance.randbytes(64 * 64 * 3))
    (image.convert("1") if compression == "group4" else image).save(picture, compression=compression)
    data = bytearray(picture.read_bytes())
    for at in range(200, 400, 7):
        data[at] ^= 0x7F
    picture.write_bytes(bytes(data))
    # WHEN a command reads it
    command = [sys.executable, "-c", LOADS, str(log), str(picture)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=True)
    # THEN the user reads the coach's words only, and the log has the others
    said = [line for line in (done.stdout + done.stderr).splitlines() if line]
    assert len(said) == 1
    assert said[0] == "(64, 64)" or "is broken" in said[0]
    assert log.read_text("utf-8", "replace").strip()

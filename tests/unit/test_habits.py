"""What tests/conftest.py holds against a test: each habit, broken on purpose in a run of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]

BAD_AND_GOOD = """
import logging, os, socket, subprocess, threading, time

def test_good_warning(expect_warning):
    expect_warning("disk is .*full")
    logging.getLogger("app").warning("disk is %s", "nearly full")

def test_good_loopback():
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()):
        pass

def test_good_home(coach_home, tmp_path):
    assert os.environ["COACH_HOME"] == str(coach_home)
    assert coach_home.is_relative_to(tmp_path)

def test_good_environment(tmp_path):
    assert not {"CI", "LANG", "http_proxy", "OMP_NUM_THREADS", "HF_TOKEN", "PYTHONWARNINGS"} & os.environ.keys()
    assert time.localtime().tm_gmtoff == 0
    assert str(tmp_path.home()) != "/nowhere"

def test_good_warning_of_transformers(expect_warning):
    expect_warning("is no longer")
    from transformers.utils import logging
    logging.get_logger("transformers.models").warning("This is no longer supported.")

def test_good_thread():
    threading.Timer(0.2, lambda: None).start()

def test_bad_warning():
    logging.getLogger("app").warning("disk is full")

def test_bad_expectation(expect_warning):
    expect_warning("never comes")

def test_bad_qt_warning():
    from PySide6.QtCore import QObject
    QObject.connect(QObject(), "no such signal", lambda: None)

def test_bad_python_warning():
    import warnings
    warnings.warn("old")

def test_bad_thread(request):
    stop = threading.Event()
    threading.Thread(target=stop.wait, args=(20,), daemon=True).start()

def test_bad_process():
    global process
    process = subprocess.Popen(["sleep", "20"])

def test_bad_network():
    try:
        socket.create_connection(("192.0.2.1", 80))
    except OSError:
        pass

def test_bad_lookup():
    try:
        socket.getaddrinfo("example.org", 80)
    except OSError:
        pass
"""


ODD = {
    "CI": "true",
    "HOME": "/nowhere",
    "HF_TOKEN": "secret",
    "LANG": "ja_JP.UTF-8",
    "OMP_NUM_THREADS": "3",
    "PYTHONWARNINGS": "ignore",
    "TZ": "Asia/Tokyo",
    "http_proxy": "http://127.0.0.1:9",
}


def run_pytest(folder: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "pytest", "-rA", "-W", "error", "-p", "no:cacheprovider", "-p", "no:asyncio"]
    return subprocess.run(
        [*command, "--rootdir", ".", "."], cwd=folder, env=os.environ | ODD, capture_output=True, text=True, check=False
    )


def test_every_bad_habit_fails_its_test_and_no_good_one(tmp_path: Path) -> None:
    # GIVEN tests that keep the habits, and tests that break one each, with a shorter grace for what is left over
    conftest = (TESTS / "conftest.py").read_text()
    (tmp_path / "conftest.py").write_text(conftest.replace("LEFTOVER_GRACE_S = 3.0", "LEFTOVER_GRACE_S = 0.6"))
    (tmp_path / "test_it.py").write_text("from PySide6 import QtCore\n" + BAD_AND_GOOD)

    # WHEN they run
    run = run_pytest(tmp_path)

    # THEN just the bad ones have an error or a failure
    reported = [line.split("::") for line in run.stdout.splitlines() if line.startswith(("ERROR ", "FAILED "))]
    complained = {words[1].split()[0] for words in reported}
    bad = {word.split("(")[0] for word in BAD_AND_GOOD.split() if word.startswith("test_bad")}
    assert complained == bad, run.stdout + run.stderr


def test_offscreen_and_real_windows_are_not_mixed(tmp_path: Path) -> None:
    # GIVEN both kinds of tests WHEN one run is to hold both THEN it says how to run them
    (tmp_path / "conftest.py").write_text((TESTS / "conftest.py").read_text())
    for folder in ("unit", "gui"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"test_{folder}.py").write_text("def test_it(): pass\n")
    run = run_pytest(tmp_path)
    assert run.returncode == pytest.ExitCode.USAGE_ERROR
    assert "Run tests/unit and tests/gui apart" in run.stderr + run.stdout

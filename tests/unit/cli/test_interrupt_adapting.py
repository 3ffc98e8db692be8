"""An adaptation that is stopped, by Ctrl+C or by the system: it says what is kept, and the same command goes on."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from coach_app.__main__ import INTERRUPTED
from coach_app.games.catalogue import games
from coach_app.learning.collecting import collect
from coach_app.learning.experience import Store
from coach_app.learning.exploring import Explorer
from coach_app.learning.questions import make_questions, write
from coach_app.training.experience.arguments import unfinished

GAME = games()["grid-levels"]


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_adaptation_is_stopped_in_order(number: signal.Signals, tmp_path: Path, coach_home: Path) -> None:
    # GIVEN an adaptation that would take long, after its first step
    store = Store(tmp_path / "experience", limit_mb=10)
    collect(GAME, "explore", range(500_000, 500_006), None, 6, Explorer(GAME), store)
    write(list(make_questions(GAME, store, 20, kinds=("next",))), store.folder)
    words = ["learn", GAME.id, "adapt", "--base", "grid-coach", "--method", "plain", "--measured", "1"]
    words += ["--epochs", "10000", "--folder", str(store.folder), "--out", str(tmp_path / "out")]
    with subprocess.Popen(
        [sys.executable, "-m", "coach_app", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stderr
            for line in process.stderr:
                if line.startswith("step 1/"):
                    break
            # WHEN it is stopped
            process.send_signal(number)
            out, told = process.communicate(timeout=60)
        finally:
            process.kill()
    # THEN it ends with the code for that, and one sentence says what is kept: nothing so soon
    assert process.returncode == INTERRUPTED
    assert out == ""
    assert told.splitlines()[-1] == "Stopped. Nothing has been learned yet."
    assert not unfinished(tmp_path / "out").exists()
    assert not (tmp_path / "out" / "metrics.json").exists()

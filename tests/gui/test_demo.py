"""The demo as ``make run`` starts it on a machine without a screen; it brings its own virtual one."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from PIL import Image

from coach_app.desktop.processes import coach_command
from coach_app.evaluation.demo import run as demo
from coach_app.settings.schema import Settings
from tests.waiting import wait_until


def test_the_demo_plays_by_itself_and_leaves_pictures_and_advice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # GIVEN the app with a scripted engine, whose advice is always "up"
    (tmp_path / "pictures").mkdir()
    (tmp_path / "scripted").mkdir()

    def command(*arguments: str) -> list[str]:
        if arguments[0] == "practice":
            return coach_command(*arguments)
        return [sys.executable, "-m", "tests.fakes.app", str(tmp_path / "pictures"), *arguments]

    monkeypatch.setattr(demo, "coach_command", command)
    said: list[str] = []
    out = tmp_path / "demo"
    # WHEN the demo runs for a few seconds
    model = str(tmp_path / "scripted")
    demo.run_demo(demo.DemoPlan(seed=500001, seconds=8, out=out, model=model, virtual=True), Settings(), said.append)
    # THEN it said the advice and where the pictures are
    assert any("Move the cat up." in line for line in said)
    assert any("demo.gif" in line for line in said)
    # AND every piece of advice is noted with what would have been right
    lines = [json.loads(line) for line in (out / "advice.jsonl").read_text().splitlines()]
    assert len(lines) >= 2
    for line in lines:
        assert line["move"] == "up"
        assert line["captured_at"] < line["shown_at"]
        assert set(line["optimal_moves"]) <= {"left", "down", "right", "up"}
        assert line["optimal_moves"]
    # AND the pictures show the bright game and the dark overlay side by side
    assert (out / "demo.gif").stat().st_size < 5_000_000
    with Image.open(out / "demo.gif") as film:
        assert film.n_frames > 5  # type: ignore[attr-defined]
    with Image.open(out / "demo.png") as still:
        width, height = still.size
        assert 800 < width <= 1040
        game, overlay = still.crop((0, 0, 520, height)), still.crop((width - 300, 60, width - 60, 100))
    assert game.convert("L").resize((1, 1)).getpixel((0, 0)) > 80  # type: ignore[operator]
    assert overlay.convert("L").resize((1, 1)).getpixel((0, 0)) < 100  # type: ignore[operator]


def test_the_bundled_coach_leads_the_cat_to_the_crate_in_both_languages(tmp_path: Path) -> None:
    # GIVEN the app as it is shipped, its own coach and its own translator
    out = tmp_path / "demo"
    # WHEN the demo runs
    demo.run_demo(
        demo.DemoPlan(seed=550_000, seconds=25, out=out, language="ja", virtual=True), Settings(), lambda line: None
    )
    # THEN the advice is nearly always a best move, although the model has seen nothing but the captured window
    lines = [json.loads(line) for line in (out / "advice.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(lines) >= 3
    right = [line["move"] in line["optimal_moves"] for line in lines]
    assert sum(right) >= len(right) - 1, lines
    # AND each has been said in Japanese too
    assert all(line["advice_ja"].endswith("。") for line in lines)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_demo_leaves_nothing_running(tmp_path: Path, number: signal.Signals) -> None:
    # GIVEN a demo whose game and coach are on the screen
    log = (tmp_path / "log").open("wb")
    command = coach_command("demo", "--virtual", "--out", str(tmp_path / "out"), "--model", str(tmp_path))

    def heed_signals() -> None:  # tests that run in the background of a shell would hand down that SIGINT is ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    with (
        log,
        subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True, preexec_fn=heed_signals) as process,
    ):
        running = psutil.Process(process.pid)

        def started() -> list[psutil.Process] | None:
            children = running.children(recursive=True)
            try:
                words = " ".join(word for child in children for word in child.cmdline())
            except psutil.Error:  # one of them has just ended
                return None
            return children if "practice" in words and "coach_app.engine" in words else None

        children = wait_until(started, 30, "the practice game and the engine of the demo")
        assert children
        # WHEN it is interrupted
        process.send_signal(number)
        process.wait(30)
    # THEN everything that it had started has ended
    _, alive = psutil.wait_procs(children, 5)
    assert alive == []

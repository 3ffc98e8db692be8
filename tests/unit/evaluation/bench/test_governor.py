"""What ``coach bench governor`` makes of a game's frames, and the game itself, on no screen."""

import json
from pathlib import Path

import pytest
from PIL import Image

from coach_app.domain.frame import Frame
from coach_app.domain.gate import ChangeGate
from coach_app.evaluation.bench.governor import _CHANGE_S, ALONE, FULL, GOVERNED, Stretch, _settings, report
from coach_app.evaluation.bench.steady_game import play
from coach_app.games.catalogue import showcase
from coach_app.games.positions import positions


def test_lost_frames_and_slow_ones_are_told_for_each_part_and_compared_with_the_game_alone() -> None:
    # GIVEN a game alone, beside the coach, and with the governor
    alone = Stretch(ALONE, (16.0,) * 100, 0)
    full = Stretch(FULL, (16.0,) * 60 + (32.0,) * 20, 20, answers=300)
    # AND one that was watched for some frames fewer, as its log begins a second when it likes
    governed = Stretch(GOVERNED, (16.0,) * 78 + (17.0,) * 2, 0, answers=6, steps=((5.1, 1), (10.0, 2)))
    # WHEN they are reported THEN shares and ratios are right
    told = report([alone, full, governed], {"seconds": 60})
    assert told.value(ALONE, "frames lost") == 0
    assert told.value(FULL, "frames lost") == 0.2
    assert told.value(FULL, "frames fewer than without the coach") == 0.2
    assert told.value(GOVERNED, "frames fewer than without the coach") == pytest.approx(0.0016, abs=1e-4)
    assert told.value(FULL, "pieces of advice") == 300
    names = "frame time, 99th percentile"
    assert told.value(FULL, names) == 32.0
    ratios = {row.of: row.value for row in told.ratios}
    assert ratios[FULL] == 2.0
    assert ratios[GOVERNED] == pytest.approx(17 / 16, abs=0.01)
    # AND so are the steps that were taken
    assert told.details["steps"] == {GOVERNED: ((5.1, 1), (10.0, 2))}
    assert json.loads(told.model_dump_json())["subject"]["seconds"] == 60


@pytest.mark.parametrize("threads", [1, 2])
def test_the_game_draws_and_notes_every_frame(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int) -> None:
    # GIVEN no screen WHEN the game is drawn for a few frames
    monkeypatch.setenv("SDL_VIDEODRIVER", "dummy")
    monkeypatch.setenv("SDL_FRAMEBUFFER_ACCELERATION", "0")
    monkeypatch.setenv("PYGAME_HIDE_SUPPORT_PROMPT", "1")
    play(showcase(), 500_000, tmp_path / "game.jsonl", work_s=0.001, change_s=0.01, frames=4, threads=threads)
    # THEN each of them is noted
    lines = [json.loads(line) for line in (tmp_path / "game.jsonl").read_text().splitlines()]
    assert sum(len(line["gaps_ms"]) for line in lines) == 4
    assert all(gap > 0 for line in lines for gap in line["gaps_ms"])
    assert all(line["lost"] >= 0 for line in lines)


def test_the_coach_is_asked_about_every_position_of_the_game() -> None:
    # GIVEN the game's positions as they follow each other on the screen, for 15 s
    pictures = [Image.fromarray(each.picture()).resize((480, 576)) for each in positions(showcase(), 20, 500_000)]
    gate, asked = ChangeGate(_settings(governed=False).gate.rules()), 0
    # WHEN the gate sees them as they are captured, ten times a second
    for tick in range(150):
        asked += gate.offer(Frame(pictures[int(tick / 10 / _CHANGE_S) % 20]), tick / 10)
    # THEN it takes none of them for an animation
    assert asked == round(15 / _CHANGE_S)

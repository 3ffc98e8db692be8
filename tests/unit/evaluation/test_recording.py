"""GIFs of played games."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageSequence

from coach_app.domain.errors import CoachError
from coach_app.domain.qvalues import QValues
from coach_app.evaluation.agents import make_agent
from coach_app.evaluation.play import play
from coach_app.evaluation.recording import Recording
from coach_app.games.catalogue import to_play
from coach_app.games.positions import positions

GAME = to_play("grid-levels")


async def test_a_played_game_is_recorded_with_its_words_below(tmp_path: Path) -> None:
    # GIVEN a recording of three episodes by the teacher
    recording = Recording()
    report = await play(GAME, make_agent("teacher", GAME), 3, 500_000, recording=recording)
    # WHEN it is saved and opened again
    said = recording.save(tmp_path / "new folder" / "play.gif")
    with Image.open(tmp_path / "new folder" / "play.gif") as gif:
        frames = sum(1 for _ in ImageSequence.Iterator(gif))
        gif.seek(0)
        first = np.asarray(gif.convert("RGB"), int)
        looping, stays_ms = gif.info["loop"], gif.info["duration"]
        gif.seek(frames - 1)
        last_ms = gif.info["duration"]

    # THEN it holds a frame for each move and each end, and says so
    moves = sum(round((1 - reward) / 0.04) + 1 for reward in report.rewards)
    assert frames == moves + 3
    assert f"{frames} frames of 3 episode(s)" in said
    assert "left out" not in said
    assert looping == 0
    assert last_ms > stays_ms > 0
    # and the first shows the game above, sharp, and light letters on a dark ground below
    picture = positions(GAME, 1, 500_000)[0].picture()
    assert picture.shape[1] * 3 == first.shape[1]
    board, text = first[:480], first[480:]
    corner = board[:96, :96].reshape(32, 3, 32, 3, 3)
    assert (corner == corner[:, :1, :, :1]).all()
    assert text.max() > 200
    assert np.median(text) < 60


def test_japanese_and_values_have_their_places_under_the_english(tmp_path: Path) -> None:
    # GIVEN the same words once without and once with Japanese and Q-values
    picture = positions(to_play("grid"), 1, 0)[0].picture()
    values = QValues(("left", "right"), (0.2, 0.7), (True, True), "q", 0.0)
    japanese = "木箱は上に1マス、右に3マスのところにあります。" * 2
    heights, inks = {}, {}
    for name, room, text_ja, shown in (
        ("plain", False, "", None),
        ("empty", True, "", values),
        ("all", True, japanese, values),
    ):
        recording = Recording(japanese=room)
        recording.add(picture, "Move the cat right.", 0, shown, text_ja)
        # WHEN each is recorded
        recording.save(tmp_path / f"{name}.gif")
        with Image.open(tmp_path / f"{name}.gif") as gif:
            heights[name], inks[name] = gif.height, np.asarray(gif.convert("L"), int)
    # THEN there is room for three lines and two rows more, and only two of the lines are written on
    assert heights["empty"] == heights["all"] > heights["plain"] + 5 * 20
    written = abs(inks["all"] - inks["empty"]) > 60
    lines = np.flatnonzero(written.any(axis=1))
    assert 2 * 15 < lines[-1] - lines[0] < 3 * 23
    # AND no line is as long as the picture is wide
    assert not written[:, -12:].any()


def test_a_long_game_is_cut_and_it_is_said(tmp_path: Path) -> None:
    # GIVEN a recording of at most four frames WHEN it gets seven
    picture = positions(to_play("grid"), 1, 0)[0].picture()
    recording = Recording(max_frames=4)
    for number in range(7):
        recording.add(picture, f"{number} " * 150, episode=number // 2)
    # THEN it holds four and says how many are missing
    said = recording.save(tmp_path / "play.gif")
    assert "4 frames of 2 episode(s). 3 later frames were left out" in said


def test_what_cannot_be_saved_is_said(tmp_path: Path) -> None:
    with pytest.raises(CoachError, match="Nothing was recorded"):
        Recording().save(tmp_path / "play.gif")
    recording = Recording()
    recording.add(positions(to_play("grid"), 1, 0)[0].picture(), "Move up.", 0)
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CoachError, match="The recording could not be saved"):
        recording.save(tmp_path / "file" / "play.gif")

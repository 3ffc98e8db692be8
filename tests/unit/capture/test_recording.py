"""Recordings that are played in a loop."""

from pathlib import Path

import pytest
from PIL import Image

from coach_app.capture.choose import open_source
from coach_app.capture.recording import Recording
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.source import RecordingSpec

COLOURS = ((255, 0, 0), (0, 255, 0), (0, 0, 255))


class Clock:
    """Time that stands still until it is set."""

    def __init__(self) -> None:
        self.now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


def save_gif(path: Path, durations_ms: list[int]) -> None:
    frames = [Image.new("RGB", (32, 24), colour) for colour in COLOURS]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=durations_ms, loop=0)


def colour_at(recording: Recording, clock: Clock, since_s: float) -> object:
    clock.now_s = 100.0 + since_s
    frame = recording.grab()
    assert isinstance(frame, Frame)
    assert frame.image.mode == "RGB"
    return frame.image.getpixel((5, 5))


def test_a_gif_is_played_in_a_loop_with_its_timing(tmp_path: Path) -> None:
    # GIVEN a GIF whose pictures are shown for different times
    save_gif(tmp_path / "game.gif", [100, 300, 200])
    clock = Clock()
    recording = Recording(tmp_path / "game.gif", clock)

    # WHEN it is looked at at different times, THEN it shows what it shows then, over and over
    shown = [colour_at(recording, clock, t) for t in (0, 0.05, 0.15, 0.35, 0.45, 0.55, 0.65, 0.75, 6.45)]
    red, green, blue = COLOURS
    assert shown == [red, red, green, green, blue, blue, red, green, blue]
    assert recording.description == "game.gif"

    # WHEN it is closed twice, THEN that is fine
    recording.close()
    recording.close()


def test_a_folder_is_played_in_the_order_of_its_numbers(tmp_path: Path) -> None:
    # GIVEN frames 2, 10 and 1, and something else beside them
    for name, colour in zip(("frame2", "frame10", "frame1"), COLOURS, strict=True):
        Image.new("RGB", (32, 24), colour).save(tmp_path / f"{name}.png")
    (tmp_path / "notes.txt").write_text("not a picture")
    clock = Clock()

    # WHEN it is played
    recording = open_source(RecordingSpec(path=tmp_path))
    assert isinstance(recording, Recording)
    recording = Recording(tmp_path, clock)

    # THEN it goes 1, 2, 10, ten a second
    red, green, blue = COLOURS
    assert [colour_at(recording, clock, t) for t in (0.05, 0.15, 0.25, 0.35)] == [blue, red, green, blue]


def test_a_picture_is_decoded_once_while_it_is_shown(tmp_path: Path) -> None:
    # GIVEN a single picture as a recording
    Image.new("RGB", (32, 24)).save(tmp_path / "one.png")
    recording = Recording(tmp_path / "one.png")

    # WHEN it is grabbed twice, THEN it is the same picture
    one, two = recording.grab(), recording.grab()
    assert isinstance(one, Frame)
    assert isinstance(two, Frame)
    assert one.image is two.image
    recording.close()


def test_bad_recordings_are_refused_when_they_are_opened(tmp_path: Path) -> None:
    # GIVEN a missing one, an empty folder, a broken GIF, a folder with a broken picture
    (tmp_path / "empty").mkdir()
    save_gif(tmp_path / "cut.gif", [100, 100, 100])
    (tmp_path / "cut.gif").write_bytes((tmp_path / "cut.gif").read_bytes()[:-80])
    (tmp_path / "mixed").mkdir()
    Image.new("RGB", (32, 24)).save(tmp_path / "mixed" / "1.png")
    whole = (tmp_path / "mixed" / "1.png").read_bytes()
    (tmp_path / "mixed" / "2.png").write_bytes(whole[:-20])
    Image.new("RGB", (1, 1)).save(tmp_path / "dot.gif")

    # WHEN they are opened, THEN each is refused in a sentence
    for name, said in [
        ("nowhere.gif", "does not exist"),
        ("empty", "no PNG file"),
        ("cut.gif", "broken"),
        ("mixed", "broken"),
        ("dot.gif", "only 1 by 1"),
    ]:
        with pytest.raises(CoachError, match=said):
            Recording(tmp_path / name)


def test_a_file_that_goes_away_while_it_is_played_is_said(tmp_path: Path) -> None:
    # GIVEN a folder that is played
    Image.new("RGB", (32, 24)).save(tmp_path / "1.png")
    recording = Recording(tmp_path)

    # WHEN the file is deleted, THEN the next picture is an error in a sentence
    (tmp_path / "1.png").unlink()
    with pytest.raises(CoachError, match="does not exist"):
        recording.grab()

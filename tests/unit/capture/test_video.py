"""Videos: their timing, what is refused, and that nothing but the file is read."""

from pathlib import Path

import pytest
from PIL import Image

from coach_app.capture.choose import open_source
from coach_app.capture.video import Video
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.source import RecordingSpec
from tests.fakes.video import save_video

COLOURS = ((230, 20, 20), (20, 200, 20), (20, 20, 220))


def pictures(seconds: int = 3, side: int = 64) -> list[Image.Image]:
    """A second, ten pictures, of each colour."""
    return [Image.new("RGB", (side, side), colour) for colour in COLOURS[:seconds] for _ in range(10)]


def shown(video: Video) -> int:
    """Which colour is seen."""
    red, green, blue = video.grab().image.resize((1, 1)).getpixel((0, 0))  # type: ignore[misc]
    return max(range(3), key=(red, green, blue).__getitem__)


@pytest.mark.parametrize("name", ["play.mp4", "play.MKV", "play.avi"])
def test_a_video_is_played_in_a_loop_with_its_timing(tmp_path: Path, name: str) -> None:
    # GIVEN a video that shows three colours for a second each
    now = 0.0
    video = Video(save_video(tmp_path / name, pictures()), lambda: now)
    assert video.length_s == pytest.approx(3, abs=0.11)
    # WHEN it is looked at at different times, also after its end THEN it shows what it shows then
    seen = []
    for at_s in (0.05, 0.85, 1.15, 1.85, 2.5, 2.8, 3.3, 4.5, 9.4):
        now = at_s
        seen.append(shown(video))
    assert seen == [0, 0, 1, 1, 2, 2, 0, 1, 0]
    assert video.description == name
    video.close()
    video.close()


def test_a_video_can_be_watched_like_any_recording(tmp_path: Path) -> None:
    # GIVEN a video WHEN it is chosen as what to watch THEN its pictures come
    source = open_source(RecordingSpec(path=save_video(tmp_path / "play.mp4", pictures(1))))
    frame = source.grab()
    assert isinstance(frame, Frame)
    assert (frame.image.size, frame.title) == ((64, 64), "play")
    source.close()


def test_a_video_that_breaks_off_is_shown_as_far_as_it_goes(tmp_path: Path) -> None:
    # GIVEN most of a video, as a recorder leaves it that was killed
    data = save_video(tmp_path / "play.mkv", pictures()).read_bytes()
    (tmp_path / "cut.mkv").write_bytes(data[: len(data) * 9 // 10])
    now = 0.0
    video = Video(tmp_path / "cut.mkv", lambda: now)
    # WHEN it is played over its end THEN its last picture stays, and it begins anew
    assert shown(video) == 0
    now = video.length_s - 0.01
    assert shown(video) in (1, 2)
    now = video.length_s + 0.05
    assert shown(video) == 0
    video.close()


PLAYLIST = "#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nhttp://127.0.0.1:9/secret.ts\n"
CONCAT = "ffconcat version 1.0\nfile /etc/hostname\n"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("empty.mp4", b"", "no video that can be read"),
        ("text.webm", b"Dear diary, " * 200, "no video that can be read"),
        ("list.mp4", PLAYLIST.encode(), "no video that can be read"),
        ("list.mkv", CONCAT.encode(), "no video that can be read"),
        ("short.mp4", None, "no video that can be read"),
    ],
)
def test_what_is_no_video_is_refused_with_a_sentence(
    tmp_path: Path, name: str, content: bytes | None, sentence: str
) -> None:
    # GIVEN files that hold no video, name others, or lack their end, where MP4 says what is in it
    whole = save_video(tmp_path / "whole.mp4", pictures(1)).read_bytes()
    (tmp_path / name).write_bytes(whole[:600] if content is None else content)
    # WHEN they are opened THEN it is said which file it is, and what can be read
    with pytest.raises(CoachError, match=sentence) as caught:
        Video(tmp_path / name)
    assert name in str(caught.value)
    assert "MKV" in str(caught.value)


def test_a_missing_file_a_folder_and_too_small_pictures_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.mp4").mkdir()
    save_video(tmp_path / "small.mp4", pictures(1, side=4))
    for name, sentence in (("no.mp4", "does not exist"), ("folder.mp4", "cannot be read"), ("small.mp4", "4 by 4")):
        with pytest.raises(CoachError, match=sentence):
            Video(tmp_path / name)

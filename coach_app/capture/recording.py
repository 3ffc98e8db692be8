"""Plays recordings in a loop."""

import bisect
import contextlib
import re
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageSequence

from coach_app.capture.picture import decoding, load_picture, open_checked, to_rgb
from coach_app.capture.source import SourceLost
from coach_app.capture.video import SUFFIXES, Video
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame

DEFAULT_FRAME_S = 0.1
"""How long a picture is shown that doesn't say so: those of a folder, and of GIFs with no timing (as browsers do)."""


class Recording:
    """A GIF with its own timing, or the PNG files of a folder in natural order, ten per second.

    Args:
        path: the GIF (or any picture file), or the folder.
        clock: seconds, monotonic.

    Raises:
        CoachError: it is missing, broken, empty, or a picture in it is too small or too large.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path = path
        self._clock = clock
        self._animation: Image.Image | None = None
        if path.is_dir():
            self._files = _checked_files(path)
            durations_s = [DEFAULT_FRAME_S] * len(self._files)
        else:
            self._files = []
            self._animation = open_checked(path)
            durations_s = _durations_s(path, self._animation)
        self._ends_s = [sum(durations_s[: i + 1]) for i in range(len(durations_s))]
        self._began_s = clock()
        self._shown: tuple[int, Image.Image] | None = None

    @property
    def description(self) -> str:
        """Name of the file or folder."""
        return self._path.name

    @property
    def length_s(self) -> float:
        """How long it takes to play once."""
        return self._ends_s[-1]

    def grab(self) -> Frame | SourceLost:
        """The current picture of the recording.

        Raises:
            CoachError: a file disappeared or changed since the recording was opened.
        """
        at_s = (self._clock() - self._began_s) % self._ends_s[-1]
        index = min(bisect.bisect_right(self._ends_s, at_s), len(self._ends_s) - 1)
        if self._shown is None or self._shown[0] != index:
            self._shown = (index, self._picture(index))
        return Frame(self._shown[1], title=self._path.stem)

    def close(self) -> None:
        """Close the file; may be called twice."""
        if self._animation is not None:
            self._animation.close()

    def _picture(self, index: int) -> Image.Image:
        if self._animation is None:
            return load_picture(self._files[index])
        with decoding(self._path):
            self._animation.seek(index)
            return to_rgb(self._animation)


def open_recording(path: Path, clock: Callable[[], float] = time.monotonic) -> Recording | Video:
    """Open a GIF (or any picture file), a folder of PNG files, or a video.

    Args:
        path: the file or folder.
        clock: seconds, monotonic.

    Raises:
        CoachError: it is missing, broken, empty, or a picture in it is too small or too large.
    """
    return Video(path, clock) if path.suffix.lower() in SUFFIXES else Recording(path, clock)


def _checked_files(folder: Path) -> list[Path]:
    files = sorted((file for file in folder.iterdir() if file.suffix.lower() == ".png"), key=_natural)
    if not files:
        raise CoachError(f"There is no PNG file in {folder}.", "Choose a folder with the pictures of a recording.")
    for file in files:
        with open_checked(file) as image, decoding(file):
            image.verify()
    return files


def _durations_s(path: Path, animation: Image.Image) -> list[float]:
    """Durations of the frames. Decodes every frame once, so that broken ones are noticed now."""
    durations_s = []
    with contextlib.ExitStack() as unless_read, decoding(path):
        unless_read.callback(animation.close)
        for picture in ImageSequence.Iterator(animation):
            picture.load()
            shown_ms = picture.info.get("duration", 0)
            durations_s.append(shown_ms / 1000 if shown_ms > 10 else DEFAULT_FRAME_S)
        unless_read.pop_all()
    return durations_s


def _natural(file: Path) -> list[tuple[int, str]]:
    """Sort key that puts frame2 before frame10."""
    parts = re.findall(r"\d+|\D+", file.name)
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]

"""Plays a video file in a loop."""

import contextlib
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from PIL import Image

from coach_app.capture.picture import MAX_PIXELS, MIN_SIDE_PX
from coach_app.desktop.foreign import open_file
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame

if TYPE_CHECKING:
    from av import VideoFrame
    from av.container import InputContainer

SUFFIXES: Final = (".avi", ".flv", ".m4v", ".mkv", ".mov", ".mp4", ".mpeg", ".mpg", ".ogv", ".ts", ".webm", ".wmv")
"""How video files are called, in lower case."""
_MAX_BYTES: Final = 200_000_000_000
_FORMATS: Final = "asf,avi,flv,matroska,webm,mov,mp4,mpeg,mpegts,ogg"
"""What a file may hold, by FFmpeg's names; no playlists, which name other files and addresses."""
_MAX_DAMAGED: Final = 100
"""After so many damaged packets in a row the rest is given up."""
_SHORTEST_S: Final = 0.1


class Video:
    """A video file with its own timing, of which only two pictures are in memory at a time.

    Args:
        path: the file.
        clock: seconds, monotonic.

    Raises:
        CoachError: it is missing, broken, no video, or its pictures are too small or too large.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._path, self._clock = path, clock
        try:
            self._file = open_file(path, _MAX_BYTES)
        except FileNotFoundError as cause:
            raise CoachError(f"The video {path} does not exist.", "Check the path.") from cause
        except OSError as cause:
            raise CoachError(f"The video {path} cannot be read: {cause.strerror}.", "Use another file.") from cause
        with contextlib.ExitStack() as unless_read:
            unless_read.callback(self._file.close)
            self._container = _opened(self._file, path)
            unless_read.callback(self._container.close)
            self._length_s = self._told_length_s() or self._counted_length_s()
            self._pictures = self._decoded()
            if (first := next(self._pictures, None)) is None:
                raise _no_video(path)
            unless_read.pop_all()
        self._shown, self._next = first, next(self._pictures, None)
        self._image: Image.Image | None = None
        self._began_s = clock()

    @property
    def description(self) -> str:
        """Name of the file."""
        return self._path.name

    @property
    def length_s(self) -> float:
        """How long it takes to play once."""
        return self._length_s

    def grab(self) -> Frame:
        """The current picture of the video. Playing goes forward quickly; from the end it goes back to the first."""
        at_s = (self._clock() - self._began_s) % self._length_s
        if at_s < self._shown[0]:
            self._rewind()
        while self._next is not None and self._next[0] <= at_s:
            self._shown, self._next, self._image = self._next, next(self._pictures, None), None
        if self._image is None:
            picture = self._shown[1]
            image = Image.fromarray(picture.to_ndarray(format="rgb24"))
            self._image = image.rotate(picture.rotation, expand=True) if picture.rotation else image
        return Frame(self._image, title=self._path.stem)

    def close(self) -> None:
        """Close the file; may be called twice."""
        self._pictures.close()
        self._container.close()
        self._file.close()

    def _rewind(self) -> None:
        self._pictures.close()
        self._container.seek(0)
        self._pictures = self._decoded()
        if first := next(self._pictures, None):
            self._shown, self._next, self._image = first, next(self._pictures, None), None

    def _told_length_s(self) -> float:
        """What the file itself says; 0 if it says nothing."""
        return max(0.0, (self._container.duration or 0) / 1_000_000)

    def _counted_length_s(self) -> float:
        """Until the last packet; decodes nothing."""
        import av

        first_s, last_s = float("inf"), 0.0
        with contextlib.suppress(av.FFmpegError):
            for packet in self._container.demux(video=0):
                if packet.pts is not None and packet.time_base is not None:
                    at_s = float(packet.pts * packet.time_base)
                    first_s, last_s = min(first_s, at_s), max(last_s, at_s)
        self._container.seek(0)
        return max(_SHORTEST_S, last_s - first_s + _SHORTEST_S) if last_s else _SHORTEST_S

    def _decoded(self) -> Generator[tuple[float, "VideoFrame"], None, None]:
        """The pictures, with the seconds since the first one. What is damaged is left out, as players do."""
        import av

        damaged, first_s, last_s = 0, None, 0.0
        with contextlib.suppress(av.FFmpegError):
            for packet in self._container.demux(video=0):
                try:
                    pictures = packet.decode()
                except av.FFmpegError:
                    damaged += 1
                    if damaged > _MAX_DAMAGED:
                        return
                    continue
                for picture in pictures:
                    if not isinstance(picture, av.VideoFrame) or picture.width * picture.height > MAX_PIXELS:
                        continue
                    damaged = 0
                    at_s = last_s if picture.time is None else picture.time
                    first_s = at_s if first_s is None else first_s
                    last_s = max(last_s, at_s - first_s)
                    yield last_s, picture


def _opened(file: BinaryIO, path: Path) -> "InputContainer":
    """Open what a file holds; nothing else is read, here or elsewhere."""
    import av

    try:
        container = av.open(file, "r", options={"format_whitelist": _FORMATS, "protocol_whitelist": "file"})
    except Exception as cause:
        raise _no_video(path) from cause
    if not container.streams.video:
        container.close()
        raise CoachError(f"There are no pictures in {path}.", "Choose a video file.")
    codec = container.streams.video[0].codec_context
    if not codec:  # of a kind that FFmpeg cannot tell, as where the end is missing
        container.close()
        raise _no_video(path)
    size = codec.width, codec.height
    if min(size) < MIN_SIDE_PX or size[0] * size[1] > MAX_PIXELS:
        container.close()
        raise CoachError(
            f"The pictures of {path} have {size[0]} by {size[1]} pixels.",
            f"Use one with at least {MIN_SIDE_PX} by {MIN_SIDE_PX}, and at most {MAX_PIXELS // 1_000_000} million.",
        )
    container.streams.video[0].thread_type = "NONE"  # the game needs the other cores
    return container


def _no_video(path: Path) -> CoachError:
    return CoachError(f"{path} is no video that can be read, or is broken.", "Use MP4, MKV, WebM or AVI.")

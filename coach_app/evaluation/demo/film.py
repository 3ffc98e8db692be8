"""Films a demo: takes pictures while it runs, crops them, and saves a still and an animation."""

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PIL import Image

from coach_app.domain.errors import CoachError
from coach_app.evaluation.demo.desk import Box

RATE_HZ = 6.0
MAX_GIF_BYTES = 5_000_000
MAX_SHOTS = round(45 * RATE_HZ)
"""However long the demo is: what is worth seeing is seen by then."""
_LEAD_SHOTS = round(3 * RATE_HZ)
_MARGIN_PX = 24
_LAST_FRAME_MS = 2000


class Film:
    """Takes pictures of a screen at a steady rate, stored on disk.

    Args:
        folder: folder for the pictures until they are cropped.
        take: captures the whole screen.
    """

    def __init__(self, folder: Path, take: Callable[[], Image.Image]) -> None:
        self._folder = folder
        self._take = take
        self._shots: list[tuple[float, Path]] = []
        self._marks: list[float] = []
        self._count = 0

    def shoot(self) -> None:
        """Take a picture if it is due."""
        now = time.time()
        if self._shots and now - self._shots[-1][0] < 1 / RATE_HZ:
            return
        if len(self._shots) >= MAX_SHOTS:
            if self._marks:
                return
            self._drop(len(self._shots) - MAX_SHOTS + 1)
        path = self._folder / f"{self._count:05}.png"
        self._count += 1
        self._take().save(path, compress_level=1)
        self._shots.append((now, path))

    def mark(self, at: float) -> None:
        """Mark a moment (seconds since the epoch) for the still picture."""
        if not self._marks:  # earlier pictures, from the start of the programs, are dropped
            self._drop(max(0, len(self._shots) - 2 * _LEAD_SHOTS))
        self._marks.append(at)

    def _drop(self, count: int) -> None:
        for _, path in self._shots[:count]:
            path.unlink(missing_ok=True)
        del self._shots[:count]

    def finish(self, out: Path, boxes: Sequence[Box]) -> None:
        """Write ``demo.png`` and ``demo.gif``, cropped to the given rectangles.

        Raises:
            CoachError: they cannot be written.
        """
        cut = _around(boxes)
        first = self._near(self._marks[0]) if self._marks else 0
        still = self._near(self._marks[-2] if len(self._marks) > 1 else self._marks[0]) if self._marks else -1
        try:
            with Image.open(self._shots[still][1]) as picture:
                picture.crop(_inside(cut, picture.size)).save(out / "demo.png", optimize=True)
            # The film begins shortly before the first advice, not with the start of the programs.
            shots = self._shots[max(0, first - _LEAD_SHOTS) :]
            for scale in (1.0, 0.75, 0.5):
                animate(shots, cut, scale, out / "demo.gif")
                if (out / "demo.gif").stat().st_size <= MAX_GIF_BYTES:
                    break
        except OSError as error:
            raise CoachError(
                f"The pictures could not be written: {error.strerror or error}.", "Make room, or choose another --out."
            ) from error

    def _near(self, at: float) -> int:
        return min(range(len(self._shots)), key=lambda index: abs(self._shots[index][0] - at))


def _around(boxes: Sequence[Box]) -> tuple[int, int, int, int]:
    return (
        min(box.left for box in boxes) - _MARGIN_PX,
        min(box.top for box in boxes) - _MARGIN_PX,
        max(box.left + box.width for box in boxes) + _MARGIN_PX,
        max(box.top + box.height for box in boxes) + _MARGIN_PX,
    )


def _inside(cut: tuple[int, int, int, int], size: tuple[int, int]) -> tuple[int, int, int, int]:
    return max(0, cut[0]), max(0, cut[1]), min(size[0], cut[2]), min(size[1], cut[3])


def animate(shots: Sequence[tuple[float, Path]], cut: tuple[int, int, int, int], scale: float, path: Path) -> None:
    """Write the GIF with one palette from a sample of pictures, without dithering, which would flicker and compress
    badly."""

    def cropped(shot: Path) -> Image.Image:
        with Image.open(shot) as picture:
            part = picture.convert("RGB").crop(_inside(cut, picture.size))
        size = (round(part.width * scale), round(part.height * scale))
        return part if scale == 1 else part.resize(size, Image.Resampling.LANCZOS)

    samples = [cropped(shots[len(shots) * part // 8][1]) for part in range(8)]
    sheet = Image.new("RGB", (samples[0].width, samples[0].height * len(samples)))
    for index, sample in enumerate(samples):
        sheet.paste(sample, (0, index * sample.height))
    palette = sheet.quantize(255, method=Image.Quantize.FASTOCTREE)  # keeps the colours of small objects

    def frames() -> Iterator[Image.Image]:
        for _, shot in shots:
            yield cropped(shot).quantize(palette=palette, dither=Image.Dither.NONE)

    times = [at for at, _ in shots]
    durations = [round((later - at) * 1000) for at, later in itertools.pairwise(times)] + [_LAST_FRAME_MS]
    first, *others = frames()
    first.save(path, save_all=True, append_images=others, duration=durations, loop=0, optimize=False)

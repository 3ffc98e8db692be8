"""Records a game as a GIF: its pictures, with the agent's texts below."""

import io
import re
from functools import lru_cache
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from coach_app.desktop.files import write_atomically
from coach_app.domain.errors import CoachError
from coach_app.domain.qvalues import QValues
from coach_app.games.images import Picture

MAX_FRAMES = 240
_WIDTH_PX = 500
_FONT_PX = 17
_LINES, _LINES_JA = 4, 3
_PADDING_PX = 12
_COLOURS = 128
_STEP_MS, _END_MS = 900, 2200
BACKGROUND, INK = (22, 26, 34), (236, 240, 246)
_BEST, _FAINT, _JAPANESE = (125, 184, 255), (120, 128, 140), (186, 219, 170)
_PIECES = re.compile(r"[⺀-鿿＀-￯][。、」）！？]*| ?[^ ⺀-鿿＀-￯]+| ")
"""What a line is put together from: a Japanese character with the marks that may not begin a line, or a word."""
_FONTS = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKjp-Regular.otf",
    "VL-Gothic-Regular.ttf",
    "ipagp.ttf",
    "YuGothM.ttc",
    "meiryo.ttc",
    "ヒラギノ角ゴシック W3.ttc",
    "DejaVuSans.ttf",
)
"""Fonts with Japanese letters first; Pillow looks through the system's font folders for them."""


class Recording:
    """Collects the frames of a GIF up to a limit; later ones are only counted.

    Args:
        max_frames: maximum number of frames.
        japanese: whether to reserve space for Japanese under the English.
    """

    def __init__(self, max_frames: int = MAX_FRAMES, japanese: bool = False) -> None:
        self._max_frames = max_frames
        self._lines = (_LINES, _LINES_JA if japanese else 0)
        self._frames: list[Image.Image] = []
        self._episodes: list[int] = []
        self._left_out = 0
        self._rows = 0

    def add(self, picture: Picture, text: str, episode: int, values: QValues | None = None, text_ja: str = "") -> None:
        """Add a frame.

        Args:
            picture: picture of the game, (height, width, 3) uint8 RGB.
            text: the agent's text; cut after four lines.
            episode: index of its episode; the last frame of each is shown longer.
            values: Q-values drawn under the text, if a Q-network was asked.
            text_ja: the text in Japanese, under the English; cut after three lines.
        """
        self._rows = max(self._rows, len(values.moves) if values else 0)
        if len(self._frames) >= self._max_frames:
            self._left_out += 1
            return
        frame = _frame(picture, (text, text_ja), self._lines, values, self._rows)
        # The palette of the first frame for all: unchanged squares then stay unchanged, and take no space.
        palette = self._frames[0] if self._frames else None
        self._frames.append(frame.quantize(_COLOURS, palette=palette, dither=Image.Dither.NONE))
        self._episodes.append(episode)

    def save(self, path: Path) -> str:
        """Write the GIF, which loops forever.

        Returns:
            One sentence on its contents.

        Raises:
            CoachError: nothing was recorded, or the file cannot be written.
        """
        if not self._frames:
            raise CoachError("Nothing was recorded.", "Play at least one episode.")
        following = [*self._episodes[1:], -1]
        times = [_STEP_MS if e == f else _END_MS for e, f in zip(self._episodes, following, strict=True)]
        packed = io.BytesIO()
        self._frames[0].save(
            packed, "GIF", save_all=True, append_images=self._frames[1:], duration=times, loop=0, optimize=True
        )
        write_atomically(path, packed.getvalue(), "The recording")
        holds = f"{path} holds {len(self._frames)} frames of {self._episodes[-1] + 1} episode(s)."
        return f"{holds} {self._left_out} later frames were left out to keep it small." if self._left_out else holds


def _frame(
    picture: Picture, texts: tuple[str, str], most: tuple[int, int], values: QValues | None, rows: int
) -> Image.Image:
    """Compose a frame: the picture, the texts with their numbers of lines, and rows for Q-values."""
    scale = max(1, round(_WIDTH_PX / picture.shape[1]))
    board = Image.fromarray(np.repeat(np.repeat(picture, scale, axis=0), scale, axis=1))
    font = caption_font()
    line_px = round(_FONT_PX * 1.35)
    height = board.height + (sum(most) + rows) * line_px + (3 if rows else 2) * _PADDING_PX
    frame = Image.new("RGB", (board.width, height), BACKGROUND)
    frame.paste(board)
    pen = ImageDraw.Draw(frame)
    top = board.height + _PADDING_PX
    for text, lines, ink in zip(texts, most, (INK, _JAPANESE), strict=True):
        for number, line in enumerate(_wrapped(text, font, frame.width - 2 * _PADDING_PX)[:lines]):
            pen.text((_PADDING_PX, top + number * line_px), line, fill=ink, font=font)
        top += lines * line_px
    if values:
        _draw_values(pen, values, (frame.width, height - rows * line_px - _PADDING_PX), font, line_px)
    return frame


def _draw_values(
    pen: ImageDraw.ImageDraw,
    values: QValues,
    corner: tuple[int, int],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
    line_px: int,
) -> None:
    """One row per move: name, number and bar; the best one marked, impossible ones crossed out."""
    width, top = corner
    left, right = _PADDING_PX + 150, width - _PADDING_PX
    low, high = min(0.0, *values.values), max(0.0, *values.values)
    scale = (right - left) / ((high - low) or 1.0)
    zero = left - low * scale
    for row, (move, value, possible) in enumerate(zip(values.moves, values.values, values.possible, strict=True)):
        y, best = top + row * line_px, move == values.best
        ink = _BEST if best else INK if possible else _FAINT
        pen.text((_PADDING_PX, y), f"{'>' if best else ' '} {move}", fill=ink, font=font)
        pen.text((left - 10, y), f"{value:+.2f}", fill=ink, font=font, anchor="ra")
        ends = sorted((zero, zero + value * scale))
        pen.rectangle([ends[0], y + 4, ends[1], y + line_px - 5], fill=ink)
        if not possible:
            pen.line([_PADDING_PX, y + line_px // 2, left - 10, y + line_px // 2], fill=INK, width=2)


def _wrapped(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width_px: int) -> list[str]:
    """Wrap a text. English breaks between words, Japanese anywhere except before closing punctuation."""
    lines = [""]
    for word in _PIECES.findall(" ".join(text.split())):
        longer = lines[-1] + word
        if font.getlength(longer.rstrip()) <= width_px:
            lines[-1] = longer
        else:
            lines.append(word.lstrip())
    return [line.rstrip() for line in lines]


@lru_cache(maxsize=1)
def caption_font() -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """The font of texts in pictures, with Japanese letters if the system has any."""
    for name in _FONTS:
        try:
            return ImageFont.truetype(name, _FONT_PX)
        except OSError:
            continue
    return ImageFont.load_default(_FONT_PX)

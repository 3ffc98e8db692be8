"""Imitates screen captures of a game, for training and measuring."""

import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter

from coach_app.domain.board import Layout, board_edges
from coach_app.domain.frame import shrink

Box = tuple[float, float, float, float]
"""Left, top, right, bottom as fractions of a picture."""

INPUT_SIDE_PX = 336
"""What pictures are shrunk to before they reach the model, as the catalogue says of the bundled coach."""


WINDOW_SIDE_PX = 1000
"""The longest side of a capture in which a board is searched."""


@dataclass(frozen=True)
class Shot:
    """A picture of the screen, or of a part of it.

    Attributes:
        image: RGB, at most 336 pixels per side.
        board: position of the game's board; None if the picture shows no game.
    """

    image: Image.Image
    board: Box | None


def clean_shot(picture: npt.NDArray[np.uint8]) -> Shot:
    """The game's own picture, unscaled."""
    return Shot(shrink(Image.fromarray(picture), INPUT_SIDE_PX), (0.0, 0.0, 1.0, 1.0))


def captured_shot(picture: npt.NDArray[np.uint8], rng: np.random.Generator, side_px: int = INPUT_SIDE_PX) -> Shot:
    """Imitate a capture of the game's window, a region or a screen, at most ``side_px`` pixels per side.

    Varies scale from 0.8 to 4 (mostly small, as larger ones are shrunk again), margins of windows with another aspect
    ratio, title bar and status line, surroundings, sub-pixel shifts, JPEG and GIF noise, and brightness.
    """
    board = Image.fromarray(picture)
    scale = float(rng.choice([1, 2, 2.5, 3, 4])) if rng.random() < 0.25 else float(rng.uniform(0.8, 1.7))
    size = (round(board.width * scale), round(board.height * scale))
    method = Image.Resampling.NEAREST if rng.random() < 0.6 else Image.Resampling.BILINEAR
    board = board.resize(size, method)

    kind = rng.random()
    if kind < 0.25:  # the board alone, or slightly cropped
        margins = rng.integers(0, 4, 4)
    elif kind < 0.8:  # a window: letterboxed in one direction, with a status line
        margins = rng.integers(0, 24, 4)
        axis = int(rng.integers(2))
        extra = rng.uniform(0, 0.35) * size[axis]
        margins[[axis, axis + 2]] += int(extra / 2)
        margins[3] += int(rng.integers(0, 70))
        margins[1] += int(rng.integers(0, 40)) if rng.random() < 0.4 else 0
    else:  # a region of the desktop
        margins = np.array([rng.uniform(0, 0.5) * size[i % 2] for i in range(4)]).astype(int)
    left, top, right, bottom = (int(m) for m in margins)
    canvas = Image.new("RGB", (left + size[0] + right, top + size[1] + bottom), _colour(rng))
    if kind >= 0.8:
        _clutter(canvas, rng)
    elif kind >= 0.25:
        _chrome(canvas, top, bottom, rng)
    canvas.paste(board, (left, top))
    edges = np.array([left, top, left + size[0], top + size[1]], float) / np.tile(canvas.size, 2)
    image = shrink(canvas, side_px)
    if rng.random() < 0.4:  # a capture need not align with the board's pixel grid
        shift = rng.uniform(-1.5, 1.5, 2)
        image = image.transform(
            image.size, Image.Transform.AFFINE, (1, 0, shift[0], 0, 1, shift[1]), Image.Resampling.BILINEAR
        )
        edges -= np.tile(shift / image.size, 2)
    return Shot(_noisy(image, rng), (float(edges[0]), float(edges[1]), float(edges[2]), float(edges[3])))


def seen(shot: Shot, board: Layout | None, side_px: int) -> Shot:
    """Crop and shrink a picture as for the model (like ``advisor.local.model_input``).

    Args:
        shot: the whole picture.
        board: layout of the board to search for; None for none.
        side_px: maximum side length of the result.
    """
    edges = board_edges(shot.image, board) if board else None
    if edges is None:
        return Shot(shrink(shot.image, side_px), shot.board)
    cut = shot.image.crop(edges)
    if shot.board is None:
        return Shot(shrink(cut, side_px), None)
    places = np.array(shot.board) * np.tile(shot.image.size, 2) - np.tile(edges[:2], 2)
    left, top, right, bottom = map(float, places / np.tile(cut.size, 2))
    return Shot(shrink(cut, side_px), (left, top, right, bottom))


def other_shot(rng: np.random.Generator) -> Shot:
    """A picture that is not the game: plain colours, gradients, noise, windows with text."""
    size = (int(rng.integers(120, 337)), int(rng.integers(120, 337)))
    kind = rng.integers(4)
    if kind == 0:
        canvas = Image.new("RGB", size, _colour(rng))
    elif kind == 1:
        coarse = rng.integers(0, 256, (int(rng.integers(2, 12)), int(rng.integers(2, 12)), 3), dtype=np.uint8)
        canvas = Image.fromarray(coarse).resize(size, Image.Resampling.BICUBIC)
    elif kind == 2:
        canvas = Image.fromarray(rng.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8))
    else:
        canvas = Image.new("RGB", size, _colour(rng))
    if rng.random() < 0.7:
        _clutter(canvas, rng)
    return Shot(_noisy(canvas, rng), None)


def _colour(rng: np.random.Generator) -> tuple[int, int, int]:
    if rng.random() < 0.5:  # windows are mostly grey, dark or light
        grey = int(rng.integers(0, 256))
        tint = rng.integers(-12, 13, 3)
        values = np.clip(grey + tint, 0, 255)
    else:
        values = rng.integers(0, 256, 3)
    return int(values[0]), int(values[1]), int(values[2])


def _words(rng: np.random.Generator) -> str:
    letters = "abcdefghijklmnopqrstuvwxyz0123456789 .:-"
    return "".join(rng.choice(list(letters), int(rng.integers(4, 40))))


def _chrome(canvas: Image.Image, top: int, bottom: int, rng: np.random.Generator) -> None:
    """Draw a title bar above and a status line below, if there is space."""
    pen = ImageDraw.Draw(canvas)
    if top > 12:
        pen.rectangle((0, 0, canvas.width, top - 4), fill=_colour(rng))
        pen.text((6, max(0, top // 2 - 8)), _words(rng), fill=_colour(rng), font_size=int(rng.integers(9, 16)))
    if bottom > 14:
        pen.text(
            (int(rng.integers(2, 30)), canvas.height - bottom + 2),
            _words(rng),
            fill=_colour(rng),
            font_size=int(rng.integers(9, 22)),
        )


def _clutter(canvas: Image.Image, rng: np.random.Generator) -> None:
    """Draw windows, icons and text of a desktop."""
    pen = ImageDraw.Draw(canvas)
    for _ in range(int(rng.integers(1, 9))):
        x, y = int(rng.integers(canvas.width)), int(rng.integers(canvas.height))
        w, h = int(rng.integers(5, canvas.width)), int(rng.integers(5, canvas.height))
        if rng.random() < 0.6:
            pen.rectangle((x, y, x + w, y + h), fill=_colour(rng), outline=_colour(rng))
        else:
            pen.text((x, y), _words(rng), fill=_colour(rng), font_size=int(rng.integers(9, 24)))


def _noisy(image: Image.Image, rng: np.random.Generator) -> Image.Image:
    if rng.random() < 0.3:
        image = ImageEnhance.Brightness(image).enhance(rng.uniform(0.75, 1.2))
    if rng.random() < 0.2:
        image = ImageEnhance.Contrast(image).enhance(rng.uniform(0.75, 1.25))
    if rng.random() < 0.1:
        image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 0.9)))
    kind = rng.random()
    if kind < 0.3:
        packed = io.BytesIO()
        image.save(packed, "JPEG", quality=int(rng.integers(35, 96)))
        image = Image.open(packed).convert("RGB")
    elif kind < 0.45:
        image = image.quantize(int(rng.choice([32, 64, 128, 256])), method=Image.Quantize.FASTOCTREE).convert("RGB")
    elif kind < 0.6:
        grain = rng.normal(0, rng.uniform(1, 8), (image.height, image.width, 3))
        image = Image.fromarray(np.clip(np.asarray(image) + grain, 0, 255).astype(np.uint8))
    return image

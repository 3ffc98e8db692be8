"""The game's own picture, cut out of what a window shows."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from coach_app.domain.margins import within_margins
from coach_app.games.catalogue import to_play
from coach_app.games.positions import positions

GROUND = (22, 27, 36)


def board(number: int = 0, scale: float = 1.0) -> Image.Image:
    picture = Image.fromarray(positions(to_play("grid-levels"), 1, 700_000 + number)[0].picture())
    return picture.resize((round(picture.width * scale), round(picture.height * scale)), Image.Resampling.NEAREST)


def in_a_window(picture: Image.Image, margins: tuple[int, int, int, int], ground: tuple[int, int, int]) -> Image.Image:
    """With margins left, top, right and bottom, and two lines of text in the lower one."""
    left, top, right, bottom = margins
    window = Image.new("RGB", (left + picture.width + right, top + picture.height + bottom), ground)
    window.paste(picture, (left, top))
    ink = tuple(255 - value for value in ground)
    pen = ImageDraw.Draw(window)
    if bottom > 40:
        pen.text((left + 10, window.height - 38), "Arrow keys or WASD: move", fill=ink)
        pen.text((left + 10, window.height - 20), "Reward 0.00 - Step 0 of 50", fill=ink)
    return window


@pytest.mark.parametrize("ground", [GROUND, (0, 0, 0), (240, 240, 240)])
@pytest.mark.parametrize("margins", [(8, 8, 8, 50), (200, 10, 200, 60), (0, 120, 0, 160), (3, 0, 0, 0)])
@pytest.mark.parametrize("scale", [1.0, 1.5, 4.0])
def test_the_picture_is_cut_out_of_its_window(
    margins: tuple[int, int, int, int], ground: tuple[int, int, int], scale: float
) -> None:
    # GIVEN a game in a window WHEN its margins are taken away THEN the game's picture is left, to a pixel
    picture = board(scale=scale)
    cut = within_margins(in_a_window(picture, margins, ground))
    assert abs(cut.width - picture.width) <= 2
    assert abs(cut.height - picture.height) <= 2
    seen, wanted = (np.asarray(each.resize((96, 80)), np.int16) for each in (cut, picture))
    assert np.abs(seen - wanted).mean() < 6


@pytest.mark.parametrize("game", ["grid", "grid-levels"])
def test_a_picture_without_margins_is_left_as_it_is(game: str) -> None:
    # GIVEN pictures as a network learns from them WHEN margins are taken away THEN they are the same
    for position in positions(to_play(game), 5, 700_000):
        assert np.array_equal(np.asarray(within_margins(Image.fromarray(position.picture()))), position.picture())


def test_what_has_no_block_is_left_as_it_is() -> None:
    # GIVEN plain pictures, lines of text, noise, and one that is very small WHEN looked at THEN all of them is left
    noise = np.random.default_rng(0).integers(0, 256, (90, 120, 3), dtype=np.uint8)
    text = Image.new("RGB", (300, 200), GROUND)
    ImageDraw.Draw(text).text((20, 90), "Nothing but a line of text", fill=(255, 255, 255))
    for image in (Image.new("RGB", (64, 64)), text, Image.fromarray(noise), Image.new("RGB", (1, 1))):
        assert within_margins(image).size == image.size


def test_a_large_screen_is_looked_at_coarsely() -> None:
    # GIVEN a window of 4K WHEN its margins are taken away THEN its picture is left, to a few pixels
    picture = board(scale=11.0)
    cut = within_margins(in_a_window(picture, (850, 100, 850, 200), GROUND))
    assert abs(cut.width - picture.width) <= 10
    assert abs(cut.height - picture.height) <= 10

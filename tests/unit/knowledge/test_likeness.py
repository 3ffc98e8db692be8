"""How alike situations are."""

import numpy as np
import pytest
from PIL import Image, ImageDraw

from coach_app.knowledge.likeness import WIDTH, features_of, likeness


def scene(x: int, y: int, scale: int = 1) -> Image.Image:
    """A square on a board with a frame that never changes."""
    image = Image.new("RGB", (96 * scale, 96 * scale), "navy")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 96 * scale, 12 * scale), fill="white")
    draw.rectangle((x * scale, y * scale, (x + 16) * scale, (y + 16) * scale), fill="orange")
    return image


KNOWN = np.stack([features_of(scene(x, y), "") for x in (16, 40, 64) for y in (16, 40, 64)])


@pytest.mark.parametrize("scale", [1, 3])
def test_the_same_picture_is_found_at_any_size(scale: int) -> None:
    # GIVEN known pictures WHEN one of them comes again, also enlarged THEN it alone is the same
    alike, by_picture = likeness(KNOWN, features_of(scene(40, 16, scale), ""))
    assert int(alike.argmax()) == 3
    assert by_picture[3] > 0.97
    assert np.sort(by_picture)[-2] < 0.8


def test_what_all_pictures_show_does_not_count() -> None:
    # GIVEN pictures that have a frame in common WHEN one has nothing else THEN it is like none of them
    alike, _ = likeness(KNOWN, features_of(scene(16, 16).crop((0, 0, 96, 12)).resize((96, 96)), ""))
    assert alike.max() < 0.6


@pytest.mark.parametrize("words", ["Zombie 1 step left; health 3.", "ゾンビ 左 1"])
def test_words_can_only_help(words: str) -> None:
    # GIVEN two situations that look alike, of which one is told in words
    known = np.stack([features_of(scene(16, 16), ""), features_of(scene(18, 16), words)])
    plain, told = (likeness(known, features_of(scene(40, 40), said))[0] for said in ("", words))
    # WHEN a third one is told in the same words THEN that one is more alike than without, and the other no less
    assert told[1] > plain[1]
    assert told[0] == pytest.approx(plain[0])


@pytest.mark.parametrize("mode", ["RGB", "RGBX", "L"])
def test_features_are_of_one_size(mode: str) -> None:
    # GIVEN pictures as games and screens deliver them WHEN features are computed THEN they fit, and are finite
    features = features_of(Image.new(mode, (7, 300)), "")
    assert features.shape == (WIDTH,)
    assert features.dtype == np.float32
    assert np.isfinite(features).all()

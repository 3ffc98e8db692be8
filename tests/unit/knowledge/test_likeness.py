"""How alike situations are."""

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw

from coach_app.games.catalogue import to_play
from coach_app.knowledge.likeness import WIDTH, features_of, is_same, likeness


def scene(x: int, y: int, scale: int = 1) -> Image.Image:
    """A square on a board with a frame that never changes."""
    image = Image.new("RGB", (96, 96), "navy")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 96, 12), fill="white")
    draw.rectangle((x, y, x + 16, y + 16), fill="orange")
    return image.resize((96 * scale, 96 * scale), Image.Resampling.NEAREST)


KNOWN = np.stack([features_of(scene(x, y), "") for x in (16, 40, 64) for y in (16, 40, 64)])


@pytest.mark.parametrize("scale", [1, 3])
def test_the_same_picture_is_found_at_any_size(scale: int) -> None:
    # GIVEN known pictures WHEN one of them comes again, also enlarged THEN it alone is the same
    now = features_of(scene(40, 16, scale), "")
    alike = likeness(KNOWN, now)
    assert int(alike.argmax()) == 3
    assert np.sort(alike)[-2] < 0.8
    assert list(np.flatnonzero(is_same(KNOWN, now))) == [3]


@pytest.mark.parametrize("game", ["grid-levels", "grid-fires", "babyai"])
def test_a_step_makes_another_situation_of_a_map(game: str) -> None:
    # GIVEN the positions of an episode WHEN one of them comes again THEN only it is the same, however alike the map is
    env, rng = to_play(game).make(), np.random.default_rng(4)
    seen: list[npt.NDArray[np.uint8]] = []
    for seed in range(500_000, 500_004):
        env.reset(seed=seed)
        for _ in range(12):
            picture = np.array(env.render(), np.uint8)
            if not any(np.array_equal(picture, other) for other in seen):
                seen.append(picture)
            env.step(int(rng.integers(4)))
    env.close()
    known = np.stack([features_of(Image.fromarray(picture), "") for picture in seen])
    assert len(known) > 15
    for number, picture in enumerate(seen):
        noisy = np.clip(picture + rng.normal(0, 6, picture.shape), 0, 255).astype(np.uint8)
        assert list(np.flatnonzero(is_same(known, features_of(Image.fromarray(noisy), "")))) == [number]


def test_what_all_pictures_show_does_not_count() -> None:
    # GIVEN pictures that have a frame in common WHEN one has nothing else THEN it is like none of them
    alike = likeness(KNOWN, features_of(scene(16, 16).crop((0, 0, 96, 12)).resize((96, 96)), ""))
    assert alike.max() < 0.6


@pytest.mark.parametrize("words", ["Zombie 1 step left; health 3.", "ゾンビ 左 1"])
def test_words_can_only_help(words: str) -> None:
    # GIVEN two situations that look alike, of which one is told in words
    known = np.stack([features_of(scene(16, 16), ""), features_of(scene(18, 16), words)])
    plain, told = (likeness(known, features_of(scene(40, 40), said)) for said in ("", words))
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

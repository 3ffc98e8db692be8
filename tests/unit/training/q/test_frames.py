"""What the network sees of a frame while it is trained."""

import numpy as np
from PIL import Image

from coach_app.training.q.frames import Observer


def shrunk(image: Image.Image) -> Image.Image:
    return image


def test_frames_are_seen_as_captures_show_them_as_often_as_asked() -> None:
    # GIVEN a frame, and observers of clean frames, of captures, and of both
    frame = np.full((64, 96, 3), 200, np.uint8)
    frame[16:32, 16:48] = (10, 90, 200)
    clean = Observer(None, shrunk)
    # WHEN it is seen many times
    same = clean([frame] * 20)["picture"]
    captured = Observer(None, shrunk, captured=1.0, seed=3)([frame] * 20)["picture"]
    mixed = Observer(None, shrunk, captured=0.5, seed=3)([frame] * 40)["picture"]
    # THEN a clean one is always the same, captures are all different, and half of the others are clean
    assert (same == same[0]).all()
    assert len({picture.tobytes() for picture in captured}) == 20
    are_clean = [(picture == same[0]).all() for picture in mixed]
    assert 10 <= sum(are_clean) <= 30


def test_the_same_seed_sees_the_same_captures() -> None:
    # GIVEN two observers of the same seed and one of another
    frame = np.random.default_rng(1).integers(0, 256, (64, 64, 3)).astype(np.uint8)
    seen = [Observer(None, shrunk, 1.0, seed)([frame] * 3)["picture"] for seed in (1, 1, 2)]
    # WHEN they look at a frame THEN the first two see the same
    assert (seen[0] == seen[1]).all()
    assert not (seen[0] == seen[2]).all()

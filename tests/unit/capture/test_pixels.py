"""Colours of any depth become 8 bits a colour."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach_app.capture.pixels import PixelFormat

EIGHT = (0xFF0000, 0x00FF00, 0x0000FF)
TEN = (0x3FF00000, 0x000FFC00, 0x000003FF)
TEN_REVERSED = TEN[::-1]
FIVE_SIX_FIVE = (0xF800, 0x07E0, 0x001F)


def packed(colours: np.ndarray, form: PixelFormat) -> bytes:
    """Colours, (height, width, 3) uint8, as an X server lays them out."""
    height, width = colours.shape[:2]
    pixels = np.zeros((height, width), np.uint64)
    for channel, mask in enumerate(form.masks):
        shift = (mask & -mask).bit_length() - 1
        most = mask >> shift
        pixels |= (np.round(colours[..., channel] / 255 * most).astype(np.uint64)) << np.uint64(shift)
    order = "<" if form.little_endian else ">"
    lines = pixels.astype(f"{order}u{form.bits // 8}").view(np.uint8).reshape(height, -1)
    return np.pad(lines, ((0, 0), (0, form.line_bytes(width) - lines.shape[1]))).tobytes()


@pytest.mark.parametrize("little_endian", [True, False])
@pytest.mark.parametrize(
    ("bits", "masks", "most_wrong"),
    [(32, EIGHT, 0), (32, TEN, 0), (32, TEN_REVERSED, 0), (16, FIVE_SIX_FIVE, 4)],
)
@given(width=st.integers(1, 9), height=st.integers(1, 4), seed=st.integers(0, 9))
def test_colours_are_those_that_were_drawn(
    bits: int, masks: tuple[int, int, int], most_wrong: int, little_endian: bool, width: int, height: int, seed: int
) -> None:
    # GIVEN pixels of a screen
    form = PixelFormat(bits, masks, 32, little_endian)
    colours = np.random.default_rng(seed).integers(0, 256, (height, width, 3)).astype(np.uint8)
    # WHEN they are read
    image = form.image(packed(colours, form), width, height).convert("RGB")
    # THEN each colour is the same, as far as the depth allows
    difference = np.abs(np.asarray(image).astype(int) - colours)
    assert image.size == (width, height)
    assert difference.max() <= most_wrong

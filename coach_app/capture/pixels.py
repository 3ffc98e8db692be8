"""Decodes X11 pixels at any screen depth: 8 or 10 bits per channel, or 5, 6 and 5."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image
from Xlib import X

_TRUE_COLOUR, _DIRECT_COLOUR = 4, 5
_EIGHT_BITS = (0xFF0000, 0x00FF00, 0x0000FF)


@dataclass(frozen=True)
class PixelFormat:
    """The memory layout of a drawable's pixels.

    Attributes:
        bits: bits per pixel, 16 or 32.
        masks: bit masks of red, green and blue.
        line_bits: lines are padded to a multiple of this many bits.
        little_endian: whether the least significant byte comes first.
    """

    bits: int
    masks: tuple[int, int, int]
    line_bits: int
    little_endian: bool

    def line_bytes(self, width: int) -> int:
        """Size of a line of pixels in bytes."""
        return -(-width * self.bits // self.line_bits) * self.line_bits // 8

    def image(self, data: Any, width: int, height: int) -> Image.Image:
        """The picture in a buffer of ``line_bytes(width) * height`` bytes, as RGB with 8 bits per channel.

        A view of the buffer if its channels already have 8 bits; otherwise they are scaled.
        """
        if self.bits == 32 and self.masks == _EIGHT_BITS:
            order = "BGRX" if self.little_endian else "XRGB"
            return Image.frombuffer("RGB", (width, height), data, "raw", order, self.line_bytes(width), 1)
        kind = np.dtype(f"{'<' if self.little_endian else '>'}u{self.bits // 8}")
        lines = np.frombuffer(data, np.uint8, self.line_bytes(width) * height).reshape(height, -1)
        pixels = np.ascontiguousarray(lines[:, : width * self.bits // 8]).view(kind)
        return Image.fromarray(np.stack([_eight_bits(pixels, mask) for mask in self.masks], axis=-1))


def _eight_bits(pixels: npt.NDArray[Any], mask: int) -> npt.NDArray[np.uint8]:
    shift = (mask & -mask).bit_length() - 1
    most = mask >> shift
    levels = ((np.arange(most + 1) * 255 + most // 2) // most).astype(np.uint8)
    scaled: npt.NDArray[np.uint8] = levels[(pixels & mask) >> shift]
    return scaled


def pixel_format(display: Any, visual: int, depth: int) -> PixelFormat | None:
    """The memory layout of a visual's drawables; None for palettes and unusual pixel sizes.

    Args:
        display: python-xlib connection.
        visual: id of the visual.
        depth: depth of the drawable.
    """
    info = display.display.info
    form = next((form for form in info.pixmap_formats if form.depth == depth), None)
    kinds = [kind for screen in info.roots for allowed in screen.allowed_depths for kind in allowed.visuals]
    kind = next((kind for kind in kinds if kind.visual_id == visual), None)
    if form is None or kind is None or form.bits_per_pixel not in (16, 32):
        return None
    if kind.visual_class not in (_TRUE_COLOUR, _DIRECT_COLOUR) or not all(
        masks := (kind.red_mask, kind.green_mask, kind.blue_mask)
    ):
        return None
    return PixelFormat(form.bits_per_pixel, masks, form.scanline_pad, info.image_byte_order == X.LSBFirst)

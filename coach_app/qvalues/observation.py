"""Converts frames into observations of the Q-network."""

import numpy as np
import numpy.typing as npt
from PIL import Image

SIDE_PX = 84

Grey = npt.NDArray[np.uint8]


def grey_84(picture: Image.Image | npt.NDArray[np.uint8]) -> Grey:
    """Convert a frame for the article's network: grey, and resized to a square.

    Args:
        picture: any size; an array is (height, width, 3) uint8 RGB.

    Returns:
        (84, 84) uint8; the network itself divides by 255.
    """
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    return np.asarray(image.convert("L").resize((SIDE_PX, SIDE_PX), Image.Resampling.BILINEAR))

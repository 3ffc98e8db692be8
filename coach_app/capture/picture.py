"""Loads pictures from files."""

import contextlib
import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from coach_app.desktop.foreign import open_file
from coach_app.domain.errors import CoachError

MAX_PIXELS = 50_000_000
"""Larger pictures are refused before they are decoded; an 8K screenshot has 33 million."""
MIN_SIDE_PX = 8
"""Nothing can be seen in smaller ones."""
MAX_FILE_BYTES = 500_000_000
"""A long recording as GIF may be large."""
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF")
"""Whatever a file is called: Pillow knows others, of which some start programs."""


def load_picture(path: Path) -> Image.Image:
    """Read a picture in any common format as upright RGB; the first frame of an animation.

    Transparent parts become white, as viewers show them; 16-bit grey keeps its brightness.

    Raises:
        CoachError: it is missing, unreadable, broken, empty, not a picture, too small or too large.
    """
    with open_checked(path) as image, decoding(path):
        image.load()
        return to_rgb(ImageOps.exif_transpose(image))


def open_checked(path: Path) -> Image.Image:
    """Open a picture without decoding it, and check its size. The caller closes it.

    Raises:
        CoachError: as for ``load_picture``.
    """
    try:
        open_file(path, MAX_FILE_BYTES).close()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the limit below is stricter
            image = Image.open(path, formats=FORMATS)
    except FileNotFoundError as cause:
        raise CoachError(f"The picture {path} does not exist.", "Check the path.") from cause
    except IsADirectoryError as cause:
        raise CoachError(f"{path} is a folder, not a picture.", "Name a picture in it.") from cause
    except PermissionError as cause:
        raise CoachError(f"The picture {path} may not be read.", "Change its permissions.") from cause
    except Image.DecompressionBombError as cause:
        raise _too_large(path) from cause
    except UnidentifiedImageError as cause:
        if path.stat().st_size == 0:
            raise CoachError(f"The picture {path} is empty.", "Save it again.") from cause
        raise CoachError(f"{path} is not a picture that can be read.", "Use PNG, JPEG, GIF or WebP.") from cause
    except OSError as cause:
        if cause.errno is None:  # Pillow's own
            raise _broken(path) from cause
        raise CoachError(f"The picture {path} cannot be read: {cause.strerror}.", "Use another file.") from cause
    except Exception as cause:
        raise _broken(path) from cause
    if image.width * image.height > MAX_PIXELS:
        image.close()
        raise _too_large(path)
    if min(image.size) < MIN_SIDE_PX:
        image.close()
        raise CoachError(
            f"The picture {path} has only {image.width} by {image.height} pixels.",
            f"Use one with at least {MIN_SIDE_PX} by {MIN_SIDE_PX} pixels.",
        )
    return image


@contextlib.contextmanager
def decoding(path: Path) -> Iterator[None]:
    """Turn whatever Pillow raises into a CoachError: on damaged data that can be almost any exception."""
    try:
        yield
    except Exception as cause:
        raise _broken(path) from cause


def _broken(path: Path) -> CoachError:
    return CoachError(f"The picture {path} is broken.", "Save it again, for instance as PNG.")


def to_rgb(image: Image.Image) -> Image.Image:
    """Convert a decoded picture of any mode to RGB."""
    if image.mode.startswith("I"):  # 16 bits a pixel, whatever Pillow keeps them in; convert() would clip them
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if image.has_transparency_data:
        layer = image.convert("RGBA")
        white = Image.new("RGBA", layer.size, "white")
        return Image.alpha_composite(white, layer).convert("RGB")
    return image.convert("RGB")


def _too_large(path: Path) -> CoachError:
    return CoachError(
        f"The picture {path} has more than {MAX_PIXELS // 1_000_000} million pixels.", "Make it smaller first."
    )

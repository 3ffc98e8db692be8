"""How alike two situations are, by their pictures and by words about them.

Computed without a model: the numbers stay comparable when the coach is replaced by another one, or by a server, and
cost a few milliseconds in the process of the interface.
"""

import re
from collections import Counter
from hashlib import blake2b
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image

from coach_app.domain.frame import rgb

SIDE: Final = 24
"""So many squares of mean colour a picture has in each direction."""
_WORDS: Final = 256
_OF_WORDS: Final = 0.5
"""How much words count beside the picture. They can only help: the same is told in other words, too."""
_DIFFERENT: Final = 0.35
"""So far from each other two colours of a square are at least, in units of the root mean square of a picture. In games
that this was measured in, captures of a picture differ by 0.2 to 0.3 in the median, a step on a map by 0.5 at least."""
_FEW: Final = 8
"""The mean of so many pictures is subtracted by half: that of few is what they show, not what never changes."""

Features = npt.NDArray[np.float32]
"""(PICTURE + words,) float32: the picture, of length 1, and the words, of length 1 or 0."""
PICTURE: Final = SIDE * SIDE * 3
WIDTH: Final = PICTURE + _WORDS


def features_of(image: Image.Image, words: str) -> Features:
    """The features of a situation.

    Args:
        image: the part of a frame that matters, any size, mode RGB or as screens deliver it.
        words: about it, in any language; may be empty.

    Returns:
        (WIDTH,) float32.
    """
    small = rgb(image.resize((SIDE, SIDE), Image.Resampling.BOX))
    return np.concatenate(
        [_unit(np.asarray(small, np.float32).ravel() / np.float32(255) - np.float32(0.5)), _unit(_hashed(words))]
    )


def likeness(known: Features, now: Features) -> Features:
    """How alike a situation is to each of some others, by pictures and words.

    What all of them show, such as the frame of the game, does not count: the mean picture is subtracted.

    Args:
        known: (situations, WIDTH).
        now: (WIDTH,).

    Returns:
        (situations,); 1 is the same.
    """
    pictures = known[:, :PICTURE]
    usual = pictures.mean(0) * len(known) / (len(known) + _FEW)
    by_picture = _units(pictures - usual) @ _unit(now[:PICTURE] - usual)
    by_words = known[:, PICTURE:] @ now[PICTURE:]
    together = (by_picture + _OF_WORDS * by_words) / (1 + _OF_WORDS)
    alike: Features = np.maximum(by_picture, together)
    return alike


def is_same(known: Features, now: Features) -> npt.NDArray[np.bool_]:
    """Which of some situations are this very one: no square of their pictures looks different.

    A map on which a figure stands elsewhere is alike, but what was right there may be deadly here.

    Args:
        known: (situations, WIDTH).
        now: (WIDTH,).

    Returns:
        (situations,).
    """
    same: npt.NDArray[np.bool_] = np.abs(known[:, :PICTURE] - now[:PICTURE]).max(1) <= _DIFFERENT / PICTURE**0.5
    return same


def _hashed(words: str) -> Features:
    """Words as numbers (Weinberger et al. 2009, arXiv:0902.2206)."""
    made = np.zeros(_WORDS, np.float32)
    for word, count in Counter(re.findall(r"\w+", words.lower())).items():
        digest = int.from_bytes(blake2b(word.encode(), digest_size=4).digest())
        made[digest % _WORDS] += count**0.5 * (1 if digest >> 31 else -1)
    return made


def _unit(vector: Features) -> Features:
    length = float(np.linalg.norm(vector))
    return vector / np.float32(length) if length > 1e-6 else np.zeros_like(vector)


def _units(rows: Features) -> Features:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    made: Features = rows / np.maximum(lengths, 1e-6)
    return made

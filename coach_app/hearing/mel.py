"""Spectra as Whisper hears them."""

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from coach_app.hearing.transcriber import LONGEST_S, RATE_HZ, Sound

_WINDOW: Final = 400
_HOP: Final = 160
_LINEAR_HZ: Final = 200 / 3
_BREAK_HZ: Final = 1000.0
_LOG_STEP: Final = float(np.log(6.4)) / 27


def log_mel(sound: Sound, bands: int) -> NDArray[np.float32]:
    """The spectrum of half a minute of sound, padded with silence.

    Args:
        sound: see `Sound`.
        bands: how many bands on the mel scale the model hears.

    Returns:
        Shape (bands, 3000): a column for each hundredth of a second, as a logarithm, about -1 to 1.

    Source: Radford et al., "Robust Speech Recognition via Large-Scale Weak Supervision", 2022, section 2.2.
    """
    length = int(LONGEST_S * RATE_HZ)
    whole = np.zeros(length, np.float32)
    whole[: len(sound)] = sound[:length]
    around = np.pad(whole, _WINDOW // 2, mode="reflect")
    pieces = np.lib.stride_tricks.sliding_window_view(around, _WINDOW)[::_HOP][:-1]
    window = np.hanning(_WINDOW + 1)[:-1].astype(np.float32)
    power = np.abs(np.fft.rfft(pieces * window, axis=1)) ** 2
    spectrum = np.log10(np.maximum(_filters(bands) @ power.T, 1e-10))
    loud = np.maximum(spectrum, spectrum.max() - 8.0)
    scaled: NDArray[np.float32] = ((loud + 4.0) / 4.0).astype(np.float32)
    return scaled


@lru_cache(maxsize=2)
def _filters(bands: int) -> NDArray[np.float64]:
    """Triangular filters of equal area on Slaney's mel scale, shape (bands, 201)."""
    top = _BREAK_HZ / _LINEAR_HZ + np.log(RATE_HZ / 2 / _BREAK_HZ) / _LOG_STEP
    mels = np.linspace(0.0, top, bands + 2)
    logarithmic = _BREAK_HZ * np.exp((mels - _BREAK_HZ / _LINEAR_HZ) * _LOG_STEP)
    corners = np.where(mels * _LINEAR_HZ < _BREAK_HZ, mels * _LINEAR_HZ, logarithmic)
    away = corners[:, None] - np.linspace(0.0, RATE_HZ / 2, _WINDOW // 2 + 1)
    width = np.diff(corners)[:, None]
    triangles = np.maximum(0.0, np.minimum(-away[:-2] / width[:-1], away[2:] / width[1:]))
    areas: NDArray[np.float64] = triangles * (2.0 / (corners[2:] - corners[:-2]))[:, None]
    return areas

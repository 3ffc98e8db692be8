"""Spectra as Whisper hears them, against transformers' own."""

import numpy as np
import pytest
from transformers import WhisperFeatureExtractor

from coach_app.hearing.mel import log_mel
from coach_app.hearing.transcriber import RATE_HZ


@pytest.mark.parametrize(("bands", "seconds"), [(80, 2.0), (128, 31.0)])
def test_the_spectrum_is_the_one_that_whisper_was_trained_on(bands: int, seconds: float) -> None:
    # GIVEN a rising tone with noise, shorter and longer than what is heard at once
    time_s = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    noise = np.random.default_rng(3).normal(0, 0.05, len(time_s))
    sound = (0.4 * np.sin(2 * np.pi * (200 + 300 * time_s) * time_s) + noise).astype(np.float32)
    # WHEN its spectrum is taken THEN it is the reference's
    reference = WhisperFeatureExtractor(feature_size=bands)
    (expected,) = reference(sound, sampling_rate=RATE_HZ, return_tensors="np")["input_features"]
    found = log_mel(sound, bands)
    assert found.shape == (bands, 3000)
    assert found.dtype == np.float32
    np.testing.assert_allclose(found, expected, atol=1e-3)

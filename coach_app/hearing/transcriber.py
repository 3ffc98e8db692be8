"""The interface of what turns speech into text."""

from collections.abc import Iterator
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from coach_app.domain.phrases import Language

RATE_HZ: Final = 16_000
"""Samples a second of all sound here."""
LONGEST_S: Final = 30.0
"""How much speech is understood at once."""

Sound = NDArray[np.float32]
"""One channel at ``RATE_HZ``, each sample in [-1, 1]; shape (samples,)."""


class Transcriber(Protocol):
    """Writes down what was said. Its methods take seconds, and may be called from any one thread at a time."""

    def prepare(self, language: Language) -> None:
        """Load what is needed for a language, while the user still speaks.

        Raises:
            CoachError: there is no model, or none for this language.
        """

    def transcribe(self, sound: Sound, language: Language, about: str = "") -> str:
        """Write down what was said; empty if it was nothing.

        Args:
            sound: at most ``LONGEST_S``; what is beyond that is not heard.
            language: spoken language.
            about: English sentences with words that are likely, such as the names of the moves.

        Raises:
            CoachError: see `prepare`.
        """

    def close(self) -> None:
        """Give back the memory; may be called twice, and the next call loads the model again."""


class ScriptedTranscriber:
    """Hears given sentences, one after the other; for tests and demos.

    Attributes:
        heard: the sounds that it was given.
    """

    def __init__(self, *sentences: str) -> None:
        self._sentences: Iterator[str] = iter(sentences)
        self.heard: list[Sound] = []

    def prepare(self, language: Language) -> None:
        """See `Transcriber.prepare`."""

    def transcribe(self, sound: Sound, language: Language, about: str = "") -> str:
        """See `Transcriber.transcribe`."""
        self.heard.append(sound)
        return next(self._sentences, "")

    def close(self) -> None:
        """See `Transcriber.close`."""

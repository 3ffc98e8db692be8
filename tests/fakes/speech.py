"""Speech that espeak-ng makes, and a microphone that hears it instead of the system's."""

import io
import subprocess
import wave

import numpy as np
from PySide6.QtCore import QObject, Signal

from coach_app.domain.errors import CoachError
from coach_app.hearing.transcriber import RATE_HZ, Sound


def spoken(text: str, voice: str = "en-us") -> Sound:
    """A sentence in a voice of espeak-ng's."""
    command = ["espeak-ng", "-v", voice, "-s", "140", "--stdout", text]
    return sound_in(subprocess.run(command, capture_output=True, check=True).stdout)


def sound_in(wav: bytes) -> Sound:
    """The sound in a WAV file with one channel of 16 bits."""
    with wave.open(io.BytesIO(wav)) as file:
        rate = file.getframerate()
        # A stream does not say how long it is.
        samples = np.frombuffer(wav[44:], np.int16).astype(np.float32) / 2**15
    length = int(len(samples) * RATE_HZ / rate)
    sound: Sound = np.interp(np.arange(length) * rate / RATE_HZ, np.arange(len(samples)), samples).astype(np.float32)
    return sound


class FakeMicrophone(QObject):
    """See `coach_app.ui.microphone.Microphone`; hears what a test says.

    Attributes:
        says: what is heard until it is closed.
        refuses: raised when it is opened.
    """

    full = Signal()
    failed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.says = np.zeros(0, np.float32)
        self.refuses: CoachError | None = None
        self.is_open = False

    def open(self) -> None:
        if self.refuses:
            raise self.refuses
        self.is_open = True

    def close(self) -> Sound:
        heard = self.says if self.is_open else np.zeros(0, np.float32)
        self.is_open = False
        return heard

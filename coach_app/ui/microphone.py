"""The microphone, through PortAudio: open only while it is wanted, and never on the disk."""

import logging
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from PySide6.QtCore import QObject, Signal

from coach_app.domain.errors import CoachError
from coach_app.hearing.transcriber import LONGEST_S, RATE_HZ, Sound

if TYPE_CHECKING:
    from sounddevice import RawInputStream

_log = logging.getLogger(__name__)

_NO_LIBRARY: Final = CoachError("The coach cannot reach the microphone.", "On Linux install libportaudio2.")
_NONE: Final = CoachError("This computer has no microphone that the coach can use.", "Connect one, or switch it on.")
_BROKEN: Final = CoachError(
    "The microphone cannot be opened.",
    "Allow it in the system's settings for privacy, and see whether another program uses it alone.",
)
_MOST_BYTES: Final = int(LONGEST_S * RATE_HZ) * 2


class Microphone(QObject):
    """Takes in what is said between `open` and `close`. Interface thread only.

    Attributes:
        full: emitted when ``LONGEST_S`` is reached; what follows is not kept.
        failed: emitted with a sentence when the microphone breaks down while it is open.
    """

    full = Signal()
    failed = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stream: RawInputStream | None = None
        self._heard = bytearray()

    @property
    def is_open(self) -> bool:
        """Whether it takes in what is said."""
        return self._stream is not None

    def open(self) -> None:
        """Open the system's microphone, and forget what was said before.

        Raises:
            CoachError: there is none, or the coach may not use it.
        """
        self.close()
        try:
            import sounddevice
        except OSError as error:
            _log.info("no microphone: %s", error)
            raise _NO_LIBRARY from error
        try:
            self._stream = self._opened()
        except sounddevice.PortAudioError:
            # It knows only what was there when it started: microphones come and go.
            sounddevice._terminate()
            sounddevice._initialize()
            try:
                self._stream = self._opened()
            except sounddevice.PortAudioError as error:
                _log.info("the microphone cannot be opened: %s", error)
                raise (_NONE if "querying device" in str(error) else _BROKEN) from error

    def close(self) -> Sound:
        """Close the microphone.

        Returns:
            What was said; empty if it was not open.
        """
        if stream := self._stream:
            self._stream = None
            stream.abort(ignore_errors=True)  # to stop waits for sound that may never come
            stream.close(ignore_errors=True)
        said: Sound = np.frombuffer(bytes(self._heard), np.int16).astype(np.float32) / np.float32(2**15)
        self._heard = bytearray()
        return said

    def _opened(self) -> "RawInputStream":
        from sounddevice import RawInputStream

        heard = self._heard = bytearray()

        def keep(data: Any, *_: object) -> None:
            """In a thread of PortAudio's."""
            if len(heard) < _MOST_BYTES:
                heard.extend(data)
                if len(heard) >= _MOST_BYTES:
                    self.full.emit()

        def ended() -> None:
            if self._stream is stream:  # nobody closed it
                self.failed.emit(str(_BROKEN))

        stream = RawInputStream(samplerate=RATE_HZ, channels=1, dtype="int16", callback=keep, finished_callback=ended)
        stream.start()
        return stream

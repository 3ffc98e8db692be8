"""The voice of the coach: a voice of the system, through Qt."""

import logging
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QLocale, QLoggingCategory, QObject, Signal

from coach_app.domain.errors import CoachError
from coach_app.domain.phrases import Language

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech

_log = logging.getLogger(__name__)

NO_VOICE: Final = CoachError(
    "This computer has no voice that the coach can use.",
    "On Linux install speech-dispatcher and espeak-ng; elsewhere add a voice in the system's settings.",
)
_NO_VOICE_FOR: Final = {
    "en": CoachError("This computer has no English voice.", "Add one in the system's settings, or switch speech off."),
    "ja": CoachError("This computer has no Japanese voice.", "Add one in the system's settings, or switch speech off."),
}
_LOCALES: Final = {"en": QLocale("en_US"), "ja": QLocale("ja_JP")}


class Voice(QObject):
    """Speaks one text at a time; a new one interrupts the one before. Interface thread only.

    The system is asked for its voices only when the first text is spoken.

    Attributes:
        failed: emitted with a sentence when the system's speech breaks down while it speaks.

    Args:
        engine: name of Qt's engine; empty for the system's own.
        parent: owner.
    """

    failed = Signal(str)

    def __init__(self, engine: str = "", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted = engine
        self._engine: QTextToSpeech | None = None
        self._language: Language | None = None
        self._volume, self._speed = 1.0, 0.5

    def set_sound(self, volume: float, speed: float) -> None:
        """Set volume and speed, both 0 to 1; a speed of 0.5 is the voice's usual one."""
        self._volume, self._speed = volume, speed
        self._tune()

    def check(self, language: Language) -> None:
        """Find a voice for a language.

        Raises:
            CoachError: there is none.
        """
        engine = self._open()
        if language == self._language:
            return
        wanted = _LOCALES[language]
        locales = [locale for locale in engine.availableLocales() if locale.language() == wanted.language()]
        if not locales:
            raise _NO_VOICE_FOR[language]
        if engine.locale().language() != wanted.language():
            engine.setLocale(wanted if wanted in locales else locales[0])
        if engine.engine() == "speechd":  # it has hundreds of variations of each voice, in no order
            engine.setVoice(min(engine.availableVoices(), key=lambda voice: len(voice.name())))
        self._tune()
        self._language = language

    def say(self, text: str, language: Language) -> None:
        """Speak a text at once.

        Raises:
            CoachError: there is no voice for its language.
        """
        self.stop()
        self.check(language)
        assert self._engine
        self._engine.say(text)

    def stop(self) -> None:
        """Be silent at once."""
        if self._engine:
            self._engine.stop()

    def close(self) -> None:
        """Let go of the system's speech; may be called twice."""
        if self._engine:
            self._engine.stop()
            self._engine.deleteLater()
            self._engine = self._language = None

    def _open(self) -> "QTextToSpeech":
        """The engine, opened anew if it has broken down."""
        # Qt's multimedia, which speech needs, warns of libraries that speech does not.
        QLoggingCategory.setFilterRules("qt.multimedia.symbolsresolver.warning=false")
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError as error:  # a library of the system is missing
            _log.info("no speech: %s", error)
            raise NO_VOICE from error
        broken = QTextToSpeech.State.Error
        if self._engine and self._engine.state() != broken:
            return self._engine
        self.close()
        engines = [self._wanted] if self._wanted else [e for e in QTextToSpeech.availableEngines() if e != "mock"]
        for name in engines:
            engine = QTextToSpeech(name, self)
            if engine.state() != broken:
                engine.errorOccurred.connect(self._on_error)
                self._engine = engine
                return engine
            _log.info("no speech by %s: %s", name, engine.errorString())
            engine.deleteLater()
        raise NO_VOICE

    def _tune(self) -> None:
        if self._engine:
            self._engine.setVolume(self._volume)
            self._engine.setRate(2 * self._speed - 1)

    def _on_error(self, _: object, text: str) -> None:
        _log.info("speech broke down: %s", text)
        self.failed.emit(str(NO_VOICE))

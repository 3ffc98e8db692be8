"""Reads the advice of the running app aloud."""

from PySide6.QtGui import QAction

from coach_app.assembly.settings_in_use import Reaction, SettingsInUse
from coach_app.assembly.tasks import Tasks
from coach_app.domain.advice import Advice
from coach_app.domain.aloud import aloud
from coach_app.domain.errors import CoachError
from coach_app.session.events import (
    AnswerFinished,
    AnswerStarted,
    AnswerTranslated,
    Event,
    PauseChanged,
    SourceGone,
)
from coach_app.ui.bridge import SessionBridge
from coach_app.ui.voice import Voice


class LiveSpeech:
    """Speaks each advice as the settings say; never two at a time, and never one after another.

    Args:
        voice: speaks.
        bridge: knows the language of what is shown; has to hear of each event first.
        action: checked while speech is on.
        settings: the settings in use.
        tasks: show errors, each once until the settings change.
    """

    def __init__(
        self, voice: Voice, bridge: SessionBridge, action: QAction, settings: SettingsInUse, tasks: Tasks
    ) -> None:
        self._voice, self._bridge, self._action = voice, bridge, action
        self._settings, self._tasks = settings, tasks
        self._awaits = 0
        self._complained: set[str] = set()
        voice.failed.connect(self._complain)
        settings.when(Reaction.SPEECH, lambda *_: self.follow_settings())

    def switch(self, on: bool) -> None:
        """Speak from now on, or be silent at once."""
        self._settings.set("speech", "on", on)

    def follow_settings(self) -> None:
        """Apply the settings; where speech is on without a voice for it, the user reads that."""
        speech = self._settings.current.speech
        self._complained.clear()
        self._action.setChecked(speech.on)
        self._voice.set_sound(speech.volume, speech.speed)
        if not speech.on:
            self._voice.close()
            return
        try:
            self._voice.check(self._bridge.language)
        except CoachError as error:
            self._complain(str(error))

    def on_event(self, event: Event) -> None:
        """Something happened in the session."""
        match event:
            case AnswerFinished():
                self._awaits = event.id if event.translating and self._bridge.language == "ja" else 0
                if not self._awaits:
                    self._say(event.advice)
            case AnswerTranslated() if event.id == self._awaits:
                self._awaits = 0
                self._say(event.advice)
            case AnswerStarted(question=question) if question:
                self.hush()
            case SourceGone() | PauseChanged(paused=True):
                self.hush()

    def hush(self) -> None:
        """Be silent until there is something new to say."""
        self._awaits = 0
        self._voice.stop()

    def _say(self, advice: Advice) -> None:
        speech = self._settings.current.speech
        text, language = aloud(advice, speech.says, self._bridge.language)
        if not speech.on or not text:
            return
        try:
            self._voice.say(text, language)
        except CoachError as error:
            self._complain(str(error))

    def _complain(self, sentence: str) -> None:
        if sentence not in self._complained:
            self._complained.add(sentence)
            self._tasks.complain(sentence)

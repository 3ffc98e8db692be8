"""Takes down questions that are asked aloud while a key is held."""

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import Final

from coach_app.assembly.live_questions import LiveQuestions, Moment
from coach_app.assembly.live_speech import LiveSpeech
from coach_app.assembly.settings_in_use import Reaction, SettingsInUse
from coach_app.assembly.tasks import Tasks
from coach_app.domain.errors import CoachError
from coach_app.domain.profile import GameProfile
from coach_app.hearing.transcriber import RATE_HZ, Sound, Transcriber
from coach_app.hearing.whisper import WhisperTranscriber
from coach_app.settings.schema import HearingSettings
from coach_app.ui.actions import CoachActions
from coach_app.ui.language import translated
from coach_app.ui.microphone import Microphone
from coach_app.ui.overlay import Overlay

_SHORTEST_S: Final = 0.3
_HOLD: Final = "Hold the key while you speak, and let go when you are done."
_OFF: Final = "Switch on “Hear questions” in the settings, under Hearing."
_SILENCE: Final = "The microphone heard nothing at all. Is it switched on, and allowed in the system's settings?"
_NOTHING: Final = "Nothing was understood. Hold the key, and ask again."


class LiveHearing:
    """Opens the microphone while the key is held, and the question box with what was said. Nothing is ever stored.

    Args:
        microphone: takes in what is said.
        actions: tell when the key is held.
        overlay: shows that the microphone is open.
        speech: is silent meanwhile.
        questions: shows what was understood.
        game: the game that is being watched.
        settings: the settings in use.
        tasks: hold what takes time, and show errors.
    """

    def __init__(
        self,
        microphone: Microphone,
        actions: CoachActions,
        overlay: Overlay,
        speech: LiveSpeech,
        questions: LiveQuestions,
        game: Callable[[], GameProfile | None],
        settings: SettingsInUse,
        tasks: Tasks,
    ) -> None:
        self._microphone, self._overlay, self._speech, self._questions = microphone, overlay, speech, questions
        self._game, self._settings, self._tasks = game, settings, tasks
        self._transcriber: Transcriber | None = None
        self._moment: Moment | None = None
        self._busy = asyncio.Lock()  # a transcriber does one thing at a time
        actions.held.connect(self._on_held)
        microphone.full.connect(self._end)
        microphone.failed.connect(self._give_up)
        settings.when(Reaction.HEARING, lambda _, new: self.follow(new.hearing))

    def explain(self) -> None:
        """Say how to ask aloud, to whoever tries to without a key."""
        self._overlay.show_notice(translated(_HOLD if self._settings.current.hearing.on else _OFF))

    async def close(self) -> None:
        """Close the microphone, and let the model go."""
        self._microphone.close()
        async with self._busy:
            self._drop()

    def _on_held(self, action: str, held: bool) -> None:
        if action == "talk" and self._settings.current.hearing.on:
            self._begin() if held else self._end()

    def _begin(self) -> None:
        if self._microphone.is_open:
            return
        self._speech.hush()
        try:
            self._microphone.open()
        except CoachError as error:
            self._tasks.complain(str(error))
            return
        self._overlay.set_hearing("open")
        self._tasks.hold(self._prepare())

    def _end(self) -> None:
        if not self._microphone.is_open:
            return
        sound = self._microphone.close()
        if len(sound) < _SHORTEST_S * RATE_HZ:
            self._stop(_HOLD)
        elif not sound.any():
            self._stop(_SILENCE)
        else:
            self._overlay.set_hearing("writing")
            self._tasks.hold(self._write_down(sound))

    async def _prepare(self) -> None:
        """Keep the moment that the question is about, and load the model while the user speaks."""
        try:
            async with self._busy:
                self._moment = await self._questions.look()
                await asyncio.to_thread(self._used().prepare, self._settings.current.hearing.language)
        except CoachError as error:
            self._give_up(str(error))

    async def _write_down(self, sound: Sound) -> None:
        language, game = self._settings.current.hearing.language, self._game()
        about = f"{game.title}. {game.prompt}" if game else ""
        try:
            async with self._busy:
                text = await asyncio.to_thread(self._used().transcribe, sound, language, about)
        except CoachError as error:
            self._give_up(str(error))
            return
        self._stop("" if text else _NOTHING)
        if text:
            await self._questions.open(text, self._moment)

    def _used(self) -> Transcriber:
        if self._transcriber is None:
            folder = self._settings.current.hearing.model
            self._transcriber = WhisperTranscriber(Path(folder).expanduser() if folder else None)
        return self._transcriber

    def _give_up(self, sentence: str) -> None:
        self._microphone.close()
        self._overlay.set_hearing("")
        self._tasks.complain(sentence)

    def _stop(self, notice: str) -> None:
        if not self._microphone.is_open:  # or else the next question is being asked already
            self._overlay.set_hearing("")
        if notice:
            self._overlay.show_notice(translated(notice))

    def follow(self, _: HearingSettings) -> None:
        """Let go of the microphone and of the model: from now on it is another one, or none."""
        if self._microphone.is_open:
            self._microphone.close()
            self._overlay.set_hearing("")
        self._tasks.hold(self._drop_soon())

    async def _drop_soon(self) -> None:
        async with self._busy:
            self._drop()

    def _drop(self) -> None:
        if self._transcriber:
            self._transcriber.close()
            self._transcriber = None

"""Serves the profile editor's live picture and prompt trials."""

import asyncio
import contextlib

from coach_app.assembly.live_coach import LiveCoach
from coach_app.assembly.live_questions import qimage
from coach_app.assembly.settings_in_use import SettingsInUse
from coach_app.assembly.tasks import Tasks
from coach_app.assembly.watching import Watching
from coach_app.capture.mailbox import CaptureThread
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import SourceSpec
from coach_app.ui.language import translated
from coach_app.ui.profile_editor import ProfileEditor

_INTERVAL_S = 0.25


class PromptTrials:
    """Serves every profile editor while it is open.

    Args:
        watching: opens sources.
        settings: the settings in use.
        coach: answers the prompts.
        tasks: hold what takes time.
    """

    def __init__(self, watching: Watching, settings: SettingsInUse, coach: LiveCoach, tasks: Tasks) -> None:
        self._watching, self._settings, self._coach, self._tasks = watching, settings, coach, tasks

    def serve(self, editor: ProfileEditor) -> None:
        """Serve an editor."""
        served = _Served(editor, self._watching, self._settings, self._coach)
        served.showing = self._tasks.hold(served.show())
        editor.source_wanted.connect(served.look_at)
        editor.try_wanted.connect(lambda profile: served.answer_with(self._tasks.hold(served.answer(profile))))
        editor.trial.stop_wanted.connect(served.stop)
        for over in (editor.finished, editor.destroyed):
            over.connect(lambda: served.end())


class _Served:
    """One editor being served."""

    def __init__(self, editor: ProfileEditor, watching: Watching, settings: SettingsInUse, coach: LiveCoach) -> None:
        self._trial, self._watching, self._settings, self._coach = editor.trial, watching, settings, coach
        self._capture = CaptureThread(watching.opener(settings.current.general.source), _INTERVAL_S)
        self._frame: Frame | None = None
        self._answering: asyncio.Task[None] | None = None
        self.showing: asyncio.Task[None] | None = None

    def look_at(self, source: SourceSpec | None) -> None:
        """Change the source of the picture; None for what the coach watches."""
        self._frame = None
        self._capture.change_source(self._watching.opener(source or self._settings.current.general.source))

    async def show(self) -> None:
        """Show the live picture until cancelled."""
        self._capture.start()
        try:
            while True:
                seen = await self._capture.mailbox.next()
                if isinstance(seen, Frame):
                    self._frame = seen
                    self._trial.show_picture(qimage(seen))
                else:
                    self._frame = None
                    self._trial.picture.show_sentence(translated(seen.sentence))
        finally:
            self._capture.stop()

    async def answer(self, profile: GameProfile) -> None:
        """Answer the profile's prompt about the current picture."""
        try:
            if self._frame is None:
                raise CoachError("There is no picture to try the prompt with.", "Open the game's window.")
            advice = await self._coach.try_out(self._frame, profile, self._trial.add_words)
        except CoachError as error:
            self._trial.fail(translated(str(error)))
        except asyncio.CancelledError:
            with contextlib.suppress(RuntimeError):  # the editor is gone
                self._trial.fail("")
            raise
        else:
            self._trial.end(advice.text, (advice.move or "") if profile.moves else None, advice.latency_ms / 1000)

    def answer_with(self, task: "asyncio.Task[None]") -> None:
        """Set the task that answers."""
        self._answering = task

    def stop(self) -> None:
        """Stop answering."""
        if self._answering:
            self._answering.cancel()

    def end(self) -> None:
        """Stop answering and showing."""
        self.stop()
        if self.showing:
            self.showing.cancel()

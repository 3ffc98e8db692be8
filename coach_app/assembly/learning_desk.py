"""Serves the Learning window."""

import asyncio
from collections.abc import Callable

from coach_app.assembly.live_feedback import LiveFeedback
from coach_app.assembly.live_memory import LiveMemory
from coach_app.assembly.tasks import Tasks
from coach_app.assembly.watching import Watching
from coach_app.domain.errors import CoachError
from coach_app.games import profiles as profile_files
from coach_app.knowledge.feedback import Rating, feedback_file
from coach_app.knowledge.remembered import Memory, memory_file
from coach_app.learning.learned import load_learned, use
from coach_app.learning.overview import delete_collected, experience_folder, overview
from coach_app.ui.language import translated
from coach_app.ui.learning_window import LearningWindow
from coach_app.ui.windows import Windows


class LearningDesk:
    """Serves the window.

    Args:
        windows: open the window.
        watching: knows the profiles.
        memory, feedback: the app's memory and ratings.
        reload: called when a profile was saved.
        tasks: run what takes time.
    """

    def __init__(
        self,
        windows: Windows,
        watching: Watching,
        memory: LiveMemory,
        feedback: LiveFeedback,
        reload: Callable[[], None],
        tasks: Tasks,
    ) -> None:
        self._watching, self._memory, self._feedback = watching, memory, feedback
        self._reload, self._tasks = reload, tasks
        self._window: LearningWindow | None = None
        windows.learning_opened.connect(self._serve)
        windows.learning_closed.connect(self._forget)

    def _serve(self, window: LearningWindow) -> None:
        self._window = window
        memories = self._memory.opened
        window.look_wanted.connect(lambda game: self._tasks.hold(self._look(game)))
        window.memory_wanted.connect(lambda game, wanted: self._switch(game, "memory", wanted))
        window.record_wanted.connect(lambda game, wanted: self._switch(game, "record", wanted))
        window.use_wanted.connect(self._use)
        window.edit_wanted.connect(lambda number, note: self._change(lambda: memories().edit(number, note)))
        window.delete_wanted.connect(lambda ids: self._change(lambda: memories().delete(ids)))
        window.delete_collected_wanted.connect(lambda game: self._change(lambda: delete_collected(game)))
        window.delete_all_wanted.connect(lambda game: self._change(lambda: memories().delete_game(game)))

    def _forget(self) -> None:
        self._window = None

    async def _look(self, game: str) -> None:
        found = await asyncio.to_thread(overview, experience_folder(game))
        learned = await asyncio.to_thread(load_learned, game)
        try:  # no file is made where nothing was remembered
            known = await asyncio.to_thread(lambda: self._memory.opened().of(game) if memory_file().exists() else [])
            rated = await asyncio.to_thread(
                lambda: self._feedback.opened().of(game) if feedback_file().exists() else []
            )
        except CoachError as error:
            self._tell(error)
            return
        if self._window and self._window.game == game:
            profile = self._watching.profiles.get(game)
            self._window.show_overview(found)
            self._window.show_recording(bool(profile and profile.record))
            self._window.show_ratings(rated)
            self._window.show_memories(known, bool(profile and profile.memory))
            self._window.show_learned(learned, bool(learned and profile and profile.model == learned.model))

    def _kept(self, game: str) -> tuple[list[Memory], list[Rating]]:
        """What is kept of a game; no file is made where nothing is."""
        known = self._memory.opened().of(game) if memory_file().exists() else []
        return known, self._feedback.opened().of(game) if feedback_file().exists() else []

    def _change(self, change: Callable[[], object]) -> None:
        self._tasks.hold(self._changed(change))

    async def _changed(self, change: Callable[[], object]) -> None:
        try:
            await asyncio.to_thread(change)
        except CoachError as error:
            self._tell(error)
            return
        if self._window:
            self._window.refresh()

    def _switch(self, game: str, option: str, wanted: bool) -> None:
        try:
            profile_files.save_profile(self._watching.profiles[game].model_copy(update={option: wanted}))
        except CoachError as error:
            self._tell(error)
        else:
            self._reload()
        if self._window:
            self._window.refresh()

    def _use(self, game: str, wanted: bool) -> None:
        found = load_learned(game)
        try:
            use(game, found.model if found and wanted else "")
        except CoachError as error:
            self._tell(error)
        else:
            self._reload()
        if self._window:
            self._window.refresh()

    def _tell(self, error: CoachError) -> None:
        if self._window:
            self._window.show_notice(translated(str(error)))

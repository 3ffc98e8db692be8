"""Serves the Server page of the settings: lists the server's models, and stores its key in the keyring."""

import asyncio

from coach_app.advisor.remote import offered_models
from coach_app.assembly.live_coach import LiveCoach
from coach_app.assembly.settings_in_use import Reaction, SettingsInUse
from coach_app.assembly.tasks import Tasks
from coach_app.domain.errors import CoachError
from coach_app.settings import keys
from coach_app.settings.schema import Settings
from coach_app.ui.language import translated
from coach_app.ui.windows import Windows


class ServerPage:
    """Serves the page.

    Args:
        windows: show the page.
        settings: the settings in use.
        coach: informed about a new key.
        tasks: hold what takes time.
    """

    def __init__(self, windows: Windows, settings: SettingsInUse, coach: LiveCoach, tasks: Tasks) -> None:
        self._windows, self._settings, self._coach, self._tasks = windows, settings, coach, tasks
        windows.server_models_wanted.connect(lambda: tasks.hold(self._list_models()))
        windows.key_entered.connect(lambda key: tasks.hold(self._keep(key)))
        settings.when(Reaction.KEYRING, self._forget_key)

    async def _list_models(self) -> None:
        try:
            self._windows.show_server_models(await offered_models(self._settings.current))
        except CoachError as error:
            self._windows.show_problem("server", "model", translated(str(error)))

    async def _keep(self, key: str) -> None:
        try:
            await asyncio.to_thread(keys.keep_key, self._settings.current.server.url, key)
        except CoachError as error:
            self._windows.show_problem("server", "key", translated(str(error)))
            return
        self._windows.show_problem("server", "key", "")
        self._settings.set("server", "key", bool(key))
        await self._coach.follow_settings()  # even if another key was used before

    def _forget_key(self, before: Settings, after: Settings) -> None:
        if before.server.key and not after.server.key:
            self._tasks.hold(asyncio.to_thread(keys.keep_key, before.server.url, ""))

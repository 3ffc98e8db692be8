"""The translator of the running app."""

import asyncio

from coach_app.assembly.engine_room import EngineRoom
from coach_app.assembly.outlet import Outlet
from coach_app.assembly.settings_in_use import Reaction, SettingsInUse
from coach_app.assembly.tasks import Tasks
from coach_app.assembly.watching import Watching
from coach_app.domain.profile import AskAbout, GameProfile
from coach_app.settings.schema import Settings
from coach_app.translation.sentences import holds_japanese
from coach_app.translation.translator import Translator


class LiveTranslator:
    """Opens a translator when Japanese is wanted, and replaces it when settings or games change.

    Args:
        room: the engine with the coach to translate for.
        settings: the settings in use.
        watching: the games, whose profiles may ask for Japanese.
        tasks: hold what takes time.

    Attributes:
        current: the current translator, or None.
        changed: called with the current translator when it may have changed.
    """

    def __init__(self, room: EngineRoom, settings: SettingsInUse, watching: Watching, tasks: Tasks) -> None:
        self._room, self._settings, self._watching, self._tasks = room, settings, watching, tasks
        self._choosing = asyncio.Lock()
        self._asked_in_japanese = False
        self._asked_about: tuple[str, ...] = ()
        self.current: Translator | None = None
        self.changed = Outlet[Translator | None]()
        settings.when(Reaction.TRANSLATOR, self._react)

    async def choose(self) -> None:
        """Open a translator if Japanese is wanted; close one that is no longer needed.

        Raises:
            CoachError: no translator is available.
        """
        async with self._choosing:
            before, self.current = self.current, None
            settings = self._settings.current
            wanted = {settings.general.language, *(profile.language for profile in self._watching.profiles.values())}
            try:
                if "ja" in wanted or self._asked_in_japanese:
                    self.current = await self._room.open_translator(settings.allowed_translation, self._asked_about)
            finally:
                self.changed(self.current)
                if before:
                    await before.close()

    async def choose_again(self) -> None:
        """Replace the current translator, if there is one, after a change of games or models."""
        if self.current:
            await self.choose()

    async def prepare(self, question: str, about: AskAbout, profile: GameProfile) -> None:
        """Open the translator if a question and its answer need it.

        Raises:
            CoachError: no translator is available.
        """
        in_japanese = holds_japanese(question) and not self._asked_in_japanese
        about_game = about == "game" and profile.id not in self._asked_about
        self._asked_in_japanese |= in_japanese
        if about_game:
            self._asked_about += (profile.id,)
        if (in_japanese and self.current is None) or (about_game and self.current):
            await self.choose()

    async def close(self) -> None:
        """Close the current translator; may be called twice."""
        if self.current:
            await self.current.close()

    def _react(self, before: Settings, after: Settings) -> None:
        if (before.general.language, before.allowed_translation) != (after.general.language, after.allowed_translation):
            self._tasks.hold(self.choose())

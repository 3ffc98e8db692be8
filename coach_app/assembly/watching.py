"""What the running app watches: the screen, for one of the games that it knows."""

import re
from collections.abc import Callable

from coach_app.assembly.settings_in_use import Reaction, SettingsInUse
from coach_app.capture.choose import open_source
from coach_app.capture.mailbox import CaptureThread
from coach_app.capture.source import FrameSource
from coach_app.domain.profile import GameProfile
from coach_app.domain.programs import is_file_manager
from coach_app.domain.source import SourceSpec, WindowSpec
from coach_app.games import profiles as profile_files
from coach_app.settings.schema import Settings


class Watching:
    """Captures what the settings say. Begins when its ``capture`` is started, and ends when that is stopped.

    Args:
        settings: say what is watched, and how often.
        profiles: of all games, by id.

    Attributes:
        capture: takes the pictures.
        profiles: of all games, by id; read anew by `reload`.
    """

    def __init__(self, settings: SettingsInUse, profiles: dict[str, GameProfile]) -> None:
        self._settings = settings
        self.profiles = profiles
        current = settings.current
        self.capture = CaptureThread(self._opener(current), 1 / current.capture.rate_hz)
        settings.when(Reaction.CAPTURE_RATE, lambda _, new: self.capture.change_interval(1 / new.capture.rate_hz))
        settings.when(Reaction.SOURCE, lambda _, new: self.capture.change_source(self._opener(new)))

    def reload(self) -> list[str]:
        """Read the profiles anew.

        Returns:
            A sentence for each thing that the user should know.
        """
        self.profiles, notices = profile_files.load_profiles(keep=True)
        self.capture.change_source(self._opener(self._settings.current))
        return notices

    def choose(self, source: SourceSpec) -> None:
        """Watch this from now on; the program of a game's window is remembered where the game names none."""
        if isinstance(source, WindowSpec) and source.program and not is_file_manager(source.program):
            game = profile_files.profile_for_window(source.title, self.profiles)
            if game and not game.program:
                programs = self._settings.current.general.programs | {game.id: source.program}
                self._settings.set("general", "programs", programs)
        self._settings.set("general", "source", source)

    def pause(self, paused: bool) -> None:
        """Take no pictures unasked, or go on."""
        if paused:
            self.capture.pause()
        else:
            self.capture.resume()

    def profile_for(self, game: str, title: str, program: str = "") -> GameProfile:
        """The profile for a game's id ("auto" chooses by the window), and a window's title and program."""
        if game in self.profiles:
            return self.profiles[game]
        found = profile_files.profile_for_window(title, self._known(self._settings.current), program)
        return found or self.profiles[profile_files.DEFAULT_ID]

    def _opener(self, settings: Settings) -> Callable[[], FrameSource]:
        known = self._known(settings)
        source, chosen = settings.general.source, known.get(settings.general.game)
        games = [chosen] if chosen and chosen.window else list(known.values())[::-1]  # the user's own go first
        return lambda: open_source(source, games=games)

    def _known(self, settings: Settings) -> dict[str, GameProfile]:
        """The profiles, with the programs that the user chose for those that name none."""
        programs = settings.general.programs
        return {
            name: profile.model_copy(update={"program": f"^{re.escape(programs[name])}$"})
            if name in programs and not profile.program
            else profile
            for name, profile in self.profiles.items()
        }

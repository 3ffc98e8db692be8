"""What the running app watches: the screen, for one of the games that it knows."""

from collections.abc import Callable

from coach_app.assembly.settings_in_use import Reaction, SettingsInUse
from coach_app.capture.choose import open_source
from coach_app.capture.mailbox import CaptureThread
from coach_app.capture.source import FrameSource
from coach_app.domain.profile import GameProfile
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
        self.profiles, notices = profile_files.load_profiles()
        self.capture.change_source(self._opener(self._settings.current))
        return notices

    def pause(self, paused: bool) -> None:
        """Take no pictures unasked, or go on."""
        if paused:
            self.capture.pause()
        else:
            self.capture.resume()

    def profile_for(self, game: str, title: str) -> GameProfile:
        """The profile for a game's id ("auto" chooses by title) and a window's title."""
        if game in self.profiles:
            return self.profiles[game]
        found = profile_files.profile_for_window(title, self.profiles)
        return found or self.profiles[profile_files.DEFAULT_ID]

    def _opener(self, settings: Settings) -> Callable[[], FrameSource]:
        source, chosen = settings.general.source, self.profiles.get(settings.general.game)
        watched = [chosen] if chosen and chosen.window else self.profiles.values()
        patterns = [profile.window for profile in watched if profile.window]
        return lambda: open_source(source, game_windows=patterns)

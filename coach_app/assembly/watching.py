"""Capture in the running app: the source, and the known games."""

from collections.abc import Callable

from coach_app.assembly.settings_in_use import Reaction, SettingsInUse
from coach_app.capture.choose import open_source
from coach_app.capture.mailbox import CaptureThread
from coach_app.capture.picked import forget_pick
from coach_app.capture.source import FrameSource
from coach_app.domain.profile import GameProfile, window_patterns
from coach_app.domain.programs import is_file_manager
from coach_app.domain.source import AutoSpec, RecordingSpec, SourceSpec, WaylandSpec, WindowSpec
from coach_app.games import profiles as profile_files
from coach_app.games.fair_play import played_fair
from coach_app.settings.schema import Settings


class Watching:
    """Captures the source in the settings, between the start and stop of ``capture``.

    Args:
        settings: the settings in use.
        profiles: all profiles by id.

    Attributes:
        capture: the capture thread.
        profiles: all profiles by id; see `reload`.
    """

    def __init__(self, settings: SettingsInUse, profiles: dict[str, GameProfile]) -> None:
        self._settings = settings
        self.profiles = profiles
        current = settings.current
        self.capture = CaptureThread(self._opener(current), 1 / current.capture.rate_hz)
        self._slowest_s = 0.0
        settings.when(Reaction.CAPTURE_RATE, lambda *_: self._set_interval())
        settings.when(Reaction.SOURCE, self._follow)

    def reload(self) -> list[str]:
        """Reload the profiles.

        Returns:
            One sentence for each problem that the user should know about.
        """
        self.profiles, notices = profile_files.load_profiles(keep=True)
        self._follow(self._settings.current, self._settings.current)
        return notices

    def choose(self, source: SourceSpec) -> None:
        """Change the source, and remember which game's window it is if the user decided that."""
        general = self._settings.current.general
        if isinstance(source, WindowSpec) and (game := source.game or self._settled_by(source)):
            window = WindowSpec(title=source.title, program=source.program)
            others = {name: other for name, other in general.windows.items() if other != window}
            self._settings.set("general", "windows", others | {game: window})
        if not isinstance(source, AutoSpec) and source.game:
            self._settings.set("general", "game", "auto")  # the game was chosen with the source
        if isinstance(source, WaylandSpec):
            forget_pick()
            if source == general.source:  # the same choice, but the desktop is to ask again
                self.capture.change_source(self._opener(self._settings.current))
        self._settings.set("general", "source", source)

    def slow_down(self, at_least_s: float) -> None:
        """Capture no more often than each ``at_least_s`` seconds, whatever the settings; 0 follows them."""
        if at_least_s != self._slowest_s:
            self._slowest_s = at_least_s
            self._set_interval()

    def _set_interval(self) -> None:
        self.capture.change_interval(max(1 / self._settings.current.capture.rate_hz, self._slowest_s))

    def pause(self, paused: bool) -> None:
        """Pause or resume capturing."""
        if paused:
            self.capture.pause()
        else:
            self.capture.resume()

    def profile_for(self, game: str, title: str, program: str = "") -> GameProfile:
        """The profile for a game id ("auto" chooses by the window's title and program), as fair play wants it."""
        source = self._settings.current.general.source
        said = "" if isinstance(source, AutoSpec) else source.game
        chosen = next((self.profiles[name] for name in (game, said) if name in self.profiles), None)
        found = chosen or profile_files.profile_for_window(title, self._known(self._settings.current), program)
        profile = found or self.profiles[profile_files.DEFAULT_ID]
        return profile if isinstance(source, RecordingSpec) else played_fair(profile, title, program)

    def opener(self, source: SourceSpec) -> Callable[[], FrameSource]:
        """A function that opens a source; call it in the thread that will use it."""
        settings = self._settings.current
        return lambda: open_source(source, games=self._looked_for(settings))

    def known(self) -> list[GameProfile]:
        """The profiles with window patterns, including the user's assignments; earlier ones win."""
        return list(self._known(self._settings.current).values())[::-1]  # the user's own come last

    def _follow(self, before: Settings, now: Settings) -> None:
        """Open what is to be watched now; what the user picked on the desktop is not opened anew for the same source,
        as the desktop might ask again."""
        source = now.general.source
        if not (isinstance(source, WaylandSpec) and source == before.general.source):
            self.capture.change_source(self._opener(now))

    def _opener(self, settings: Settings) -> Callable[[], FrameSource]:
        source, games = settings.general.source, self._looked_for(settings)
        return lambda: open_source(source, games=games)

    def _looked_for(self, settings: Settings) -> list[GameProfile]:
        known = self._known(settings)
        chosen = known.get(settings.general.game)
        return [chosen] if chosen and chosen.window else list(known.values())[::-1]

    def _known(self, settings: Settings) -> dict[str, GameProfile]:
        """All profiles with the windows that the user assigned; these come last, and win."""
        windows = {name: window for name, window in settings.general.windows.items() if name in self.profiles}
        others = {name: profile for name, profile in self.profiles.items() if name not in windows}
        return others | {name: _with(self.profiles[name], window) for name, window in windows.items()}

    def _settled_by(self, window: WindowSpec) -> str:
        """The game that the user chose an ambiguous window for; empty if there is none."""
        if not window.program or is_file_manager(window.program):
            return ""
        game = profile_files.profile_for_window(window.title, self.profiles)
        return game.id if game and not game.program else ""


def _with(profile: GameProfile, window: WindowSpec) -> GameProfile:
    """Extend a profile by a window; if it names no program, it gets that of the window."""
    title, program = window_patterns(window.title, window.program)
    return profile.model_copy(
        update={"window": _either(profile.window, title), "program": _either(profile.program, program)}
    )


def _either(first: str, second: str) -> str:
    return f"(?:{first})|{second}" if first and second else first or second

"""Windows opened on demand: settings, source picker, history."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QRect, Signal
from PySide6.QtWidgets import QWidget

from coach_app.domain.errors import CoachError
from coach_app.domain.hotkeys import HotkeyFailure
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import Chosen, SourceSpec
from coach_app.games import profiles as profile_files
from coach_app.models.catalogue import catalogue, qnets
from coach_app.models.checkpoint import Role
from coach_app.session.history import History
from coach_app.settings.schema import Settings
from coach_app.settings.store import read_backup, save
from coach_app.ui.about import AboutWindow
from coach_app.ui.cost_window import CostWindow
from coach_app.ui.history_window import HistoryWindow
from coach_app.ui.language import translated
from coach_app.ui.learning_window import LearningWindow
from coach_app.ui.model_keeper import ModelKeeper
from coach_app.ui.privacy_page import PrivacyPage
from coach_app.ui.profile_editor import ProfileChoices
from coach_app.ui.profiles_page import ProfilesPage
from coach_app.ui.settings_dialog import SettingsDialog
from coach_app.ui.source_windows import SourceWindows
from coach_app.ui.welcome import Welcome


class Windows(QObject):
    """Opens the windows, serves their requests, and emits the user's choices.

    Attributes:
        settings_changed: emitted with the new ``Settings``.
        source_chosen: emitted with the ``SourceSpec`` that the user chose.
        profiles_changed: emitted when the user saved or deleted a game profile.
        editor_opened: emitted with the ``ProfileEditor`` of a profile being edited.
        history_opened: emitted with the ``HistoryWindow`` when it is made.
        learning_opened: emitted with the ``LearningWindow`` when it is made.
        learning_closed: emitted when that window is gone.
        privacy_opened: emitted with the ``PrivacyPage`` when it is made.
        privacy_closed: emitted when that page is gone.
        cost_opened: emitted with the ``CostWindow`` when it is made.
        server_models_wanted: emitted to request the server's models.
        gamepad_wanted: emitted with whether the next buttons of a gamepad are wanted; answer with `take_buttons`.
        key_entered: emitted with the server's key; an empty one removes it.
        picking: emitted with whether a region is being drawn, so that nothing else should be on the screen.
        keeper: serves the models page.

    Args:
        history: data for the history window.
        hold: runs a coroutine as a task that is awaited at the end; its CoachErrors are shown.
        known: returns the profiles with window patterns; earlier ones win.
    """

    settings_changed = Signal(object)
    source_chosen = Signal(object)
    profiles_changed = Signal()
    editor_opened = Signal(object)
    history_opened = Signal(object)
    learning_opened = Signal(object)
    learning_closed = Signal()
    privacy_opened = Signal(object)
    privacy_closed = Signal()
    cost_opened = Signal(object)
    server_models_wanted = Signal()
    key_entered = Signal(str)
    picking = Signal(bool)
    gamepad_wanted = Signal(bool)

    def __init__(
        self,
        history: History,
        hold: Callable[[Coroutine[Any, Any, None]], object],
        known: Callable[[], Sequence[GameProfile]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._history = history
        self._hold = hold
        self.keeper = ModelKeeper(hold, self)
        self.keeper.models_changed.connect(self._show_models)
        self._settings: SettingsDialog | None = None
        self._profiles_page: ProfilesPage | None = None
        self._history_window: HistoryWindow | None = None
        self._learning: LearningWindow | None = None
        self._shows_times = False
        self._about: AboutWindow | None = None
        self._cost: CostWindow | None = None
        self._welcome: Welcome | None = None
        self._profiles: Mapping[str, GameProfile] = {}
        self._sources = SourceWindows(hold, known, self)
        self._sources.source_chosen.connect(self.source_chosen)
        self._sources.editor_opened.connect(self.editor_opened)
        self._sources.picking.connect(self.picking)
        self._sources.profile_made.connect(lambda profile, source: hold(self._make_game(profile, source)))

    def open_settings(self, settings: Settings, profiles: Mapping[str, GameProfile]) -> None:
        """Show the settings dialog."""
        if self._settings is None:
            page = self._profiles_page = ProfilesPage()
            page.save_wanted.connect(lambda profile: self._change_profile(lambda: profile_files.save_profile(profile)))
            page.editor_opened.connect(self.editor_opened)
            page.delete_wanted.connect(lambda name: self._change_profile(lambda: profile_files.delete_profile(name)))
            privacy = PrivacyPage()
            self.privacy_opened.emit(privacy)
            pages: dict[str, QWidget] = {
                self.tr("Games"): page,
                self.tr("Models"): self.keeper.new_page(),
                self.tr("Privacy"): privacy,
            }
            self._settings = SettingsDialog(
                settings, models=_models("vision"), translators=_models("translator"), pages=pages
            )
            self._settings.changed.connect(self.settings_changed)
            self._settings.backup_wanted.connect(self._back_up)
            self._settings.restore_wanted.connect(self._restore)
            self._settings.server_models_wanted.connect(self.server_models_wanted)
            self._settings.key_entered.connect(self.key_entered)
            self._settings.gamepad_wanted.connect(self.gamepad_wanted)
            self._settings.source_wanted.connect(
                lambda: self.open_source_picker(self._settings_now().general.source, self._profiles)
            )
        self._settings.show_settings(settings)
        self.show_profiles(profiles)
        self.keeper.refresh(settings.general.model)
        self._hold(self._show_open_windows())
        _to_front(self._settings)

    def open_models(self, settings: Settings, profiles: Mapping[str, GameProfile]) -> None:
        """Show the models page."""
        self.open_settings(settings, profiles)
        assert self._settings
        self._settings.show_page(self.tr("Models"))

    def open_privacy(self, settings: Settings, profiles: Mapping[str, GameProfile]) -> None:
        """Show the privacy page."""
        self.open_settings(settings, profiles)
        assert self._settings
        self._settings.show_page(self.tr("Privacy"))

    def show_settings(self, settings: Settings) -> None:
        """Show settings that were changed elsewhere."""
        if self._settings:
            self._settings.show_settings(settings)
            self.keeper.show_chosen(settings.general.model)

    def _show_models(self) -> None:
        if self._settings:
            self._settings.show_models(_models("vision"), _models("translator"))

    def show_profiles(self, profiles: Mapping[str, GameProfile]) -> None:
        """Show these game profiles."""
        self._profiles = profiles
        if self._settings and self._profiles_page:
            self._settings.show_games({"auto": self.tr("Automatic")} | _titles(profiles))
            self._profiles_page.offer(_choices(profiles))
            self._profiles_page.show_profiles(profiles, {name for name in profiles if profile_files.is_own(name)})

    def show_server_models(self, models: Sequence[str]) -> None:
        """Set the server's models offered."""
        if self._settings:
            self._settings.show_server_models(models)

    def show_problem(self, section: str, field: str, sentence: str) -> None:
        """Show an error under a setting."""
        if self._settings:
            self._settings.show_problem(section, field, sentence)

    def show_hotkey_failures(self, failures: list[HotkeyFailure], actions: tuple[str, ...]) -> None:
        """Show under each hotkey's setting why it does not work."""
        if self._settings:
            sentences = {failure.action: translated(failure.sentence) for failure in failures}
            for action in actions:
                self._settings.show_problem("hotkeys", action, sentences.get(action, ""))

    def take_buttons(self, buttons: str) -> None:
        """Give recorded buttons of a gamepad, in words, to the settings."""
        if self._settings:
            self._settings.take_buttons(buttons)

    def open_source_picker(self, current: SourceSpec, profiles: Mapping[str, GameProfile]) -> None:
        """Let the user choose a source."""
        self._sources.open(current, _choices(profiles))

    def open_history(self, profiles: Mapping[str, GameProfile]) -> None:
        """Show the history."""
        if self._history_window is None:
            window = self._history_window = HistoryWindow(_titles(profiles))
            window.search_wanted.connect(lambda text: self._hold(self._search(text)))
            window.delete_wanted.connect(lambda ids: self._hold(self._change_history(self._history.delete, ids)))
            window.delete_all_wanted.connect(lambda: self._hold(self._change_history(self._history.delete_all)))
            window.undo_wanted.connect(lambda: self._hold(self._change_history(self._history.undo)))
            window.export_wanted.connect(lambda path, text: self._hold(self._export(path, text)))
            window.picture_wanted.connect(lambda entry_id: self._hold(self._show_picture(entry_id)))
            window.show_times(self._shows_times)
            self.history_opened.emit(window)
        _to_front(self._history_window)

    def open_learning(self, profiles: Mapping[str, GameProfile], playing: GameProfile | None) -> None:
        """Show the Learning window, at the game that is being played."""
        if self._learning is None:
            self._learning = LearningWindow(_titles(profiles), playing.id if playing else "")
            self.learning_opened.emit(self._learning)
        elif playing:
            self._learning.turn_to(playing.id)
        _to_front(self._learning)

    def show_times(self, shown: bool) -> None:
        """Set whether the history shows how long answers took."""
        self._shows_times = shown
        if self._history_window:
            self._history_window.show_times(shown)

    def open_about(self) -> None:
        """Show the version and the licences."""
        self._about = self._about or AboutWindow()
        _to_front(self._about)

    def open_cost(self) -> None:
        """Show what the coach costs."""
        if self._cost is None:
            self._cost = CostWindow()
            self.cost_opened.emit(self._cost)
        _to_front(self._cost)

    def retranslate(self, settings: Settings, profiles: Mapping[str, GameProfile]) -> None:
        """Rebuild open windows in place in the interface language; drop the others."""
        before = self._settings, self._history_window, self._learning
        places = [window.geometry() if window and window.isVisible() else None for window in before]
        in_picker = self._sources.place
        self._sources.close()
        page = self._settings.page if self._settings else 0
        for window in before:
            if window:
                window.close()
                window.deleteLater()
        learned_of = self._learning.game if self._learning else ""
        self._settings = self._profiles_page = self._history_window = self._learning = None
        self.keeper.forget_page()
        self.privacy_closed.emit()
        self.learning_closed.emit()
        in_settings, in_history, in_learning = places
        if in_history:
            self.open_history(profiles)
            _put(self._history_window, in_history)
        if in_learning:
            self.open_learning(profiles, profiles.get(learned_of))
            _put(self._learning, in_learning)
        if in_picker:
            self.open_source_picker(settings.general.source, profiles)
            self._sources.place = in_picker
        if in_settings:
            self.open_settings(settings, profiles)
            _put(self._settings, in_settings)
            assert self._settings
            self._settings.turn_to(page)

    def open_welcome(self, ask_key: str) -> Welcome:
        """Show the welcome; see ``Welcome``."""
        self._welcome = Welcome(ask_key)
        _to_front(self._welcome)
        return self._welcome

    def close(self) -> None:
        """Close every window."""
        self._sources.close()
        windows = (self._settings, self._history_window, self._learning, self._about, self._cost, self._welcome)
        for window in windows:
            if window:
                window.close()

    def _settings_now(self) -> Settings:
        assert self._settings
        return self._settings.settings

    def _back_up(self, path: Path) -> None:
        assert self._settings
        try:
            save(self._settings.settings, path)
        except CoachError as error:
            self._settings.show_notice(translated(str(error)))
        else:
            self._settings.show_notice(self.tr("The settings were saved in {0}.").format(path))

    def _restore(self, path: Path) -> None:
        assert self._settings
        try:
            settings = read_backup(path)
        except CoachError as error:
            self._settings.show_notice(translated(str(error)))
        else:
            self._settings.show_notice("")
            self._settings.offer(settings)

    def _change_profile(self, change: Callable[[], None]) -> None:
        assert self._settings
        try:
            change()
        except CoachError as error:
            self._settings.show_notice(translated(str(error)))
        else:
            self._settings.show_notice("")
            self.profiles_changed.emit()

    async def _make_game(self, profile: GameProfile, source: Chosen) -> None:
        await asyncio.to_thread(profile_files.save_profile, profile)
        self.profiles_changed.emit()
        self.source_chosen.emit(source.model_copy(update={"game": profile.id}))

    async def _show_open_windows(self) -> None:
        from coach_app.capture.windows import list_windows

        try:
            windows = await asyncio.to_thread(list_windows)
        except CoachError:
            return  # The titles only help with writing patterns.
        if self._profiles_page:
            self._profiles_page.show_open_windows((window.title, window.program) for window in windows)

    async def _search(self, text: str) -> None:
        assert self._history_window
        try:
            self._history_window.show_entries(await asyncio.to_thread(self._history.search, text))
        except CoachError as error:
            self._history_window.show_notice(translated(str(error)))

    async def _change_history(self, change: Callable[..., object], *arguments: object) -> None:
        assert self._history_window
        try:
            await asyncio.to_thread(change, *arguments)
        except CoachError as error:
            self._history_window.show_notice(translated(str(error)))
        self._history_window.refresh()

    async def _export(self, path: Path, text: str) -> None:
        assert self._history_window
        try:
            count = await asyncio.to_thread(self._history.export, path, text)
            self._history_window.show_notice(self.tr("{0} entries were written to {1}.").format(count, path))
        except CoachError as error:
            self._history_window.show_notice(translated(str(error)))

    async def _show_picture(self, entry_id: int) -> None:
        assert self._history_window
        try:
            self._history_window.show_picture(entry_id, await asyncio.to_thread(self._history.picture, entry_id))
        except CoachError as error:
            self._history_window.show_notice(translated(str(error)))


def _models(role: Role) -> dict[str, str]:
    return {entry.name: translated(entry.title) for entry in catalogue() if entry.role == role}


def _choices(profiles: Mapping[str, GameProfile]) -> ProfileChoices:
    """The choices of a profile."""
    rated = {
        name: ", ".join(translated(profile.title) for profile in profiles.values() if profile.qnet == name)
        for name in qnets()
    }
    networks = {name: f"{games} ({name})" if games else name for name, games in rated.items()}
    return ProfileChoices(networks, _models("adapter") | _models("text"))


def _titles(profiles: Mapping[str, GameProfile]) -> dict[str, str]:
    return {profile.id: translated(profile.title) for profile in profiles.values()}


def _put(window: QWidget | None, place: QRect) -> None:
    if window:
        window.setGeometry(place)


def _to_front(window: QWidget) -> None:
    window.show()
    window.raise_()
    window.activateWindow()

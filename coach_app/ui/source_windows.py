"""The windows for choosing a source and its game."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QObject, QRect, Signal

from coach_app.domain.errors import CoachError
from coach_app.domain.profile import GameProfile
from coach_app.domain.source import Chosen, RegionSpec, SourceSpec
from coach_app.ui.language import translated
from coach_app.ui.profile_editor import ProfileChoices, ProfileEditor
from coach_app.ui.region_picker import RegionPicker
from coach_app.ui.source_picker import SourcePicker, look_around


class SourceWindows(QObject):
    """Opens the source picker and its follow-up windows, and emits the user's choice.

    Attributes:
        source_chosen: emitted with the ``SourceSpec`` that the user chose.
        editor_opened: emitted with the ``ProfileEditor`` of a new profile.
        picking: emitted with whether a region is being drawn, so that nothing else should be on the screen.
        profile_made: emitted with a new ``GameProfile`` and the source that it was made for.

    Args:
        hold: runs a coroutine as a task that is awaited at the end; its CoachErrors are shown.
        known: returns the profiles with window patterns; earlier ones win.
    """

    source_chosen = Signal(object)
    editor_opened = Signal(object)
    picking = Signal(bool)
    profile_made = Signal(object, object)

    def __init__(
        self,
        hold: Callable[[Coroutine[Any, Any, None]], object],
        known: Callable[[], Sequence[GameProfile]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hold, self._known = hold, known
        self._picker: SourcePicker | None = None
        self._region_picker: RegionPicker | None = None
        self._editor: ProfileEditor | None = None

    def open(self, current: SourceSpec, choices: ProfileChoices) -> None:
        """Let the user choose a source.

        Args:
            current: the current source.
            choices: the choices of a new profile.
        """
        if self._picker is None:
            games = {game.id: translated(game.title) for game in reversed(self._known())}
            picker = self._picker = SourcePicker(current, games)
            picker.source_chosen.connect(self.source_chosen)
            picker.region_wanted.connect(lambda: self._pick_region(current, games))
            picker.game_wanted.connect(lambda source: self._make_game(source, choices, games))
            picker.refresh_wanted.connect(lambda: self._hold(self._look_around()))
            picker.finished.connect(self._forget_picker)
        self._hold(self._look_around())
        self._picker.show()
        self._picker.raise_()
        self._picker.activateWindow()

    @property
    def place(self) -> QRect | None:
        """The rectangle of the picker on the desktop, while it is open."""
        return self._picker.geometry() if self._picker and self._picker.isVisible() else None

    @place.setter
    def place(self, place: QRect) -> None:
        if self._picker:
            self._picker.setGeometry(place)

    def close(self) -> None:
        """Close all windows."""
        for window in (self._picker, self._editor):
            if window:
                window.close()

    def _pick_region(self, current: SourceSpec, games: Mapping[str, str]) -> None:
        self._region_picker = RegionPicker(self)
        self._region_picker.region_selected.connect(self.source_chosen)
        for over in (self._region_picker.region_selected, self._region_picker.cancelled):
            over.connect(lambda *_: self.picking.emit(False))
        self.picking.emit(True)
        self._region_picker.open(current if isinstance(current, RegionSpec) else None, games)

    def _make_game(self, source: Chosen, choices: ProfileChoices, games: Mapping[str, str]) -> None:
        editor = self._editor = ProfileEditor(taken=games, choices=choices, source=source)
        editor.saved.connect(lambda profile: self.profile_made.emit(profile, source))
        editor.finished.connect(self._forget_editor)
        self.editor_opened.emit(editor)
        editor.show()
        editor.raise_()
        editor.activateWindow()

    async def _look_around(self) -> None:
        try:
            choices = await asyncio.to_thread(look_around, (), self._known())
        except CoachError as error:
            if self._picker:
                self._picker.show_message(translated(str(error)))
            return
        if self._picker:
            self._picker.show_choices(choices)

    def _forget_picker(self) -> None:
        if self._picker:
            self._picker.deleteLater()
        self._picker = None

    def _forget_editor(self) -> None:
        if self._editor:
            self._editor.deleteLater()
        self._editor = None

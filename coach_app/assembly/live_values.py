"""Q-values in the running app: shows the current game's network and compares it with the advice."""

import asyncio
import time

from PySide6.QtGui import QAction

from coach_app.assembly.engine_room import EngineRoom
from coach_app.assembly.outlet import Outlet
from coach_app.assembly.settings_in_use import Reaction, SettingsInUse
from coach_app.assembly.tasks import Tasks
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.host.life import EnginePhase, EngineState
from coach_app.session.events import (
    Event,
    Notice,
    NoticeAbout,
    PauseChanged,
    ProfileChosen,
    SourceFound,
    SourceGone,
)
from coach_app.session.session import Session
from coach_app.session.values import watch_values
from coach_app.ui.language import translated
from coach_app.ui.overlay import Overlay
from coach_app.ui.q_panel import QPanel


class LiveValues:
    """Reads values with the Q-network that the current profile names.

    Args:
        room: loads the network.
        session: compares its advice with the network.
        panel: shows the values.
        overlay: shows the panel.
        showing: action, checked while the panel is wanted.
        settings: the settings in use.
        events: receives errors and values.
        tasks: run the reading in the background.
        shown: whether the panel is shown at the start, regardless of the settings.
    """

    def __init__(
        self,
        room: EngineRoom,
        session: Session,
        panel: QPanel,
        overlay: Overlay,
        showing: QAction,
        settings: SettingsInUse,
        events: Outlet[Event],
        tasks: Tasks,
        shown: bool = False,
    ) -> None:
        self._room, self._session, self._panel, self._overlay = room, session, panel, overlay
        self._showing, self._settings, self._events, self._tasks = showing, settings, events, tasks
        self._shown = shown or settings.current.values.shown
        self._asleep = False
        self._from = 0.0
        self._network: tuple[str, bool] | None = None
        self._reading: asyncio.Task[None] | None = None
        showing.setChecked(self._shown)
        settings.when(Reaction.Q_VALUES, lambda _, new: self._show(new.values.shown))

    def show(self, shown: bool) -> None:
        """Show or hide the panel."""
        self._settings.set("values", "shown", shown)
        self._show(shown)  # even if the settings are unchanged but the command line differed

    def choose(self) -> None:
        """Load the network of the current game, compare advice with it, and show its values if wanted."""
        self._stop()
        self._overlay.set_panel(self._panel if self._shown else None)
        self._reading = self._tasks.hold(self._read())

    def on_event(self, event: Event) -> None:
        """Remove values together with their picture; choose again when a game appears or reappears."""
        match event:
            case SourceGone() | Notice(about=NoticeAbout.SOURCE):
                self._forget()
                self._panel.show_no_game()
                self._overlay.settle_panel()
            case PauseChanged(paused=True):
                self._forget()
                self._panel.show_sentence("")
            case ProfileChosen(qnet=network):
                self._choose_network(network)
            case SourceFound() | PauseChanged():
                if isinstance(event, PauseChanged):
                    self._from = time.time()  # the picture before the pause is outdated
                if profile := self._session.profile:
                    self._choose_network(profile.qnet)

    def on_coach(self) -> None:
        """The coach changed, whose features the network may use: read again with the next picture."""
        self._forget()

    def on_engine(self, state: EngineState) -> None:
        """Explain the missing values while the engine sleeps, and read again afterwards."""
        slept, self._asleep = self._asleep, state.phase is EnginePhase.ASLEEP
        if self._asleep != slept:
            self.choose()

    def _choose_network(self, network: str) -> None:
        profile = self._session.profile
        wanted = network, profile is not None and _is_silent(profile)
        if wanted != self._network:
            self._network = wanted
            self.choose()

    def _forget(self) -> None:
        self._network = None
        self._stop()

    def _stop(self) -> None:
        if self._reading:
            self._reading.cancel()
        self._session.compare_with(None)

    def _show(self, shown: bool) -> None:
        if shown != self._shown:
            self._shown = shown
            self._showing.setChecked(shown)
            self.choose()

    async def _read(self) -> None:
        profile = self._session.profile
        if profile is None or self._asleep or not profile.qnet:
            if profile is None:
                self._panel.show_no_game()
            elif self._asleep:
                self._panel.show_sentence(translated(self._room.client.state.sentence))
            else:
                self._panel.show_no_network(profile.id)
            self._overlay.settle_panel()
            return
        try:
            reader = await self._room.open_q_reader(profile.qnet)
        except CoachError as error:
            self._events(Notice(NoticeAbout.VALUES, error.message, error.remedy))
            return
        self._session.compare_with(reader)
        if self._shown and _is_silent(profile):
            self._panel.show_sentence(translated("The second opinion would say too much here."))
            self._overlay.settle_panel()
        elif self._shown:
            await watch_values(reader, self._seen, self._events)

    def _seen(self) -> tuple[Frame, GameProfile] | None:
        frame, profile = self._session.newest_frame, self._session.profile
        client = self._room.client
        ready = client.state.phase is EnginePhase.READY and not client.sleeps and not self._session.paused
        return (frame, profile) if ready and frame and profile and frame.captured_at >= self._from else None


def _is_silent(profile: GameProfile) -> bool:
    """Whether values would give away what the coach holds back in this game."""
    return profile.level != "answer" or profile.when == "review"

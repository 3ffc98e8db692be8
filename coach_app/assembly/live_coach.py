"""The coach of the running app: follows settings and engine, and updates session and overlay."""

import asyncio
import contextlib
from collections.abc import Callable

from PySide6.QtGui import QAction

from coach_app.advisor.advisor import Advisor, advise_at_level
from coach_app.advisor.local import LocalAdvisor
from coach_app.assembly.engine_room import Coach, EngineRoom, usable_coach
from coach_app.assembly.live_memory import LiveMemory
from coach_app.assembly.live_translator import LiveTranslator
from coach_app.assembly.outlet import Outlet
from coach_app.assembly.record import Record
from coach_app.assembly.settings_in_use import Reaction, SettingsInUse
from coach_app.assembly.tasks import Tasks
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.policy import PolicyRules
from coach_app.domain.profile import GameProfile
from coach_app.domain.resources import resources_dir
from coach_app.domain.situation import Situation
from coach_app.host.life import EnginePhase, EngineState
from coach_app.host.requests import LoadingCancelled
from coach_app.models.score import of_game, scores_of
from coach_app.session.events import Event, ProfileChosen
from coach_app.session.session import Session, SessionPlan
from coach_app.settings.schema import Settings
from coach_app.ui.language import translated
from coach_app.ui.overlay import Overlay

_UNLOADED = "The model is unloaded, and its memory is free for the game. Ask a question to load it again."


def session_plan(settings: Settings, least_wait_s: float = 0.0) -> SessionPlan:
    """The session's configuration from the settings.

    Args:
        settings: the settings in use.
        least_wait_s: least time between two pieces of unasked advice.
    """
    values = settings.values
    policy = PolicyRules(
        gate=settings.gate.rules(),
        hold_doubted=values.doubted == "hold",
        least_sure=values.least_sure / 100,
        least_wait_s=least_wait_s,
    )
    return SessionPlan(settings.general.language, settings.general.game, policy, settings.overlay.pointing)


class LiveCoach:
    """Provides a session with the coach chosen in the settings, while its engine starts, sleeps and stops.

    Args:
        room: the engine with the initial coach.
        advisor: the session's initial advisor; closed with this.
        asked_of: model or server from the command line; used until the user chooses another one.
        session: the session.
        settings: the settings in use.
        translator: translates advice.
        overlay: shows whether the model is unloaded, and whether anything leaves this computer.
        unloading: action, checked while the model is unloaded.
        cancelling: action, enabled while a model is being loaded.
        tasks: run background tasks.
        record: records events.
        memory: recalls situations for the advisor.

    Attributes:
        changed: called with the coach whenever it changes.
    """

    def __init__(
        self,
        room: EngineRoom,
        advisor: Advisor,
        asked_of: str,
        session: Session,
        settings: SettingsInUse,
        translator: LiveTranslator,
        overlay: Overlay,
        unloading: QAction,
        cancelling: QAction,
        tasks: Tasks,
        record: Record,
        memory: LiveMemory,
    ) -> None:
        self._memory = memory
        self._room, self._asked_of, self._session, self._settings = room, asked_of, session, settings
        self._translator, self._overlay, self._unloading = translator, overlay, unloading
        self._tasks, self._record = tasks, record
        self._cancelling, self._model_before = cancelling, ""
        self._wanted = room.coach
        cancelling.setEnabled(False)
        self._choosing = asyncio.Lock()
        self._game = self._playing = ""
        self._least_wait_s = 0.0
        self._advisor = advisor
        self.changed = Outlet[Coach]()
        translator.changed.listen(lambda _: self._on_translator())
        settings.when(Reaction.MEMORY, lambda *_: self._sleep_when_idle())
        settings.when(Reaction.COACH, self._react)
        settings.when(Reaction.SESSION, lambda *_: self._configure())
        self._use_advisor(advisor)

    async def look_ahead(self, situation: Situation) -> None:
        """Encode a picture that is likely to be asked about. Never fails."""
        if isinstance(self._advisor, LocalAdvisor):
            await self._advisor.look_ahead(situation)

    async def try_out(self, frame: Frame, profile: GameProfile, on_words: Callable[[str], None]) -> Advice:
        """Try a profile's prompt, at its level; unasked advice waits meanwhile.

        Raises:
            CoachError: no model is ready, it is busy with a question, or it does not know the game.
        """
        if self._session.answering:
            raise CoachError("The coach is answering a question.", "Try again when it has answered.")
        if self._room.coach.server is None:
            client = self._room.client
            if client.rests:
                raise CoachError("The model is unloaded.", "Load it again with “Unload the model” in the menu.")
            if not self._can_answer():
                sentence = client.state.sentence or "No model is loaded yet."
                raise CoachError(sentence, "Try again when the coach is ready.")
        self._session.rest(True, "trying")
        try:
            advice, _ = await advise_at_level(self._advisor, Situation(frame, profile, level=profile.level), on_words)
            return advice
        finally:
            self._session.rest(False, "trying")

    def on_engine(self, state: EngineState) -> None:
        """Follow a change of the engine's state."""
        asleep = state.phase is EnginePhase.ASLEEP
        self._show_sleep()
        self._cancelling.setEnabled(state.phase is EnginePhase.LOADING)
        shown = self._room.coach.server is None or self._room.client.rests
        self._overlay.set_asleep(asleep and shown)
        self._session.engine_changed(self._can_answer(), state.sentence if shown else "")

    def on_event(self, event: Event) -> None:
        """Something happened in the session: where another model is made for the game, that one is used."""
        if not isinstance(event, ProfileChosen):
            return
        self._playing = event.id
        self._tasks.hold(self._show_score())
        chosen, _ = usable_coach(self._settings.current, self._room.coach.entry, self._asked_of)
        if chosen.server:
            return
        try:
            entry = chosen.at(event.id).entry
        except CoachError as fault:
            self._tasks.complain(str(fault))
            return
        if entry != self._wanted.entry and (event.id in entry.games or not entry.games):
            self._game = event.id
            self._tasks.hold(self.follow_settings())

    async def _show_score(self) -> None:
        """Show how good the coach was found to be in the game that is played."""
        coach, game, sentence = self._room.coach, self._playing, ""
        if game and coach.server is None:
            with contextlib.suppress(CoachError):  # its files are missing, which is told elsewhere
                scores = await asyncio.to_thread(lambda: scores_of(coach.entry.path()))
                sentence = translated(of_game(scores.get(game)))
        self._overlay.set_score(sentence)

    def unload(self, unloaded: bool) -> None:
        """Unload the models until the player asks something, or load them again."""
        if unloaded:
            self._room.client.sleep(_UNLOADED)
        else:
            self._room.client.wake()
        self._show_sleep()  # at once, so that unasked advice in progress is dropped before it fails

    def hold_back(self, least_wait_s: float) -> None:
        """Set the least time between two pieces of unasked advice; 0 follows the settings."""
        if least_wait_s != self._least_wait_s:
            self._least_wait_s = least_wait_s
            self._configure()

    def cancel_loading(self) -> None:
        """Cancel loading, and return to the previous model, in the settings, too."""
        self._room.client.cancel_loading()
        if self._model_before:
            self._settings.set("general", "model", self._model_before)

    def ask_instead(self, server: str) -> None:
        """Use a server until the user chooses another coach; never saved."""
        self._asked_of = server
        self._tasks.hold(self.follow_settings())

    async def follow_settings(self) -> None:
        """Switch to the coach in the settings; an answer in progress is finished.

        Raises:
            CoachError: its model cannot be loaded, or the settings cannot be followed exactly.
        """
        wanted, notices = usable_coach(self._settings.current, self._room.coach.entry, self._asked_of)
        wanted = wanted.at(self._game)
        if self._choosing.locked():
            self._room.give_way(wanted)
        self._wanted = wanted
        async with self._choosing:
            if self._wanted is not wanted:  # another one was chosen in the meantime
                return
            before = self._room.coach
            if before.server and not wanted.server:
                self._room.leave_server()
                self._use_advisor(self._room.advisor())  # while the model is being loaded
            if not await self._take(wanted):
                return
            self._model_before = ""
            self._use_advisor(self._room.advisor())
            if self._room.coach.games != before.games:
                self._tasks.hold(self._translator.choose_again())
            self.changed(wanted)
            self._tasks.hold(self._show_score())
            for notice in notices:
                self._tasks.complain(notice)

    async def begin(self) -> None:
        """Load the model of the initial coach.

        Raises:
            CoachError: it cannot be loaded.
        """
        async with self._choosing:
            await self._take(self._room.coach)

    async def _take(self, wanted: Coach) -> bool:
        """Switch to a coach; False if another one was chosen while its model was being loaded."""
        try:
            await self._room.use(wanted)
        except LoadingCancelled:
            if self._wanted is wanted:
                raise
            return False
        return True

    async def close(self) -> None:
        """Close the advisor; may be called twice."""
        await self._advisor.close()

    def _react(self, before: Settings, after: Settings) -> None:
        if (before.general.model, before.server) != (after.general.model, after.server):
            self._asked_of = ""
        if before.general.model != after.general.model and not self._model_before:
            self._model_before = before.general.model
        self._tasks.hold(self.follow_settings())

    def _use_advisor(self, advisor: Advisor) -> None:
        before, self._advisor = self._advisor, advisor
        self._configure(advisor)
        self._session.engine_changed(self._can_answer())
        self._show_sleep()
        self._sleep_when_idle()
        self._mark_online()
        if before is not advisor:
            self._tasks.hold(before.close())

    def _configure(self, advisor: Advisor | None = None) -> None:
        plan = session_plan(self._settings.current, self._least_wait_s)
        remembering = self._memory.around(advisor) if advisor else None
        self._session.configure(plan, self._translator.current, remembering)

    def _on_translator(self) -> None:
        self._configure()
        self._mark_online()

    def _can_answer(self) -> bool:
        ready = self._room.client.state.phase in (EnginePhase.READY, EnginePhase.ASLEEP)
        return ready or self._room.coach.server is not None

    def _show_sleep(self) -> None:
        """Show that the model is unloaded. By the user's wish, only questions wake it; after an idle time, advice does,
        too."""
        client = self._room.client
        self._unloading.setChecked(client.sleeps)
        self._session.rest(client.rests and self._room.coach.server is None)

    def _sleep_when_idle(self) -> None:
        """Set the idle time. The bundled models are too small to be worth unloading."""
        after_s = self._settings.current.memory.unload_after_min * 60.0
        self._room.client.sleep_when_idle(after_s, but_for=resources_dir() / "models")

    def _mark_online(self) -> None:
        """Show in the overlay whether text or pictures leave this computer."""
        translator, server = self._translator.current, self._room.coach.server
        shown = (translator is not None and translator.sends_text_away) or (server is not None and server.is_away)
        self._overlay.set_online_mark(shown)
        self._record.note("OnlineMark", shown=shown)

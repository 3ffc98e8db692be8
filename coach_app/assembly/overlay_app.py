"""The composition root of the overlay app: the only place that names concrete classes and puts them together."""

import asyncio
import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QProcess, QRect, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from coach_app.advisor.advisor import Advisor
from coach_app.advisor.general import GeneralAdvisor
from coach_app.advisor.japanese import open_translator
from coach_app.advisor.local import LocalAdvisor
from coach_app.advisor.remote import RemoteAdvisor, Server, chosen_server, is_server, offered_models
from coach_app.advisor.scope import out_of_scope_sentence
from coach_app.advisor.values import LocalQReader
from coach_app.capture.choose import open_source
from coach_app.capture.mailbox import CaptureThread
from coach_app.capture.source import FrameSource, SourceLost
from coach_app.desktop.folders import config_dir, data_dir
from coach_app.desktop.processes import coach_command
from coach_app.desktop.screens import has_display
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.hotkeys import ACTIONS
from coach_app.domain.policy import PolicyRules
from coach_app.domain.profile import AskAbout, GameProfile
from coach_app.domain.resources import resources_dir
from coach_app.domain.situation import Situation
from coach_app.domain.source import AutoSpec
from coach_app.games import profiles as profile_files
from coach_app.host.client import EngineClient, EnginePhase, EngineState
from coach_app.models.catalogue import ModelEntry, catalogue, qnet_folder, resolve
from coach_app.session.events import (
    AnswerFinished,
    AnswerStarted,
    Event,
    MemoryWanted,
    Notice,
    NoticeAbout,
    ProfileChosen,
)
from coach_app.session.history import History
from coach_app.session.session import Session, SessionPlan
from coach_app.session.trace import Trace
from coach_app.session.values import watch_values
from coach_app.settings import keys
from coach_app.settings.schema import OverlayPosition, OverlaySettings, Settings
from coach_app.settings.store import SettingsStore
from coach_app.translation.sentences import holds_japanese
from coach_app.translation.translator import Translator
from coach_app.ui.actions import CoachActions
from coach_app.ui.bridge import SessionBridge
from coach_app.ui.control_window import ControlWindow
from coach_app.ui.fonts import reading_font
from coach_app.ui.hotkeys.hotkeys import Hotkeys
from coach_app.ui.input_method import reach_input_method
from coach_app.ui.language import InterfaceLanguageSwitch, said, spoken
from coach_app.ui.overlay import Overlay, OverlayLook
from coach_app.ui.placement import layout_key
from coach_app.ui.q_panel import QPanel
from coach_app.ui.question_box import QuestionBox
from coach_app.ui.theme import theme_named
from coach_app.ui.tray import Tray
from coach_app.ui.windows import Windows

_log = logging.getLogger(__name__)
_UNLOADED = "The model is unloaded, and its memory is free for the game; it comes back when you ask something."
_SIGNALS_MS = 200
_TICK_MS = 16


@dataclass(frozen=True)
class AppPlan:
    """What one run of the app does otherwise than the settings say.

    Attributes:
        game: id of the profile whose window is watched; empty follows the settings.
        language: of the advice and of the windows; None follows the settings.
        model: name, folder or server (``URL`` or ``NAME@URL``); empty follows the settings.
        trace: file that records what happens, or None.
        values: show the Q-values, whatever the settings say.
        ticks: also record the rhythm of a 60 Hz timer of the interface thread while an answer is made.
    """

    game: str = ""
    language: Literal["en", "ja"] | None = None
    model: str = ""
    trace: Path | None = None
    ticks: bool = False
    values: bool = False


def run_app(plan: AppPlan) -> int:
    """Run the overlay app until the user quits. Call from the main thread of a process without a QApplication.

    Returns:
        The exit status.

    Raises:
        CoachError: there is no screen, or the plan names a game or a model that does not exist.
    """
    if not has_display():
        raise CoachError(
            "There is no screen to show the coach on.",
            'Start it in a desktop session, or use "coach demo" without one.',
        )
    reach_input_method(os.environ)
    qt = QApplication(["coach"])
    qt.setApplicationName("coach")
    qt.setDesktopFileName("coach")
    qt.setQuitOnLastWindowClosed(False)
    with qasync.QEventLoop(qt) as loop:
        return int(loop.run_until_complete(_run(plan)))


async def _run(plan: AppPlan) -> int:
    async with contextlib.AsyncExitStack() as stack:
        await _App(plan, stack).run()
    return 0


class _App:
    """Everything that runs, put together. Closed by the stack, in the opposite order."""

    def __init__(self, plan: AppPlan, stack: contextlib.AsyncExitStack) -> None:
        self._plan = plan
        self._stack = stack
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._loading = asyncio.Lock()
        self._choosing = asyncio.Lock()
        self._trace = Trace(plan.trace) if plan.trace else None
        self._store = SettingsStore(config_dir() / "settings.toml")
        self._profiles, self._notices = profile_files.load_profiles()
        self._notices = [*self._store.notices, *self._notices]
        # What the command line says goes before the settings until the user changes it, and is never saved.
        self._overrides: dict[str, Any] = {}
        if plan.game:
            self._overrides |= {"game": profile_files.find(plan.game, self._profiles).id, "source": AutoSpec()}
        if plan.language:
            self._overrides |= {"language": plan.language, "interface": plan.language}
        if plan.model and not is_server(plan.model):
            self._overrides["model"] = plan.model
        self._asked_of = plan.model
        self._asked_in_japanese = False
        self._asked_in_general: tuple[str, ...] = ()
        self._settings = self._in_use()
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        self._interface = InterfaceLanguageSwitch(qt)
        self._interface.speak(spoken(self._settings.general.interface))
        self._entry = self._entry_or_default()
        self._server = self._server_or_none()
        self._translator: Translator | None = None
        self._reading: asyncio.Task[None] | None = None
        self._qnet: str | None = None
        self._asleep = False
        self._resting = False

    def _entry_or_default(self) -> ModelEntry:
        try:
            return resolve(self._settings.general.model)
        except CoachError as error:
            if self._plan.model:
                raise
            self._notices.append(str(error))
            return catalogue()[0]

    def _server_or_none(self) -> Server | None:
        try:
            return chosen_server(self._settings, self._asked_of)
        except CoachError as error:
            if self._plan.model:
                raise
            self._notices.append(str(error))
            return None

    def _make_advisor(self) -> Advisor:
        if self._server:
            return RemoteAdvisor(self._server)
        return LocalAdvisor(self._engine, self._entry, self._settings.general.detail)

    async def run(self) -> None:
        """Start, work until the user quits, and stop."""
        self._stack.callback(self._close_trace)
        # First of all: importing torch and loading a model take seconds, which other windows need not wait for.
        self._engine = EngineClient(self._on_engine)
        self._stack.push_async_callback(self._engine.stop)
        await self._engine.start()
        self._make_interface()
        self._hook_exceptions()
        self._make_session()
        self._connect()
        self._sleep_when_idle()
        if not self._server:
            self._hold(self._load_model(self._entry))
        self._hold(self._choose_translator())
        self._show()
        await self._stop.wait()

    # Construction

    def _make_interface(self) -> None:
        self._overlay = Overlay()
        self._panel = QPanel()
        self._bridge = SessionBridge(self._overlay, self._panel)
        self._question_box = QuestionBox()
        self._actions = CoachActions()
        self._hotkeys = Hotkeys()
        self._stack.callback(self._hotkeys.close)
        self._way_in: Tray | ControlWindow = (
            Tray(self._actions) if Tray.is_available() else ControlWindow(self._actions)
        )
        if isinstance(self._way_in, ControlWindow):
            self._way_in.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)  # the game keeps the focus
        self._stack.callback(self._hide_everything)

    def _make_session(self) -> None:
        settings = self._settings
        self._history = History(data_dir() / "history.sqlite", settings.history)
        self._stack.callback(self._history.close)
        self._notices += self._history.notices
        self._windows = Windows(self._history, self._hold)
        self._stack.callback(self._windows.close)
        self._capture = CaptureThread(self._source_opener(settings), 1 / settings.capture.rate_hz)
        self._stack.callback(self._capture.stop)
        self._advisor = self._make_advisor()
        self._in_general = GeneralAdvisor(self._engine, self._loading, self._four_bit)
        self._session = Session(
            frames=self._capture.mailbox,
            advisor=self._advisor,
            in_general=self._in_general,
            profile_for=self._profile_for,
            refusal=self._refusal,
            emit=self._on_event,
            remember=self._remember,
            plan=self._session_plan(),
        )
        self._session.engine_changed(self._can_answer())
        self._stack.push_async_callback(self._end_tasks)

    def _connect(self) -> None:
        actions, overlay, windows = self._actions, self._overlay, self._windows
        actions.ask.triggered.connect(lambda: self._hold(self._open_question_box()))
        actions.pause.toggled.connect(self._pause)
        actions.show_hide.toggled.connect(overlay.set_wanted)
        actions.edit.toggled.connect(overlay.set_edit_mode)
        actions.language.triggered.connect(self._switch_language)
        actions.values.triggered.connect(self._show_values)
        actions.unload.triggered.connect(self._unload)
        actions.source.triggered.connect(lambda: windows.open_source_picker(self._settings.general.source))
        actions.history.triggered.connect(lambda: windows.open_history(self._profiles))
        actions.about.triggered.connect(windows.open_about)
        actions.models.triggered.connect(lambda: windows.open_models(self._settings, self._profiles))
        actions.settings.triggered.connect(lambda: windows.open_settings(self._settings, self._profiles))
        actions.practice_wanted.connect(self._start_practice)
        actions.quit.triggered.connect(self._stop.set)
        self._hotkeys.pressed.connect(lambda name: actions.hotkey_actions[name].trigger())
        overlay.edit_mode_changed.connect(actions.edit.setChecked)
        overlay.moved.connect(self._keep_position)
        overlay.layout_changed.connect(lambda _: self._place_overlay())
        self._bridge.paused_changed.connect(actions.pause.setChecked)
        self._bridge.status_changed.connect(self._way_in.set_status)
        self._question_box.asked.connect(lambda question, about: self._hold(self._ask(question, about)))
        self._question_box.stop_wanted.connect(self._session.stop_answering)
        windows.settings_changed.connect(self._change)
        windows.keeper.use_wanted.connect(lambda name: self._set("model", name))
        windows.source_chosen.connect(lambda source: self._set("source", source))
        windows.profiles_changed.connect(self._reload_profiles)
        windows.keeper.models_changed.connect(lambda: self._translator and self._hold(self._choose_translator()))
        windows.server_models_wanted.connect(lambda: self._hold(self._list_server_models()))
        windows.key_entered.connect(lambda key: self._hold(self._keep_key(key)))
        if isinstance(self._way_in, ControlWindow):
            self._way_in.closed.connect(self._stop.set)
        qt = QGuiApplication.instance()
        assert qt
        qt.aboutToQuit.connect(self._stop.set)

    def _show(self) -> None:
        if self._trace:
            first = _FirstPaint(self._overlay, lambda: self._note("WindowUp"))
            self._overlay.installEventFilter(first)
        self._apply_look(self._settings.overlay)
        self._mark_online()
        self._place_overlay()
        self._panel_wanted = self._plan.values or self._settings.values.shown
        self._actions.values.setChecked(self._panel_wanted)
        self._choose_values()
        self._bridge.set_language(self._settings.general.language)
        self._bind_hotkeys()
        self._way_in.show()
        self._capture.start()
        self._hold(self._session.run())
        if self._notices:
            self._tell(NoticeAbout.TROUBLE, " ".join(self._notices))
        self._greet()
        if self._plan.ticks:
            self._ticks = _Ticks()
        signals = QTimer(self._bridge, interval=_SIGNALS_MS)
        signals.timeout.connect(lambda: None)  # lets Python handle SIGINT and SIGTERM while Qt sleeps
        signals.start()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._stop.set())

    def _greet(self) -> None:
        """Tell a new player what this is, once; not where the command line says already what is to be done."""
        if self._settings.general.welcomed or self._plan.game or self._plan.trace:
            return
        welcome = self._windows.open_welcome(self._settings.hotkeys.ask)
        welcome.practice_wanted.connect(self._actions.practice[-1].trigger)
        welcome.models_wanted.connect(self._actions.models.trigger)
        self._set("welcomed", True)

    # Settings

    def _in_use(self) -> Settings:
        current = self._store.current
        return current.model_copy(update={"general": current.general.model_copy(update=self._overrides)})

    def _set(self, field: str, value: object) -> None:
        """Change one general setting."""
        self._overrides.pop(field, None)
        self._change(self._settings.with_value("general", field, value))
        self._windows.show_settings(self._settings)

    def _change(self, shown: Settings) -> None:
        """Use and save settings; what only the command line said, and the user left, is not saved."""
        stored = self._store.current.general
        self._overrides = {
            name: value for name, value in self._overrides.items() if getattr(shown.general, name) == value
        }
        kept = {name: getattr(stored, name) for name in self._overrides}
        try:
            self._store.change(shown.model_copy(update={"general": shown.general.model_copy(update=kept)}))
        except CoachError as error:
            self._tell(NoticeAbout.TROUBLE, str(error))
        self._apply(self._in_use())

    def _apply(self, new: Settings) -> None:
        old, self._settings = self._settings, new
        if new.general.interface != old.general.interface:
            self._retranslate()
        if new.overlay != old.overlay:
            self._apply_look(new.overlay)
        if new.hotkeys != old.hotkeys:
            self._bind_hotkeys()
        if new.values.shown != old.values.shown:
            self._panel_wanted = new.values.shown
            self._actions.values.setChecked(self._panel_wanted)
            self._choose_values()
        if new.history != old.history:
            self._hold(asyncio.to_thread(self._history.apply, new.history))
        if new.memory != old.memory:
            self._sleep_when_idle()
        if new.capture != old.capture:
            self._capture.change_interval(1 / new.capture.rate_hz)
        if (new.general.source, new.general.game) != (old.general.source, old.general.game):
            self._capture.change_source(self._source_opener(new))
            self._session.look_again()
        if new.server.key < old.server.key:
            self._hold(asyncio.to_thread(keys.keep_key, old.server.url, ""))
        if (new.general.model, new.server) != (old.general.model, old.server):
            self._asked_of = ""
            self._hold(self._change_advisor())
        elif new.general.offline != old.general.offline:
            self._hold(self._change_advisor())
        elif new.general.detail != old.general.detail:
            self._use_advisor()
        if new.general.language != old.general.language:
            self._bridge.set_language(new.general.language)
        if (new.general.language, new.allowed_translation) != (old.general.language, old.allowed_translation):
            self._hold(self._choose_translator())  # which configures the session when there is one
        else:
            self._session.configure(self._session_plan(), self._translator)

    def _retranslate(self) -> None:
        """Show everything in the interface's language, which may be another one now."""
        self._interface.speak(spoken(self._settings.general.interface))
        self._actions.retranslate()
        if isinstance(self._way_in, Tray):
            self._way_in.retranslate()
        self._bridge.retranslate()
        QTimer.singleShot(0, lambda: self._windows.retranslate(self._settings, self._profiles))

    def _session_plan(self) -> SessionPlan:
        general = self._settings.general
        hold = self._settings.values.doubted == "hold"
        policy = PolicyRules(gate=self._settings.gate.rules(), hold_doubted=hold)
        return SessionPlan(general.language, general.game, policy)

    def _apply_look(self, look: OverlaySettings) -> None:
        self._overlay.apply(
            OverlayLook(
                font_size_pt=look.font_size,
                opacity=look.opacity,
                theme=look.theme,
                fade_after_s=look.fade_after_s,
                width_px=look.width,
            )
        )
        self._panel.set_look(theme_named(look.theme), reading_font(look.font_size * 0.72, "en"))
        self._question_box.apply(look.theme, look.font_size)

    def _bind_hotkeys(self) -> None:
        bindings = self._settings.hotkeys.bindings()
        failures = self._hotkeys.set_bindings(bindings)
        failed = {failure.action for failure in failures}
        self._actions.show_hotkeys({action: key for action, key in bindings.items() if action not in failed})
        self._windows.show_hotkey_failures(failures, ACTIONS)
        if failures:
            self._tell(NoticeAbout.TROUBLE, " ".join(dict.fromkeys(failure.sentence for failure in failures)))

    def _reload_profiles(self) -> None:
        self._profiles, notices = profile_files.load_profiles()
        self._windows.show_profiles(self._profiles)
        self._capture.change_source(self._source_opener(self._settings))
        self._session.look_again()
        if notices:
            self._tell(NoticeAbout.TROUBLE, " ".join(notices))

    def _source_opener(self, settings: Settings) -> Callable[[], FrameSource]:
        source, chosen = settings.general.source, self._profiles.get(settings.general.game)
        watched = [chosen] if chosen and chosen.window else self._profiles.values()
        patterns = [profile.window for profile in watched if profile.window]
        return lambda: open_source(source, game_windows=patterns)

    def _profile_for(self, game: str, title: str) -> GameProfile:
        if game in self._profiles:
            return self._profiles[game]
        found = profile_files.profile_for_window(title, self._profiles)
        return found or self._profiles[profile_files.DEFAULT_ID]

    # The engine

    def _on_engine(self, state: EngineState) -> None:
        """Called by the engine's client, also before there is a session."""
        self._note("Engine", phase=state.phase.value, pid=self._engine.pid)
        if not hasattr(self, "_session"):
            return
        slept, self._asleep = self._asleep, state.phase is EnginePhase.ASLEEP
        self._show_sleep()
        told = self._server is None or self._resting
        self._overlay.set_asleep(self._asleep and told)
        self._session.engine_changed(self._can_answer(), state.sentence if told else "")
        if self._asleep != slept:
            self._choose_values()

    def _can_answer(self) -> bool:
        return self._server is not None or self._engine.state.phase in (EnginePhase.READY, EnginePhase.ASLEEP)

    def _unload(self, unloaded: bool) -> None:
        """Give the memory of the models back until the player asks something, or load them again."""
        self._rest(unloaded)  # first: unasked advice under way is dropped, not broken off
        if unloaded:
            self._engine.sleep(_UNLOADED)
        else:
            self._engine.wake()
        self._show_sleep()

    def _show_sleep(self) -> None:
        """Show whether the model is unloaded, whatever for, and end the rest where it is not."""
        self._actions.unload.setChecked(self._engine.sleeps)
        self._rest(self._resting and self._engine.sleeps)

    def _rest(self, resting: bool) -> None:
        """Unloaded on purpose, the model is for questions only; after an idle time, unasked advice wakes it, too."""
        self._resting = resting
        self._session.rest(resting and self._server is None)

    def _sleep_when_idle(self) -> None:
        """The bundled models are small: with only them, no memory is worth a wait."""
        self._engine.sleep_when_idle(self._settings.memory.unload_after_min * 60.0, but_for=resources_dir() / "models")

    def _four_bit(self) -> bool | None:
        """None: the engine decides, by card and size."""
        return None if self._settings.general.four_bit else False

    async def _load_model(self, entry: ModelEntry) -> None:
        async with self._loading:
            await self._engine.load(entry.path(), four_bit=self._four_bit())

    def _games(self) -> tuple[str, ...]:
        """Those that the coach is made for; none for one of any game."""
        return () if self._server else self._entry.games

    async def _change_advisor(self) -> None:
        """Use the model or the server that the settings say; an answer under way comes to its end."""
        async with self._choosing:
            games, before, self._server, refused = self._games(), self._server, None, ""
            try:
                self._server = chosen_server(self._settings, self._asked_of)
            except CoachError as error:
                refused = str(error)
            if before:
                self._use_advisor()  # from now on nothing more is sent to a server that is not wanted any more
            if self._server is None:
                entry = resolve(self._settings.general.model)
                await self._load_model(entry)
                self._entry = entry
            self._use_advisor()
            if self._translator and self._games() != games:
                self._hold(self._choose_translator())
            if refused:
                self._tell(NoticeAbout.TROUBLE, refused)

    def _use_advisor(self) -> None:
        before, self._advisor = self._advisor, self._make_advisor()
        self._session.configure(self._session_plan(), self._translator, self._advisor, self._refusal)
        self._session.engine_changed(self._can_answer())
        self._rest(self._resting)
        self._sleep_when_idle()
        self._mark_online()
        self._hold(before.close())

    def _mark_online(self) -> None:
        """Show in the overlay whether text or pictures leave this computer."""
        translated = self._translator is not None and self._translator.sends_text_away
        shown = translated or (self._server is not None and self._server.is_away)
        self._overlay.set_online_mark(shown)
        self._note("OnlineMark", shown=shown)

    async def _list_server_models(self) -> None:
        try:
            self._windows.show_server_models(await offered_models(self._settings))
        except CoachError as error:
            self._windows.show_problem("server", "model", said(str(error)))

    async def _keep_key(self, key: str) -> None:
        try:
            await asyncio.to_thread(keys.keep_key, self._settings.server.url, key)
        except CoachError as error:
            self._windows.show_problem("server", "key", said(str(error)))
            return
        self._windows.show_problem("server", "key", "")
        self._change(self._settings.with_value("server", "key", bool(key)))
        self._windows.show_settings(self._settings)
        await self._change_advisor()  # also where another key was used before

    # Q-values

    def _show_values(self, shown: bool) -> None:
        """The user wants to see the panel, or not."""
        self._change(self._settings.with_value("values", "shown", shown))
        self._windows.show_settings(self._settings)
        if shown != self._panel_wanted:  # the settings said so already, the command line did not
            self._panel_wanted = shown
            self._choose_values()

    def _choose_values(self) -> None:
        """Load the Q-network of the game in sight, compare the advice with it, and show its values where wanted."""
        if self._reading:
            self._reading.cancel()
        self._overlay.set_panel(self._panel if self._panel_wanted else None)
        self._session.compare_with(None)
        self._reading = self._hold(self._read_values())

    async def _read_values(self) -> None:
        profile = self._session.profile
        if profile is None:
            self._panel.show_sentence(QCoreApplication.translate("QPanel", "No game is in sight."))
            return
        if self._asleep:
            self._panel.show_sentence(said(self._engine.state.sentence))
            self._overlay.settle_panel()
            return
        if not profile.qnet:
            command = f"coach train dqn --game {profile.id}"
            say = QCoreApplication.translate("QPanel", "There is no Q-network for this game. Train one with: {command}")
            self._panel.show_sentence(say.format(command=command))
            self._overlay.settle_panel()
            return
        try:
            folder = qnet_folder(profile.qnet)
            async with self._loading:
                if self._server:  # the network sees the features of the model on this computer all the same
                    await self._engine.load(self._entry.path(), four_bit=self._four_bit())
                await self._engine.load(folder, role="qvalues")
        except CoachError as error:
            self._on_event(Notice(NoticeAbout.VALUES, error.message, error.remedy))
            return
        reader = LocalQReader(self._engine, self._entry.input_side_px)
        self._session.compare_with(reader)
        if self._panel_wanted:
            await watch_values(reader, self._seen, self._on_event)

    def _seen(self) -> tuple[Frame, GameProfile] | None:
        frame, profile = self._session.newest_frame, self._session.profile
        ready = self._engine.state.phase is EnginePhase.READY and not self._engine.sleeps
        ready = ready and not self._session.paused
        return (frame, profile) if frame and profile and ready else None

    def _refusal(self, profile: GameProfile, title: str) -> CoachError | None:
        sentence = None if self._server else out_of_scope_sentence(self._entry, profile)
        return CoachError(sentence) if sentence else None

    async def _choose_translator(self) -> None:
        """Open what Japanese needs, where any is wanted; a translator that is not wanted any more is closed."""
        async with self._loading:
            before, self._translator = self._translator, None
            wanted = {self._settings.general.language, *(profile.language for profile in self._profiles.values())}
            try:
                if "ja" in wanted or self._asked_in_japanese:
                    rules = self._settings.allowed_translation
                    games = self._games() and (*self._games(), *self._asked_in_general)
                    self._translator = await open_translator(self._engine, rules, games)
            finally:
                self._session.configure(self._session_plan(), self._translator)
                self._mark_online()
                if before:
                    await before.close()

    # What the user does

    def _pause(self, paused: bool) -> None:
        if paused:
            self._capture.pause()
        else:
            self._capture.resume()
        self._session.pause(paused)

    def _switch_language(self) -> None:
        self._set("language", "en" if self._settings.general.language == "ja" else "ja")

    async def _open_question_box(self) -> None:
        """Open the box with the picture of this very moment, where the answer will be about it."""
        if self._engine.state.phase is EnginePhase.FAILED:
            self._engine.retry()
        profile = self._session.profile or self._profile_for(self._settings.general.game, "")
        about: AskAbout = profile.ask_about if profile.adapter else "screen"
        seen: Frame | SourceLost | None = self._session.newest_frame
        if about == "screen" or self._session.paused:
            seen = await self._capture.snapshot()
        frame = seen if isinstance(seen, Frame) else None
        self._asked_about = frame, profile
        if frame and about == "screen" and isinstance(self._advisor, LocalAdvisor):
            self._hold(self._advisor.look_ahead(Situation(frame, profile)))  # while the question is written
        questions = await asyncio.to_thread(self._history.recent_questions)
        self._question_box.open_for(
            _qimage(frame) if frame else QImage(),
            questions[::-1],
            self._overlay.card_geometry(),
            game=said(profile.title) if profile.adapter else "",
            about=about,
            answering=self._session.answering,
        )

    async def _ask(self, question: str, about: AskAbout) -> None:
        """Have a question answered; opens first what Japanese takes, where that is not open yet."""
        frame, profile = self._asked_about
        first_in_japanese = holds_japanese(question) and not self._asked_in_japanese
        first_in_general = about == "game" and profile.id not in self._asked_in_general
        try:
            if first_in_japanese:
                self._asked_in_japanese = True
            if first_in_general:
                self._asked_in_general += (profile.id,)
            if (first_in_japanese and self._translator is None) or (first_in_general and self._translator):
                await self._choose_translator()
        finally:
            if about == "game":
                self._session.ask_in_general(question, profile)
            else:
                self._session.ask(question, frame)

    def _start_practice(self, game: str) -> None:
        program, *arguments = coach_command("practice", game)
        if not QProcess.startDetached(program, arguments):
            self._tell(NoticeAbout.TROUBLE, "The practice game could not be started.")

    def _place_overlay(self) -> None:
        kept = self._settings.overlay.positions.get(layout_key(QGuiApplication.screens()))
        self._overlay.place(QRect(kept.x, kept.y, kept.width, kept.height) if kept else None)

    def _keep_position(self, card: QRect) -> None:
        position = OverlayPosition(x=card.x(), y=card.y(), width=card.width(), height=card.height())
        positions = self._settings.overlay.positions | {layout_key(QGuiApplication.screens()): position}
        overlay = self._settings.overlay.model_copy(update={"positions": positions})
        self._change(self._settings.model_copy(update={"overlay": overlay}))

    # What happens

    def _on_event(self, event: Event) -> None:
        self._bridge.show_event(event)
        if isinstance(event, ProfileChosen) and event.qnet != self._qnet:
            self._qnet = event.qnet
            self._choose_values()
        if isinstance(event, MemoryWanted):
            self._unload(True)
        if self._trace:
            self._trace.event(event)
            if isinstance(event, AnswerStarted) and self._plan.ticks:
                self._ticks.begin()
            if isinstance(event, AnswerFinished):
                card = self._overlay.card_geometry()
                self._note("OverlayPlaced", left=card.x(), top=card.y(), width=card.width(), height=card.height())
                if self._plan.ticks:
                    self._note("Ticks", intervals_ms=self._ticks.end())

    async def _remember(self, advice: Advice, profile: GameProfile, frame: Frame | None) -> None:
        await asyncio.to_thread(self._history.add, advice, profile.id, frame.image if frame else None)

    def _tell(self, about: NoticeAbout, message: str) -> None:
        self._on_event(Notice(about, message))

    def _note(self, name: str, **values: Any) -> None:
        if self._trace:
            self._trace.note(name, **values)

    # Tasks, faults and the end

    def _hold(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Run a coroutine as a task that is held, awaited at the end, and whose faults are shown."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._let_go)
        return task

    def _let_go(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._report(error)

    def _hook_exceptions(self) -> None:
        """Every fault that nobody caught, of Python, of threads and of the event loop, ends in one notice."""
        loop = asyncio.get_running_loop()

        def from_python(kind: type[BaseException], error: BaseException, traceback: TracebackType | None) -> None:
            loop.call_soon_threadsafe(self._report, error)

        def from_thread(fault: threading.ExceptHookArgs) -> None:
            if fault.exc_value:
                loop.call_soon_threadsafe(self._report, fault.exc_value)

        def from_loop(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            self._report(context.get("exception") or RuntimeError(context["message"]))

        sys.excepthook, threading.excepthook = from_python, from_thread
        loop.set_exception_handler(from_loop)
        self._stack.callback(setattr, sys, "excepthook", sys.__excepthook__)
        self._stack.callback(setattr, threading, "excepthook", threading.__excepthook__)

    def _report(self, error: BaseException) -> None:
        if isinstance(error, CoachError):
            self._tell(NoticeAbout.TROUBLE, str(error))
        else:
            _log.error("not caught", exc_info=error)
            self._tell(
                NoticeAbout.TROUBLE, "Something went wrong inside the coach; it goes on. The log file says more."
            )

    async def _end_tasks(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._translator:
            await self._translator.close()
        await self._in_general.close()
        await self._advisor.close()

    def _hide_everything(self) -> None:
        self._way_in.hide()
        self._overlay.hide()
        self._question_box.hide()

    def _close_trace(self) -> None:
        if self._trace:
            self._trace.close()


def _qimage(frame: Frame) -> QImage:
    width, height = frame.image.size
    return QImage(frame.image.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()


class _FirstPaint(QObject):
    """Calls back once, when a widget is painted for the first time. Owned by the widget."""

    def __init__(self, widget: QObject, painted: Callable[[], None]) -> None:
        super().__init__(widget)
        self._painted = painted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let everything pass."""
        if event.type() == QEvent.Type.Paint:
            watched.removeEventFilter(self)
            self._painted()
        return False


class _Ticks:
    """The rhythm of the interface thread: the gaps between the ticks of a timer, in milliseconds."""

    def __init__(self) -> None:
        self._gaps_ms: list[float] = []
        self._last: float | None = None
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=_TICK_MS)
        self._timer.timeout.connect(self._tick)

    def begin(self) -> None:
        """Count from now on."""
        self._gaps_ms, self._last = [], None
        self._timer.start()

    def end(self) -> list[float]:
        """The gaps since ``begin``."""
        self._timer.stop()
        return self._gaps_ms

    def _tick(self) -> None:
        now = asyncio.get_running_loop().time()
        if self._last is not None:
            self._gaps_ms.append((now - self._last) * 1000)
        self._last = now

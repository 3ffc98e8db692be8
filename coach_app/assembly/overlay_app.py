"""The overlay app: assembles and connects its parts."""

import asyncio
import contextlib
import json
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from queue import SimpleQueue

import qasync
from PySide6.QtCore import QProcess, QTimer
from PySide6.QtWidgets import QApplication

from coach_app.advisor.servers import is_server
from coach_app.assembly.engine_room import EngineRoom, chosen_coach, usable_coach
from coach_app.assembly.interface import Interface
from coach_app.assembly.learning_desk import LearningDesk
from coach_app.assembly.live_coach import LiveCoach, session_plan
from coach_app.assembly.live_feedback import LiveFeedback
from coach_app.assembly.live_governor import LiveGovernor
from coach_app.assembly.live_hearing import LiveHearing
from coach_app.assembly.live_memory import LiveMemory
from coach_app.assembly.live_pointer import LivePointer
from coach_app.assembly.live_questions import LiveQuestions
from coach_app.assembly.live_recording import LiveRecording
from coach_app.assembly.live_speech import LiveSpeech
from coach_app.assembly.live_translator import LiveTranslator
from coach_app.assembly.live_values import LiveValues
from coach_app.assembly.manners import Manners
from coach_app.assembly.outlet import Outlet
from coach_app.assembly.plan import AppPlan
from coach_app.assembly.privacy import delete_kept
from coach_app.assembly.privacy_page import PrivacyDesk
from coach_app.assembly.prompt_trials import PromptTrials
from coach_app.assembly.record import Record
from coach_app.assembly.review_reminder import ReviewReminder
from coach_app.assembly.server_page import ServerPage
from coach_app.assembly.settings_in_use import Reaction, SettingsInUse
from coach_app.assembly.tasks import Tasks
from coach_app.assembly.watching import Watching
from coach_app.desktop.crashes import remembered
from coach_app.desktop.folders import data_dir
from coach_app.desktop.processes import coach_command
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.ladder import LEVELS
from coach_app.domain.profile import WHENS, GameProfile
from coach_app.domain.sent import LastSent
from coach_app.games import profiles as profile_files
from coach_app.host.client import EngineClient
from coach_app.host.life import EngineState
from coach_app.models.catalogue import catalogue
from coach_app.session.events import Event, MemoryWanted, Notice, NoticeAbout
from coach_app.session.history import History
from coach_app.session.session import Session
from coach_app.settings.schema import HistorySettings
from coach_app.settings.store import SettingsStore, settings_file
from coach_app.ui.control_window import ControlWindow
from coach_app.ui.input_method import reach_input_method
from coach_app.ui.microphone import Microphone
from coach_app.ui.voice import Voice

_log = logging.getLogger(__name__)

_SIGNALS_MS = 200
_CRASHES = 2
_PLAIN = (
    "The coach ended unexpectedly twice in a row, so it has started in plain mode: without a model, and in its default "
    "look. Change in the settings what may be the cause, such as the model, or choose “Leave plain mode” in the "
    "menu."
)


def run_app(plan: AppPlan, starts: "SimpleQueue[bytes]") -> int:
    """Run the overlay app until the user quits. Call from the main thread of a process without a QApplication.

    Args:
        plan: deviations from the settings.
        starts: messages of later starts; see `only_coach`.

    Returns:
        The exit status.

    Raises:
        CoachError: the plan names a game or a model that does not exist; or the user wanted everything deleted, and not
            everything could be.
    """
    reach_input_method(os.environ)
    qt = QApplication(["coach"])
    qt.setApplicationName("coach")
    qt.setDesktopFileName("coach")
    qt.setQuitOnLastWindowClosed(False)
    # Instances that record a trace may run beside another one, and are killed by benchmarks.
    remembering = remembered(data_dir() / "running.json") if plan.trace is None else contextlib.nullcontext(0)
    with remembering as crashes, qasync.QEventLoop(qt) as loop:
        keep = loop.run_until_complete(_run(plan, starts, plain=crashes >= _CRASHES))
    if keep is not None:
        delete_kept(keep)
    return 0


async def _run(plan: AppPlan, starts: "SimpleQueue[bytes]", plain: bool) -> list[str] | None:
    """Run until the user quits; returns what to keep if all else is to be deleted then."""
    async with opened_app(plan) as app:
        app.show(plan, starts, plain)
        await app.stop.wait()
    return app.privacy.keep


@dataclass(frozen=True)
class App:
    """The parts of the running app.

    Attributes:
        stop: set when the user quits.
        notices: sentences to show at the start.
        events: passes on all events.
    """

    stop: asyncio.Event
    notices: list[str]
    events: Outlet[Event]
    settings: SettingsInUse
    tasks: Tasks
    room: EngineRoom
    interface: Interface
    watching: Watching
    history: History
    session: Session
    translator: LiveTranslator
    coach: LiveCoach
    values: LiveValues
    questions: LiveQuestions
    speech: LiveSpeech
    hearing: LiveHearing
    manners: Manners
    privacy: PrivacyDesk
    learning: LearningDesk
    feedback: LiveFeedback
    recording: LiveRecording
    governor: LiveGovernor

    def show(self, plan: AppPlan, starts: "SimpleQueue[bytes]", plain: bool = False) -> None:
        """Show the coach, and start capturing and loading.

        Args:
            plan: deviations from the settings.
            starts: messages of later starts.
            plain: after crashes: models are loaded only on demand, and the look is the default.
        """
        self.interface.show(plain)
        if plain:
            self.room.client.sleep(_PLAIN)
            self.tasks.complain(_PLAIN)
        self.values.choose()
        self.speech.follow_settings()
        self.watching.capture.start()
        self.tasks.hold(self.coach.begin())
        self.tasks.hold(self.translator.choose())
        self.tasks.hold(self.session.run())
        self.tasks.hold(self.governor.run())
        if self.notices:
            self.tasks.complain(" ".join(self.notices))
        if not (plan.game or plan.trace):  # the command line already says what to do
            self.interface.greet()
        signals = QTimer(self.interface.bridge, interval=_SIGNALS_MS)
        # This also lets Python handle SIGINT and SIGTERM while Qt sleeps.
        signals.timeout.connect(lambda: None if starts.empty() else self.follow(starts.get()))
        signals.start()
        for number in {signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", signal.SIGTERM)}:
            signal.signal(number, lambda *_: self.stop.set())

    def go_on(self) -> None:
        """Follow the settings, after a plain start."""
        self.interface.look_as_set()
        self.room.client.wake()

    def follow(self, start: bytes) -> None:
        """Carry out a later start: do what it says, or come to the front."""
        try:
            plan = AppPlan(**json.loads(start))
            if plan.do:
                self.interface.actions[plan.do].trigger()
                return
            self.interface.come_to_front()
            if plan.game and plan.game not in self.watching.profiles:
                self.reload_profiles()
            self.settings.override(plan.overrides(self.watching.profiles))
            if is_server(plan.model):
                self.coach.ask_instead(plan.model)
            if plan.values:
                self.values.show(True)
        except CoachError as error:
            self.tasks.complain(str(error))
        except (TypeError, ValueError, KeyError, RecursionError):
            _log.warning("a later start said something strange")

    def connect(self) -> None:
        """Connect the user's actions to the parts that carry them out."""
        actions, windows, settings = self.interface.actions, self.interface.windows, self.settings
        overlay = self.interface.overlay
        actions.bind(
            {
                "ask": lambda _: self.tasks.hold(self.questions.open()),
                "talk": lambda _: self.hearing.explain(),
                "more": lambda _: self.session.more(overlay.answer_id),
                "pause": self._pause,
                **{f"say_{level}": _with(self.manners.say, level) for level in LEVELS},
                **{f"speak_{when}": _with(self.manners.speak, when) for when in WHENS},
                "show_hide": self._show_or_hide,
                "edit": overlay.set_edit_mode,
                "language": lambda _: self._switch_language(),
                "values": self.values.show,
                "unload": self.coach.unload,
                "speak": self.speech.switch,
                "go_on": lambda _: self.go_on(),
                "cancel_loading": lambda _: self.coach.cancel_loading(),
                "read_on": lambda _: overlay.read_on(),
                "read_back": lambda _: overlay.read_on(-1),
                "again": lambda _: overlay.show_again(),
                "pin": overlay.pin,
                "copy_answer": lambda _: overlay.copy_answer(),
                "good": lambda _: self.feedback.rate(overlay.answer_id, True),
                "bad": lambda _: self.feedback.rate(overlay.answer_id, False),
                "source": lambda _: windows.open_source_picker(settings.current.general.source, self.watching.profiles),
                "review": lambda _: self._start_beside("review", "--window"),
                "history": lambda _: windows.open_history(self.watching.profiles),
                "models": lambda _: windows.open_models(settings.current, self.watching.profiles),
                "learning": lambda _: windows.open_learning(self.watching.profiles, self.session.profile),
                "cost": lambda _: windows.open_cost(),
                "privacy": lambda _: windows.open_privacy(settings.current, self.watching.profiles),
                "settings": lambda _: windows.open_settings(settings.current, self.watching.profiles),
                "about": lambda _: windows.open_about(),
                "quit": lambda _: self.stop.set(),
            }
        )
        actions.practice_wanted.connect(self._start_practice)
        windows.settings_changed.connect(settings.change)
        windows.keeper.use_wanted.connect(lambda name: settings.set("general", "model", name))
        windows.keeper.models_changed.connect(lambda: self.tasks.hold(self.translator.choose_again()))
        windows.source_chosen.connect(self.watching.choose)
        windows.profiles_changed.connect(self.reload_profiles)
        if isinstance(self.interface.way_in, ControlWindow):
            self.interface.way_in.closed.connect(self.stop.set)
        settings.when(Reaction.HISTORY, lambda _, new: self._hold_history(new.history))
        settings.when(Reaction.SOURCE, lambda *_: self.session.look_again(another_source=True))

    def _show_or_hide(self, wanted: bool) -> None:
        overlay, action = self.interface.overlay, self.interface.actions["show_hide"]
        if not wanted and not overlay.shown:  # it has faded: the key should show it again
            action.setChecked(True)
        overlay.set_wanted(action.isChecked())

    def _pause(self, paused: bool) -> None:
        self.watching.pause(paused)
        self.session.pause(paused)

    def _switch_language(self) -> None:
        self.settings.set("general", "language", "en" if self.settings.current.general.language == "ja" else "ja")

    def _start_practice(self, game: str) -> None:
        arguments = ["practice", game]
        if file := self.recording.practice_file(game):
            arguments += ["--state-log", str(file)]
        self._start_beside(*arguments)

    def _start_beside(self, *arguments: str) -> None:
        """Start a command of the coach's in a process of its own."""
        program, *words = coach_command(*arguments)
        if not QProcess.startDetached(program, words):
            self.tasks.complain("The coach could not be started once more, for a window of its own.")

    def reload_profiles(self) -> None:
        """Read the profiles anew, and use them."""
        notices = self.watching.reload()
        self.interface.windows.show_profiles(self.watching.profiles)
        self.session.look_again()
        if notices:
            self.tasks.complain(" ".join(notices))

    def _hold_history(self, rules: HistorySettings) -> None:
        self.tasks.hold(asyncio.to_thread(self.history.apply, rules))


def _with(handle: Callable[[str], None], choice: str) -> Callable[[bool], None]:
    return lambda _: handle(choice)


@contextlib.asynccontextmanager
async def opened_app(plan: AppPlan) -> AsyncIterator[App]:
    """Assemble and connect the app without showing it; requires a QApplication, and is closed at the end of the block.

    Raises:
        CoachError: the plan names a game or a model that does not exist.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    async with contextlib.AsyncExitStack() as stack:
        record = Record(plan.trace)
        stack.callback(record.close)
        events, states = Outlet[Event](), Outlet[EngineState]()
        tasks = Tasks(lambda sentence: events(Notice(NoticeAbout.TROUBLE, sentence)))

        profiles, profile_notices = profile_files.load_profiles(keep=True)
        store = SettingsStore(settings_file())
        settings = SettingsInUse(store, plan.overrides(profiles), tasks.complain)
        if plan.model:
            coach, coach_notices = chosen_coach(settings.current, plan.model), list[str]()
        else:
            coach, coach_notices = usable_coach(settings.current, catalogue()[0])

        # Before any window: importing torch and loading a model take seconds.
        sent = LastSent()
        client = EngineClient(states, on_sent=sent.add)
        stack.push_async_callback(client.stop)
        states.listen(lambda state: record.note("Engine", phase=state.phase.value, pid=client.pid))
        await client.start()
        room = EngineRoom(client, coach, tasks.complain, sent.add)
        stack.push_async_callback(room.close)

        history = History(data_dir() / "history.sqlite", settings.current.history)
        stack.callback(history.close)
        watching = Watching(settings, profiles)
        stack.callback(watching.capture.stop)
        interface = Interface(app, settings, history, watching, tasks)
        stack.callback(interface.close)
        stack.enter_context(tasks.catching())
        translator = LiveTranslator(room, settings, watching, tasks)

        memory = LiveMemory(tasks.complain)
        stack.callback(memory.close)
        feedback = LiveFeedback(memory, interface.overlay.show_notice, watching, history, tasks)
        stack.callback(feedback.close)

        recording = LiveRecording(watching, settings, interface.set_recording, tasks)
        stack.push_async_callback(recording.close)
        reminder = ReviewReminder(settings, events)

        async def remember(advice: Advice, profile: GameProfile, frame: Frame | None) -> None:
            reminder.remembered(advice, profile)
            recording.heard(advice)
            feedback.keep(advice, profile, frame)
            await memory.keep(advice, profile, frame)
            await asyncio.to_thread(history.add, advice, profile.id, frame.image if frame else None)

        advisor = room.advisor()
        session = Session(
            frames=recording.around(watching.capture.mailbox),
            advisor=advisor,
            game_questions=room.game_questions,
            profile_for=watching.profile_for,
            refusal=room.refusal,
            emit=events,
            remember=remember,
            plan=session_plan(settings.current),
        )
        stack.push_async_callback(translator.close)
        live_coach = LiveCoach(
            room,
            advisor,
            plan.model,
            session,
            settings,
            translator,
            interface.overlay,
            interface.actions["unload"],
            interface.actions["cancel_loading"],
            tasks,
            record,
            memory,
        )
        stack.push_async_callback(live_coach.close)
        overlay, actions = interface.overlay, interface.actions
        values = LiveValues(
            room, session, interface.panel, overlay, actions["values"], settings, events, tasks, plan.values
        )
        box = interface.question_box
        questions = LiveQuestions(
            box, overlay, session, live_coach, room, translator, watching, settings, history, tasks
        )
        voice = Voice()
        stack.callback(voice.close)
        speech = LiveSpeech(voice, interface.bridge, interface.actions["speak"], settings, tasks)
        microphone = Microphone()
        hearing = LiveHearing(microphone, actions, overlay, speech, questions, lambda: session.profile, settings, tasks)
        stack.push_async_callback(hearing.close)
        manners = Manners(interface.actions, session, watching, lambda: made.reload_profiles(), tasks)
        governor = LiveGovernor(session, live_coach, client, watching, interface.overlay, interface.windows, settings)
        pointer = LivePointer(settings)
        stack.callback(pointer.close)
        interface.actions["show_hide"].toggled.connect(pointer.show_or_hide)
        trials = PromptTrials(watching, settings, live_coach, tasks)
        interface.windows.editor_opened.connect(trials.serve)
        interface.windows.history_opened.connect(feedback.serve)
        ServerPage(interface.windows, settings, live_coach, tasks)
        stack.push_async_callback(tasks.end)

        states.listen(live_coach.on_engine)
        states.listen(values.on_engine)
        live_coach.changed.listen(lambda _: values.on_coach())
        events.listen(interface.bridge.show_event)
        events.listen(speech.on_event)
        events.listen(pointer.on_event)
        events.listen(values.on_event)
        events.listen(governor.on_event)
        governor.changed.listen(lambda step: record.note("Step", step=int(step)))
        events.listen(manners.on_event)
        events.listen(reminder.on_event)
        events.listen(feedback.on_event)
        events.listen(live_coach.on_event)
        events.listen(lambda event: live_coach.unload(True) if isinstance(event, MemoryWanted) else None)
        events.listen(record.watch(interface.overlay, plan.ticks))
        stop = asyncio.Event()
        desk = PrivacyDesk(interface.windows, settings, sent, tasks, stop.set)
        app.aboutToQuit.connect(stop.set)
        made = App(
            stop=stop,
            notices=[*store.notices, *profile_notices, *coach_notices, *history.notices],
            events=events,
            settings=settings,
            tasks=tasks,
            room=room,
            interface=interface,
            watching=watching,
            history=history,
            session=session,
            translator=translator,
            coach=live_coach,
            values=values,
            questions=questions,
            speech=speech,
            hearing=hearing,
            manners=manners,
            privacy=desk,
            feedback=feedback,
            recording=recording,
            learning=LearningDesk(interface.windows, watching, memory, feedback, lambda: made.reload_profiles(), tasks),
            governor=governor,
        )
        made.connect()
        yield made

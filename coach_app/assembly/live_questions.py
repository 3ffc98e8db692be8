"""Connects the question box to the session."""

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtGui import QImage

from coach_app.assembly.engine_room import EngineRoom
from coach_app.assembly.live_coach import LiveCoach
from coach_app.assembly.live_translator import LiveTranslator
from coach_app.assembly.settings_in_use import SettingsInUse
from coach_app.assembly.tasks import Tasks
from coach_app.assembly.watching import Watching
from coach_app.capture.source import SourceLost
from coach_app.domain.frame import Frame
from coach_app.domain.profile import AskAbout, GameProfile
from coach_app.domain.situation import Situation
from coach_app.domain.words import question_of
from coach_app.session.history import History
from coach_app.session.session import Session
from coach_app.ui.language import translated
from coach_app.ui.overlay import Overlay
from coach_app.ui.question_box import QuestionBox

_KEPT = 50
"""Questions of this run that the box offers again, whatever became of them."""


@dataclass(frozen=True)
class Moment:
    """What a question is about.

    Attributes:
        frame: the picture; None if there is none, or it does not matter.
        profile: the game.
        about: the kind of question that is likely.
    """

    frame: Frame | None
    profile: GameProfile
    about: AskAbout


class LiveQuestions:
    """Opens the question box with the current picture, and submits questions.

    Args:
        box: the question box.
        overlay: the overlay beside which the box opens.
        session: answers the questions.
        coach: encodes the picture while the question is being written.
        room: its engine is restarted if it has failed.
        translator: opened for Japanese questions.
        watching: captures the picture.
        settings: the settings in use.
        history: provides earlier questions.
        tasks: hold what takes time.
    """

    def __init__(
        self,
        box: QuestionBox,
        overlay: Overlay,
        session: Session,
        coach: LiveCoach,
        room: EngineRoom,
        translator: LiveTranslator,
        watching: Watching,
        settings: SettingsInUse,
        history: History,
        tasks: Tasks,
    ) -> None:
        self._box, self._overlay, self._session, self._coach, self._room = box, overlay, session, coach, room
        self._translator, self._watching, self._settings, self._history = translator, watching, settings, history
        self._tasks = tasks
        self._frame: Frame | None = None
        self._asked: deque[str] = deque(maxlen=_KEPT)
        self._profile = watching.profile_for(settings.current.general.game, "")
        box.asked.connect(lambda question, about: tasks.hold(self._ask(question, about)))
        box.more_wanted.connect(lambda: session.more(overlay.answer_id))
        box.stop_wanted.connect(session.stop_answering)

    async def look(self) -> Moment:
        """What a question that is being asked now is about."""
        session, game = self._session, self._settings.current.general.game
        profile = session.profile or self._watching.profile_for(game, "")
        about: AskAbout = profile.ask_about if profile.adapter else "screen"
        seen: Frame | SourceLost | None = session.newest_frame
        if about == "screen" or session.paused:
            seen = await self._watching.capture.snapshot()
        return Moment(seen if isinstance(seen, Frame) else None, profile, about)

    async def open(self, said: str = "", moment: Moment | None = None) -> None:
        """Open the box, with the picture of the moment if the question is about it.

        Args:
            said: a spoken question, as it was understood, which the user can still change or drop.
            moment: when it was asked; None for now.
        """
        self._room.client.retry()
        moment = moment or await self.look()
        frame, profile, about = moment.frame, moment.profile, moment.about
        self._frame, self._profile = frame, profile
        if frame and about == "screen":
            self._tasks.hold(self._coach.look_ahead(Situation(frame, profile)))  # while the question is being written
        questions = await asyncio.to_thread(self._history.recent_questions)
        self._box.open_for(
            qimage(frame) if frame else QImage(),
            _latest_last([*questions, *self._asked]),
            self._overlay.home,
            game=translated(profile.title) if profile.adapter else "",
            about=about,
            answering=self._session.answering,
            said=said,
            more=self._overlay.holds_back or profile.when == "asked",
        )

    async def _ask(self, question: str, about: AskAbout) -> None:
        """Submit a question, after opening the translator if it is needed."""
        frame, profile, question = self._frame, self._profile, question_of(question)
        self._asked.append(question)  # the history gets it only with its answer
        try:
            await self._translator.prepare(question, about, profile)
        finally:
            if about == "game":
                self._session.ask(question, profile)
            else:
                self._session.ask(question, frame)


def _latest_last(questions: Iterable[str]) -> list[str]:
    """Each question once, at its last position."""
    return list(dict.fromkeys(reversed(list(questions))))[::-1]


def qimage(frame: Frame) -> QImage:
    """Convert a frame to a QImage."""
    width, height = frame.image.size
    return QImage(frame.image.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()

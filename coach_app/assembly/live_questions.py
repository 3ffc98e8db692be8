"""The player's questions: the box that takes them, with the picture that they are about."""

import asyncio
from collections import deque
from collections.abc import Iterable

from PySide6.QtGui import QImage

from coach_app.assembly.engine_room import EngineRoom
from coach_app.assembly.live_coach import LiveCoach
from coach_app.assembly.live_translator import LiveTranslator
from coach_app.assembly.settings_in_use import SettingsInUse
from coach_app.assembly.tasks import Tasks
from coach_app.assembly.watching import Watching
from coach_app.capture.source import SourceLost
from coach_app.domain.frame import Frame
from coach_app.domain.profile import AskAbout
from coach_app.domain.situation import Situation
from coach_app.domain.words import question_of
from coach_app.session.history import History
from coach_app.session.session import Session
from coach_app.ui.language import translated
from coach_app.ui.overlay import Overlay
from coach_app.ui.question_box import QuestionBox

_KEPT = 50
"""Questions of this run that the box offers again, whatever became of them."""


class LiveQuestions:
    """Opens the question box, and has answered what is asked in it.

    Args:
        box: takes the questions.
        overlay: the box opens beside it.
        session: answers.
        coach: looks at the picture while the question is written.
        room: its engine is tried once more where it has failed.
        translator: made ready for what is asked.
        watching: takes the picture.
        settings: name the game.
        history: offers what was asked before.
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
        box.stop_wanted.connect(session.stop_answering)

    async def open(self) -> None:
        """Open the box with the picture of this very moment, where the answer will be about it."""
        self._room.client.retry()
        session, game = self._session, self._settings.current.general.game
        profile = session.profile or self._watching.profile_for(game, "")
        about: AskAbout = profile.ask_about if profile.adapter else "screen"
        seen: Frame | SourceLost | None = session.newest_frame
        if about == "screen" or session.paused:
            seen = await self._watching.capture.snapshot()
        frame = seen if isinstance(seen, Frame) else None
        self._frame, self._profile = frame, profile
        if frame and about == "screen":
            self._tasks.hold(self._coach.look_ahead(Situation(frame, profile)))  # while the question is written
        questions = await asyncio.to_thread(self._history.recent_questions)
        self._box.open_for(
            qimage(frame) if frame else QImage(),
            _latest_last([*questions, *self._asked]),
            self._overlay.home,
            game=translated(profile.title) if profile.adapter else "",
            about=about,
            answering=session.answering,
        )

    async def _ask(self, question: str, about: AskAbout) -> None:
        """Have a question answered; opens first what Japanese takes, where that is not open yet."""
        frame, profile, question = self._frame, self._profile, question_of(question)
        self._asked.append(question)  # the history has it only when it is answered
        try:
            await self._translator.prepare(question, about, profile)
        finally:
            if about == "game":
                self._session.ask_about_game(question, profile)
            else:
                self._session.ask(question, frame)


def _latest_last(questions: Iterable[str]) -> list[str]:
    """Each question once, where it was asked last."""
    return list(dict.fromkeys(reversed(list(questions))))[::-1]


def qimage(frame: Frame) -> QImage:
    """A frame as Qt draws it."""
    width, height = frame.image.size
    return QImage(frame.image.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()

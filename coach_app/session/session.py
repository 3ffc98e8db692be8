"""The live loop: frames → gate → policy → advisor → translation → events. Asyncio; knows no Qt and no concrete
classes."""

import asyncio
import contextlib
import itertools
import logging
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from coach_app.advisor.advisor import Advisor, advise_at_level
from coach_app.advisor.japanese import readable
from coach_app.advisor.values import QReader
from coach_app.capture.source import SourceLost
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.gate import ChangeGate, GateRules
from coach_app.domain.ladder import told
from coach_app.domain.policy import Gate, Policy, PolicyRules, Question, Turn
from coach_app.domain.profile import GameProfile
from coach_app.domain.situation import Situation
from coach_app.session.delivery import Delivery, Remember
from coach_app.session.events import (
    AnswerDropped,
    AnswerFinished,
    AnswerStarted,
    AnswerWords,
    Event,
    Notice,
    NoticeAbout,
    NoticeOver,
    PauseChanged,
    SourceGone,
)
from coach_app.session.said import Said
from coach_app.session.sight import Refusal, Sight
from coach_app.session.values import second_opinion
from coach_app.translation.sentences import holds_japanese
from coach_app.translation.translator import Translator

_log = logging.getLogger(__name__)


class Frames(Protocol):
    """The source of the newest picture: a one-slot mailbox that a capture thread writes into."""

    async def next(self) -> Frame | SourceLost:
        """Wait for the newest picture not yet taken, or the reason why there is none."""


class GameQuestions(Protocol):
    """Answers game questions; see ``coach_app.advisor.game_questions.GameQuestionAdvisor``."""

    @property
    def reads_japanese(self) -> bool:
        """Whether it accepts questions in Japanese; otherwise only in English."""

    async def answer(self, question: str, profile: GameProfile, on_words: Callable[[str], None]) -> Advice:
        """Answer without a picture, from the guides of the profile's game.

        Raises:
            CoachError: there is no answer.
        """


@dataclass(frozen=True)
class SessionPlan:
    """The configuration of a session; replaced as a whole when the user changes something.

    Attributes:
        language: language of the advice, unless the profile has its own.
        game: id of the profile to use, or "auto" to choose by the window.
        policy: how much to say, and when.
        pointing: which advice may point at places on the screen.
    """

    language: Literal["en", "ja"] = "en"
    game: str = "auto"
    policy: PolicyRules = field(default_factory=PolicyRules)
    pointing: Literal["off", "asked", "always"] = "off"

    def may_point(self, turn: Turn) -> bool:
        """Whether the advice of a turn may point."""
        return self.pointing == "always" or (self.pointing == "asked" and turn.asked is not None)


class Session:
    """Watches frames, asks the advisor and emits events. All calls from the event loop's thread.

    Args:
        frames: source of the newest picture.
        advisor: answers questions about pictures.
        game_questions: answers game questions.
        profile_for: returns the profile for a game id ("auto" chooses by the window), a window's title and program.
        refusal: returns why the model cannot advise on a window, or None if it can.
        emit: called with every event, in order; must not raise or block.
        remember: called with every finished answer, its profile and its frame (None for game questions), after its
            translation arrived or failed; a CoachError that it raises is shown.
        translator: translates into Japanese; None keeps the English.
        plan: initial configuration.
        make_gate: creates the gate that decides by these rules which pictures of a game matter.
    """

    def __init__(
        self,
        *,
        frames: Frames,
        advisor: Advisor,
        game_questions: GameQuestions,
        profile_for: Callable[[str, str, str], GameProfile],
        refusal: Refusal,
        emit: Callable[[Event], None],
        remember: Remember | None = None,
        translator: Translator | None = None,
        plan: SessionPlan | None = None,
        make_gate: Callable[[GateRules], Gate] = ChangeGate,
    ) -> None:
        self._frames = frames
        self._advisor = advisor
        self._game_questions = game_questions
        self._profile_for = profile_for
        self._emit = emit
        self._plan = plan or SessionPlan()
        self._policy = Policy(self._plan.policy, make_gate)
        self._sight = Sight(
            lambda *window: self._profile_for(self._plan.game, *window), refusal, self._policy, self._tell_of_sight
        )
        self._delivery = Delivery(translator, remember, emit)
        self._reader: QReader | None = None
        self._ids = itertools.count(1)
        self._questions: deque[Question] = deque()
        self._unavailable = ""  # why the engine cannot be asked, or how far it is
        self._important: Frame | None = None
        self._wake = asyncio.Event()
        self._turn: Turn | None = None
        self._answering: asyncio.Task[None] | None = None
        self._said = Said()

    @property
    def newest_frame(self) -> Frame | None:
        """The newest picture, or None while the source is lost."""
        return self._sight.frame

    @property
    def profile(self) -> GameProfile | None:
        """The profile in use."""
        return self._sight.profile

    @property
    def paused(self) -> bool:
        """Whether unasked advice is off."""
        return self._policy.paused

    @property
    def answering(self) -> bool:
        """Whether an answer to a question is in progress."""
        return self._turn is not None and self._turn.asked is not None

    async def run(self) -> None:
        """Run until cancelled. All tasks have ended when this returns."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._watch())
                group.create_task(self._speak())
        finally:
            await self._delivery.close()

    # Requests of the user

    def ask(self, question: str, about: Frame | GameProfile | None = None) -> None:
        """Answer a question, before any unasked advice.

        Args:
            question: as the user wrote it.
            about: the frame that it is about, None for the newest; or, for a game question, the game's profile.
        """
        if about := about or self._sight.frame:
            self._line_up(Question(question, about))
            return
        remedy = "Open the game, or choose what to watch in the settings."
        self._emit(Notice(NoticeAbout.ANSWER, "There is no picture to answer about.", remedy))

    def more(self, answer_id: int) -> None:
        """Say more about the situation of a nudge or hint: go one level up.

        In a game in which the coach speaks only when asked, it begins there, where there is no more to say.

        Args:
            answer_id: the id of its events.
        """
        profile, frame = self.profile, self._sight.frame
        try:
            question = self._said.more(answer_id)
        except CoachError as error:
            if not (profile and frame and profile.when == "asked"):
                self._emit(Notice(NoticeAbout.ANSWER, error.message, error.remedy))
                return
            question = Question("", frame, level=profile.level)
        turn = self._turn if self._turn and self._turn.id != answer_id else None
        waiting = [*self._questions, *([turn.asked] if turn and turn.asked else [])]
        if all(other.text for other in waiting):  # otherwise the key was pressed twice
            self._line_up(question)

    def stop_answering(self) -> None:
        """Withdraw all unanswered questions."""
        self._questions.clear()
        self._give_way("stopped")

    def pause(self, paused: bool) -> None:
        """Switch unasked advice off or on; questions are still answered."""
        if self._policy.silence("paused", paused):
            if paused:
                self._give_way("paused")
            self._emit(PauseChanged(paused))

    def rest(self, resting: bool, why: Literal["resting", "trying", "measuring"] = "resting") -> None:
        """Suspend unasked advice while the model is needed for something else, or resume it.

        Args:
            resting: whether to suspend it.
            why: its memory is wanted, a prompt is being tried, or it is measured how the game does without it.
        """
        if self._policy.silence(why, resting) and resting:
            self._give_way("paused")

    def configure(
        self,
        plan: SessionPlan,
        translator: Translator | None = None,
        advisor: Advisor | None = None,
        refusal: Refusal | None = None,
    ) -> None:
        """Change the configuration; the current frame is judged again if that may change the advice.

        Args:
            plan: the new configuration.
            translator: translates into Japanese; None keeps the English.
            advisor: a new advisor with its refusal; None keeps both.
            refusal: see ``Session``.
        """
        before, self._plan = self._plan, plan
        self._policy.rules = plan.policy
        self._advisor = advisor or self._advisor
        self._sight.refusal = refusal or self._sight.refusal
        self._delivery.translator = translator
        if plan.language == "ja":
            self._delivery.translate_last()
        if advisor or (plan.game, plan.policy.gate) != (before.game, before.policy.gate):
            self.look_again()

    def compare_with(self, reader: QReader | None) -> None:
        """Set the Q-network to compare advice with; None for none."""
        self._reader = reader

    def look_again(self, another_source: bool = False) -> None:
        """Choose the profile and judge the current frame again, after a change of model or profiles.

        Args:
            another_source: whether the source changes: notices about the old one are removed, and its unasked advice is
                dropped.
        """
        if another_source:
            self._sight.leave()
        self._sight.look_again()

    def engine_changed(self, ready: bool, sentence: str = "") -> None:
        """The engine became ready (pending questions are asked again) or unavailable.

        Args:
            ready: whether it can be asked, perhaps after waking up.
            sentence: for the user, why it is unavailable; may be empty.
        """
        self._unavailable = sentence
        if sentence:
            self._emit(Notice(NoticeAbout.ENGINE, sentence))
        elif ready:
            self._emit(NoticeOver(NoticeAbout.ENGINE))
        if ready and not self._policy.ready:
            if self._turn is None:
                self._policy.judge_again()
            self._wake.set()
        self._policy.ready = ready

    def _line_up(self, question: Question) -> None:
        if not self._policy.ready and not self._unavailable:
            self._emit(Notice(NoticeAbout.ENGINE, "The coach is not ready yet; it answers as soon as it is."))
        self._questions.append(question)
        self._give_way("question")
        self._wake.set()

    def _tell_of_sight(self, event: Event) -> None:
        if isinstance(event, SourceGone):  # and the answer in progress about it
            self._said.forget_source()
            self._give_way("paused")
        self._emit(event)

    # Frames

    async def _watch(self) -> None:
        while True:
            seen = await self._frames.next()
            if isinstance(seen, SourceLost):
                self._sight.lose(seen)
                self._important = None
                continue
            profile = self._sight.see(seen)
            if not self._policy.is_worth_advice(seen, time.monotonic()):
                continue
            if self._sight.refuses(profile, seen):
                if profile.when == "review":
                    self._delivery.keep_situation(profile, seen)
            else:
                self._important = seen
                self._give_way("newer")
                self._wake.set()

    def _give_way(self, reason: Literal["newer", "question", "paused", "stopped"]) -> None:
        """Drop the answer in progress if the policy says so, and the next one if paused."""
        if reason == "paused":
            self._important = None
        turn = self._turn
        if turn and self._answering and self._policy.gives_way(turn, reason, time.monotonic()) and not turn.dropped:
            turn.dropped = reason
            self._answering.cancel()

    # Answers

    async def _speak(self) -> None:
        while True:
            self._wake.clear()
            if turn := self._next_turn():
                self._turn = turn
                self._answering = asyncio.create_task(self._answer(turn))
                try:
                    await asyncio.wait([self._answering])
                finally:
                    self._answering.cancel()
                    await asyncio.wait([self._answering])
                    self._turn = self._answering = None
            else:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), self._policy.unasked_waits_s(time.monotonic()) or None)

    def _next_turn(self) -> Turn | None:
        if not self._policy.ready:
            return None
        while self._questions:
            asked = self._questions.popleft()
            if isinstance(asked.about, GameProfile):
                playing, frame = self.profile, self._sight.frame
                if playing and frame and playing.when == "review" and self._sight.refuses(playing, frame, asked=True):
                    continue
                return Turn(next(self._ids), asked.about, None, asked)
            profile = self._profile_for(self._plan.game, asked.about.title, asked.about.program)
            if not self._sight.refuses(profile, asked.about, asked=True):
                return Turn(next(self._ids), profile, asked.about, asked)
        if self._important and self.profile and not self._policy.unasked_waits_s(time.monotonic()):
            frame, self._important = self._important, None
            return Turn(next(self._ids), self.profile, frame)
        return None

    async def _answer(self, turn: Turn) -> None:
        """Carry out a turn, handling every outcome."""
        self._policy.begin(turn, time.monotonic())
        question = turn.asked.text if turn.asked else ""
        if turn.frame:
            more = turn.asked is not None and not turn.is_question
            self._emit(AnswerStarted(turn.id, question, turn.frame.captured_at, more=more))
        else:
            self._emit(AnswerStarted(turn.id, question, time.time(), about="game"))
        try:
            shown, full = await self._advise(turn, question)
            advice = replace(shown, question=question)
            preferred = ""
            if self._reader and turn.frame and self._policy.wants_second_opinion(turn, advice.move):
                preferred = await second_opinion(self._reader, turn.frame, turn.profile, advice)
        except asyncio.CancelledError:
            if turn.dropped is None:
                raise
            self._emit(AnswerDropped(turn.id, turn.dropped))
        except CoachError as error:
            self._fail(turn, error)
        except Exception:
            _log.exception("answer %d failed", turn.id)
            self._fail(
                turn, CoachError("The coach could not answer because of an internal error.", "The log file says more.")
            )
        else:
            self._finish(turn, advice, full, preferred)

    async def _advise(self, turn: Turn, question: str) -> tuple[Advice, Advice]:
        """The advice to show, and the advice in full."""

        def words(text: str) -> None:
            self._emit(AnswerWords(turn.id, text))

        if turn.asked and (known := turn.asked.known):
            return told(known, turn.level, turn.profile.moves), known
        reader = self._advisor if turn.frame else self._game_questions
        about_game = "" if turn.frame else turn.profile.id
        english = await readable(question, reader, self._delivery.translator, about_game)
        if turn.frame is None:
            answer = await self._game_questions.answer(english, turn.profile, words)
            return answer, answer
        before = self._said.before(turn.profile.id)
        tried = () if turn.is_question else self._said.tried(turn.frame)
        situation = Situation(
            turn.frame,
            turn.profile,
            english,
            turn.level,
            before=before,
            tried=tried,
            pointing=self._plan.may_point(turn),
        )
        return await advise_at_level(self._advisor, situation, words)

    def _fail(self, turn: Turn, error: CoachError) -> None:
        self._emit(AnswerDropped(turn.id, "failed"))
        match self._policy.after_failure(turn):
            case "tell":
                question = turn.asked.text if turn.asked else ""
                self._emit(Notice(NoticeAbout.ANSWER, error.message, error.remedy, question))
            case "retry" if turn.asked:
                self._questions.appendleft(replace(turn.asked, retried=True))

    def _finish(self, turn: Turn, advice: Advice, full: Advice, preferred: str) -> None:
        age_s = time.time() - advice.captured_at
        unsure = advice.move is not None and self._policy.is_unsure(advice.confidence)
        doubted = bool(preferred) or unsure
        reason = self._policy.finish(turn, advice.text, self._sight.frame, doubted, age_s, time.monotonic())
        if reason:
            self._emit(AnswerDropped(turn.id, reason))
            return
        asked_in_japanese = turn.asked is not None and holds_japanese(turn.asked.text)
        japanese = asked_in_japanese or (turn.profile.language or self._plan.language) == "ja"
        self._emit(NoticeOver(NoticeAbout.ANSWER))
        points = turn.frame and advice.marks and advice.level == "answer" and self._plan.may_point(turn)
        place = turn.frame.place if turn.frame and points else None
        self._emit(AnswerFinished(turn.id, advice, japanese, preferred, unsure, place))
        self._said.add(turn, advice, full)
        self._delivery.deliver(turn, advice, japanese)

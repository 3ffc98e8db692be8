"""The live loop: frames → gate → advisor → translation → events. Asyncio; knows no Qt and no concrete part."""

import asyncio
import contextlib
import itertools
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from coach_app.advisor.advisor import Advisor
from coach_app.advisor.japanese import readable
from coach_app.advisor.values import QReader
from coach_app.capture.source import Loss, SourceLost
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame, part
from coach_app.domain.gate import ChangeGate, GateRules
from coach_app.domain.phrases import phrases
from coach_app.domain.profile import GameProfile
from coach_app.domain.situation import Situation
from coach_app.games.profiles import action_meant
from coach_app.session.events import (
    AnswerDropped,
    AnswerFinished,
    AnswerStarted,
    AnswerTranslated,
    AnswerWords,
    Event,
    MemoryWanted,
    Notice,
    NoticeAbout,
    NoticeOver,
    PauseChanged,
    ProfileChosen,
    SourceFound,
)
from coach_app.settings.schema import GateSettings
from coach_app.translation.sentences import holds_japanese
from coach_app.translation.translator import Translator

_log = logging.getLogger(__name__)

Refusal = Callable[[GameProfile, str], CoachError | None]
Remember = Callable[[Advice, GameProfile, Frame | None], Awaitable[None]]
DropReason = Literal["newer", "question", "changed", "old", "paused", "failed", "doubted", "stopped"]
_READING_S_PER_CHARACTER = 0.05


class Frames(Protocol):
    """Where the newest picture comes from: a one-slot mailbox that a capture thread writes into."""

    async def next(self) -> Frame | SourceLost:
        """The newest picture that was not taken yet, or why there is none; waits for one."""


class Gate(Protocol):
    """Decides which frames matter; see ``coach_app.domain.gate.ChangeGate``."""

    def offer(self, frame: Frame, now_s: float) -> bool:
        """Whether to ask about this frame; if so, it counts as advised from now on."""

    def changed_since_advice(self, frame: Frame) -> bool:
        """Whether this frame shows something else than the last advised one, at once and without settling."""

    def reset(self) -> None:
        """Forget everything: the next frame is important."""


class InGeneral(Protocol):
    """Answers questions about a game in general; see ``coach_app.advisor.general.GeneralAdvisor``."""

    @property
    def reads_japanese(self) -> bool:
        """Whether questions may be given as a Japanese player wrote them; otherwise in English only."""

    async def answer(self, question: str, profile: GameProfile, on_words: Callable[[str], None]) -> Advice:
        """Answer without a picture, from what is known about the profile's game.

        Raises:
            CoachError: with a sentence and a remedy.
        """


@dataclass(frozen=True)
class SessionPlan:
    """What a session is to do; replaced whole when the user changes something.

    Attributes:
        language: language of the advice; a profile's own goes first.
        game: id of the profile to use, or "auto" for the one whose pattern finds the window's title.
        gate: what counts as a change of the picture.
        longest_wait_s: when frames keep changing faster than answers come, one answer is let through this often.
        oldest_s: unasked advice about an older frame is dropped.
        reading_s: unasked advice does not take the place of the answer to a question for this long.
        hold_doubted: advice that the Q-network disagrees with is not shown.
    """

    language: Literal["en", "ja"] = "en"
    game: str = "auto"
    gate: GateSettings = field(default_factory=GateSettings)
    longest_wait_s: float = 4.0
    oldest_s: float = 20.0
    reading_s: float = 6.0
    hold_doubted: bool = False


@dataclass(frozen=True)
class _Question:
    question: str
    about: Frame | GameProfile
    again: bool = False


@dataclass(eq=False)
class _Job:
    """One answer in the making.

    Attributes:
        frame: None where the question is about the game in general.
        asked: the question, None for unasked advice.
        protected: it is let through although newer frames came.
        dropped: why it was cancelled, if it was.
    """

    id: int
    frame: Frame | None
    profile: GameProfile
    asked: _Question | None = None
    protected: bool = False
    dropped: DropReason | None = None


class Session:
    """Watches frames, asks the advisor, tells what happens through ``emit``. All calls from the event loop's thread.

    Args:
        frames: the newest picture.
        advisor: who answers.
        in_general: who answers questions that are not about a picture.
        profile_for: the profile for a game id ("auto" chooses by title) and a window title.
        refusal: a sentence where the model does not know what a window with this profile shows, otherwise None.
        emit: called with every event, in order; must not raise or block.
        remember: called with every finished answer, its profile and its frame, after its translation came or failed;
            a CoachError that it raises is shown. The frame is None where the answer is about no picture.
        plan: what to do at first.
        make_gate: makes what decides, by these rules, which pictures of a game matter.
    """

    def __init__(
        self,
        *,
        frames: Frames,
        advisor: Advisor,
        in_general: InGeneral,
        profile_for: Callable[[str, str], GameProfile],
        refusal: Refusal,
        emit: Callable[[Event], None],
        remember: Remember | None = None,
        translator: Translator | None = None,
        plan: SessionPlan | None = None,
        make_gate: Callable[[GateRules], Gate] = ChangeGate,
    ) -> None:
        self._frames = frames
        self._advisor = advisor
        self._in_general = in_general
        self._profile_for = profile_for
        self._refusal = refusal
        self._emit = emit
        self._remember = remember
        self._translator = translator
        self._reader: QReader | None = None
        self._plan = plan or SessionPlan()
        self._ids = itertools.count(1)
        self._newest: Frame | None = None
        self._make_gate = make_gate
        self._profile: GameProfile | None = None
        self._gate: Gate | None = None
        self._paused = False
        self._resting = False
        self._playing: str | None = None
        self._source_lost = True
        self._engine_ready = False
        self._refused_title: str | None = None
        self._questions: deque[_Question] = deque()
        self._important: Frame | None = None
        self._wake = asyncio.Event()
        self._job: _Job | None = None
        self._answering: asyncio.Task[None] | None = None
        self._unheard_since: float | None = None
        self._reading_until = 0.0
        self._last: tuple[int, Advice] | None = None
        self._after: set[asyncio.Task[object]] = set()

    @property
    def newest_frame(self) -> Frame | None:
        """The last picture that came, or None while the source is lost."""
        return self._newest

    @property
    def profile(self) -> GameProfile | None:
        """The profile in use."""
        return self._profile

    @property
    def paused(self) -> bool:
        """Whether unasked advice is off."""
        return self._paused

    @property
    def answering(self) -> bool:
        """Whether the answer to a question is in the making."""
        return self._job is not None and self._job.asked is not None

    async def run(self) -> None:
        """Work until cancelled. Everything that was begun has ended when this returns."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._watch())
                group.create_task(self._speak())
        finally:
            tasks = [*self._after]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    # What the user does

    def ask(self, question: str, frame: Frame | None = None) -> None:
        """Answer a question about a frame (the newest one where None), before any unasked advice."""
        frame = frame or self._newest
        if frame is None:
            self._emit(
                Notice(
                    NoticeAbout.ANSWER,
                    "There is no picture to answer about.",
                    "Open the game, or choose what to watch in the settings.",
                )
            )
            return
        self._line_up(_Question(question, frame))

    def ask_in_general(self, question: str, profile: GameProfile) -> None:
        """Answer a question about a profile's game in general; no picture is looked at for it."""
        self._line_up(_Question(question, profile))

    def stop_answering(self) -> None:
        """Take the questions back that are not answered yet."""
        self._questions.clear()
        if self.answering:
            self._drop("stopped")

    def _line_up(self, question: _Question) -> None:
        if not self._engine_ready:
            self._emit(Notice(NoticeAbout.ENGINE, "The coach is not ready yet; it answers as soon as it is."))
        self._questions.append(question)
        if self._job and not self._job.asked:
            self._drop("question")
        self._wake.set()

    def pause(self, paused: bool) -> None:
        """Switch unasked advice off or on; questions are answered all the same."""
        if paused != self._paused:
            self._paused = paused
            self._fall_silent() if paused else self._judge_again()
            self._emit(PauseChanged(paused))

    def rest(self, resting: bool) -> None:
        """Answer questions only, as the model's memory is wanted for something else; or go on with unasked advice."""
        if resting != self._resting:
            self._resting = resting
            self._fall_silent() if resting else self._judge_again()

    def _fall_silent(self) -> None:
        self._important = self._unheard_since = None
        if self._job and not self._job.asked:
            self._drop("paused")

    def configure(
        self,
        plan: SessionPlan,
        translator: Translator | None = None,
        advisor: Advisor | None = None,
        refusal: Refusal | None = None,
    ) -> None:
        """Do something else from now on; the frame in sight is judged again where that may change the advice.

        Args:
            plan: what to do.
            translator: for Japanese; None leaves the English.
            advisor: another one, with what it refuses; None keeps both.
            refusal: see ``Session``.
        """
        again = (plan.game, plan.gate) != (self._plan.game, self._plan.gate) or advisor is not None
        self._plan = plan
        self._translator = translator
        self._advisor = advisor or self._advisor
        self._refusal = refusal or self._refusal
        if plan.language == "ja" and translator and self._last and self._last[1].text_ja is None:
            self._hold(self._translate(*self._last))
        if again:
            self.look_again()

    def compare_with(self, reader: QReader | None) -> None:
        """Ask a Q-network from now on whether it agrees with the advice; None asks nobody."""
        self._reader = reader

    def look_again(self) -> None:
        """Choose the profile and judge the frame in sight anew: another source, model or set of profiles."""
        self._profile = None
        self._refused_title = None

    def engine_changed(self, ready: bool, sentence: str = "") -> None:
        """The engine came up (what it owes an answer is asked again), or is not there.

        Args:
            ready: it can be asked; it may have to wake up first.
            sentence: for the user, on why it is not there; may be empty.
        """
        if sentence:
            self._emit(Notice(NoticeAbout.ENGINE, sentence))
        elif ready:
            self._emit(NoticeOver(NoticeAbout.ENGINE))
        if ready and not self._engine_ready:
            if self._job is None:
                self._judge_again()
            self._wake.set()
        self._engine_ready = ready

    # Frames

    async def _watch(self) -> None:
        while True:
            seen = await self._frames.next()
            if isinstance(seen, SourceLost):
                self._lose(seen)
            else:
                self._see(seen)

    def _lose(self, lost: SourceLost) -> None:
        self._newest = None
        self._important = None
        self._source_lost = True
        if lost.reason is Loss.CLOSED:
            self._playing = None
        self._emit(Notice(NoticeAbout.SOURCE, lost.sentence))

    def _see(self, frame: Frame) -> None:
        title_changed = self._newest is None or frame.title != self._newest.title
        self._newest = frame
        if self._source_lost:
            self._source_lost = False
            self._judge_again()
            self._emit(NoticeOver(NoticeAbout.SOURCE))
            self._emit(SourceFound(frame.title))
        if title_changed or self._profile is None or self._gate is None:
            self._choose_profile(frame)
        assert self._profile
        assert self._gate
        important = self._gate.offer(_looked_at(frame, self._profile), time.monotonic())
        silent = self._paused or self._resting
        if important and not silent and not self._refuses(self._profile, frame):
            self._important = frame
            self._make_way()
            self._wake.set()

    def _choose_profile(self, frame: Frame) -> None:
        profile = self._profile_for(self._plan.game, frame.title)
        if profile.id != self._playing:
            self._playing = profile.id
            if profile.unload_at_start:
                self._emit(MemoryWanted(profile.title))
        if profile != self._profile or self._gate is None:
            self._profile = profile
            self._gate = self._make_gate(self._plan.gate.rules(profile.cooldown_s))
            self._emit(ProfileChosen(profile.id, profile.title, profile.language, profile.qnet))

    def _judge_again(self) -> None:
        if self._gate:
            self._gate.reset()

    def _refuses(self, profile: GameProfile, frame: Frame, asked: bool = False) -> bool:
        """Whether the model does not know such a window; said once a window, and whenever a question is asked."""
        refusal = self._refusal(profile, frame.title)
        if refusal is None:
            if self._refused_title is not None:
                self._refused_title = None
                self._emit(NoticeOver(NoticeAbout.SCOPE))
            return False
        if asked or self._refused_title != frame.title:
            self._refused_title = frame.title
            self._emit(Notice(NoticeAbout.SCOPE, refusal.message, refusal.remedy))
        return True

    def _make_way(self) -> None:
        """A newer important frame came: the running answer gives way, unless that has gone on for too long."""
        job = self._job
        if job is None or job.asked or job.protected:
            return
        if self._waited_long():
            job.protected = True
        else:
            self._drop("newer")

    def _waited_long(self) -> bool:
        since = self._unheard_since
        return since is not None and time.monotonic() - since >= self._plan.longest_wait_s

    def _drop(self, reason: DropReason) -> None:
        if self._job and self._answering and self._job.dropped is None:
            self._job.dropped = reason
            self._answering.cancel()

    # Answers

    async def _speak(self) -> None:
        while True:
            self._wake.clear()
            if job := self._next_job():
                self._job = job
                self._answering = asyncio.create_task(self._answer(job))
                try:
                    await asyncio.wait([self._answering])
                finally:
                    self._answering.cancel()
                    await asyncio.wait([self._answering])
                    self._job = self._answering = None
            else:
                reading_s = self._reading_until - time.monotonic()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._wake.wait(), reading_s if reading_s > 0 else None)

    def _next_job(self) -> _Job | None:
        if not self._engine_ready:
            return None
        while self._questions:
            asked = self._questions.popleft()
            if isinstance(asked.about, GameProfile):
                return _Job(next(self._ids), None, asked.about, asked)
            profile = self._profile_for(self._plan.game, asked.about.title)
            if not self._refuses(profile, asked.about, asked=True):
                return _Job(next(self._ids), asked.about, profile, asked)
        if self._important and self._profile and time.monotonic() >= self._reading_until:
            frame, self._important = self._important, None
            if self._unheard_since is None:
                self._unheard_since = time.monotonic()
            return _Job(next(self._ids), frame, self._profile)
        return None

    async def _answer(self, job: _Job) -> None:
        question = job.asked.question if job.asked else ""
        if job.frame:
            self._emit(AnswerStarted(job.id, question, job.frame.captured_at))
        else:
            self._emit(AnswerStarted(job.id, question, time.time(), about="game"))
        try:
            advice = replace(await self._advise(job, question), question=question)
            rather = "" if job.asked or not job.frame else await self._rather(job.frame, job.profile, advice)
        except asyncio.CancelledError:
            if job.dropped is None:
                raise
            self._emit(AnswerDropped(job.id, job.dropped))
        except CoachError as error:
            self._fail(job, error)
        except Exception:
            _log.exception("answer %d failed", job.id)
            self._fail(job, CoachError("The coach could not answer: it made a mistake.", "The log file says more."))
        else:
            self._finish(job, advice, rather)

    async def _advise(self, job: _Job, question: str) -> Advice:
        def words(text: str) -> None:
            self._emit(AnswerWords(job.id, text))

        english = await readable(question, self._advisor if job.frame else self._in_general, self._translator)
        if job.frame:
            return await self._advisor.advise(Situation(job.frame, job.profile, english), words)
        return await self._in_general.answer(english, job.profile, words)

    async def _rather(self, frame: Frame, profile: GameProfile, advice: Advice) -> str:
        """What the Q-network would do instead; empty where it agrees, or cannot say."""
        if self._reader is None or advice.move is None:
            return ""
        try:
            values = await self._reader.read(frame, profile)
        except CoachError as error:
            _log.info("no second opinion: %s", error)
            return ""
        action = action_meant(advice.move, values.moves)
        return "" if action is None or values.agrees_with(action) else values.best

    def _fail(self, job: _Job, error: CoachError) -> None:
        """Say so; what the engine took down with it is asked again, once, when it is back."""
        self._emit(AnswerDropped(job.id, "failed"))
        if self._engine_ready:
            self._emit(Notice(NoticeAbout.ANSWER, error.message, error.remedy))
        elif job.asked and not job.asked.again:
            self._questions.appendleft(replace(job.asked, again=True))

    def _finish(self, job: _Job, advice: Advice, rather: str) -> None:
        if job.frame and not job.asked and (reason := self._stale(job, job.frame)):
            self._emit(AnswerDropped(job.id, reason))
            self._judge_again()
            return
        if rather and self._plan.hold_doubted:
            self._emit(AnswerDropped(job.id, "doubted"))
            return
        if job.asked:
            reading_s = 0.0 if job.frame else len(advice.text) * _READING_S_PER_CHARACTER
            self._reading_until = time.monotonic() + max(self._plan.reading_s, reading_s)
        else:
            self._unheard_since = None
        asked_in_japanese = job.asked is not None and holds_japanese(job.asked.question)
        japanese = asked_in_japanese or (job.profile.language or self._plan.language) == "ja"
        self._emit(NoticeOver(NoticeAbout.ANSWER))
        self._emit(AnswerFinished(job.id, advice, translating=japanese, rather=rather))
        self._last = (job.id, advice)
        self._hold(self._keep(job, advice, japanese))

    def _stale(self, job: _Job, frame: Frame) -> Literal["old", "changed"] | None:
        if time.time() - frame.captured_at > self._plan.oldest_s:
            return "old"
        if self._newest is None or self._gate is None:
            return "changed"
        if job.protected or self._waited_long():
            return None
        return "changed" if self._gate.changed_since_advice(_looked_at(self._newest, job.profile)) else None

    async def _keep(self, job: _Job, advice: Advice, japanese: bool) -> None:
        if japanese:
            advice = await self._translate(job.id, advice)
        if self._remember:
            await self._remember(advice, job.profile, job.frame)

    async def _translate(self, answer_id: int, advice: Advice) -> Advice:
        if holds_japanese(advice.text):
            japanese: str | None = advice.text
        elif not advice.tokens and (own := phrases("ja").say(advice.text)) != advice.text:
            japanese = own  # no model's words: a sentence of the coach
        else:
            japanese = await self._translator.translate(advice.text) if self._translator else None
        advice = replace(advice, text_ja=japanese)
        if self._last and self._last[0] == answer_id:
            self._last = (answer_id, advice)
        self._emit(AnswerTranslated(answer_id, advice))
        return advice

    def _hold(self, work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(work)
        self._after.add(task)
        task.add_done_callback(self._let_go)

    def _let_go(self, task: asyncio.Task[object]) -> None:
        self._after.discard(task)
        error = None if task.cancelled() else task.exception()
        if isinstance(error, CoachError):
            self._emit(Notice(NoticeAbout.TROUBLE, error.message, error.remedy))
        elif error:
            _log.error("after an answer", exc_info=error)
            self._emit(Notice(NoticeAbout.TROUBLE, "The answer could not be translated or kept.", "The log says more."))


def _looked_at(frame: Frame, profile: GameProfile) -> Frame:
    """The part of a frame that the profile looks at: changes elsewhere don't matter."""
    return frame if profile.region is None else replace(frame, pixels=part(frame.pixels, profile.region))

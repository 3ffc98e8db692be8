"""The state of the card, and its changes over time."""

from dataclasses import dataclass, field, replace
from typing import Literal

from coach_app.domain.advice import Level as AdviceLevel
from coach_app.ui.theme import Level

_READING_S: dict[Level, float] = {"info": 6.0, "warning": 12.0, "error": 24.0}
_READING_S_PER_CHARACTER = 0.06
_SUMMONED_S = 4.0

Hearing = Literal["", "open", "writing"]
"""Whether the microphone is open, or what was said is being written down."""


def _reading_s(characters: int, level: Level = "info") -> float:
    """Seconds needed to read a text."""
    return _READING_S[level] + _READING_S_PER_CHARACTER * characters


@dataclass(frozen=True)
class Answer:
    """A finished answer.

    Attributes:
        text: English plain text; markup is shown as it is; empty before the first answer.
        text_ja: Japanese, once available.
        untranslated: whether there is no Japanese.
        question: the question; empty for unasked advice.
        cost_ms: time from the request to the last word.
        captured_at: when its frame was captured, in seconds since the epoch.
        move: a sentence on its move, shown if the answer does not fit; empty if it names none.
        doubt: a sentence on a differing second opinion.
        sources: a sentence on its sources.
        passage: of the guides that it is based on, shown if the user reads on; empty if the text is quoted anyway.
        about_game: whether it answers a game question, and so does not become stale.
        arrived_at: when it was complete, in seconds since the epoch; start of the age of answers to questions.
        unread_until: answers to questions are shown at least until then, as reading takes so long.
        id: its number in the session; 0 if there is no answer.
        level: how much it gives away.
    """

    text: str = ""
    text_ja: str | None = None
    untranslated: bool = False
    question: str = ""
    cost_ms: float = 0.0
    captured_at: float = 0.0
    move: str = ""
    doubt: str = ""
    sources: str = ""
    passage: str = ""
    about_game: bool = False
    arrived_at: float = 0.0
    unread_until: float = 0.0
    id: int = 0
    level: AdviceLevel = "answer"

    @property
    def since(self) -> float:
        """The start of its age."""
        return self.arrived_at if self.question else self.captured_at

    @property
    def reading_s(self) -> float:
        """Seconds needed to read it."""
        return _reading_s(len(self.text))

    def age_s(self, now: float) -> float:
        """Seconds since its frame was captured, or since an answer to a question arrived; never negative."""
        return max(0.0, now - self.since)

    def age_changes_at(self, now: float) -> float:
        """When its displayed age, in seconds, then minutes, then hours, will next change."""
        age_s = self.age_s(now)
        step_s = 1 if age_s < 60 else 60 if age_s < 3600 else 3600
        return self.since + (int(age_s / step_s) + 1) * step_s


@dataclass(frozen=True)
class Notice:
    """A sentence for the user, shown until it could be read (seconds since the epoch)."""

    text: str = ""
    level: Level = "info"
    until: float = 0.0


@dataclass
class CardState:
    """Everything that the card shows or depends on. Times are in seconds since the epoch.

    Attributes:
        language: of the advice.
        answer: the last finished answer.
        answering: whether another answer is in progress, to which the next three belong.
        question: its question; empty if unasked.
        about_game: whether it is a game question.
        words: its words so far.
        aside: whether it is not shown, as the card keeps the current answer.
        waiting: a finished answer, shown as soon as the card no longer keeps the current one.
        last_asked: the last answer to a question.
        pinned: whether the user pinned the answer.
        kept_until: the answer is kept until then, as the user is reading it; 0 if over.
        source: name of the source; or, if ``source_found`` is false, why there is none.
        source_found: whether a source is being watched.
        paused: whether the coach is paused.
        asleep: whether the model is unloaded.
        hearing: see `Hearing`; while it is not over, the card is shown.
        recording: whether the player's own play is being recorded.
        online: whether data leaves this computer.
        steps: how many steps the coach gives way to the game, of how many.
        notice: the latest notice.
        has_panel: whether a panel is shown below the answer.
        wanted: whether the user wants to see the card.
        editing: whether the card is in edit mode, and so always shown.
        fade_after_s: seconds without anything new until the card fades; 0 for never.
        stale_after_s: an answer older than this turns grey.
        shows_times: whether to show how long an answer took, and how good the coach was found to be.
        score: one sentence on the latter, in the interface language; empty if nothing is known.
        reading_key: hotkey for reading on; may be empty.
        awake_until: when the card fades unless there is something new.
        summoned_until: the card is shown until then even if empty, on the user's request.
    """

    language: Literal["en", "ja"] = "en"
    answer: Answer = Answer()
    answering: bool = False
    question: str = ""
    about_game: bool = False
    words: list[str] = field(default_factory=list)
    aside: bool = False
    waiting: Answer | None = None
    last_asked: Answer = Answer()
    pinned: bool = False
    kept_until: float = 0.0
    source: str = ""
    source_found: bool = True
    paused: bool = False
    asleep: bool = False
    hearing: Hearing = ""
    recording: bool = False
    online: bool = False
    steps: tuple[int, int] = (0, 0)
    notice: Notice = Notice()
    has_panel: bool = False
    wanted: bool = True
    editing: bool = False
    fade_after_s: float = 15.0
    stale_after_s: float = 12.0
    shows_times: bool = False
    score: str = ""
    reading_key: str = ""
    awake_until: float = 0.0
    summoned_until: float = 0.0

    # Changes

    def begin(self, question: str, about_game: bool) -> None:
        """Begin an answer."""
        self.words.clear()
        self.answering, self.question, self.about_game = True, question, about_game
        self.aside = not question and self.is_kept

    def finish(self, answer: Answer, now: float) -> None:
        """Finish the answer in progress."""
        answer = replace(answer, question=self.question, about_game=self.about_game, arrived_at=now)
        kept = not self.question and self.is_kept and (self.aside or not self.words)
        if self.question:
            self.last_asked = answer = replace(answer, unread_until=now + answer.reading_s)
        if kept:
            self.waiting = answer
        else:
            self.answer, self.waiting = answer, None
        self.drop()

    def pin(self, pinned: bool, now: float) -> bool:
        """Pin or unpin the answer; only answers to questions replace a pinned one.

        Returns:
            Whether it is pinned now; there may be no answer.
        """
        self.pinned = pinned and bool(self.answer.text or self.words)
        self.aside = self.is_kept and self.answering and not (self.question or self.is_streaming)
        self.settle(now)
        return self.pinned

    def show_again(self, now: float) -> bool:
        """Show the last answer to a question again, or else the last advice, until it could be read.

        Returns:
            Whether there is one.
        """
        last = self.last_asked if self.last_asked.text else self.answer
        if last.question and self.answer.text and not self.answer.question:
            self.waiting = self.waiting or self.answer
        if last.text:
            self.kept_until = now + last.reading_s
            self.answer = replace(last, unread_until=self.kept_until)
            self.aside = self.answering and not self.question
        return bool(last.text)

    def read_on(self, characters: int, now: float) -> None:
        """Keep an answer while the user reads so much of it; 0 if all of it was in sight."""
        if characters and self.finished:
            self.kept_until = max(self.kept_until, now + _reading_s(characters))
        self.summon(now)

    def settle(self, now: float) -> None:
        """Show the waiting answer, if the card no longer keeps the current one."""
        if now >= self.kept_until:
            self.kept_until = 0.0
        if self.waiting and not self.is_kept:
            self.answer, self.waiting, self.aside = self.waiting, None, False

    def want(self, wanted: bool, now: float) -> None:
        """Set whether the user wants to see the card; hiding it by hand marks its contents as read."""
        self.wanted = wanted
        if wanted:
            self.summon(now)
        else:
            self.summoned_until = 0.0
            self.answer, self.kept_until = replace(self.answer, unread_until=0.0), 0.0

    def summon(self, now: float) -> None:
        """Show the card on the user's request, even if it is empty."""
        self.summoned_until = now + _SUMMONED_S

    def forget_source(self, now: float) -> None:
        """The source is gone: remove what is about it, except kept answers and unread answers to questions."""
        self.source, self.source_found, self.waiting = "", True, None
        if not (self.is_kept or self.answer.about_game or now < self.answer.unread_until):
            self.answer = Answer()

    def drop(self) -> None:
        """Drop the answer in progress."""
        self.answering, self.question, self.aside = False, "", False
        self.words.clear()

    def translate(self, text_ja: str | None) -> None:
        """Set the Japanese of the last finished answer; None if there is none."""
        translated = replace(self.waiting or self.answer, text_ja=text_ja, untranslated=text_ja is None)
        if self.waiting:
            self.waiting = translated
        else:
            self.answer = translated
        if translated.question:
            self.last_asked = translated

    def notify(self, text: str, level: Level, now: float) -> None:
        """Show a sentence; an empty one removes the current one."""
        self.notice = Notice(text, level, now + _reading_s(len(text), level) if text else 0.0)

    def stay_awake(self, now: float) -> None:
        """Restart the time until the card fades."""
        self.awake_until = now + self.fade_after_s
        if self.answer.question and self.finished:  # may be long
            self.awake_until += _READING_S_PER_CHARACTER * len(self.answer.text)

    # Derived values

    @property
    def finished(self) -> bool:
        """Whether there is an answer that is not about to be replaced."""
        return bool(self.answer.text) and (self.aside or not self.answering)

    @property
    def is_streaming(self) -> bool:
        """Whether the answer in progress is being shown."""
        return bool(self.words) and not self.aside

    @property
    def is_kept(self) -> bool:
        """Whether the answer on the card is protected from unasked advice."""
        return self.pinned or self.kept_until > 0

    @property
    def asked(self) -> str:
        """The question of the answer shown; empty if unasked."""
        return self.question if self.is_streaming or self.question else self.answer.question

    @property
    def body(self) -> str:
        """The text to show."""
        if self.is_streaming:
            return "".join(self.words)
        if self.question:
            return "…"
        if self.language == "ja" and self.answer.text_ja is not None:
            return self.answer.text_ja
        return self.answer.text

    @property
    def untranslated(self) -> bool:
        """Whether the answer is not shown in the wanted language."""
        return self.language == "ja" and self.answer.untranslated and self.finished

    def notice_text(self, now: float) -> str:
        """The notice, until it could be read."""
        return self.notice.text if now < self.notice.until else ""

    def is_old(self, now: float) -> bool:
        """Whether the text shown is outdated."""
        if self.is_streaming or (self.is_kept and not self.question):
            return False
        stale = (self.paused and not self.answer.question) or self.answer.age_s(now) > self.stale_after_s
        return self.answering or (stale and not self.answer.about_game)

    def is_shown(self, now: float) -> bool:
        """Whether there is a reason to show the card."""
        asked = (self.answering and bool(self.question)) or now < max(self.answer.unread_until, self.kept_until)
        if self.editing or self.hearing or asked:
            return True
        if not self.wanted:
            return False
        if now < self.summoned_until:
            return True
        if self.notice_text(now) or (self.has_panel and not self.paused):
            return True
        if self.is_streaming or (self.pinned and self.answer.text):
            return True
        something = self.answer.text or self.paused or not self.source_found
        return bool(something) and (self.fade_after_s == 0 or now < self.awake_until)

    def next_change(self, now: float) -> float | None:
        """When time alone will next change what is shown; None for never."""
        moments = [self.notice.until, self.answer.unread_until, self.kept_until, self.summoned_until]
        if self.fade_after_s:
            moments.append(self.awake_until)
        if self.finished:
            moments += [self.answer.age_changes_at(now), self.answer.since + self.stale_after_s]
        return min((moment for moment in moments if moment > now), default=None)

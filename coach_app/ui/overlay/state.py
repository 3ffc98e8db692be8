"""What there is to say on the card, and what time alone changes of it."""

from dataclasses import dataclass, field, replace
from typing import Literal

from coach_app.ui.theme import Level

_READING_S: dict[Level, float] = {"info": 6.0, "warning": 12.0, "error": 24.0}
_READING_S_PER_CHARACTER = 0.06
_SUMMONED_S = 4.0


@dataclass(frozen=True)
class Answer:
    """A finished answer.

    Attributes:
        text: English; empty before the first answer.
        text_ja: Japanese, once it is there.
        untranslated: whether the Japanese cannot be had.
        question: that it answers; empty for unasked advice.
        cost_ms: from the request to the last word.
        captured_at: when its frame was captured, seconds since the epoch.
        move: a sentence on the move that it names; empty where it names none.
        doubt: a sentence on who sees it otherwise.
        sources: a sentence on where it is from.
        about_game: whether it is about no picture, so that it does not become stale.
        arrived_at: when it was complete, seconds since the epoch; the age of what was asked for counts from then.
        unread_until: what was asked for is shown until then in any case, as it takes so long to be read.
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
    about_game: bool = False
    arrived_at: float = 0.0
    unread_until: float = 0.0

    @property
    def since(self) -> float:
        """From when its age counts."""
        return self.arrived_at if self.question else self.captured_at

    def reading_s(self, share: float = 1.0) -> float:
        """How long it takes to read it, or a part of it, seconds."""
        return _READING_S["info"] + _READING_S_PER_CHARACTER * len(self.text) * share

    def age_s(self, now: float) -> float:
        """Seconds since its frame was captured, or since it arrived if it was asked for; never negative."""
        return max(0.0, now - self.since)

    def age_changes_at(self, now: float) -> float:
        """When its age, told in seconds, then minutes, then hours, will next be another number."""
        age_s = self.age_s(now)
        step_s = 1 if age_s < 60 else 60 if age_s < 3600 else 3600
        return self.since + (int(age_s / step_s) + 1) * step_s


@dataclass(frozen=True)
class Notice:
    """A sentence for the user, shown until the time it takes to read is over (seconds since the epoch)."""

    text: str = ""
    level: Level = "info"
    until: float = 0.0


@dataclass
class CardState:
    """All that the card says or depends on. Moments are seconds since the epoch.

    Attributes:
        language: of the advice.
        answer: the last finished one.
        answering: whether another one is being made; the next three are about that.
        question: that it answers; empty if unasked.
        about_game: whether it is about no picture.
        words: its words so far.
        aside: nothing of it is shown, as the card is kept for the answer that is on it.
        waiting: a finished answer that is shown as soon as the card is not kept any more.
        last_asked: the last answer that was asked for.
        pinned: whether the user keeps the answer on the card.
        kept_until: it is kept until then, as the user reads it; 0 where that is over.
        source: what is watched; or, if ``source_found`` is false, why nothing is.
        source_found: whether something is watched.
        paused: whether the coach looks at nothing for now.
        asleep: whether the model is unloaded.
        online: whether text leaves this machine.
        notice: the latest one.
        has_panel: whether something else is shown below the answer.
        wanted: whether the user wants to see the card at all.
        editing: whether the card is being moved, and so shown in any case.
        fade_after_s: seconds after the last thing said until the card goes; 0 keeps it.
        stale_after_s: an answer older than this is greyed.
        shows_times: whether it is shown how long an answer took.
        reading_key: the hotkey that reads on in a long answer; empty where there is none.
        awake_until: when the card goes unless something is said before.
        summoned_until: it is shown until then even with nothing to say, as the user pressed for it.
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
    online: bool = False
    notice: Notice = Notice()
    has_panel: bool = False
    wanted: bool = True
    editing: bool = False
    fade_after_s: float = 15.0
    stale_after_s: float = 12.0
    shows_times: bool = False
    reading_key: str = ""
    awake_until: float = 0.0
    summoned_until: float = 0.0

    # What changes it

    def begin(self, question: str, about_game: bool) -> None:
        """An answer is on its way."""
        self.words.clear()
        self.answering, self.question, self.about_game = True, question, about_game
        self.aside = not question and self.is_kept

    def finish(self, answer: Answer, now: float) -> None:
        """It is there: the answer that was begun, given what is known from its beginning."""
        answer = replace(answer, question=self.question, about_game=self.about_game, arrived_at=now)
        kept = not self.question and self.is_kept and (self.aside or not self.words)
        if self.question:
            self.last_asked = answer = replace(answer, unread_until=now + answer.reading_s())
        if kept:
            self.waiting = answer
        else:
            self.answer, self.waiting = answer, None
        self.drop()

    def pin(self, pinned: bool, now: float) -> bool:
        """Keep the answer on the card until it is unpinned; only questions replace it.

        Returns:
            whether it is pinned now: there may be no answer.
        """
        self.pinned = pinned and bool(self.answer.text or self.words)
        self.aside = self.is_kept and self.answering and not (self.question or self.is_told)
        self.settle(now)
        return self.pinned

    def show_again(self, now: float) -> bool:
        """Show the last answer to a question once more, or the last advice, until it could be read.

        Returns:
            whether there is one.
        """
        last = self.last_asked if self.last_asked.text else self.answer
        if last.question and self.answer.text and not self.answer.question:
            self.waiting = self.waiting or self.answer
        if last.text:
            self.kept_until = now + last.reading_s()
            self.answer = replace(last, unread_until=self.kept_until)
            self.aside = self.answering and not self.question
        return bool(last.text)

    def read_on(self, share: float, now: float) -> None:
        """The user reads in an answer of which only so much is in sight: it stays for that long."""
        if share < 1.0 and self.finished:
            self.kept_until = max(self.kept_until, now + self.answer.reading_s(share))
        self.summon(now)

    def settle(self, now: float) -> None:
        """Let the answer that waits take its place, if the card is not kept any more."""
        if now >= self.kept_until:
            self.kept_until = 0.0
        if self.waiting and not self.is_kept:
            self.answer, self.waiting, self.aside = self.waiting, None, False

    def want(self, wanted: bool, now: float) -> None:
        """The user wants to see the card, or not; hidden by hand, what is on it counts as read."""
        self.wanted = wanted
        if wanted:
            self.summon(now)
        else:
            self.summoned_until = 0.0
            self.answer, self.kept_until = replace(self.answer, unread_until=0.0), 0.0

    def summon(self, now: float) -> None:
        """The user pressed for the card: it is there even with nothing to say."""
        self.summoned_until = now + _SUMMONED_S

    def forget_source(self, now: float) -> None:
        """What was watched is gone, and with it what was said of it, but what is kept, or asked for and unread."""
        self.source, self.source_found, self.waiting = "", True, None
        if not (self.is_kept or self.answer.about_game or now < self.answer.unread_until):
            self.answer = Answer()

    def drop(self) -> None:
        """The answer that was begun will not come."""
        self.answering, self.question, self.aside = False, "", False
        self.words.clear()

    def translate(self, text_ja: str | None) -> None:
        """Japanese for the answer that was finished last, or None if it cannot be had."""
        translated = replace(self.waiting or self.answer, text_ja=text_ja, untranslated=text_ja is None)
        if self.waiting:
            self.waiting = translated
        else:
            self.answer = translated
        if translated.question:
            self.last_asked = translated

    def notify(self, text: str, level: Level, now: float) -> None:
        """A sentence for the user; an empty one takes back the one before."""
        reading_s = _READING_S[level] + _READING_S_PER_CHARACTER * len(text)
        self.notice = Notice(text, level, now + reading_s if text else 0.0)

    def stay_awake(self, now: float) -> None:
        """Something was said: the card stays for its time from now on."""
        self.awake_until = now + self.fade_after_s
        if self.answer.question and self.finished:  # may be long
            self.awake_until += _READING_S_PER_CHARACTER * len(self.answer.text)

    # What follows from it

    @property
    def finished(self) -> bool:
        """Whether there is an answer, and no other one on its way to take its place."""
        return bool(self.answer.text) and (self.aside or not self.answering)

    @property
    def is_told(self) -> bool:
        """Whether the answer that is being made is shown as far as it came."""
        return bool(self.words) and not self.aside

    @property
    def is_kept(self) -> bool:
        """Whether the answer on the card stays on it, whatever is advised unasked."""
        return self.pinned or self.kept_until > 0

    @property
    def asked(self) -> str:
        """The question of what is shown; empty if unasked."""
        return self.question if self.is_told or self.question else self.answer.question

    @property
    def body(self) -> str:
        """The answer's text as far as it can be shown."""
        if self.is_told:
            return "".join(self.words)
        if self.question:
            return "…"
        if self.language == "ja" and self.answer.text_ja is not None:
            return self.answer.text_ja
        return self.answer.text

    @property
    def untranslated(self) -> bool:
        """Whether the answer is shown in another language than the one that is wanted."""
        return self.language == "ja" and self.answer.untranslated and self.finished

    def notice_text(self, now: float) -> str:
        """The notice, while it takes to be read."""
        return self.notice.text if now < self.notice.until else ""

    def is_old(self, now: float) -> bool:
        """Whether the text that is shown is no longer about what is on the screen."""
        if self.is_told or (self.is_kept and not self.question):
            return False
        stale = (self.paused and not self.answer.question) or self.answer.age_s(now) > self.stale_after_s
        return self.answering or (stale and not self.answer.about_game)

    def is_shown(self, now: float) -> bool:
        """Whether there is a reason to show the card."""
        asked = (self.answering and bool(self.question)) or now < max(self.answer.unread_until, self.kept_until)
        if self.editing or asked:
            return True
        if not self.wanted:
            return False
        if now < self.summoned_until:
            return True
        if self.notice_text(now) or (self.has_panel and not self.paused):
            return True
        if self.is_told or (self.pinned and self.answer.text):
            return True
        something = self.answer.text or self.paused or not self.source_found
        return bool(something) and (self.fade_after_s == 0 or now < self.awake_until)

    def next_change(self, now: float) -> float | None:
        """When time alone will change what is shown; None if it will not."""
        moments = [self.notice.until, self.answer.unread_until, self.kept_until, self.summoned_until]
        if self.fade_after_s:
            moments.append(self.awake_until)
        if self.finished:
            moments += [self.answer.age_changes_at(now), self.answer.since + self.stale_after_s]
        return min((moment for moment in moments if moment > now), default=None)

"""Whether, when and how much the coach says.

Pure: events and times are passed in; it has no clock and starts no tasks. The session carries its decisions out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from coach_app.domain.advice import Advice, Level
from coach_app.domain.frame import Frame, part
from coach_app.domain.gate import ChangeGate, GateRules
from coach_app.domain.profile import GameProfile

DropReason = Literal["newer", "question", "changed", "old", "paused", "failed", "doubted", "stopped"]
"""Why an answer is not worth reading any more.

A newer frame overtook it; a question goes first; the screen shows something else; its frame is too old; the user paused
the coach; it failed; the Q-network doubts it; the user took the question back.
"""

Silence = Literal["paused", "resting", "trying", "measuring"]
"""Why there is no unasked advice: the user wants none, the model's memory is wanted for something else, the model is
answering to a prompt that is tried, or it is measured how the game does without the coach."""

_READING_S_PER_CHARACTER = 0.05


class Gate(Protocol):
    """Decides which frames matter; see ``coach_app.domain.gate.ChangeGate``."""

    def offer(self, frame: Frame, now_s: float) -> bool:
        """Whether to ask about this frame; if so, it counts as advised from now on."""

    def changed_since_advice(self, frame: Frame) -> bool:
        """Whether this frame shows something else than the last advised one, at once and without settling."""

    def reset(self) -> None:
        """Forget everything: the next frame is important."""


@dataclass(frozen=True)
class PolicyRules:
    """How much the coach says; replaced as a whole when the user changes something.

    Attributes:
        gate: what counts as a change of the picture; a game's own cooldown applies where it is longer.
        longest_wait_s: while frames change faster than answers arrive, one answer is let through this often.
        oldest_s: unasked advice about an older frame is dropped.
        reading_s: unasked advice does not replace the answer to a question for this long.
        hold_doubted: whether advice that the Q-network disagrees with, or that the model is unsure of, is withheld.
        least_sure: the model is unsure of a move to which it gives a lower probability, 0 to 1.
        least_wait_s: least time from one piece of unasked advice to the next, even when the scene changes; what had to
            wait is let through despite newer frames.
    """

    gate: GateRules = field(default_factory=GateRules)
    longest_wait_s: float = 4.0
    oldest_s: float = 20.0
    reading_s: float = 6.0
    hold_doubted: bool = False
    least_sure: float = 0.0
    least_wait_s: float = 0.0


@dataclass(frozen=True)
class Question:
    """A question of the user, or the wish for more than a nudge or hint.

    Attributes:
        text: as the user wrote it; empty for more.
        about: the picture or the game that it is about.
        retried: whether the engine has already crashed on it once.
        level: how much to give away; who asks in words gets an answer.
        known: the model's whole answer, if it is known already.
    """

    text: str
    about: Frame | GameProfile
    retried: bool = False
    level: Level = "answer"
    known: Advice | None = None


@dataclass(eq=False)
class Turn:
    """One answer in progress.

    Attributes:
        id: consecutive number.
        profile: of the game.
        frame: what the answer is about; None for a game question.
        asked: the question; None for unasked advice.
        protected: whether it is let through despite newer frames.
        dropped: why it was cancelled; None if it was not.
    """

    id: int
    profile: GameProfile
    frame: Frame | None
    asked: Question | None = None
    protected: bool = False
    dropped: DropReason | None = None

    @property
    def is_question(self) -> bool:
        """Whether it answers a question in words."""
        return self.asked is not None and bool(self.asked.text)

    @property
    def level(self) -> Level:
        """How much is given away: what was asked for, or what the game's profile says."""
        return self.asked.level if self.asked else self.profile.level


class Policy:
    """The decisions of one session. Times are in seconds, of one monotonic clock.

    Args:
        rules: how much to say; may be replaced at any time.
        make_gate: creates the gate that decides which frames of a game matter.

    Attributes:
        ready: whether the model can be asked, perhaps after it has been woken up.
    """

    def __init__(self, rules: PolicyRules | None = None, make_gate: Callable[[GateRules], Gate] = ChangeGate) -> None:
        self.rules = rules or PolicyRules()
        self.ready = False
        self._silence: set[Silence] = set()
        self._make_gate = make_gate
        self._profile: GameProfile | None = None
        self._gate: Gate | None = None
        self._playing = ""
        self._unheard_since_s: float | None = None
        self._reading_until_s = 0.0
        self._last_unasked_s = float("-inf")

    # What is on the screen

    def play(self, profile: GameProfile) -> bool:
        """The game of this profile is visible.

        Returns:
            Whether it begins now and needs the model's memory.
        """
        begins, self._playing = profile.id != self._playing, profile.id
        return begins and profile.unload_at_start

    def watch(self, profile: GameProfile) -> None:
        """Judge frames by this profile from now on; the next one counts."""
        self._profile = profile
        cooldown_s = max(self.rules.gate.cooldown_s, profile.cooldown_s)
        self._gate = self._make_gate(replace(self.rules.gate, cooldown_s=cooldown_s))

    def game_closed(self) -> None:
        """The game's window is gone: when it comes back, the game begins anew."""
        self._playing = ""

    def judge_again(self) -> None:
        """Forget what was advised on, so that the next frame counts."""
        if self._gate:
            self._gate.reset()

    def is_worth_advice(self, frame: Frame, now_s: float) -> bool:
        """Whether to say something about a frame of the watched game without being asked.

        The gate sees every frame, even while the coach is silent, to learn what keeps moving.
        """
        assert self._gate
        assert self._profile
        counts = self._gate.offer(_looked_at(frame, self._profile), now_s)
        return counts and not self._silence and self._profile.when != "asked"

    # Who speaks

    @property
    def paused(self) -> bool:
        """Whether the user wants no unasked advice."""
        return "paused" in self._silence

    def silence(self, reason: Silence, silent: bool) -> bool:
        """Add or remove a reason to give no unasked advice.

        Returns:
            Whether this changed anything.
        """
        if silent == (reason in self._silence):
            return False
        self._silence ^= {reason}
        if silent:
            self._unheard_since_s = None
        else:
            self.judge_again()
        return True

    def unasked_waits_s(self, now_s: float) -> float:
        """How long unasked advice has to wait, for the player to read the answer to a question, or for its turn; 0 if
        it may begin."""
        return max(0.0, self._reading_until_s - now_s, self._last_unasked_s + self.rules.least_wait_s - now_s)

    def begin(self, turn: Turn, now_s: float) -> None:
        """An answer begins."""
        if turn.asked:
            return
        self._last_unasked_s = now_s
        turn.protected = self.rules.least_wait_s > 0  # dropped, it would be followed only after as long a wait again
        if self._unheard_since_s is None:
            self._unheard_since_s = now_s

    def gives_way(self, turn: Turn, reason: Literal["newer", "question", "paused", "stopped"], now_s: float) -> bool:
        """Whether an answer in progress is dropped for this reason.

        The answer to a question is dropped only if the user withdraws the question. Unasked advice gives way to
        everything, but to newer frames only until the coach has been silent for ``longest_wait_s``.
        """
        if reason == "stopped" or turn.asked:
            return reason == "stopped" and turn.asked is not None
        if reason != "newer":
            return True
        turn.protected = turn.protected or self._was_silent_too_long(now_s)
        return not turn.protected

    def wants_second_opinion(self, turn: Turn, move: str | None) -> bool:
        """Whether to ask the Q-network for its opinion: only on advice that names a move, and that nobody asked for in
        words."""
        return not turn.is_question and turn.frame is not None and move is not None

    def is_unsure(self, confidence: float | None) -> bool:
        """Whether a model with this confidence in its move is too unsure; one that does not tell it is believed."""
        return confidence is not None and confidence < self.rules.least_sure

    def finish(
        self, turn: Turn, text: str, newest: Frame | None, doubted: bool, age_s: float, now_s: float
    ) -> DropReason | None:
        """An answer is complete.

        Args:
            turn: the turn that it belongs to.
            text: text of the answer.
            newest: the current frame; None if nothing can be seen.
            doubted: whether the Q-network would do something else, or the model is unsure.
            age_s: how long ago the turn's frame was captured.
            now_s: the current time.

        Returns:
            Why it is not shown, or None if it is. The answer to a question is always shown.
        """
        if turn.asked:
            self._reading_until_s = now_s + max(self.rules.reading_s, len(text) * _READING_S_PER_CHARACTER)
            return None
        if age_s > self.rules.oldest_s:
            self.judge_again()
            return "old"
        if newest is None or self._shows_something_else(turn, newest, now_s):
            self.judge_again()
            return "changed"
        if doubted and self.rules.hold_doubted:
            return "doubted"
        self._unheard_since_s = None
        return None

    def after_failure(self, turn: Turn) -> Literal["tell", "retry", "nothing"]:
        """What to do when an answer failed.

        A question on which the engine crashed is retried once. Otherwise the user is told, unless the failure is the
        loss of the engine, which has its own notice.
        """
        if self.ready:
            return "tell"
        return "retry" if turn.asked and not turn.asked.retried else "nothing"

    def _was_silent_too_long(self, now_s: float) -> bool:
        since_s = self._unheard_since_s
        return since_s is not None and now_s - since_s >= self.rules.longest_wait_s

    def _shows_something_else(self, turn: Turn, newest: Frame, now_s: float) -> bool:
        if self._gate is None or self._profile is None or self._profile.id != turn.profile.id:
            return True
        if turn.protected or self._was_silent_too_long(now_s):
            return False
        return self._gate.changed_since_advice(_looked_at(newest, self._profile))


def _looked_at(frame: Frame, profile: GameProfile) -> Frame:
    """The profile's region of a frame: changes elsewhere don't matter."""
    return frame if profile.region is None else replace(frame, pixels=part(frame.pixels, profile.region))

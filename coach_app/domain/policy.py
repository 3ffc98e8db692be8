"""Whether, when and how much the coach says.

Pure: it is told what happens and when, knows no clock and no task, and asks nobody. The session carries it out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal, Protocol

from coach_app.domain.frame import Frame, part
from coach_app.domain.gate import ChangeGate, GateRules
from coach_app.domain.profile import GameProfile
from coach_app.domain.situation import Level

DropReason = Literal["newer", "question", "changed", "old", "paused", "failed", "doubted", "stopped"]
"""Why an answer is not worth reading any more.

A newer frame overtook it; a question goes first; the screen shows something else; its frame is too old; the user paused
the coach; it failed; the Q-network doubts it; the user took the question back.
"""

Silence = Literal["paused", "resting", "trying"]
"""Why there is no unasked advice: the user wants none, the model's memory is wanted for something else, or the model is
answering to a prompt that is tried."""

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
    """How much the coach is to say; replaced whole when the user changes something.

    Attributes:
        level: how much of a situation is given away.
        gate: what counts as a change of the picture; a game's own cooldown counts where it is longer.
        longest_wait_s: when frames keep changing faster than answers come, one answer is let through this often.
        oldest_s: unasked advice about an older frame is dropped.
        reading_s: unasked advice does not take the place of the answer to a question for this long.
        hold_doubted: advice that the Q-network disagrees with is not shown.
    """

    level: Level = "answer"
    gate: GateRules = field(default_factory=GateRules)
    longest_wait_s: float = 4.0
    oldest_s: float = 20.0
    reading_s: float = 6.0
    hold_doubted: bool = False


@dataclass(frozen=True)
class Question:
    """A question of the user.

    Attributes:
        text: as the user wrote it.
        about: the screen or the game.
        retried: the engine went down with it once already.
    """

    text: str
    about: Frame | GameProfile
    retried: bool = False


@dataclass(eq=False)
class Turn:
    """One answer in the making.

    Attributes:
        id: grows by one with each.
        profile: of the game.
        frame: None where it is a game question.
        asked: the question, None for unasked advice.
        protected: it is let through although newer frames came.
        dropped: why it was cancelled, if it was.
    """

    id: int
    profile: GameProfile
    frame: Frame | None
    asked: Question | None = None
    protected: bool = False
    dropped: DropReason | None = None


class Policy:
    """The decisions of one session. Moments are those of one monotonic clock, in seconds.

    Args:
        rules: how much to say; may be replaced at any time.
        make_gate: makes what decides which frames of a game matter.

    Attributes:
        ready: the model can be asked; it may have to wake up first.
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

    # What is on the screen

    def play(self, profile: GameProfile) -> bool:
        """This profile's game is in sight.

        Returns:
            whether it begins now, and wants the memory of the model.
        """
        begins, self._playing = profile.id != self._playing, profile.id
        return begins and profile.unload_at_start

    def watch(self, profile: GameProfile) -> None:
        """Judge frames by this profile from now on; the next one matters."""
        self._profile = profile
        cooldown_s = max(self.rules.gate.cooldown_s, profile.cooldown_s)
        self._gate = self._make_gate(replace(self.rules.gate, cooldown_s=cooldown_s))

    def game_closed(self) -> None:
        """The game's window is gone: when it comes back, the game begins anew."""
        self._playing = ""

    def judge_again(self) -> None:
        """Forget what was advised on: the next frame matters."""
        if self._gate:
            self._gate.reset()

    def is_worth_advice(self, frame: Frame, now_s: float) -> bool:
        """Whether to say something about a frame of the watched game without being asked.

        The gate sees every frame, also while the coach is silent: it learns what keeps moving.
        """
        assert self._gate
        assert self._profile
        return self._gate.offer(_looked_at(frame, self._profile), now_s) and not self._silence

    # Who speaks

    @property
    def paused(self) -> bool:
        """Whether the user wants no unasked advice."""
        return "paused" in self._silence

    def silence(self, reason: Silence, silent: bool) -> bool:
        """Give no unasked advice for this reason from now on, or not for this reason any more.

        Returns:
            whether that is new.
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
        """How long unasked advice has to wait until the answer to a question was read; 0 where it may begin."""
        return max(0.0, self._reading_until_s - now_s)

    def begin(self, turn: Turn, now_s: float) -> None:
        """An answer is begun."""
        if not turn.asked and self._unheard_since_s is None:
            self._unheard_since_s = now_s

    def gives_way(self, turn: Turn, reason: Literal["newer", "question", "paused", "stopped"], now_s: float) -> bool:
        """Whether an answer in the making is dropped for this reason.

        The answer to a question is dropped only where the user takes the question back. Unasked advice gives way to
        everything, but for newer frames only until nothing was heard for ``longest_wait_s``.
        """
        if reason == "stopped" or turn.asked:
            return reason == "stopped" and turn.asked is not None
        if reason != "newer":
            return True
        turn.protected = turn.protected or self._was_silent_too_long(now_s)
        return not turn.protected

    def wants_second_opinion(self, turn: Turn, move: str | None) -> bool:
        """Whether the Q-network is asked what it would do: about unasked advice that names a move."""
        return turn.asked is None and turn.frame is not None and move is not None

    def finish(
        self, turn: Turn, text: str, newest: Frame | None, rather: str, age_s: float, now_s: float
    ) -> DropReason | None:
        """An answer is complete.

        Args:
            turn: whose answer.
            text: what it says.
            newest: what is on the screen now; None where nothing can be seen.
            rather: what the Q-network would do instead; empty where it agrees, or was not asked.
            age_s: how long ago the turn's frame was captured.
            now_s: the moment.

        Returns:
            why it is not shown, or None where it is. The answer to a question is always shown.
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
        if rather and self.rules.hold_doubted:
            return "doubted"
        self._unheard_since_s = None
        return None

    def after_failure(self, turn: Turn) -> Literal["tell", "retry", "nothing"]:
        """What to do when an answer failed.

        A question that the engine took down with it is tried again, once. Otherwise the user is told, but for what is
        told already: that the engine is gone.
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
    """The part of a frame that the profile looks at: changes elsewhere don't matter."""
    return frame if profile.region is None else replace(frame, pixels=part(frame.pixels, profile.region))

"""The memory of the running app: keeps situations of the games for which the player wants it, and recalls them."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Lock
from typing import TypeVar

from coach_app.advisor.advisor import Advisor
from coach_app.advisor.local import looked_at
from coach_app.domain.advice import Advice
from coach_app.domain.errors import CoachError
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile
from coach_app.domain.situation import Situation
from coach_app.knowledge.likeness import Features, features_of
from coach_app.knowledge.remembered import Happened, Memories, Recalled, memory_file, origin_of

_log = logging.getLogger(__name__)

T = TypeVar("T")

_LATER_S = 120.0
"""What is said so much later is not what came of it."""
_LONGEST = 300
_LATEST = 8


@dataclass(frozen=True)
class _Said:
    """Advice of which it is not yet known what came."""

    game: str
    advice: Advice
    features: Features


class LiveMemory:
    """Keeps and recalls, in the background. Never fails: what goes wrong is told once.

    Args:
        complain: called with a sentence for the user.
    """

    def __init__(self, complain: Callable[[str], None]) -> None:
        self._complain = complain
        self._memories: Memories | None = None
        self._opening = Lock()
        self._said: _Said | None = None
        self._recalled: OrderedDict[float, tuple[int, ...]] = OrderedDict()
        self._ratings: dict[str, float] = {}  # of advice that is not remembered yet
        self._failed = False

    def opened(self) -> Memories:
        """The memories; the file is opened, and made, when first needed. Any thread but the interface's.

        Raises:
            CoachError: the file cannot be opened.
        """
        with self._opening:
            if self._memories is None:
                self._memories = Memories(memory_file())
                if self._memories.notice:
                    _log.info("%s", self._memories.notice)
            return self._memories

    def around(self, advisor: Advisor) -> "RememberingAdvisor":
        """An advisor that is told what is remembered, where the player wants that."""
        return RememberingAdvisor(advisor, self)

    async def keep(self, advice: Advice, profile: GameProfile, frame: Frame | None) -> None:
        """Remember advice as soon as it is known what came of it: what was seen, and said, next."""
        if not profile.memory:
            self._said = None
        elif frame and advice.text and not advice.question:
            await self._trying(lambda: self._keep(advice, profile, frame))

    async def recall(self, profile: GameProfile, frame: Frame, words: str) -> Recalled:
        """What is remembered of situations like this one; nothing where the player does not want it.

        Args:
            profile: of the game.
            frame: what is seen.
            words: the question, or what was said last.
        """
        if not profile.memory:
            return Recalled()
        recalled = await self._trying(lambda: self.opened().recall(profile.id, _features(profile, frame, words)))
        return recalled or Recalled()

    def note(self, advice: Advice, recalled: Recalled) -> None:
        """Note what advice was based on, until it is rated or forgotten."""
        self._recalled[advice.captured_at] = recalled.ids
        while len(self._recalled) > _LATEST:
            self._recalled.popitem(last=False)

    async def rate(self, advice: Advice, profile: GameProfile, good: bool) -> None:
        """The player rates advice: that is how it went, and whether what was recalled for it helped."""
        if profile.memory:
            await self._trying(lambda: self._rate(advice, good))

    def close(self) -> None:
        """Close the file."""
        if self._memories:
            self._memories.close()

    async def _trying(self, work: Callable[[], T]) -> T | None:
        try:
            found = await asyncio.to_thread(work)
        except CoachError as error:
            _log.info("%s", error)
            if not self._failed:
                self._failed = True
                self._complain(str(error))
            return None
        self._failed = False
        return found

    def _rate(self, advice: Advice, good: bool) -> None:
        value, origin = 1.0 if good else -1.0, origin_of(advice)
        self._ratings = {origin: value}
        self.opened().rate(origin, value)
        if ids := self._recalled.pop(advice.captured_at, ()):
            self.opened().judge(ids, good)

    def _keep(self, advice: Advice, profile: GameProfile, frame: Frame) -> None:
        before, self._said = self._said, _Said(profile.id, advice, _features(profile, frame, advice.text))
        if before is None or before.game != profile.id:
            return
        if not 0 < advice.captured_at - before.advice.captured_at < _LATER_S or advice.text == before.advice.text:
            return
        origin = origin_of(before.advice)
        value = self._ratings.pop(origin, 0.0)
        happened = Happened(
            origin=origin,
            seen=_short(before.advice.text),
            done=before.advice.move or "",
            came=f"then “{_short(advice.text)}” was said",
            value=value,
            sure=value != 0,
            features=before.features,
            at=before.advice.captured_at,
        )
        self.opened().add(profile.id, [happened])


class RememberingAdvisor:
    """Asks another advisor, and adds to the situation what is remembered of it.

    Args:
        advisor: answers; closed by its owner.
        memory: recalls.
    """

    def __init__(self, advisor: Advisor, memory: LiveMemory) -> None:
        self._advisor, self._memory = advisor, memory

    @property
    def reads_japanese(self) -> bool:
        """See Advisor."""
        return self._advisor.reads_japanese

    async def advise(self, situation: Situation, on_words: Callable[[str], None] | None = None) -> Advice:
        """See Advisor."""
        words = situation.question or (situation.before[-1].text if situation.before else "")
        recalled = await self._memory.recall(situation.profile, situation.frame, words)
        told = replace(situation, remembered=recalled.texts, shunned=recalled.shunned)
        advice = await self._advisor.advise(told, on_words)
        self._memory.note(advice, recalled)
        return advice

    async def close(self) -> None:
        """See Advisor."""
        await self._advisor.close()


def _features(profile: GameProfile, frame: Frame, words: str) -> Features:
    return features_of(frame.pixels.crop(looked_at(frame.pixels, profile)), words)


def _short(text: str) -> str:
    return " ".join(text.split())[:_LONGEST]

"""The interface of every advisor, and how advice is given at a level."""

from collections.abc import Callable
from typing import Protocol

from coach_app.domain.advice import Advice
from coach_app.domain.ladder import told
from coach_app.domain.situation import Situation


class Advisor(Protocol):
    """Answers about a situation. Async; cancelling the awaiting task also cancels the answer in the engine."""

    @property
    def reads_japanese(self) -> bool:
        """Whether it accepts questions in Japanese; otherwise only in English."""

    async def advise(self, situation: Situation, on_words: Callable[[str], None] | None = None) -> Advice:
        """Answer the user's question, or the prompt of the level, about the screen.

        An advisor that cannot answer at the level answers fully; the advice says which level it is. See
        ``coach_app.domain.ladder.told``.

        Args:
            situation: its frame is cropped to the profile's region and shrunk here.
            on_words: called in the event loop's thread with each new piece of text.

        Raises:
            CoachError: with a sentence and a remedy; the advisor stays usable.
        """

    async def close(self) -> None:
        """Release everything; may be called twice."""


async def advise_at_level(
    advisor: Advisor, situation: Situation, on_words: Callable[[str], None] | None = None
) -> tuple[Advice, Advice]:
    """Advice with nothing in it that its level holds back.

    Args:
        advisor: the advisor.
        situation: see `Advisor.advise`.
        on_words: called only for an answer: a nudge or hint is not shown before it is known to be one.

    Returns:
        The advice to show, and the advice as the advisor gave it.

    Raises:
        CoachError: see `Advisor.advise`.
    """
    full = await advisor.advise(situation, on_words if situation.level == "answer" else None)
    return told(full, situation.level, situation.profile.moves), full

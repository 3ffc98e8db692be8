"""The interface of every advisor."""

from collections.abc import Callable
from typing import Protocol

from coach_app.domain.advice import Advice
from coach_app.domain.situation import Situation


class Advisor(Protocol):
    """Answers about a situation. Async; cancelling the awaiting task also cancels the answer in the engine."""

    @property
    def reads_japanese(self) -> bool:
        """Whether it accepts questions in Japanese; otherwise only in English."""

    async def advise(self, situation: Situation, on_words: Callable[[str], None] | None = None) -> Advice:
        """Answer the user's question, or the profile's prompt, about the screen.

        Args:
            situation: its frame is cropped to the profile's region and shrunk here.
            on_words: called in the event loop's thread with each new piece of text.

        Raises:
            CoachError: with a sentence and a remedy; the advisor stays usable.
        """

    async def close(self) -> None:
        """Release everything; may be called twice."""

"""What every advisor looks like."""

from collections.abc import Callable
from typing import Protocol

from coach_app.domain.advice import Advice
from coach_app.domain.situation import Situation


class Advisor(Protocol):
    """Says something about a situation. Async; cancelling the awaiting task cancels the answer in the engine too."""

    @property
    def reads_japanese(self) -> bool:
        """Whether questions may be given as a Japanese player wrote them; otherwise in English only."""

    async def advise(self, situation: Situation, on_words: Callable[[str], None] | None = None) -> Advice:
        """Answer the user's question, or the profile's prompt, about what is on the screen.

        Args:
            situation: its frame is cut to the profile's region and shrunk here before it goes on.
            on_words: called in the event loop's thread with each further piece of text.

        Raises:
            CoachError: with a sentence and a remedy; the advisor stays usable.
        """

    async def close(self) -> None:
        """Give everything back; may be called twice."""

"""What every advisor looks like."""

from collections.abc import Callable
from typing import Protocol

from coach_app.domain.advice import Advice
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile


class Advisor(Protocol):
    """Says something about a frame. Async; cancelling the awaiting task cancels the answer in the engine too."""

    @property
    def reads_japanese(self) -> bool:
        """Whether questions may be given as a Japanese player wrote them; otherwise in English only."""

    async def advise(
        self,
        frame: Frame,
        profile: GameProfile,
        question: str = "",
        on_words: Callable[[str], None] | None = None,
    ) -> Advice:
        """Answer the profile's prompt, or the user's question, about a frame.

        Args:
            frame: any size; shrunk here before it goes on.
            profile: whose region, prompt and move names are used.
            question: the user's question; empty asks the profile's prompt.
            on_words: called in the event loop's thread with each further piece of text.

        Raises:
            CoachError: with a sentence and a remedy; the advisor stays usable.
        """

    async def close(self) -> None:
        """Give everything back; may be called twice."""

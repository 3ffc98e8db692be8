"""The interface of every translator."""

from typing import Final, Protocol

from coach_app.domain.errors import CoachError

NOT_TRANSLATED: Final = CoachError("The answer could not be translated.", "Allow online translation in the settings.")
"""What the user is told of an answer for which there is no Japanese on this computer."""


class Translator(Protocol):
    """Translates English advice into Japanese, and Japanese questions into English. Async, safe to cancel."""

    @property
    def sends_text_away(self) -> bool:
        """Whether text leaves this computer; the overlay then shows a mark."""

    async def translate(self, text: str) -> str | None:
        """Japanese for one English text, or None if none is available now (the English is then shown, with a mark)."""

    async def to_english(self, question: str) -> str | None:
        """English for one Japanese question, or None if none is available."""

    async def close(self) -> None:
        """Release everything; may be called twice."""

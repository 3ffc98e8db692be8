"""What every translator looks like."""

from typing import Protocol


class Translator(Protocol):
    """Turns English advice into Japanese, and Japanese questions into English. Async, safe to cancel."""

    @property
    def sends_text_away(self) -> bool:
        """Whether text leaves this machine; the overlay shows a mark then."""

    async def translate(self, text: str) -> str | None:
        """Japanese for one English text, or None if it cannot be had now (the English is shown then, with a mark)."""

    async def to_english(self, question: str) -> str | None:
        """English for one Japanese question, or None if it cannot be had."""

    async def close(self) -> None:
        """Give everything back; may be called twice."""

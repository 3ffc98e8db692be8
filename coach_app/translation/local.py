"""A translation model on this computer."""

from collections.abc import Awaitable, Callable

from coach_app.domain.errors import CoachError

TranslateLocally = Callable[[str], Awaitable[str]]


class LocalTranslator:
    """Translates by a callback to the owner of the model.

    Args:
        ask: returns the Japanese of one English sentence; empty, or a CoachError, if the model is unsure.
    """

    sends_text_away = False

    def __init__(self, ask: TranslateLocally) -> None:
        self._ask = ask

    async def translate(self, text: str) -> str | None:
        """Japanese, or None if the model has none."""
        try:
            return await self._ask(text) or None
        except CoachError:
            return None

    async def to_english(self, question: str) -> str | None:
        """None: the model translates in one direction only."""
        return None

    async def close(self) -> None:
        """Nothing to release."""

"""A translation model on this machine."""

from collections.abc import Awaitable, Callable

from coach_app.domain.errors import CoachError

TranslateLocally = Callable[[str], Awaitable[str]]


class LocalTranslator:
    """Asks whoever owns the model; here that is the engine process, which this package knows nothing of.

    Args:
        ask: gives the Japanese of one English sentence; empty, or a CoachError, where the model is not sure of it.
    """

    sends_text_away = False

    def __init__(self, ask: TranslateLocally) -> None:
        self._ask = ask

    async def translate(self, text: str) -> str | None:
        """Japanese, or None where the model has none."""
        try:
            return await self._ask(text) or None
        except CoachError:
            return None

    async def to_english(self, question: str) -> str | None:
        """None: the model knows one direction only."""
        return None

    async def close(self) -> None:
        """Nothing is held here."""

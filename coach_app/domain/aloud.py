"""What of an advice is spoken, as a voice reads it."""

from typing import Literal

from coach_app.domain.advice import Advice
from coach_app.domain.phrases import Language, phrases

Says = Literal["move", "reason", "asked"]
"""How much of unasked advice is spoken: its move, its whole text, or nothing; answers are always spoken."""


def aloud(advice: Advice, says: Says, language: Language) -> tuple[str, Language]:
    """The text to speak, empty if there is nothing to say, and its language.

    Args:
        advice: the advice; without a Japanese translation it is spoken in English.
        says: how much of it.
        language: the language wanted.
    """
    if language == "ja" and advice.text_ja is None:
        language = "en"
    text = advice.text_ja or advice.text if language == "ja" else advice.text
    if not advice.question and says == "asked":
        return "", language
    if not advice.question and says == "move" and advice.move:
        return phrases(language).translated(advice.move).replace("_", " "), language
    return text, language

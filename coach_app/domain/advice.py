"""What the coach says."""

from dataclasses import dataclass
from typing import Literal

from coach_app.domain.certainty import Likelihood
from coach_app.domain.pointing import Mark

Level = Literal["nudge", "hint", "answer"]
"""How much is given away: where to look, what to aim for, or what to do."""


@dataclass(frozen=True)
class Source:
    """A passage of a guide that an answer is based on.

    Attributes:
        title: its heading.
        text: its plain text.
    """

    title: str
    text: str


@dataclass(frozen=True)
class Advice:
    """A finished answer of the coach, about one frame or to a game question.

    Attributes:
        text: plain English text with its line breaks and lists, never markup; see ``from_markdown``.
        move: the advised move, as the profile names it; None if the text names none.
        model: name of the model that wrote it.
        captured_at: when the frame was captured or the game question was asked, in seconds since the epoch.
        latency_ms: from the request to the last word.
        first_word_ms: from the request to the first word.
        tokens: number of generated tokens.
        question: the user's question, empty for unasked advice.
        text_ja: Japanese translation; None if it was not wanted or failed.
        sources: passages behind an answer to a game question, best first.
        quoted: the text is quoted verbatim from the best source.
        level: how much the text gives away.
        marks: where it points, in the frame's picture.
        confidence: probability that the move is right, 0 to 1, by the model itself, and by how often it was right in
            this game where that was measured; None if the model does not tell it.
        likelihood: how likely the move was to the model, from which the confidence is told; None if it is not.
    """

    text: str
    move: str | None
    model: str
    captured_at: float
    latency_ms: float
    first_word_ms: float
    tokens: int
    question: str = ""
    text_ja: str | None = None
    sources: tuple[Source, ...] = ()
    quoted: bool = False
    level: Level = "answer"
    marks: tuple[Mark, ...] = ()
    confidence: float | None = None
    likelihood: Likelihood | None = None

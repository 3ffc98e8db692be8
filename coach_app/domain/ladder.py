"""How much of the solution is given away: a nudge says where to look, a hint what to aim for, an answer what to do.

Models are told by their prompts what to leave out. What they write nevertheless passes through here, as does the
answer of a model that was trained on answers only, from which nudge and hint are taken.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from coach_app.domain.advice import Advice, Level
from coach_app.domain.moves import leaves_one_way, mentions_move

LEVELS: Final[tuple[Level, ...]] = ("nudge", "hint", "answer")
"""From what gives away the least to what gives away the most."""

_NOTHING_LEFT: Final[dict[Level, str]] = {
    "nudge": "Take a close look at what is around you.",
    "hint": "Think about where you want to get to, and what is in the way.",
}
_SENTENCE: Final = re.compile(r"(?:[^.!?\n\u3002]|[.](?=\w))+[.!?\u3002]*")
_PLACE: Final = re.compile(
    r"\b(?:left|right|above|below|beside|behind|under|over|ahead|near|next to|in front|between|around|up|down|north"
    r"|south|east|west|top|bottom|middle|corner|edge|side|here|there|steps?|squares?|tiles?|away|at|on|in)\b",
    re.IGNORECASE,
)


def next_level(level: Level) -> Level | None:
    """The level that gives away more; None after the answer."""
    return next(iter(LEVELS[LEVELS.index(level) + 1 :]), None)


def told(advice: Advice, level: Level, moves: Iterable[str]) -> Advice:
    """A piece of advice as it is told at a level: without the sentences that give the move away.

    Of a text that was written for a higher level, a hint is what remains, and a nudge the first sentence of it that
    says where something is.

    Args:
        advice: as the model wrote it, English.
        level: how much to tell.
        moves: names of the profile's moves.
    """
    if level == "answer":
        return advice
    names = tuple(moves)
    kept = [text for text in _sentences(advice.text) if not gives_away(text, names)]
    if level == "nudge" and advice.level != "nudge":
        kept = [text for text in kept if _PLACE.search(text)][:1]
    text = " ".join(kept)
    if not text:  # without tokens, as the coach itself says it
        return replace(advice, text=_NOTHING_LEFT[level], level=level, move=None, tokens=0)
    return replace(advice, text=text, level=level, move=None)


def gives_away(sentence: str, moves: Sequence[str]) -> bool:
    """Whether a sentence names one of the moves, for whatever purpose, or leaves only one of them."""
    return mentions_move(sentence, moves) or leaves_one_way(sentence, moves)


def _sentences(text: str) -> list[str]:
    return [sentence for found in _SENTENCE.findall(text) if (sentence := found.strip())]

"""Lets a text model revise advice that the player found bad, as in Stable Alignment (Liu et al. 2023)."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from coach_app.knowledge.feedback import Rating
from coach_app.learning.preferences import BEST, LOWEST

_ABOUT: Final = "A coach of the game {title} was asked: {prompt}\n"
_REVISE: Final = (
    _ABOUT + "It said: {text}\nThe player found that bad{why}.\nSay it better, in one short sentence and nothing else."
)
_RATE: Final = (
    _ABOUT + "It said: {text}\nRate that from {lowest} (bad) to {best} (good), by one digit and nothing else."
)
_DIGIT: Final = re.compile(rf"\b[{LOWEST}-{BEST}]\b")


@dataclass(frozen=True)
class Revision:
    """A better answer by a model's own judgement.

    Attributes:
        rating: number of the player's rating.
        text: the better answer.
        before: what the model gave the old one, from 1 to 7.
        after: what it gave the new one.
    """

    rating: int
    text: str
    before: int
    after: int


def revisions(ratings: Iterable[Rating], title: str, ask: Callable[[str], str]) -> Iterator[Revision]:
    """What a model would have said instead, where it finds that better itself.

    Args:
        ratings: of one game; those that are good, or say what is better, are left alone.
        title: of the game.
        ask: asks the model.
    """
    for rating in ratings:
        if rating.good or rating.better:
            continue
        said = {"title": title, "prompt": rating.of.prompt, "text": rating.of.text}
        why = f": {rating.critique.rstrip('.')}" if rating.critique else ""
        text = " ".join(ask(_REVISE.format(**said, why=why)).split()).strip('"“” ')
        before, after = (_rated(ask, said | {"text": one}) for one in (rating.of.text, text))
        if text and text != rating.of.text and before and after and after > before:
            yield Revision(rating.id, text, before, after)


def _rated(ask: Callable[[str], str], said: dict[str, str]) -> int:
    """What the model gives an answer; 0 if it does not say."""
    found = _DIGIT.search(ask(_RATE.format(**said, lowest=LOWEST, best=BEST)))
    return int(found[0]) if found else 0

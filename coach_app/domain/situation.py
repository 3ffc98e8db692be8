"""What an advisor is given. New context joins `Situation`; it never becomes a new argument."""

from dataclasses import dataclass
from typing import Literal

from coach_app.domain.advice import Advice
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile

Level = Literal["nudge", "hint", "answer"]
"""How much is given away: where to look, what matters there, or what to do."""


@dataclass(frozen=True)
class Situation:
    """A moment of a game, and what is wanted about it.

    Attributes:
        frame: what is on the screen, any size.
        profile: of the game: its prompt, its region, the names of its moves.
        question: of the user, in a language that the advisor reads; empty asks the profile's prompt.
        level: how much to give away.
        remembered: what is known from earlier situations like this one, one text each.
        before: the last pieces of advice of this session, with the moves that they named; the newest last.
        tried: moves that were advised at this very place before, each time after which the player was back here.
    """

    frame: Frame
    profile: GameProfile
    question: str = ""
    level: Level = "answer"
    remembered: tuple[str, ...] = ()
    before: tuple[Advice, ...] = ()
    tried: tuple[str, ...] = ()

"""What an advisor is given. New context joins `Situation`; it never becomes a new argument."""

from dataclasses import dataclass

from coach_app.domain.advice import Advice, Level
from coach_app.domain.frame import Frame
from coach_app.domain.profile import GameProfile


@dataclass(frozen=True)
class Situation:
    """A moment of a game, and what is asked about it.

    Attributes:
        frame: what is on the screen, any size.
        profile: the game's profile: its prompts, its region, the names of its moves.
        question: the user's question, in a language that the advisor reads; empty for the prompt of its level.
        level: how much to give away.
        remembered: what is known from similar earlier situations, one text each.
        shunned: moves that went badly in this very situation before.
        before: the latest advice of this session with the moves that it named, newest last.
        tried: moves advised at this very place before, after which the player came back here.
        pointing: whether the advice may point at places in the picture.
    """

    frame: Frame
    profile: GameProfile
    question: str = ""
    level: Level = "answer"
    remembered: tuple[str, ...] = ()
    shunned: tuple[str, ...] = ()
    before: tuple[Advice, ...] = ()
    tried: tuple[str, ...] = ()
    pointing: bool = False

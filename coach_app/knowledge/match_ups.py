"""Match-ups: finds the player's side and the opponent in a question, by the phrases in the game's vocabulary.

Nothing here applies to a game whose ``names.toml`` has no table ``[match_ups]``.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, NamedTuple

from pydantic import AfterValidator, BaseModel, ConfigDict

from coach_app.knowledge.sections import Section, slug


def _checked(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:  # not a ValueError, so pydantic would not report it
        raise ValueError(f"not a regular expression: {error}") from error
    return pattern


Pattern = Annotated[str, AfterValidator(_checked)]
"""A regular expression in a file of a game."""


class Sides(NamedTuple):
    """The two sides of a question; empty if not named."""

    player: str = ""
    opponent: str = ""


NOBODY = Sides()
"""Where no side is named."""


class MatchUps(BaseModel):
    """The rules of one game. All contexts are regular expressions for text in lower case.

    Args:
        player_before: context before the subject that is played.
        player_before_unless_owner: the same, unless the subject is a possessive ("for the rook's pawn").
        player_after: context after the subject that is played.
        opponent_before: context before the opponent.
        mirror: phrases for a subject playing against itself.
        sections_before: words before the opponent in the title or id of a section.
        exact: bonus of the section about the very match-up, in units of BM25.
        opponent: bonus of other sections about the opponent.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    player_before: tuple[Pattern, ...] = ()
    player_before_unless_owner: tuple[Pattern, ...] = ()
    player_after: tuple[Pattern, ...] = ()
    opponent_before: tuple[Pattern, ...] = ()
    mirror: tuple[Pattern, ...] = ()
    sections_before: tuple[str, ...] = ()
    exact: float = 12.0
    opponent: float = 2.0

    def sides(self, text: str, named: Sequence[tuple[int, int, str]]) -> Sides:
        """Find the player's side and the opponent.

        Args:
            text: a question in lower case.
            named: the subjects in it: start, end and title of each.
        """
        names = list(dict.fromkeys(name for *_, name in named))
        player = opponent = ""
        if len(named) == 2 and re.fullmatch(r" *(?:and|or|&|,|/) *", text[named[0][1] : named[1][0]]):
            return NOBODY  # the question is about both
        for start, end, name in named:
            before = re.sub(r"\b(?:a|an|the|any|good|bad|another)$", "", text[:start].rstrip()).rstrip()
            owner = len(names) > 1 and text[start:end].endswith("'s")
            if _ends(self.opponent_before, r"\.?").search(before):
                opponent = opponent or name
            elif (
                _ends(self.player_before).search(before)
                or (not owner and _ends(self.player_before_unless_owner).search(before))
                or _begins(self.player_after).match(text[end:])
            ):
                player = player or name
            elif owner:
                opponent = opponent or name
        if len(names) == 1:
            if not (player or opponent):
                player = names[0]
            elif player == opponent and not _within(self.mirror).search(text):
                opponent = ""
        left = [name for name in names if name not in (player, opponent)]
        if len(names) >= 2 and not player and left:
            player = left.pop(0)
        if len(names) >= 2 and not opponent and left:
            opponent = left.pop(0)
        return Sides(player, opponent)

    def rival(self, section: Section, slugs: Mapping[str, str]) -> str:
        """The other subject in the id or title of a section; empty if there is none.

        Args:
            section: a section of a guide.
            slugs: the subjects that can be named, with their slugs.
        """
        named = f"-{section.id}-{slug(section.title)}-".replace("-the-", "-")
        own = slugs.get(section.subject, "")
        for subject, name in slugs.items():
            if name and name != own and any(f"-{word}-{name}-" in named for word in self.sections_before):
                return subject
        return ""

    def bonus(self, subject: str, rival: str, sides: Sides, named: float, topic: float) -> float:
        """The bonus of a section for a question that names subjects.

        Args:
            subject: subject of the section.
            rival: the opponent that it is about; empty for none in particular.
            sides: the sides in the question.
            named: bonus for a section about a named subject.
            topic: bonus for a section of the kind asked for.
        """
        player, opponent = sides
        if player and opponent:
            if (subject, rival) == (player, opponent):
                return self.exact + named
            if (subject, rival) == (opponent, player):
                return named
            own = named + topic if subject == player and not rival else 0.0
            return own + (self.opponent if subject == opponent else 0.0)
        if player:
            # No opponent was named: sections about one opponent are special cases.
            return named * (0.5 if rival else 1.0) + topic if subject == player else 0.0
        if opponent:
            return named if rival == opponent else self.opponent if subject == opponent else 0.0
        return 0.0


@functools.cache
def _ends(words: tuple[str, ...], then: str = "") -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)}){then}$" if words else r"(?!)")


@functools.cache
def _begins(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf" ?(?:{'|'.join(words)})\b" if words else r"(?!)")


@functools.cache
def _within(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(words)})\b" if words else r"(?!)")

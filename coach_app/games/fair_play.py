"""Competitive games whose rules forbid help while one plays, from ``resources/fair_play.toml``.

In such a game the coach says nothing until the player has decided otherwise for it, knowing the rule.
"""

import re
import tomllib
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from coach_app.domain.errors import CoachError
from coach_app.domain.profile import GameProfile
from coach_app.domain.programs import is_browser, is_file_manager
from coach_app.domain.resources import resources_dir
from coach_app.games.profiles import DEFAULT_ID, load_profiles


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Title(_File):
    """A competitive game.

    Attributes:
        id: id of its profile, if the player makes one.
        title: its name.
        window: case-insensitive regular expression searched in the title of its window.
        browser: whether it is also played in a web browser.
    """

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=1)
    window: str = Field(min_length=1)
    browser: bool = False

    def matches(self, window: str, program: str) -> bool:
        """Whether a window with this title, of this program, belongs to the game."""
        if is_file_manager(program) or (is_browser(program) and not self.browser):
            return False
        return re.search(self.window, window, re.IGNORECASE) is not None


class Rule(_File):
    """What a publisher says about help while one plays.

    Attributes:
        rule: in one sentence, in our own words.
        source: address of the page on which it says so.
        read: how we know what the page says: from itself, from a copy of it elsewhere, or from what others quote.
        as_of: date that the text bears, in ISO format; empty if it bears none.
        games: the games for which it holds.
    """

    rule: str = Field(min_length=1)
    source: str = Field(pattern=r"^https://")
    read: Literal["page", "copy", "quotation"]
    as_of: str = Field(default="", pattern=r"^(20\d\d-\d\d-\d\d)?$")
    games: tuple[Title, ...] = Field(min_length=1)

    @property
    def reference(self) -> str:
        """The source as it is shown. The address comes last, as a full stop would belong to it."""
        details = f"Source: {self.source}"
        if self.read == "quotation":
            details = f"Source, known to us from quotations: {self.source}"
        elif self.as_of:
            details = f"Source, as of {self.as_of}: {self.source}"
        return details


@cache
def rules() -> tuple[Rule, ...]:
    """All known rules."""
    file = resources_dir() / "fair_play.toml"
    try:
        return tuple(Rule.model_validate(rule) for rule in tomllib.loads(file.read_text("utf-8"))["rule"])
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise CoachError(f"The list of fair play rules {file} is damaged.", "Install the coach again.") from error


def rule_for(profile: GameProfile, window: str = "", program: str = "") -> Rule | None:
    """The rule of a game, known by its id, its name or its window; None if there is none.

    Args:
        profile: the game's profile.
        window: title of its window, if it is open.
        program: the program of that window.
    """
    for rule in rules():
        for game in rule.games:
            if game.id == profile.id or game.matches(profile.title, "") or (window and game.matches(window, program)):
                return rule
    return None


def played_fair(profile: GameProfile, window: str, program: str) -> GameProfile:
    """A game's profile as it is used for a window: review only where a rule says so, unless the player has decided.

    Args:
        profile: the profile found for the window; the default one for an unknown game.
        window: title of the window.
        program: the program that owns it.
    """
    known = profile.id != DEFAULT_ID
    if known and profile.when:
        return profile
    for rule in rules():
        for game in rule.games:
            if game.matches(window, program):
                if known:
                    return profile.model_copy(update={"when": "review"})
                return _made(game, profile)
    return profile


def profile_kept(game: str) -> GameProfile:
    """The profile of a game of which situations were kept: the player's, one as made for its window, or the default.

    Args:
        game: id of the profile.
    """
    profiles = load_profiles()[0]
    if game in profiles:
        return profiles[game]
    known = next((each for rule in rules() for each in rule.games if each.id == game), None)
    return _made(known, profiles[DEFAULT_ID]) if known else profiles[DEFAULT_ID]


def _made(game: Title, default: GameProfile) -> GameProfile:
    return GameProfile(id=game.id, title=game.title, window=game.window, prompt=default.prompt, when="review")


def silence(profile: GameProfile, window: str, program: str) -> CoachError | None:
    """Why the coach says nothing in a game while it runs; None if it may speak."""
    if profile.when != "review":
        return None
    title, rule = profile.title, rule_for(profile, window, program)
    if rule is None:
        return CoachError(
            f"{title} is review only: nothing is said while it runs.",
            "You can change this under “When it speaks” in the coach's menu.",
        )
    return CoachError(
        f"{title} is review only: nothing is said while it runs. {rule.rule}",
        f"You can change this under “When it speaks” in the coach's menu. {rule.reference}",
    )

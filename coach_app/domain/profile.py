"""Game profiles: how the coach advises on one game."""

import re
from collections.abc import Iterable
from typing import Annotated, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from coach_app.domain.advice import Level
from coach_app.domain.board import Layout
from coach_app.domain.pointing import Bearings
from coach_app.domain.programs import is_file_manager

Fraction = Annotated[float, Field(ge=0.0, le=1.0)]
AskAbout = Literal["screen", "game"]
"""A screen question is about what is on the screen; a game question is about the game, and answered from its guides."""
When = Literal["", "live", "asked", "review"]
"""When the coach speaks: all the time, only when asked, or not while the game runs, but in the review afterwards. Empty
is all the time, unless the game is known to forbid help; see ``coach_app.games.fair_play``."""
WHENS: Final = ("live", "asked", "review")
"""What one can choose for a game."""


_ABOUT_NOW = re.compile(r"\s+[-\u2013\u2014|]\s.*|\s+[(\[].*|\s+v?\d+(\.\d+)+.*", re.DOTALL)
"""What games add to their names in the title: what is open, the score, the version."""


class GameProfile(BaseModel):
    """Prompt and rules for one game; one TOML file each.

    Attributes:
        id: file name without its suffix; the value of ``--game``.
        title: name shown to the user.
        window: case-insensitive regular expression searched in the title of the game's window; empty matches none.
        program: case-insensitive regular expression searched in the name of the program that owns the window (its class
            on X11, its process elsewhere); empty accepts any program except a file manager.
        prompt: asked for an answer: what to do.
        hint: asked for a hint: what to aim for; empty for that of the default profile.
        nudge: asked for a nudge: where to look; empty for that of the default profile.
        level: how much unasked advice gives away.
        when: when the coach speaks.
        region: left, top, right, bottom as fractions of the captured picture; None for all of it.
        board: layout of a board within that region; if it is found, only the board is used. None uses the whole region.
        bearings: how places on the board are told in words, where the player is always at the same; else None.
        language: language of the advice; empty follows the settings.
        moves: names of the moves that advice can name; empty if the game has none.
        model: name or folder of the model that advises on this game; empty follows the settings.
        qnet: name or folder of the Q-network for this game; empty if there is none.
        adapter: name or folder of the text adapter (or text model) that answers game questions; empty if there is none.
        ask_about: what questions are about by default; always the screen without an adapter.
        cooldown_s: minimum time between two pieces of unasked advice.
        memory: whether situations of this game are remembered while the coach watches, and recalled.
        record: whether the player's own play is recorded while the coach watches, to learn from.
        unload_at_start: unload the model when the game's window appears, until the player asks something.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=1)
    window: str = ""
    program: str = ""
    prompt: str = Field(min_length=1, max_length=2000)
    hint: str = Field(default="", max_length=2000)
    nudge: str = Field(default="", max_length=2000)
    level: Level = "answer"
    when: When = ""
    region: tuple[Fraction, Fraction, Fraction, Fraction] | None = None
    board: Layout | None = None
    bearings: Bearings | None = None
    language: Literal["", "en", "ja"] = ""
    moves: tuple[str, ...] = ()
    model: str = Field(default="", max_length=1000)
    qnet: str = Field(default="", max_length=1000)
    adapter: str = Field(default="", max_length=1000)
    ask_about: AskAbout = "screen"
    cooldown_s: float = Field(default=1.0, ge=0.0, le=600.0)
    memory: bool = False
    record: bool = False
    unload_at_start: bool = False

    @field_validator("window", "program")
    @classmethod
    def _is_a_pattern(cls, pattern: str) -> str:
        try:
            re.compile(pattern)
        except re.error as error:  # not a ValueError, so pydantic would not report it
            raise ValueError(f"not a regular expression: {error}") from error
        return pattern

    @field_validator("region")
    @classmethod
    def _has_an_area(cls, region: tuple[float, float, float, float] | None) -> tuple[float, float, float, float] | None:
        if region and not (region[0] < region[2] and region[1] < region[3]):
            raise ValueError("the region has no area: left must be below right, and top below bottom")
        return region

    def matches(self, title: str, program: str = "") -> bool:
        """Whether a window with this title, of this program, belongs to the game."""
        if not self.window or re.search(self.window, title, re.IGNORECASE) is None:
            return False
        if self.program:
            return re.search(self.program, program, re.IGNORECASE) is not None
        return not is_file_manager(program)


def game_of_window(title: str, program: str, profiles: Iterable[GameProfile]) -> GameProfile | None:
    """The game that a window shows: the first matching profile that names the program, or else the first match."""
    found = [profile for profile in profiles if profile.matches(title, program)]
    return next((profile for profile in found if profile.program), found[0] if found else None)


def name_in_title(title: str) -> str:
    """Guess a game's name from the title of its window."""
    return _ABOUT_NOW.sub("", title.strip(), count=1) or title.strip()


def no_game(title: str) -> str:
    """What a coach for practice games says of a picture that shows no game of this title."""
    return f"I do not see the practice game {title.removesuffix(' (practice)')} in this picture."


def window_patterns(title: str, program: str) -> tuple[str, str]:
    """The window and program patterns of a new profile for a window.

    Games put scores and levels into their titles: if the program is known, the title only has to begin with the name;
    otherwise the whole title has to match.
    """
    if not program:
        return _literally(title) + "$", ""
    name = name_in_title(title)
    if name == title:
        return _literally(title) + "$", _literally(program) + "$"
    return _literally(name) + (r"\b" if re.match(r"\w", name[-1]) else ""), _literally(program) + "$"


def _literally(text: str) -> str:
    """A readable pattern for text that begins like this."""
    return "^" + re.escape(text).replace("\\ ", " ").replace("\\-", "-")

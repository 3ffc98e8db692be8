"""Common options, and printing of results."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from coach_app.cli.language import translated
from coach_app.cli.terminal import one_line, write
from coach_app.domain.actions import ACTIONS
from coach_app.domain.advice import Level
from coach_app.domain.errors import CoachError
from coach_app.domain.ladder import LEVELS
from coach_app.domain.words import printable
from coach_app.games.catalogue import copied_ids, playable_ids, practice_ids
from coach_app.games.game import Size

if TYPE_CHECKING:  # slow, and not needed by every command
    from coach_app.host.life import EngineState
    from coach_app.settings.schema import Settings

ModelOption = Annotated[
    str,
    typer.Option(
        "--model",
        metavar="NAME|FOLDER|NAME@URL",
        help="The coach's model, or a server's; by default, as in the settings.",
    ),
]
LocalModelOption = Annotated[
    str,
    typer.Option(
        "--model", metavar="NAME|FOLDER", help="A model on this computer; by default, the one in the settings."
    ),
]
CheckpointOption = Annotated[
    str, typer.Option("--checkpoint", metavar="NAME|FOLDER", help="The Q-network; by default, the profile's.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
LanguageOption = Annotated[str, typer.Option("--lang", metavar="en|ja", help="Language of the advice.")]
_COLUMNS = 76
"""Of a line that is written over and over."""
SeedOption = Annotated[
    int, typer.Option("--seed", min=0, help="Random seed; with several episodes, that of the first one.")
]
FolderOption = Annotated[
    Path | None, typer.Option("--folder", help="Where the experiences are; by default, a folder of the coach's own.")
]
SizeOption = Annotated[
    str, typer.Option("--size", metavar="WxH", help="Size of the maps in squares, if the game has a choice.")
]
PRACTICE_GAMES = f"A practice game: {', '.join(practice_ids())}."
"""Help on a game that is played in a window."""
COPIED_GAMES = f"A game that can be copied: {', '.join(copied_ids())}."
"""Help on a game in which another move can be tried."""
LevelOption = Annotated[
    str,
    typer.Option("--level", metavar="nudge|hint|answer", help="How much is given away, unless there is a question."),
]
ACTION_NAMES = f"One of {', '.join(action.name for action in ACTIONS)}."
"""Help on what the running coach can do."""
GAMES_TO_PLAY = f"One of {', '.join(playable_ids())}; or any environment of Gymnasium's that can be drawn."
"""Help on a game that is played by agents."""


def language_of(name: str) -> Literal["en", "ja"] | None:
    """Parse a language; None to follow the settings."""
    match name:
        case "en" | "ja":
            return name
        case "":
            return None
    raise CoachError(f"The coach does not know the language “{name}”.", "Choose en or ja.")


def level_of(name: str) -> Level:
    """Parse a level.

    Raises:
        CoachError: there is no such level.
    """
    for level in LEVELS:
        if name == level:
            return level
    raise CoachError(f"There is no level “{name}”.", f"Choose one of {', '.join(LEVELS)}.")


def size_of(text: str) -> Size | None:
    """Parse columns and rows such as ``6x5``; None for an empty text."""
    match text.lower().split("x"):
        case [""]:
            return None
        case [width, height] if width.isdecimal() and height.isdecimal():
            return int(width), int(height)
    raise CoachError(f"“{text}” is not a size.", "Write columns x rows, for instance 6x5.")


def user_settings() -> "Settings":
    """The user's settings, or the defaults if they cannot be read; read once per command."""
    from coach_app.settings.store import load, settings_file

    return load(settings_file())[0]


@contextmanager
def streamed(quietly: bool) -> Iterator[Callable[[str], None]]:
    """Print words as they arrive; an error in between starts on a new line.

    Args:
        quietly: print nothing.
    """
    shown = False

    def show(words: str) -> None:
        nonlocal shown
        if not quietly:
            shown = True
            write(words, newline=False)

    try:
        yield show
    except CoachError:
        if shown:
            write()
        raise


@contextmanager
def loading_shown() -> Iterator[Callable[["EngineState"], None]]:
    """Show the engine's state on the terminal, if there is one: the model being loaded and its progress."""
    from rich.console import Console
    from rich.text import Text

    from coach_app.host.life import EnginePhase

    status = Console(stderr=True).status("")

    def show(state: "EngineState") -> None:
        if state.phase in (EnginePhase.LOADING, EnginePhase.RESTARTING) and sys.stderr.isatty():
            status.update(Text(printable(translated(state.sentence), _COLUMNS)))
            status.start()
        else:
            status.stop()

    try:
        yield show
    finally:
        status.stop()


def print_report(figures: dict[str, Any], as_json: bool) -> None:
    """Print figures, one per line or as JSON."""
    if as_json:
        print_json(figures)
    else:
        for name, value in figures.items():
            write(f"{name:28} {value}")


def print_json(result: dict[str, Any]) -> None:
    """Print one JSON object to standard output."""
    write(one_line(result))


def say(line: str) -> None:
    """Print a message that is not a result."""
    write(translated(line), aside=True)

"""The command line in the user's language: that of ``--lang``, otherwise the desktop's. Results (JSON, figures) stay as
they are.

Typer's own texts are in the same catalogue. Typer has no public API for formatting help: its private names are used
only here, and its version is pinned.
"""

import sys
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import typer
from typer._click.core import Command
from typer._click.exceptions import ClickException, UsageError
from typer._click.formatting import HelpFormatter

from coach_app.cli.terminal import write
from coach_app.domain.phrases import Language, phrases, system_language

TYPER_SHOWN: Final = (
    *("Usage:", "Options", "Arguments", "Commands", "Show this message and exit.", "default: {value}", "required"),
    *("Error: {message}", "Try '{path} --help' for help.", "Aborted!"),
    *("Missing argument {name}.", "Missing option {name}.", "Missing command.", "No such option: {name}"),
    *("No such command {name}.", "Option {name} requires an argument.", "Got unexpected extra argument ({name})"),
    *("Got unexpected extra arguments ({names})", "Invalid value for {name}: {reason}", "Invalid value: {reason}"),
    *("{value} is not a valid {kind}.", "{value} is not in the range {range}.", "{value} is not one of {choices}."),
)
"""What Typer says by itself; collected for the catalogue."""

_COLUMNS: Final = 78
_FIRST_COLUMNS: Final = 26


def language() -> Language:
    """The language of this process's command line."""
    for word, following in pairwise([*sys.argv[1:], ""]):
        chosen = following if word == "--lang" else word.removeprefix("--lang=")
        if chosen in ("en", "ja") and word.startswith("--lang"):
            return "ja" if chosen == "ja" else "en"
    return system_language()


def translated(text: str) -> str:
    """Translate a text into the language of the command line."""
    return phrases(language()).translated(text)


def run(app: typer.Typer) -> None:
    """Run the command line.

    Raises:
        SystemExit: always.
    """
    command = typer.main.get_command(app)
    if language() == "en":
        _summarise(command)
        command()
        return
    _translate(command)
    try:
        sys.exit(command.main(standalone_mode=False))
    except UsageError as error:
        if error.ctx:
            path = error.ctx.command_path
            hint = translated(f"Try '{path} --help' for help.")
            write(f"{error.ctx.get_usage()}\n{hint}\n", aside=True)
        _end(error)
    except ClickException as error:
        _end(error)
    except typer.Abort:
        write(translated("Aborted!"), aside=True)
        sys.exit(1)


def _end(error: ClickException) -> None:
    write(translated(f"Error: {error.format_message()}"), aside=True)
    sys.exit(error.exit_code)


def _summarise(command: Command) -> None:
    """List commands with the whole first paragraph of their help, which would otherwise be cut."""
    command.short_help = " ".join((command.help or "").split("\n\n")[0].split())
    for below in getattr(command, "commands", {}).values():
        _summarise(below)


def _translate(command: Command) -> None:
    """Translate the help of a command and its subcommands, and format it for the language."""
    command.context_class = _Context
    command.short_help = command.help = translated(" ".join((command.help or "").split()))
    for below in getattr(command, "commands", {}).values():
        _translate(below)


class _Context(typer.Context):
    def make_formatter(self) -> HelpFormatter:
        return _Formatter(width=_COLUMNS)


class _Formatter(HelpFormatter):
    """Translates its output, and breaks lines by columns, as Japanese has no spaces."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        super().write_usage(prog, args, translated("Usage:"))

    def write_heading(self, heading: str) -> None:
        self.write(f"{'':>{self.current_indent}}{translated(heading)}：\n")

    def write_text(self, text: str) -> None:
        for line in _lines(translated(text), self.width - self.current_indent):
            self.write(f"{'':>{self.current_indent}}{line}\n")

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        for name, explained in rows:
            words, _, extra = explained.partition("  [")
            extras = "、".join(translated(part) for part in extra.removesuffix("]").split("; ") if part)
            text = translated(words) + (f"（{extras}）" if extras else "")
            first = f"{'':>{self.current_indent}}{name}"
            if _columns(first) > _FIRST_COLUMNS - 2:
                self.write(first + "\n")
                first = ""
            for line in _lines(text, self.width - _FIRST_COLUMNS) or [""]:
                self.write(f"{first}{'':>{_FIRST_COLUMNS - _columns(first)}}{line}\n")
                first = ""


def _columns(text: str) -> int:
    """Width of a text in terminal columns."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def _lines(text: str, columns: int) -> list[str]:
    """Wrap a text; lines may end after any Japanese character, but never before closing punctuation."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(" ".join(text.split())):
        if _columns(line + piece.rstrip()) > columns and piece[0] not in "。、，）」！？：…":
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()] if line.strip() else lines


def _pieces(text: str) -> list[str]:
    """Split a text into Japanese characters, and other words with their trailing space."""
    pieces: list[str] = []
    for character in text:
        wide = _columns(character) == 2
        joins = pieces and not wide and _columns(pieces[-1][-1]) == 1 and not pieces[-1].endswith(" ")
        if joins:
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces

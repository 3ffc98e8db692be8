"""Text for the terminal. What models, hubs, guides and file names say may hold codes that a terminal obeys: none gets
there, so nothing else in this package writes text."""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any, Final

import typer

from coach_app.domain.words import printable

_OBEYED: Final = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def write(text: object = "", *, newline: bool = True, aside: bool = False) -> None:
    """Print a text that nothing is obeyed in.

    Args:
        text: any.
        newline: end the line.
        aside: it is not the result: to standard error.
    """
    text = str(text)
    typer.echo(printable(text, len(text)), nl=newline, err=aside)


def keep_libraries_quiet(log: Path) -> None:
    """Let what libraries print by themselves (libtiff, ALSA, glib, …) go to the log: it is nothing for the user.

    They write past Python to the standard error of the process, which Python gets under another number from now on.
    """
    if sys.stderr is not sys.__stderr__ or not sys.stderr:  # there is none, or somebody collects it
        return
    try:
        noise = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    except OSError:
        noise = os.open(os.devnull, os.O_WRONLY)
    sys.stderr.flush()
    said, encoding, errors = os.dup(2), sys.stderr.encoding, sys.stderr.errors
    os.dup2(noise, 2)
    os.close(noise)
    sys.stderr = os.fdopen(said, "w", buffering=1, encoding=encoding, errors=errors)


def one_line(result: dict[str, Any]) -> str:
    """A result as one line of JSON; what a terminal might obey, or its code page lacks, is written as ``\\uXXXX``."""
    old_code_page = not (sys.stdout.encoding or "utf-8").lower().startswith("utf")
    return _OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(result, ensure_ascii=old_code_page))

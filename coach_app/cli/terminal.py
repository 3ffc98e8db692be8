"""Safe output to the terminal. Texts of models, hubs, guides and file names may contain escape sequences, which are
removed here; nothing else in this package writes text."""

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
    """Print a text without control sequences.

    Args:
        text: any text.
        newline: whether to end the line.
        aside: whether to print to standard error, as it is not a result.
    """
    text = str(text)
    typer.echo(printable(text, len(text)), nl=newline, err=aside)


def keep_libraries_quiet(log: Path) -> None:
    """Redirect the output of libraries (libtiff, ALSA, glib, …) to the log.

    They write directly to the standard error of the process, so Python gets a duplicate of it.
    """
    if sys.stderr is not sys.__stderr__ or not sys.stderr:  # there is none, or it is captured
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

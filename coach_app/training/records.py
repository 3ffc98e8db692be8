"""Records of a training, written beside the weights."""

import json
import subprocess
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch

from coach_app.desktop.files import write_atomically


def write_args(folder: Path, args: Any) -> None:
    """Write ``args.json``: the arguments of a training (a dataclass), the commit and the torch version.

    Paths are reduced to their last component, as the rest is meaningless elsewhere.
    """
    values = {key: value.name if isinstance(value, Path) else value for key, value in asdict(args).items()}
    write_json(folder / "args.json", values | {"commit": _commit(), "torch": torch.__version__})


def write_json(file: Path, content: Mapping[str, Any]) -> None:
    """Write indented JSON.

    Raises:
        CoachError: the file could not be written; an older one is unchanged.
    """
    write_atomically(file, (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode(), "The training")


def _commit() -> str:
    """The commit of this checkout, marked if files were modified; empty outside a checkout."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()

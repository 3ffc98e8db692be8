"""Locates the files that ship with the app: in a checkout, an installed wheel or a frozen bundle."""

import sys
import tomllib
from functools import cache
from pathlib import Path


def resources_dir() -> Path:
    """The folder ``resources`` of this copy of the app."""
    if bundle := getattr(sys, "_MEIPASS", None):
        return Path(bundle) / "resources"
    package = Path(__file__).resolve().parents[1]
    beside = package.parent / "resources"
    return beside if beside.is_dir() and (package.parent / "pyproject.toml").is_file() else package / "resources"


@cache
def first_model() -> str:
    """The default model: the first one in ``models.toml``."""
    models = tomllib.loads((resources_dir() / "models.toml").read_text("utf-8"))["model"]
    return str(models[0]["name"])


def games_dir() -> Path:
    """The folder of the bundled games: a game's files lie beside its code."""
    if bundle := getattr(sys, "_MEIPASS", None):
        return Path(bundle) / "coach_app" / "games"
    return Path(__file__).resolve().parents[1] / "games"


def game_dir(game: str) -> Path:
    """The folder of one game.

    Args:
        game: its id; the folder has the same name with underscores for hyphens, and may not exist.
    """
    return games_dir() / game.replace("-", "_")

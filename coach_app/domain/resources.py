"""Where the files that come with the app are: in a checkout, in an installed wheel, or in a frozen bundle."""

import sys
import tomllib
from functools import cache
from pathlib import Path


def resources_dir() -> Path:
    """The folder ``resources``, wherever this copy of the app keeps it."""
    if bundle := getattr(sys, "_MEIPASS", None):
        return Path(bundle) / "resources"
    package = Path(__file__).resolve().parents[1]
    beside = package.parent / "resources"
    return beside if beside.is_dir() and (package.parent / "pyproject.toml").is_file() else package / "resources"


@cache
def first_model() -> str:
    """The name of the model that the app begins with: the first one of ``models.toml``."""
    models = tomllib.loads((resources_dir() / "models.toml").read_text("utf-8"))["model"]
    return str(models[0]["name"])


def games_dir() -> Path:
    """The folder of the games that come with the app: what belongs to a game lies beside its code."""
    if bundle := getattr(sys, "_MEIPASS", None):
        return Path(bundle) / "coach_app" / "games"
    return Path(__file__).resolve().parents[1] / "games"


def game_dir(game: str) -> Path:
    """The folder of one game.

    Args:
        game: its id; a folder is named like it, with underscores for hyphens. There may be none.
    """
    return games_dir() / game.replace("-", "_")

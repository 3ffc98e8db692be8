"""The user's own folders. ``COACH_HOME`` moves all of them into one folder (portable use, tests)."""

import os
from pathlib import Path

import platformdirs


def _under(home_name: str, default: Path) -> Path:
    home = os.environ.get("COACH_HOME")
    return Path(home) / home_name if home else default


def config_dir() -> Path:
    """Settings and the user's own game profiles."""
    return _under("config", platformdirs.user_config_path("coach", appauthor=False))


def data_dir() -> Path:
    """History, translation memory, and what is learned from."""
    return _under("data", platformdirs.user_data_path("coach", appauthor=False))


def recording_file(game: str) -> Path:
    """The recording of a practice game, if the user has it recorded."""
    return data_dir() / "recordings" / f"{game}.jsonl"


def log_dir() -> Path:
    """Log files."""
    return _under("log", platformdirs.user_log_path("coach", appauthor=False))

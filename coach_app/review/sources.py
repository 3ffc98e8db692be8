"""Finds what can be reviewed, and what the coach had said meanwhile."""

from pathlib import Path

from coach_app.desktop.folders import data_dir, recording_file
from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import games, to_practise
from coach_app.games.game import Game
from coach_app.learning.recorded import RecordedEpisode
from coach_app.review.practice import Heard
from coach_app.session.history import History
from coach_app.settings.schema import HistorySettings


def latest_recording() -> Path:
    """The recording of the practice game that was played last.

    Raises:
        CoachError: no practice game was recorded.
    """
    files = [file for game in games() if (file := recording_file(game)).is_file()]
    if not files:
        raise CoachError(
            "There is no recording of a practice game to review.",
            "Switch on “Record practice games” in the settings and play, or name a file.",
        )
    return max(files, key=lambda file: file.stat().st_mtime)


def game_recorded(path: Path, episodes: list[RecordedEpisode], name: str = "") -> Game:
    """The practice game of a recording: as it says itself, or by the name of the file.

    Args:
        path: the file.
        episodes: what it holds.
        name: the game, if the user named it.

    Raises:
        CoachError: there is no such game.
    """
    return to_practise(name or episodes[-1].game or path.stem)


def heard_in(game: str, rules: HistorySettings) -> list[Heard]:
    """The moves that the coach advised in a game, as far as the history knows.

    Args:
        game: id of its profile.
        rules: the user's, of the history.

    Raises:
        CoachError: the history cannot be read.
    """
    file = data_dir() / "history.sqlite"
    if not file.is_file():
        return []
    history = History(file, rules)
    try:
        return [Heard(each.at, each.move) for each in history.search(limit=-1) if each.game == game and each.move]
    finally:
        history.close()

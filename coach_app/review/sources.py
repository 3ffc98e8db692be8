"""Finds what can be reviewed, and what the coach had said meanwhile."""

import contextlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from coach_app.desktop.folders import data_dir, recording_file
from coach_app.domain.errors import CoachError
from coach_app.games.catalogue import games, to_practise
from coach_app.games.game import Size
from coach_app.learning.recorded import Heard, read
from coach_app.review.practice import Progress, last_session, review_practice
from coach_app.review.review import LEAST, Review
from coach_app.session.history import History
from coach_app.settings.schema import HistorySettings

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Source:
    """Something that can be reviewed.

    Attributes:
        title: one sentence on it, for the user.
        review: reviews it; may take minutes, and raise a CoachError.
    """

    title: str
    review: Callable[[Progress], Review]


@dataclass(frozen=True)
class Options:
    """How to review.

    Attributes:
        history: the user's rules of the history, which knows what the coach had said.
        game: name of the practice game, where the recording does not say it.
        size: of its maps, likewise.
        least: from this cost on a move is a mistake.
    """

    history: HistorySettings
    game: str = ""
    size: Size | None = None
    least: float = LEAST


def recordings(options: Options) -> list[Source]:
    """The recordings that the app made of practice games, the latest first, each by its last session and as a whole."""
    files = [file for game in games() if (file := recording_file(game)).is_file()]
    files.sort(key=lambda file: file.stat().st_mtime, reverse=True)
    found = [(file, only_last) for only_last in (True, False) for file in files]
    return [recording(file, only_last, options) for file, only_last in found]


def nothing_to_review() -> CoachError:
    """The error where nothing was recorded."""
    return CoachError(
        "Nothing was kept that could be reviewed.",
        "Switch on “Record practice games” in the settings and play, or name a file.",
    )


def recording(path: Path, only_last: bool, options: Options) -> Source:
    """A recording of a practice game.

    Args:
        path: the file.
        only_last: its last session, not all of it.
        options: how to review it.
    """
    name = path.stem
    title = f"The last session of {name}." if only_last else f"All that was recorded of {name}."
    return Source(title, lambda on_progress: _reviewed(path, only_last, options, on_progress))


def _reviewed(path: Path, only_last: bool, options: Options, on_progress: Progress) -> Review:
    episodes = read(path)
    game = to_practise(options.game or episodes[-1].game or path.stem)
    episodes = last_session(episodes) if only_last else episodes
    try:
        heard = heard_in(game.id, options.history)
    except CoachError as error:
        _log.warning("%s", error)
        heard = []
    return review_practice(game, episodes, options.size, heard, options.least, str(path), on_progress)


def heard_in(game: str, rules: HistorySettings) -> list[Heard]:
    """The moves that the coach advised in a game, as far as the history knows.

    Args:
        game: id of its profile.
        rules: the user's, of the history.

    Raises:
        CoachError: the history cannot be read.
    """
    with opened_history(rules) as history:
        entries = history.search(limit=-1) if history else []
    return [Heard(each.at, each.move) for each in entries if each.game == game and each.move]


@contextlib.contextmanager
def opened_history(rules: HistorySettings) -> Iterator[History | None]:
    """The history for the duration of a block; None if there is none."""
    file = data_dir() / "history.sqlite"
    if not file.is_file():
        yield None
        return
    history = History(file, rules)
    try:
        yield history
    finally:
        history.close()

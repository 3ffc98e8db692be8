"""The player's own play, from a recording that the practice window made."""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach_app.domain.errors import CoachError
from coach_app.games.game import Size
from coach_app.games.images import ImageEnv
from coach_app.learning.choosing import Chosen

_NEEDED = ("seed", "steps", "action")


@dataclass(frozen=True)
class Heard:
    """Advice that the coach gave while the game ran.

    Attributes:
        at: when its frame was captured, in seconds since the epoch.
        move: the advised move, or else what was said.
    """

    at: float
    move: str


def heard_before(heard: Sequence[Heard], times: Sequence[float], step: int) -> str:
    """The latest advice about the state that was shown before a move; empty if there was none.

    A state is written down just after it is on the screen, so that no frame of it is older.

    Args:
        heard: in the order of time.
        times: when each state was shown, the one after the last move included; empty if unknown.
        step: number of the move.
    """
    if not times:
        return ""
    first, last = (bisect_left(heard, times[at], key=lambda each: each.at) for at in (step, step + 1))
    return heard[last - 1].move if last > first else ""


@dataclass(frozen=True)
class RecordedEpisode:
    """Moves of a player.

    Attributes:
        seed: of the episode.
        take: number among the episodes of this seed.
        moves: names of the actions.
        rewards: return of the episode after each of them.
        times: when each state was shown, the last one included, in seconds since the epoch; empty if unknown.
        game: id of the game; empty if the recording does not say it.
        size: of the map; None is the game's default.
    """

    seed: int
    take: int
    moves: tuple[str, ...]
    rewards: tuple[float, ...]
    times: tuple[float, ...] = ()
    game: str = ""
    size: Size | None = None


class Replay:
    """Makes the moves of a recorded episode again.

    Args:
        episode: the episode.
    """

    def __init__(self, episode: RecordedEpisode) -> None:
        self._episode = episode
        self.begin(episode.seed)

    def begin(self, seed: int) -> None:
        self._moves = iter(self._episode.moves)

    def choose(self, env: ImageEnv) -> Chosen | None:
        move = next(self._moves, None)
        return None if move is None else Chosen(move, "as the player did")


def read(path: Path) -> list[RecordedEpisode]:
    """Read a recording of ``coach practice GAME --state-log FILE``.

    Args:
        path: the file.

    Raises:
        CoachError: it cannot be read, or holds no moves, as other records of the coach.
    """
    episodes: list[RecordedEpisode] = []
    takes: Counter[int] = Counter()
    for lines in _episodes(path):
        moves = tuple(str(line["action"]) for line in lines[1:])
        if moves:
            first, seed = lines[0], int(lines[0]["seed"])
            rewards = tuple(float(line.get("reward", 0.0)) for line in lines[1:])
            times = tuple(float(line["at"]) for line in lines) if all("at" in line for line in lines) else ()
            size = (int(first["size"][0]), int(first["size"][1])) if first.get("size") else None
            episodes.append(RecordedEpisode(seed, takes[seed], moves, rewards, times, str(first.get("game", "")), size))
            takes[seed] += 1
    if not episodes:
        raise CoachError(f"Nothing was played in {path}.", "Make a few moves in the practice window first.")
    return episodes


def _episodes(path: Path) -> Iterator[list[dict[str, Any]]]:
    """The lines of each episode, from its first state on."""
    current: list[dict[str, Any]] = []
    for line in _lines(path):
        if line["steps"] == 0:
            if current:
                yield current
            current = [line]
        elif current and line["steps"] == current[-1]["steps"] + 1:
            current.append(line)
    if current:
        yield current


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CoachError(
            f"The recording could not be read: {getattr(error, 'strerror', None) or error}.", f"Check {path}."
        ) from error
    for row in text.splitlines():
        try:
            line = json.loads(row)
        except ValueError:
            continue  # cut off while it was written
        if not isinstance(line, dict) or any(name not in line for name in _NEEDED):
            raise CoachError(
                f"{path} does not say which moves were made, so nothing can be learned from it.",
                "Record your play with: coach practice GAME --state-log FILE",
            )
        yield line

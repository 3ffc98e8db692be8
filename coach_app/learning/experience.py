"""Experiences on disk: one Parquet file an episode, and its pictures beside.

``datasets.load_dataset("parquet", data_files="FOLDER/episodes/*.parquet")`` reads them too.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, Literal, get_args

import numpy as np
from PIL import Image

from coach_app.desktop.files import make_private_folder, write_atomically
from coach_app.desktop.folders import data_dir
from coach_app.domain.errors import CoachError
from coach_app.games.game import Size
from coach_app.games.images import Picture

How = Literal["plan", "curriculum", "explore", "watch", "seen"]
"""Where an experience comes from; "seen" is the player's own play of which there are only pictures."""
HOWS: Final[tuple[How, ...]] = get_args(How)
COLLECTED: Final = tuple(how for how in HOWS if how != "seen")
"""What can be asked for."""
Ended = Literal["", "terminated", "truncated", "stopped"]
"""How an episode ended with a step; "stopped" where it was given up."""

_EPISODES, _PICTURES = "episodes", "pictures"
_MB = 1_000_000
_ROOM: Final = 0.95
"""Of the space is used after the oldest was deleted, at most."""
_QUALITY: Final = 90


@dataclass(frozen=True)
class Experience:
    """One step of an episode: what was seen, what was done and why, and what came of it.

    Of what was only seen, the reward is unknown, and 0; so may be the action, which is empty then.

    Attributes:
        game: id of the game.
        how: where it comes from.
        seed: of the episode; of what was only seen, when it began, in seconds since the epoch, or a number of the file.
        size: of the map, such as "6x5"; empty for the game's default.
        step: number in its episode, from 0.
        goal: what it was done for; empty if for nothing in particular.
        picture: file of what was seen, relative to the store's folder.
        description: what was seen, in words; empty if the game has none.
        state: positions of objects as JSON; empty if the game has none.
        action: name of the action.
        why: why it was chosen.
        reward: of this step.
        ended: how the episode ended with it.
        changed: what the description after it has that the one before did not.
        reached: achievements unlocked by it.
        next_picture: file of what was seen then.
        next_description: that in words.
        next_state: that as JSON.
        advised: the move that the coach advised meanwhile, or else what it said; empty if nothing is known.
    """

    game: str
    how: How
    seed: int
    size: str
    step: int
    goal: str
    picture: str
    description: str
    state: str
    action: str
    why: str
    reward: float
    ended: Ended
    changed: tuple[str, ...]
    reached: tuple[str, ...]
    next_picture: str
    next_description: str
    next_state: str
    advised: str = ""


@dataclass(frozen=True)
class EpisodeKey:
    """What an episode is known by: nothing is collected twice."""

    how: How
    seed: int
    size: Size | None = None
    take: int = 0
    """Number of the recorded episode among those of this seed."""

    @property
    def name(self) -> str:
        """Name of its file, without the suffix."""
        size = f"-{size_name(self.size)}" if self.size else ""
        return f"{self.how}-{self.seed:07d}{size}" + (f"-take{self.take}" if self.take else "")


def size_name(size: Size | None) -> str:
    """A size as in ``--size``; empty for the default."""
    return f"{size[0]}x{size[1]}" if size else ""


def size_of_name(name: str) -> Size | None:
    """The size that ``size_name`` wrote."""
    columns, _, rows = name.partition("x")
    return (int(columns), int(rows)) if rows else None


def experience_dir() -> Path:
    """The folder of all games' experiences."""
    return data_dir() / "experience"


class Store:
    """The experiences of one game.

    Args:
        folder: where they are; created with the first of them.
        limit_mb: space that all experiences may take together, in megabytes.
        among: folder of all experiences; by default only these count.

    Raises:
        CoachError: the folder cannot be read.
    """

    def __init__(self, folder: Path, limit_mb: int, among: Path | None = None) -> None:
        self.folder = folder
        self._limit_mb, self._among = limit_mb, among or folder
        try:
            self._bytes = sum(file.stat().st_size for file in self._among.rglob("*") if file.is_file())
        except OSError as error:
            raise self._trouble(error) from error

    def has(self, key: EpisodeKey) -> bool:
        """Whether an episode is complete."""
        return self._file(key).is_file()

    def steps(self, key: EpisodeKey) -> int:
        """Number of steps of an episode that the store has.

        Raises:
            CoachError: its file is damaged.
        """
        import pyarrow
        from pyarrow import parquet

        try:
            return int(parquet.read_metadata(self._file(key)).num_rows)
        except (OSError, pyarrow.ArrowException) as error:
            raise _damaged(self._file(key)) from error

    @property
    def full(self) -> bool:
        """Whether the space is used up."""
        return self._bytes >= self._limit_mb * _MB

    def make_room(self, writing: EpisodeKey) -> None:
        """Delete the oldest of what was only seen, of all games, if the space is used up.

        Args:
            writing: an episode of this game that stays.

        Raises:
            CoachError: that is not enough.
        """
        if not self.full:
            return
        own = self._album(writing)
        albums = [album for album in self._among.rglob(f"{_PICTURES}/seen-*") if album != own]
        for album in sorted(albums, key=lambda each: each.stat().st_mtime):
            if self._bytes < _ROOM * self._limit_mb * _MB:
                return
            episode = album.parent.parent / _EPISODES / f"{album.name}.parquet"
            for file in (episode, *album.iterdir()):  # never an episode without its pictures
                self._bytes -= file.stat().st_size if file.exists() else 0
                file.unlink(missing_ok=True)
            album.rmdir()
        self.check_space()

    def check_space(self) -> None:
        """Raise if the space is used up.

        Raises:
            CoachError: it is.
        """
        if self.full:
            raise CoachError(
                f"The experiences take {self._bytes / _MB:.0f} MB of {self._limit_mb} MB.",
                f"Allow more in the settings, or delete old ones in {self._among}.",
            )

    def add_picture(self, picture: Picture) -> str:
        """Keep a picture, once however often it is seen.

        Args:
            picture: (height, width, 3) uint8 RGB.

        Returns:
            Its file, relative to the folder.

        Raises:
            CoachError: it could not be written.
        """
        name = picture_file(picture)
        self._add_file(self.folder / name, lambda: packed_picture(picture))
        return name

    def add_shot(self, shot: Image.Image, key: EpisodeKey) -> str:
        """Keep a picture that was only seen, which goes with its episode; not quite exactly, as screens show much.

        Args:
            shot: mode RGB.
            key: the episode.

        Returns:
            Its file, relative to the folder.

        Raises:
            CoachError: it could not be written.
        """
        path = self._album(key) / Path(picture_file(np.asarray(shot))).name
        self._add_file(path, lambda: _packed_shot(shot))
        return path.relative_to(self.folder).as_posix()

    def _add_file(self, path: Path, pack: Callable[[], bytes]) -> None:
        if not path.exists():
            data = pack()
            temporary = path.with_suffix(".tmp")
            try:  # not forced onto the disk, which takes far longer than a step of most games
                make_private_folder(path.parent)
                temporary.write_bytes(data)
                temporary.replace(path)
            except OSError as error:
                raise self._trouble(error) from error
            self._bytes += len(data)

    def add(self, key: EpisodeKey, steps: Sequence[Experience]) -> None:
        """Keep a complete episode; its pictures are there already.

        Raises:
            CoachError: it could not be written.
        """
        import pyarrow
        from pyarrow import parquet

        table = pyarrow.Table.from_pylist([asdict(step) for step in steps], schema=_schema())
        packed = io.BytesIO()
        parquet.write_table(table, packed, compression="zstd")
        data, file = packed.getvalue(), self._file(key)
        before = file.stat().st_size if file.exists() else 0
        write_atomically(file, data, "The experiences", private=True)
        self._bytes += len(data) - before

    def episodes(self, how: How | None = None) -> Iterator[tuple[Experience, ...]]:
        """The episodes, ordered by where they come from and their seeds.

        Args:
            how: only these.

        Raises:
            CoachError: a file is damaged.
        """
        for file in sorted((self.folder / _EPISODES).glob(f"{how or '*'}-*.parquet")):
            yield _read(file)

    def _trouble(self, error: OSError) -> CoachError:
        return CoachError(
            f"The experiences could not be kept: {error.strerror or error}.",
            f"Make room for, or allow writing to, {self.folder}.",
        )

    def _album(self, key: EpisodeKey) -> Path:
        """The folder of the pictures of what was only seen."""
        return self.folder / _PICTURES / key.name

    def _file(self, key: EpisodeKey) -> Path:
        return self.folder / _EPISODES / f"{key.name}.parquet"


def seeds_in(folder: Path) -> frozenset[int]:
    """The seeds of all episodes in a store's folder."""
    names = (file.stem.split("-") for file in (folder / _EPISODES).glob("*.parquet"))
    return frozenset(int(name[1]) for name in names if len(name) > 1 and name[1].isdecimal())


def picture_file(picture: Picture) -> str:
    """The file of a picture, relative to a store's folder: the same for the same picture."""
    digest = blake2b(picture.tobytes(), digest_size=12, key=repr(picture.shape).encode()).hexdigest()
    return f"{_PICTURES}/{digest}.webp"


def packed_picture(picture: Picture) -> bytes:
    """A picture as lossless WebP."""
    packed = io.BytesIO()
    Image.fromarray(picture).save(packed, "WEBP", lossless=True, method=0)
    return packed.getvalue()


def _packed_shot(shot: Image.Image) -> bytes:
    packed = io.BytesIO()
    shot.save(packed, "WEBP", quality=_QUALITY, method=2)
    return packed.getvalue()


def _schema() -> Any:
    """The types of the columns, from the fields."""
    import pyarrow

    kinds = {"seed": pyarrow.int64(), "step": pyarrow.int32(), "reward": pyarrow.float64()}
    kinds |= dict.fromkeys(("changed", "reached"), pyarrow.list_(pyarrow.string()))
    return pyarrow.schema([(each.name, kinds.get(each.name, pyarrow.string())) for each in fields(Experience)])


def _read(file: Path) -> tuple[Experience, ...]:
    import pyarrow
    from pyarrow import parquet

    try:
        rows = parquet.read_table(file).to_pylist()
        return tuple(
            Experience(**row | {"changed": tuple(row["changed"]), "reached": tuple(row["reached"])}) for row in rows
        )
    except (OSError, pyarrow.ArrowException, TypeError, KeyError) as error:
        raise _damaged(file) from error


def _damaged(file: Path) -> CoachError:
    return CoachError(f"The episode {file.name} is damaged.", f"Delete {file}; it is collected again.")


def reached_in(episodes: Iterable[Sequence[Experience]]) -> frozenset[str]:
    """All achievements that were unlocked in some episodes."""
    return frozenset(name for steps in episodes for step in steps for name in step.reached)


def nothing_yet(game: str) -> CoachError:
    """The error where a game has no experiences."""
    return CoachError(
        f"There are no experiences of {game} yet.",
        f"Record your own play in the window Learning…, or collect some with: coach learn {game} collect --how explore",
    )

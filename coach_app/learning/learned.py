"""What a model learned of a game, whether that is an improvement in play, and whether it is used."""

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from coach_app.desktop.files import make_private_folder, write_atomically
from coach_app.games.profiles import profile_of, save_profile
from coach_app.learning.overview import experience_folder

_FILE = "learned.json"


@dataclass(frozen=True)
class Learned:
    """A model that learned a game, and how it played beside the one that it was before, in the same episodes.

    Attributes:
        model: its folder.
        base: name of the model before.
        before: mean reward of that.
        after: mean reward of the model that learned.
        low, high: 95 % interval of the mean improvement, by a paired bootstrap over the episodes.
        episodes: number of the episodes, which it did not learn from.
        seed: of the first one.
        same: share of the commonest of its moves.
        collapsed: whether that is too large.
    """

    model: str
    base: str
    before: float
    after: float
    low: float
    high: float
    episodes: int
    seed: int
    same: float
    collapsed: bool

    @property
    def better(self) -> bool:
        """Whether it is an improvement."""
        return self.low > 0 and not self.collapsed


def load_learned(game: str) -> Learned | None:
    """What was learned last of a game; None if nothing was, or it cannot be read.

    Args:
        game: id of the game.
    """
    try:
        told = json.loads(_file(game).read_text(encoding="utf-8"))
        return Learned(**{each.name: told[each.name] for each in fields(Learned)})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def keep_learned(game: str, learned: Learned) -> None:
    """Keep what was learned of a game in place of what was before.

    Raises:
        CoachError: it cannot be written.
    """
    make_private_folder(_file(game).parent)
    write_atomically(_file(game), json.dumps(asdict(learned)).encode(), "What was learned", private=True)


def is_used(game: str, learned: Learned) -> bool:
    """Whether the app uses it for the game: the game's profile names it."""
    return profile_of(game).model == learned.model


def use(game: str, model: str) -> None:
    """Let the app use a model for a game.

    Args:
        game: id of the game.
        model: its folder; empty follows the settings.

    Raises:
        CoachError: the profile cannot be saved.
    """
    save_profile(profile_of(game).model_copy(update={"model": model}))


def _file(game: str) -> Path:
    return experience_folder(game) / _FILE

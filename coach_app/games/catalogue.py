"""Which games there are: every folder of this package with a ``game.toml``."""

from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from typing import Any

from coach_app.domain.errors import CoachError
from coach_app.domain.resources import games_dir
from coach_app.games.game import Game


@cache
def games() -> dict[str, Game]:
    """All games that come with the app, by id, in the order of the alphabet."""
    ids = sorted(file.parent.name.replace("_", "-") for file in games_dir().glob("*/game.toml"))
    return {game: _game(game) for game in ids}


def _game(game: str) -> Game:
    """What the folder's module says; a game without one has a profile, and that is all."""
    name = f"{__package__}.{game.replace('-', '_')}.game"
    try:
        module = import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return Game(game)
    found = module.GAME
    assert isinstance(found, Game)
    return found


def find(name: str) -> Game | None:
    """The game of an id or of another name of its environment; None where the coach knows none."""
    known = games()
    return known.get(name) or next((game for game in known.values() if name in game.other_names), None)


def profile_id(name: str) -> str:
    """The id of the profile for a game that is named as ``coach play`` and ``coach train dqn`` do."""
    game = find(name)
    return game.id if game else name


def to_play(name: str) -> Game:
    """The game of a name, to be played by an agent: one that comes with the app, or else any of Gymnasium's.

    Whether there is such a game, and it can be played here, is seen by ``make``.

    Args:
        name: of a game here, or the id of a Gymnasium environment that is seen or can be drawn.
    """
    if game := find(name):
        return game
    from coach_app.games import atari, images

    return Game(name, partial(atari.make if name.startswith(atari.NAMES) else images.make_gymnasium, name))


def to_practise(name: str) -> Game:
    """The practice game of this id.

    Raises:
        CoachError: there is none; those that there are, are named.
    """
    game = find(name)
    if game is None or game.practice is None:
        raise CoachError(f"There is no practice game called {name!r}.", f"Choose one of: {', '.join(practice_ids())}.")
    return game


def practice_ids() -> list[str]:
    """The games that can be played by hand in a window of the coach's own."""
    return [game.id for game in games().values() if game.practice]


def playable_ids() -> list[str]:
    """The games that agents can play."""
    return [game.id for game in games().values() if game.environment]


def teacher_of(game: Game) -> Callable[[Any], tuple[str, ...]]:
    """Who knows the best moves of a game.

    Raises:
        CoachError: it has none; the games that have a teacher are named.
    """
    if game.teacher is None:
        taught = ", ".join(known.id for known in games().values() if known.teacher)
        raise CoachError(f"The game {game.id} has no teacher.", f"Choose another agent, or one of: {taught}.")
    return game.teacher


def showcase() -> Game:
    """What demos and benchmarks show where no game is named."""
    return next(game for game in games().values() if game.showcase)

"""The catalogue of games: every folder of this package with a ``game.toml``."""

from collections.abc import Callable
from functools import cache, partial
from importlib import import_module
from typing import Any

from coach_app.domain.errors import CoachError
from coach_app.domain.resources import games_dir
from coach_app.games.game import Game


@cache
def games() -> dict[str, Game]:
    """All bundled games by id, in alphabetical order."""
    ids = sorted(file.parent.name.replace("_", "-") for file in games_dir().glob("*/game.toml"))
    return {game: _game(game) for game in ids}


def _game(game: str) -> Game:
    """Read the folder's module; a game without one has only a profile."""
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
    """Find a game by its id or another name of its environment; None if unknown."""
    known = games()
    return known.get(name) or next((game for game in known.values() if name in game.other_names), None)


def profile_id(name: str) -> str:
    """The id of the profile for a game named as in ``coach play`` and ``coach train dqn``."""
    game = find(name)
    return game.id if game else name


def to_play(name: str) -> Game:
    """Find a game to be played by an agent: a bundled one, or else any of Gymnasium's.

    ``make`` checks whether it exists and can be played here.

    Args:
        name: id of a bundled game, or of a Gymnasium environment with pictures.
    """
    if game := find(name):
        return game
    from coach_app.games import atari, images

    if name.startswith(atari.NAMES):
        return Game(name, partial(atari.make, name), copy=atari.copy)
    return Game(name, partial(images.make_gymnasium, name))


def to_practise(name: str) -> Game:
    """The practice game of this id.

    Raises:
        CoachError: there is none; the sentence names the existing ones.
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


def copied_ids() -> list[str]:
    """The games that can be copied, for what-ifs and planning."""
    return [game.id for game in games().values() if game.copy]


def copier_of(game: Game) -> Callable[[Any], Any]:
    """The function that copies a game's environment.

    Raises:
        CoachError: it cannot be copied; the sentence names the games that can.
    """
    if game.copy is None:
        raise CoachError(
            f"The game {game.id} cannot be copied, so nobody can try another move.",
            f"Choose one of: {', '.join(copied_ids())}.",
        )
    return game.copy


def teacher_of(game: Game) -> Callable[[Any], tuple[str, ...]]:
    """The function that returns the best moves of a game.

    Raises:
        CoachError: it has no teacher; the sentence names the games that have one.
    """
    if game.teacher is None:
        taught = ", ".join(known.id for known in games().values() if known.teacher)
        raise CoachError(f"The game {game.id} has no teacher.", f"Choose another agent, or one of: {taught}.")
    return game.teacher


def showcase() -> Game:
    """The default game of demos and benchmarks."""
    return next(game for game in games().values() if game.showcase)

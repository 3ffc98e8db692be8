"""The practice games: worlds with a teacher, played in a window or by an agent."""

from coach_app.domain.errors import CoachError
from coach_app.games.grid.env import GridEnv
from coach_app.games.grid.level import DEFAULT_SIZE

TITLES = {"grid": "Coach practice: Grid", "grid-levels": "Coach practice: Grid levels"}
"""Window titles of the practice games in English, by the name that ``--game`` takes; profiles know the Japanese too."""


MIN_SIDE, MAX_SIDE = 5, 24
"""Squares along a side of a random level, border included."""


def make(game: str, size: tuple[int, int] = DEFAULT_SIZE) -> GridEnv:
    """A new environment of a practice game.

    Raises:
        CoachError: there is no such practice game, or no level of that size.
    """
    if game not in TITLES:
        raise CoachError(f"There is no practice game called {game!r}.", f"Choose one of: {', '.join(TITLES)}.")
    if min(size) < MIN_SIDE or max(size) > MAX_SIDE:
        raise CoachError(
            f"There are no levels of {size[0]} x {size[1]} squares.",
            f"Each side can be {MIN_SIDE} to {MAX_SIDE} squares long, border included.",
        )
    return GridEnv(random_levels=game == "grid-levels", size=size)

"""The Grid world with fires, which the Grid coach has never seen: what they do, it has to learn from play."""

from dataclasses import replace
from typing import TYPE_CHECKING

from coach_app.games.game import Size, Sizes
from coach_app.games.grid_levels.game import GAME as LEVELS

if TYPE_CHECKING:
    from coach_app.games.images import ImageEnv

FIRES = 3


def _maps_with_fires(size: Size) -> "ImageEnv":
    from coach_app.games.grid.env import GridEnv

    return GridEnv(random_levels=True, size=size, fires=FIRES)


assert LEVELS.practice
GAME = replace(
    LEVELS,
    id="grid-fires",
    environment=_maps_with_fires,
    sizes=Sizes(default=(7, 6), least=6, most=24),  # the border included
    dqn={},
    practice=replace(
        LEVELS.practice,
        title="Coach practice: Grid fires",
        menu="Grid: &3 fires",
        goal="Lead the cat to the crate with the arrow keys, and past the fires.",
    ),
    showcase=False,
)

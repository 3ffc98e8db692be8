"""How often the coach is right through a live capture: positions shown in a real window, read off the screen."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from pydantic import BaseModel, ConfigDict

from coach_app.evaluation.agents import Agent
from coach_app.evaluation.play import Position, PositionsReport, Progress, positions, score_positions
from coach_app.games.grid.level import DEFAULT_SIZE
from coach_app.games.grid.sprites import Picture

SCALES = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
"""Physical pixels a pixel of the game."""


class Stage(Protocol):
    """A practice game's window on the screen, and an eye on it."""

    async def picture(self, position: Position, scale: float) -> Picture:
        """Show a position at a scale, and capture the window once it is on the screen.

        Returns:
            The window's client area, (height, width, 3) uint8 RGB.

        Raises:
            CoachError: the window cannot be captured.
        """


class LiveScore(BaseModel):
    """The score at one scale.

    Attributes:
        scale: physical pixels a pixel of the game.
    """

    model_config = ConfigDict(frozen=True)

    scale: float
    score: PositionsReport


class LiveReport(BaseModel):
    """What ``coach bench positions --json`` prints.

    Attributes:
        optimal_move_rate: over all scales.
        scales: each scale's own score.
    """

    model_config = ConfigDict(frozen=True)

    game: str
    agent: str
    model: str
    seed: int
    size: tuple[int, int]
    positions: int
    optimal_move_rate: float
    scales: list[LiveScore]


async def run(
    game: str,
    agent: Agent,
    stage: Stage,
    count: int,
    seed: int,
    size: tuple[int, int] = DEFAULT_SIZE,
    scales: Sequence[float] = SCALES,
    on_progress: Progress | None = None,
) -> LiveReport:
    """Ask an agent about the same positions at every scale, each read off the screen.

    Args:
        game: a name of ``coach_app.games.practice.TITLES``.
        agent: whom to ask.
        stage: shows and captures the positions.
        count: positions a scale.
        seed: of the first position's level; each further one takes the next number.
        size: columns and rows of random levels, border included.
        scales: at least one.
        on_progress: called after each position of each scale.

    Raises:
        CoachError: the agent cannot answer, or the window cannot be captured.
    """
    asked = positions(game, count, seed, size)
    scores = []
    for number, scale in enumerate(scales):

        def tell(done: int, _of: int, before: int = number * count) -> None:
            if on_progress is not None:
                on_progress(before + done, count * len(scales))

        score = await score_positions(game, agent, asked, partial(stage.picture, scale=scale), tell)
        scores.append(LiveScore(scale=scale, score=score))
    return LiveReport(
        game=game,
        agent=agent.name,
        model=agent.model,
        seed=seed,
        size=size,
        positions=count,
        optimal_move_rate=sum(each.score.optimal_move_rate for each in scores) / len(scores),
        scales=scores,
    )
